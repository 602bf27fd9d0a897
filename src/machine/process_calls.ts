/**
 * Operations of several threads in one process, and its exit.
 *
 * @module
 */
import { assert } from "../engine/lib/assert.ts";
import type { Kept } from "../engine/lib/kept.ts";
import type { Suspends } from "../engine/lib/step.ts";
import type { RecordedEvent } from "../workload/mod.ts";
import type { Machine } from "./machine.ts";
import { type InstantOp, performOp } from "./ops.ts";

const EXIT = "do_exit:threads";

/**
 * The operations that are under way in each process. An exit lets those of other
 * threads end, and none begin after it: memory goes with the last thread.
 */
export class ProcessCalls {
  readonly #machine: Machine;
  /** How many are under way. */
  readonly #underWay: Map<string, number> = new Map();
  readonly #exiting: Set<string> = new Set();

  /** Nobody does anything in a process of `machine`. */
  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Whether a thread of the process may begin an operation: it is there, and does not exit. */
  isAlive(proc: string): boolean {
    return !this.#exiting.has(proc) &&
      this.#machine.processes.find(proc) !== undefined;
  }

  /**
   * What the operation comes to; undefined where its process is gone, or about to
   * go, or where another thread has not mapped its region yet. An exit waits for
   * others to leave the process, then does as {@linkcode performOp}.
   *
   * Models: do_exit(), kernel/exit.c
   * Differs: what other threads are in the middle of goes on to its end, because signals are left out.
   */
  begin(
    op: InstantOp,
    index: number,
  ): Suspends<RecordedEvent | undefined> | undefined {
    const proc = "proc" in op ? op.proc : undefined;
    if (proc === undefined || op.op === "proc") {
      return performOp(this.#machine, op, index);
    }
    if (!this.isAlive(proc) || !this.#hasRegion(proc, op)) return undefined;
    if (op.op === "exit") this.#exiting.add(proc);
    return this.#perform(proc, op, index);
  }

  /** That no operation is under way. */
  keep(): Kept {
    assert(this.#exiting.size === 0, "A process is exiting");
    const restore = () => {
      this.#underWay.clear();
      this.#exiting.clear();
    };
    return { bytes: 0, restore };
  }

  #hasRegion(proc: string, op: InstantOp): boolean {
    if (!("region" in op) || op.op === "mmap") return true;
    const { regions } = this.#machine.processes.named(proc);
    return regions.get(op.region) !== undefined;
  }

  *#perform(
    proc: string,
    op: InstantOp,
    index: number,
  ): Suspends<RecordedEvent | undefined> {
    const { steps } = this.#machine.memory;
    this.#underWay.set(proc, this.#count(proc) + 1);
    while (op.op === "exit" && this.#count(proc) > 1) {
      if (steps.wait("exit", EXIT)) yield steps.stop;
    }
    const event = yield* performOp(this.#machine, op, index);
    this.#underWay.set(proc, this.#count(proc) - 1);
    if (op.op === "exit") {
      this.#underWay.delete(proc);
      this.#exiting.delete(proc);
    } else if (this.#exiting.has(proc) && steps.signal("exit", EXIT)) {
      yield steps.stop;
    }
    return event;
  }

  #count(proc: string): number {
    return this.#underWay.get(proc) ?? 0;
  }
}
