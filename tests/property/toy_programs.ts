/** Small programs for the explorer that know no page: variables, locks, and what actors do with them. */
import { type Lock, LOCK_CLASS } from "../../src/engine/lib/lock.ts";
import { EveryStep, type Suspends } from "../../src/engine/lib/step.ts";
import {
  AccessLog,
  type Execution,
  type Program,
} from "../../src/sim/explore/mod.ts";

/** What an actor does; each is a stride of its own. */
export type Action =
  /** Reads a variable, and remembers it with all that it has read before. */
  | { readonly do: "read"; readonly variable: number }
  /** Writes what it remembers, and its name. */
  | { readonly do: "write"; readonly variable: number }
  /** Does the rest under a lock. */
  | {
    readonly do: "lock";
    readonly lock: number;
    readonly mode: "shared" | "exclusive";
    readonly inside: readonly Action[];
  }
  /** Does this under a lock, if it is free. */
  | {
    readonly do: "trylock";
    readonly lock: number;
    readonly inside: readonly Action[];
  }
  /** Spins until somebody has written a variable. */
  | { readonly do: "spin"; readonly variable: number }
  /** Waits until a variable is written, or a signal. */
  | { readonly do: "wait"; readonly variable: number }
  /** Writes a variable and signals. */
  | { readonly do: "signal"; readonly variable: number }
  /** Takes a lock and never lets it go. */
  | { readonly do: "keep"; readonly lock: number }
  /** Waits for a signal that comes from now on. */
  | { readonly do: "await" }
  /** Signals, and nothing else. */
  | { readonly do: "notify" };

const NOT_WRITTEN = 0;

/** A program of such actors; its outcome is all that they have seen. */
export class Toy implements Program {
  readonly actors: readonly string[];
  readonly columns: readonly string[] = ["variables"];
  readonly log = new AccessLog();
  readonly #steps = new EveryStep();
  readonly #actions: readonly (readonly Action[])[];
  #variables: number[] = [];

  constructor(actions: readonly (readonly Action[])[]) {
    this.#actions = actions;
    this.actors = actions.map((_, actor) => `actor ${actor}`);
  }

  begin(): Execution {
    const memories = this.#actions.map((_, actor) => actor + 1);
    this.#variables = [];
    return {
      works: this.#actions.map((actions, actor) =>
        this.#work(actor, actions, memories)
      ),
      view: () => [this.#variables.join(" ")],
      check: () => {},
      outcome: () => `${memories.join(" ")} | ${this.#variables.join(" ")}`,
    };
  }

  *#work(
    actor: number,
    actions: readonly Action[],
    memories: number[],
  ): Suspends<void> {
    const steps = this.#steps;
    for (const action of actions) {
      switch (action.do) {
        case "read":
          if (steps.race("read")) yield steps.stop;
          memories[actor] = mix(memories[actor], this.#read(action.variable));
          break;
        case "write":
          if (steps.race("write")) yield steps.stop;
          this.#write(action.variable, memories[actor]);
          break;
        case "lock": {
          const lock = lockOf(action.lock);
          if (steps.lock(lock, action.mode, "lock")) yield steps.stop;
          yield* this.#work(actor, action.inside, memories);
          if (steps.unlock(lock, action.mode, "unlock")) yield steps.stop;
          break;
        }
        case "trylock": {
          const lock = lockOf(action.lock);
          steps.trylock(lock, "exclusive", "trylock");
          const taken = yield steps.stop;
          memories[actor] = mix(memories[actor], taken ? 1 : 2);
          if (!taken) break;
          yield* this.#work(actor, action.inside, memories);
          if (steps.unlock(lock, "exclusive", "unlock")) yield steps.stop;
          break;
        }
        case "spin":
          if (steps.race("spin")) yield steps.stop;
          while (this.#read(action.variable) === NOT_WRITTEN) {
            if (steps.relax("spin")) yield steps.stop;
          }
          break;
        case "wait":
          if (steps.race("wait")) yield steps.stop;
          while (this.#read(action.variable) === NOT_WRITTEN) {
            if (steps.wait("online", "wait")) yield steps.stop;
          }
          break;
        case "signal":
          if (steps.race("signal")) yield steps.stop;
          this.#write(action.variable, memories[actor]);
          if (steps.signal("online", "signal")) yield steps.stop;
          break;
        case "keep":
          if (steps.lock(lockOf(action.lock), "exclusive", "keep")) {
            yield steps.stop;
          }
          break;
        case "await":
          if (steps.wait("online", "await")) yield steps.stop;
          break;
        case "notify":
          if (steps.signal("online", "notify")) yield steps.stop;
          break;
      }
    }
  }

  #read(variable: number): number {
    this.log.read(variable);
    return this.#variables[variable] ?? NOT_WRITTEN;
  }

  #write(variable: number, value: number): void {
    this.log.write(variable);
    this.#variables[variable] = value;
  }
}

function lockOf(instance: number): Lock {
  return { lockClass: LOCK_CLASS.mmapLock, instance };
}

/** Tells apart what was read in which order. */
function mix(memory: number, value: number): number {
  return (Math.imul(memory, 31) + value * 7 + 1) >>> 0;
}
