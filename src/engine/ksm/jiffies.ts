/**
 * The kernel's ticks, in which chains are pruned.
 *
 * @module
 */
import type { Ksm } from "./ksm.ts";

/** Milliseconds of a tick, at HZ=250. */
const TICK_MILLIS = 4;

/** Ticks since the start of the machine. */
export function jiffies(ksm: Ksm): number {
  return Math.floor(ksm.clock.nowMillis() / TICK_MILLIS);
}

/** An interval in ticks, rounded up. */
export function msecsToJiffies(millis: number): number {
  return Math.ceil(millis / TICK_MILLIS);
}
