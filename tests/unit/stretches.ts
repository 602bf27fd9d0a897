/** Actors that go on one stretch at a time, from step to step, in an order that is given. */
import type { Lock } from "../../src/engine/lib/lock.ts";
import {
  EveryStep,
  type Step,
  type Suspends,
} from "../../src/engine/lib/step.ts";
import { Machine } from "../../src/machine/mod.ts";
import { type Accesses, AccessLog } from "../../src/sim/explore/mod.ts";
import { type Cells, watchMachine } from "../../src/explorer/watch/mod.ts";

/** What one stretch has used and where it has stopped. */
export interface Stretch {
  /** Step with which it began. */
  readonly from: Step | undefined;
  /** Step at which it stopped; undefined at the end of the work. */
  readonly to: Step | undefined;
  /** What it has used. */
  readonly accesses: Accesses;
}

interface Actor {
  readonly work: Suspends<unknown>;
  pending: Step | undefined;
  isOver: boolean;
  isWoken: boolean;
}

/** A watched machine with actors. */
export class Stage {
  readonly machine: Machine;
  readonly log = new AccessLog();
  /** What its cells are called. */
  readonly cells: Cells;
  readonly #actors: Actor[];
  readonly #held = new Map<string, { exclusive: boolean; holders: number }>();

  /** `setUp` prepares the machine, and says what the actors do. */
  constructor(
    setUp: (machine: Machine) => Suspends<unknown>[],
    nodes = 1,
  ) {
    const steps = new EveryStep();
    const run = <T>(work: Suspends<T>): T => {
      let result = work.next(true);
      while (!result.done) result = work.next(true);
      return result.value;
    };
    this.machine = new Machine({ interpreter: { steps, run }, nodes });
    const works = setUp(this.machine);
    this.cells = watchMachine(this.machine, this.log);
    this.#actors = works.map((work) => ({
      work,
      pending: undefined,
      isOver: false,
      isWoken: false,
    }));
  }

  /** Actors that can go on. */
  get enabled(): number[] {
    return this.#actors.flatMap((actor, index) =>
      !actor.isOver && this.#canGoOn(actor) ? [index] : []
    );
  }

  /** Lets one actor that can go on do so. */
  goOn(index: number): Stretch {
    const actor = this.#actors[index];
    const from = actor.pending;
    const answer = this.#perform(from);
    actor.isWoken = false;
    this.log.listening = true;
    const result = actor.work.next(answer);
    this.log.listening = false;
    actor.isOver = result.done === true;
    actor.pending = result.done ? undefined : result.value;
    return { from, to: actor.pending, accesses: this.log.take() };
  }

  #canGoOn({ pending, isWoken }: Actor): boolean {
    if (pending?.kind === "lock") {
      return this.#isFree(pending.lock, pending.mode === "exclusive");
    }
    return pending?.kind !== "wait" || isWoken;
  }

  #isFree(lock: Lock, exclusive: boolean): boolean {
    const held = this.#held.get(nameOf(lock));
    return held === undefined || !exclusive && !held.exclusive;
  }

  /** Does what the step says; the answer for `trylock`. */
  #perform(step: Step | undefined): boolean {
    switch (step?.kind) {
      case "lock":
      case "trylock": {
        const exclusive = step.mode === "exclusive";
        if (!this.#isFree(step.lock, exclusive)) return false;
        const name = nameOf(step.lock);
        const holders = this.#held.get(name)?.holders ?? 0;
        this.#held.set(name, { exclusive, holders: holders + 1 });
        return true;
      }
      case "unlock": {
        const name = nameOf(step.lock);
        const holders = this.#held.get(name)?.holders ?? 0;
        if (holders < 2) this.#held.delete(name);
        else this.#held.set(name, { exclusive: false, holders: holders - 1 });
        return true;
      }
      case "signal":
        for (const actor of this.#actors) actor.isWoken = true;
        return true;
      default:
        return true;
    }
  }
}

function nameOf({ lockClass, instance }: Lock): string {
  return `${lockClass.name} ${instance}`;
}

/** Whether two stretches can be exchanged: no step of theirs is about the same lock or about waking, and neither writes what the other uses. */
export function areIndependent(a: Stretch, b: Stretch): boolean {
  const [wordA, wordB] = [wordOf(a.from), wordOf(b.from)];
  if (wordA !== undefined && wordA === wordB) return false;
  const meets = (
    writes: readonly number[],
    { reads, writes: more }: Accesses,
  ) => writes.some((cell) => reads.includes(cell) || more.includes(cell));
  return !meets(a.accesses.writes, b.accesses) &&
    !meets(b.accesses.writes, a.accesses);
}

/** What a step is about. */
function wordOf(step: Step | undefined): string | undefined {
  if (step === undefined) return undefined;
  if ("lock" in step) return nameOf(step.lock);
  return "condition" in step ? "condition" : undefined;
}
