/**
 * Threads of a workload as actors: turns at a rate.
 *
 * @module
 */
import type { Turn } from "../sim/mod.ts";
import type { ThreadOp, WorkloadOp } from "../workload/mod.ts";

/** Least pause between two turns, so that a thread that has nothing to do takes time all the same. */
const LEAST_PAUSE_NANOS = 1000;

/** What a thread asks its machine. */
export interface ThreadHost {
  /** Whether the process of a thread is still there. */
  isAlive(proc: string): boolean;
  /** What an operation comes to; undefined where it takes no time. */
  turnOf(op: WorkloadOp): Turn | undefined;
}

/** One thread. Between two turns all that it is, is plain data. */
export class WorkloadThread {
  /** What it is. */
  readonly op: ThreadOp;
  /** Turns begun. */
  turns = 0;
  /** What is left of the present turn. */
  rest: readonly WorkloadOp[] = [];
  /** The operation at hand, for people to read. */
  doing: WorkloadOp | undefined;

  readonly #host: ThreadHost;
  #isBetween = false;

  /** About to begin its first turn. */
  constructor(op: ThreadOp, host: ThreadHost) {
    this.op = op;
    this.#host = host;
  }

  /** What it does next. */
  next(): Turn {
    const { everyMillis, proc, times = Infinity, turn } = this.op;
    this.doing = undefined;
    for (;;) {
      if (proc !== undefined && !this.#host.isAlive(proc)) {
        return { kind: "done" };
      }
      const [op, ...rest] = this.rest;
      if (op !== undefined) {
        this.rest = rest;
        const turn = this.#host.turnOf(op);
        if (turn === undefined) continue;
        this.doing = op;
        return turn;
      }
      if (this.turns >= times) return { kind: "done" };
      if (this.turns > 0 && !this.#isBetween) {
        this.#isBetween = true;
        const nanos = Math.max(everyMillis * 1e6, LEAST_PAUSE_NANOS);
        return { kind: "sleep", nanos };
      }
      this.#isBetween = false;
      this.rest = turn(this.turns++);
    }
  }
}
