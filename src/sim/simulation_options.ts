/**
 * What a simulation is made of.
 *
 * @module
 */
import type { Lock } from "../engine/lib/lock.ts";
import type { Cost } from "../engine/lib/step.ts";
import type { Actor } from "./actor.ts";
import type { Scheduler } from "./scheduler.ts";

/** The price of `amount` units of work, in whole virtual nanoseconds. */
export type Price = (cost: Cost, amount: number) => number;

/** Times that are the machine's and no work's, in virtual nanoseconds. */
export interface Latencies {
  /** From a wake-up to the first instruction: a context switch. */
  readonly wakeNanos: number;
  /** How late a sleeper's timer may be at most. */
  readonly timerSlackNanos: number;
  /** From letting a sleeping lock go to its waiter's having it. */
  readonly sleepingHandoffNanos: number;
  /** The same for a spinning lock. */
  readonly spinningHandoffNanos: number;
  /** One look of an actor that spins. */
  readonly relaxNanos: number;
}

/** What a simulation is made of. */
export interface SimulationOptions {
  /** What work costs. */
  readonly price: Price;
  /** What else takes time. */
  readonly latencies: Latencies;
  /** Decides how late timers are. */
  readonly seed: number;
  /** Who goes on; {@linkcode TimedScheduler} when missing. */
  readonly scheduler?: Scheduler;
  /** Virtual nanoseconds that pass, in addition, at a site each time it is gone through. */
  readonly delays?: ReadonlyMap<string, number>;
  /** How people know a lock. */
  readonly lockName?: (lock: Lock) => string;
  /** Called when an actor begins to wait for a lock. Changes nothing. */
  readonly onWait?: (actor: Actor, lock: Lock) => void;
  /** Called after each step of each actor, when the state must be consistent. Changes nothing but the speed. */
  readonly afterStep?: (actor: Actor) => void;
}
