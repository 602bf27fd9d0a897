/**
 * One life of a program, step by step, in whatever order one likes.
 *
 * What an actor does between two choices is one stride: the step at which it
 * has stopped, and its work up to the next one. A stride that has used nothing
 * of what actors share goes on through the next step, since nobody could tell
 * the difference.
 *
 * | step                       | can be done                                   |
 * | -------------------------- | --------------------------------------------- |
 * | lock                       | when nobody holds it in a way that excludes   |
 * | wait                       | when it was signalled after the actor's look  |
 * | relax                      | when something has changed that it has read   |
 * | trylock, and all others    | always                                        |
 *
 * Who waits for a lock gets it in any order, not only in that of coming.
 *
 * @module
 */
import { assert, Bug } from "../../engine/lib/assert.ts";
import { KernelDefect } from "../../engine/lib/kernel_defect.ts";
import type { Condition, Step, Suspends } from "../../engine/lib/step.ts";
import type { Cell } from "./access_log.ts";
import { ExploredLocks, lockCell } from "./explored_locks.ts";
import { type Execution, type Program, Violation } from "./program.ts";
import type { Acquisition, Stride } from "./stride.ts";

/** Steps of all actors together after which a schedule is taken for endless. */
export const STEPS_MAX = 20_000;

/** One actor on its way. */
interface Lane {
  readonly work: Suspends<unknown>;
  /** The step at which it has stopped; undefined when it has ended. */
  pending: Step | undefined;
  /** What it has used since it began, or spun last. */
  readonly seen: Set<Cell>;
  /** The number of the stride that first changed something of that. */
  changedBy: number | undefined;
  /** The number of the stride that signalled, since its look, what it waits for. */
  signalledBy: number | undefined;
}

const START: Step = { kind: "race", site: "start" };

/** Actors of one execution, each where it has stopped. */
export class Lanes {
  /** The machine's side of it. */
  readonly execution: Execution;
  /** Strides made so far. */
  length = 0;
  readonly #program: Program;
  readonly #lanes: readonly Lane[];
  readonly #locks = new ExploredLocks();

  /** At the beginning. */
  constructor(program: Program) {
    this.#program = program;
    program.log.listening = false;
    this.execution = program.begin();
    program.log.take();
    this.#lanes = this.execution.works.map((work) => ({
      work,
      pending: START,
      seen: new Set(),
      changedBy: undefined,
      signalledBy: undefined,
    }));
  }

  /** The actors that can go on, one bit for each. */
  get enabled(): number {
    let enabled = 0;
    for (let actor = 0; actor < this.#lanes.length; actor++) {
      if (this.#canGoOn(actor)) enabled |= 1 << actor;
    }
    return enabled;
  }

  /** Whether all have ended. */
  get ended(): boolean {
    return this.#lanes.every(({ pending }) => pending === undefined);
  }

  /** The step at which an actor has stopped; undefined when it has ended. */
  pending(actor: number): Step | undefined {
    return this.#lanes[actor].pending;
  }

  /**
   * Makes one stride of an actor that can go on. If it goes wrong, that is the
   * actor's end; what it holds stays held.
   */
  go(actor: number): Stride {
    assert(this.#canGoOn(actor), `Actor ${actor} cannot go on`);
    const { log } = this.#program;
    const lane = this.#lanes[actor];
    const steps: Step[] = [];
    let acquired: Acquisition | undefined;
    let wokenBy: number | undefined;
    let failure: unknown;
    this.length++;
    log.listening = true;
    try {
      if (this.length > STEPS_MAX) {
        const facts = `not after ${STEPS_MAX} steps`;
        throw new Violation("it comes to an end", facts);
      }
      do {
        const step = lane.pending;
        assert(step !== undefined, `Actor ${actor} has ended`);
        steps.push(step);
        if (step.kind === "wait") wokenBy = lane.signalledBy;
        else if (step.kind === "relax") wokenBy = lane.changedBy;
        const answer = this.#perform(actor, step);
        if (answer && (step.kind === "lock" || step.kind === "trylock")) {
          const waits = step.kind === "lock";
          acquired = { cell: lockCell(step.lock), mode: step.mode, waits };
        }
        const result = lane.work.next(answer);
        lane.pending = result.done ? undefined : result.value;
        if (lane.pending?.kind === "wait") {
          // From here on a signal counts.
          lane.signalledBy = undefined;
          log.read(conditionCell(lane.pending.condition));
        }
      } while (log.empty && this.#goesStraightOn(actor));
    } catch (error) {
      if (!isFinding(error)) throw error;
      failure = error;
      lane.pending = undefined;
    } finally {
      log.listening = false;
    }
    const { reads, writes } = log.take();
    this.#note(actor, reads, writes);
    return { actor, steps, reads, writes, acquired, wokenBy, failure };
  }

  /** What all has come to, where nobody can go on any more. */
  outcome(): string {
    return this.ended ? this.execution.outcome() : "somebody waits for ever";
  }

  /**
   * Nobody can go on any more: looks whether all holds that must then.
   *
   * @throws {Violation | Bug} Something does not, or somebody still wants to go on.
   */
  check(): void {
    const waiting = this.#lanes.flatMap(({ pending }, actor) =>
      pending === undefined
        ? []
        : [`${this.#program.actors[actor]} at ${pending.site}`]
    );
    if (waiting.length > 0) {
      throw new Violation("nobody waits for ever", waiting.join(", "));
    }
    this.execution.check();
  }

  /** Whether an actor that has used nothing yet goes on through its next step. One that stops at a lock has looked at that. */
  #goesStraightOn(actor: number): boolean {
    const { pending } = this.#lanes[actor];
    switch (pending?.kind) {
      case undefined:
      case "wait":
      case "relax":
        return false;
      case "lock": {
        const isOpen = this.#locks.isOpen(pending.lock, pending.mode);
        if (!isOpen) this.#program.log.write(lockCell(pending.lock));
        return isOpen;
      }
      default:
        return true;
    }
  }

  #canGoOn(actor: number): boolean {
    const { pending, changedBy, signalledBy } = this.#lanes[actor];
    switch (pending?.kind) {
      case undefined:
        return false;
      case "lock":
        return this.#locks.isOpen(pending.lock, pending.mode);
      case "wait":
        return signalledBy !== undefined;
      case "relax":
        return changedBy !== undefined;
      default:
        return true;
    }
  }

  #perform(actor: number, step: Step): boolean {
    const { log } = this.#program;
    const locks = this.#locks;
    switch (step.kind) {
      case "lock":
        locks.take(actor, step.lock, step.mode);
        if (step.mode === "exclusive") log.write(lockCell(step.lock));
        else log.read(lockCell(step.lock));
        return true;
      case "trylock": {
        const open = locks.isOpen(step.lock, step.mode);
        if (open) locks.take(actor, step.lock, step.mode);
        log.write(lockCell(step.lock));
        return open;
      }
      case "unlock":
        locks.release(actor, step.lock, step.mode);
        if (step.mode === "exclusive") log.write(lockCell(step.lock));
        else log.read(lockCell(step.lock));
        return true;
      case "signal":
        log.write(conditionCell(step.condition));
        for (const lane of this.#lanes) {
          if (
            lane.pending?.kind === "wait" &&
            lane.pending.condition === step.condition
          ) lane.signalledBy ??= this.length - 1;
        }
        return true;
      case "relax":
        this.#lanes[actor].changedBy = undefined;
        this.#lanes[actor].seen.clear();
        return true;
      default:
        return true;
    }
  }

  /** Who spins looks again when something of what it has used was written. */
  #note(
    actor: number,
    reads: readonly Cell[],
    writes: readonly Cell[],
  ): void {
    this.#lanes.forEach((lane, other) => {
      if (other === actor) {
        for (const cell of reads) lane.seen.add(cell);
        for (const cell of writes) lane.seen.add(cell);
      } else if (
        lane.changedBy === undefined &&
        writes.some((cell) => lane.seen.has(cell))
      ) lane.changedBy = this.length - 1;
    });
  }
}

/** Whether an error is one that a search looks for. */
export function isFinding(
  error: unknown,
): error is Violation | Bug | KernelDefect {
  return error instanceof Violation || error instanceof Bug ||
    error instanceof KernelDefect;
}

const CONDITION_CELLS: Readonly<Record<Condition, Cell>> = {
  online: -1,
  exit: -2,
  "grace period": -3,
};

function conditionCell(condition: Condition): Cell {
  return CONDITION_CELLS[condition];
}
