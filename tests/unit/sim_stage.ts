/** A stage for actors of tests: what they do is written as lists, and what happened when is a list too. */
import type { Lock, LockMode } from "../../src/engine/lib/lock.ts";
import { LOCK_CLASS } from "../../src/engine/lib/lock.ts";
import type { Suspends } from "../../src/engine/lib/step.ts";
import {
  type Actor,
  type LockFigures,
  Simulation,
  type SimulationOptions,
  type Turn,
} from "../../src/sim/mod.ts";

/** One thing that an actor does; a number is so many nanoseconds of work. */
export type Act =
  | number
  | { lock: Lock; mode?: LockMode; site?: string }
  | { trylock: Lock; mode?: LockMode; site?: string }
  | { unlock: Lock; mode?: LockMode }
  | "wait"
  | "signal"
  | "relax"
  | "race"
  | "reschedule"
  | { call: () => void };

/** What an actor does from one turn to the next. */
export type Part = readonly Act[] | { sleep: number } | "idle";

/** A sleeping lock, a spinning one, and one with readers. */
export const MUTEX: Lock = { lockClass: LOCK_CLASS.threadMutex, instance: 0 };
export const SPIN: Lock = { lockClass: LOCK_CLASS.mmlistLock, instance: 0 };
export const RWSEM: Lock = { lockClass: LOCK_CLASS.mmapLock, instance: 1 };

/** Nothing but work and hand-overs takes time: 10 ns for sleeping locks, 1 ns for spinning ones. */
export const LATENCIES = {
  wakeNanos: 5,
  timerSlackNanos: 0,
  sleepingHandoffNanos: 10,
  spinningHandoffNanos: 1,
  relaxNanos: 4,
};

/** Actors, and the order of what they did. */
export class Stage {
  readonly simulation: Simulation;
  /** `time actor what`, in the order in which it happened. */
  readonly log: string[] = [];

  constructor(options: Partial<SimulationOptions> = {}) {
    this.simulation = new Simulation({
      price: (_, amount) => amount,
      latencies: LATENCIES,
      seed: 1,
      ...options,
    });
  }

  /** Adds an actor that does these parts, one after the other, and ends. */
  actor(name: string, ...parts: Part[]): Actor {
    const actor = this.simulation.add(name);
    this.simulation.begin(actor, () => {
      const part = parts.shift();
      if (part === undefined) return this.#turn(name, { kind: "done" });
      if (part === "idle") return this.#turn(name, { kind: "idle" });
      if ("sleep" in part) {
        return this.#turn(name, { kind: "sleep", nanos: part.sleep });
      }
      return { kind: "work", work: this.#perform(name, part) };
    });
    return actor;
  }

  /** Runs until nobody can go on before `limit`. */
  run(limit = Infinity): this {
    while (this.simulation.advance(limit) !== undefined);
    return this;
  }

  /** What happened at which time, as far as it matches. */
  happened(pattern: RegExp = /./): string[] {
    return this.log.filter((line) => pattern.test(line));
  }

  /** Figures of a lock's class. */
  figures(lock: Lock, mode: LockMode = "exclusive"): LockFigures {
    const { classes } = this.simulation.locks.view(this.simulation.now);
    const view = classes[lock.lockClass.index];
    const figures = mode === "exclusive" ? view.exclusive : view.shared;
    if (figures === undefined) throw new Error(`${view.name} has no readers`);
    return figures;
  }

  #turn(name: string, turn: Turn): Turn {
    this.#note(name, turn.kind);
    return turn;
  }

  #note(name: string, what: string): void {
    this.log.push(`${this.simulation.time} ${name} ${what}`);
  }

  *#perform(name: string, acts: readonly Act[]): Suspends<void> {
    for (const act of acts) {
      const what = yield* this.#act(act);
      if (what !== undefined) this.#note(name, what);
    }
  }

  *#act(act: Act): Suspends<string | undefined> {
    const { steps } = this.simulation;
    if (typeof act === "number") {
      if (steps.spend("schedule", act, "work")) yield steps.stop;
      return undefined;
    }
    if (act === "wait") {
      if (steps.wait("online", "wait")) yield steps.stop;
      return "goes on";
    }
    if (act === "signal") {
      if (steps.signal("online", "signal")) yield steps.stop;
      return "signals";
    }
    if (act === "relax" || act === "race" || act === "reschedule") {
      if (steps[act](act)) yield steps.stop;
      return act;
    }
    if ("call" in act) {
      act.call();
      return undefined;
    }
    return yield* this.#lockAct(act);
  }

  *#lockAct(
    act: Extract<
      Act,
      { lock: Lock } | { trylock: Lock } | { unlock: Lock }
    >,
  ): Suspends<string> {
    const { steps } = this.simulation;
    const { mode = "exclusive" } = act;
    if ("lock" in act) {
      if (steps.lock(act.lock, mode, act.site ?? "lock")) yield steps.stop;
      return "has";
    }
    if ("unlock" in act) {
      if (steps.unlock(act.unlock, mode, "unlock")) yield steps.stop;
      return "let go";
    }
    const taken = steps.trylock(act.trylock, mode, act.site ?? "trylock");
    return (taken === "stop" ? yield steps.stop : taken) ? "has" : "has not";
  }
}

/** Takes the lock, holds it for so long, and lets it go. */
export function hold(lock: Lock, nanos: number, mode?: LockMode): Act[] {
  const how = mode === undefined ? {} : { mode };
  return [{ lock, ...how }, nanos, { unlock: lock, ...how }];
}
