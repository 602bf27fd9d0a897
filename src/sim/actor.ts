/**
 * Actors: who runs in a simulation.
 *
 * @module
 */
import type { Condition, Step, Suspends } from "../engine/lib/step.ts";

/** Whether an actor can run. */
export type ActorState =
  /** It can. */
  | "ready"
  /** It waits for a lock, or for a condition. */
  | "waiting"
  /** It will when its clock's time has come. */
  | "sleeping"
  /** It has nothing to do until somebody wakes it. */
  | "idle"
  /** It never will again. */
  | "done";

/** What an actor does when it has done what it did. */
export type Turn =
  /** Runs this, from its first step to its last. */
  | { readonly kind: "work"; readonly work: Suspends<unknown> }
  /** Sleeps for so many virtual nanoseconds. */
  | { readonly kind: "sleep"; readonly nanos: number }
  /** Waits to be woken. */
  | { readonly kind: "idle" }
  /** Ends. */
  | { readonly kind: "done" };

/** Says what an actor does next; called only when it has nothing to do. */
export type NextTurn = () => Turn;

/** One actor, with a virtual CPU and a clock of its own. */
export interface Actor {
  /** Its number, which is also that of its CPU. */
  readonly id: number;
  /** Its name. */
  readonly name: string;
  /** See {@linkcode NextTurn}; undefined while nobody has said what it is to do. */
  next: NextTurn | undefined;
  /** See {@linkcode ActorState}. */
  state: ActorState;
  /** Its virtual time in nanoseconds: up to where it has run, or until when it sleeps. */
  clock: number;
  /** Virtual processor time that it has used, in nanoseconds. */
  cpuNanos: number;
  /** What it is in the middle of. */
  work: Suspends<unknown> | undefined;
  /** The step at which it has stopped and which is still to be done. */
  pending: Step | undefined;
  /** What it is told when it goes on. */
  answer: boolean;
  /** What it waits for, or is about to, unless for a lock; undefined once that has been signalled. */
  condition: Condition | undefined;
}

/** An actor at the beginning of its life, at time `clock`. */
export function newActor(
  id: number,
  name: string,
  clock: number,
): Actor {
  return {
    id,
    name,
    next: undefined,
    state: "idle",
    clock,
    cpuNanos: 0,
    work: undefined,
    pending: undefined,
    answer: true,
    condition: undefined,
  };
}
