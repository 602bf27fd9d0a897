/**
 * Threads of a workload as actors: turns at a rate.
 *
 * @module
 */
import type { Kept } from "../engine/lib/kept.ts";
import type { Turn } from "../sim/mod.ts";
import type { ThreadOp, WorkloadOp } from "../workload/mod.ts";

/** What a thread asks its machine. */
export interface ThreadHost {
  /** Whether the process of a thread is still there. */
  isAlive(proc: string): boolean;
  /** What an operation comes to; undefined where it takes no time. */
  turnOf(op: WorkloadOp): Turn | undefined;
  /** Gives the processor to others and gets it back, which takes time. */
  yieldCpu(): Turn;
}

/** What a thread that is kept takes, roughly, with the operations of its turn. */
const THREAD_BYTES = 512;

/** One thread. Between two turns all that it is, is plain data. */
export class WorkloadThread {
  /** What it is. */
  readonly op: ThreadOp;
  /** Turns begun. */
  turns = 0;
  /** The operations of the present turn. */
  ops: readonly WorkloadOp[] = [];
  /** How many of them have begun. */
  begun = 0;
  /** The operation at hand, for people to read. */
  doing: WorkloadOp | undefined;

  readonly #host: ThreadHost;
  #isBetween = false;

  /** About to begin its first turn. */
  constructor(op: ThreadOp, host: ThreadHost) {
    this.op = op;
    this.#host = host;
  }

  /** How far it is, between two operations. */
  keep(): Kept {
    const { turns, ops, begun, doing } = this;
    const isBetween = this.#isBetween;
    const restore = () => {
      Object.assign(this, { turns, ops, begun, doing });
      this.#isBetween = isBetween;
    };
    return { bytes: THREAD_BYTES, restore };
  }

  /** What it does next. */
  next(): Turn {
    const { everyMillis, proc, times = Infinity, turn } = this.op;
    this.doing = undefined;
    for (;;) {
      if (proc !== undefined && !this.#host.isAlive(proc)) {
        return { kind: "done" };
      }
      const op = this.ops.at(this.begun);
      if (op !== undefined) {
        this.begun++;
        const turn = this.#host.turnOf(op);
        if (turn === undefined) continue;
        this.doing = op;
        return turn;
      }
      if (this.turns >= times) return { kind: "done" };
      if (this.turns > 0 && !this.#isBetween) {
        this.#isBetween = true;
        return everyMillis === 0
          ? this.#host.yieldCpu()
          : { kind: "sleep", nanos: everyMillis * 1e6 };
      }
      this.#isBetween = false;
      this.ops = turn(this.turns++);
      this.begun = 0;
    }
  }
}
