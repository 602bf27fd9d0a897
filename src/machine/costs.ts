/**
 * What work costs on the modelled machine.
 *
 * @module
 */
import type { Cost } from "../engine/lib/step.ts";
import type { Latencies } from "../sim/mod.ts";

const NANOS: Readonly<Record<Cost, number>> = {
  checksum: 0.15,
  compare: 0.1,
  copy: 0.1,
  fault: 500,
  zap: 50,
  schedule: 1000,
};

/** Virtual nanoseconds of `amount` units of work. */
export function price(cost: Cost, amount: number): number {
  return NANOS[cost] * amount;
}

/** What else takes time. */
export const LATENCIES: Latencies = {
  wakeNanos: 1500,
  timerSlackNanos: 50_000,
  sleepingHandoffNanos: 2000,
  spinningHandoffNanos: 100,
  relaxNanos: 50,
};
