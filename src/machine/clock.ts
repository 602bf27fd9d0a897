/**
 * The time of a machine.
 *
 * @module
 */
import type { Kept } from "../engine/lib/kept.ts";
import type { KsmClock } from "../engine/ksm/mod.ts";
import type { Actor, Simulation } from "../sim/mod.ts";

/**
 * Processor time that ksmd has used before the machine starts. While ksmd and
 * the processes take turns it uses none after that, as the trace format has it:
 * so the advisor's first pass looks dear and all others cheap, as on a kernel
 * that has run for long.
 */
const KSMD_CPU_NANOS = 10n ** 18n;

/**
 * Two ways to count time. While ksmd and the processes take turns, KSM's clock
 * counts what the workload sleeps and nothing else, and people's clock also the
 * sleep between batches. Once the machine is live, both go by the virtual clock.
 */
export class MachineClock implements KsmClock {
  #sleptMillis = 0;
  #batchMillis = 0;
  #live:
    | {
      simulation: Simulation;
      ksmd: Actor;
      fromNanos: number;
      fromCpuNanos: number;
    }
    | undefined;

  /** Milliseconds since the start, for people. */
  get timeMillis(): number {
    return this.#sleptMillis + this.#batchMillis + this.#liveNanos() / 1e6;
  }

  /** Whether time is that of a simulation. */
  get isLive(): boolean {
    return this.#live !== undefined;
  }

  /** The workload has slept. */
  sleep(millis: number): void {
    this.#sleptMillis += millis;
  }

  /** ksmd has slept between two batches, while it and the processes take turns. */
  endBatch(millis: number): void {
    this.#batchMillis += millis;
  }

  /** What time it is. */
  keep(): Kept {
    const live = this.#live;
    const slept = this.#sleptMillis;
    const batch = this.#batchMillis;
    return {
      bytes: 0,
      restore: () => {
        this.#sleptMillis = slept;
        this.#batchMillis = batch;
        this.#live = live;
      },
    };
  }

  /** From now on time is that of `simulation`, and processor time that of its actor `ksmd`. */
  goLive(simulation: Simulation, ksmd: Actor): void {
    const { now: fromNanos } = simulation;
    const { cpuNanos: fromCpuNanos } = ksmd;
    this.#live = { simulation, ksmd, fromNanos, fromCpuNanos };
  }

  /** See {@linkcode KsmClock}. */
  nowMillis(): number {
    return this.#sleptMillis + Math.floor(this.#liveNanos() / 1e6);
  }

  /** See {@linkcode KsmClock}. */
  ksmdCpuNanos(): bigint {
    if (this.#live === undefined) return KSMD_CPU_NANOS;
    const { ksmd, fromCpuNanos } = this.#live;
    return KSMD_CPU_NANOS + BigInt(ksmd.cpuNanos - fromCpuNanos);
  }

  #liveNanos(): number {
    if (this.#live === undefined) return 0;
    const { simulation, fromNanos } = this.#live;
    return simulation.time - fromNanos;
  }
}
