/**
 * The operations that a script has asked for and no machine has done yet.
 *
 * @module
 */
import { isTimedOp, type TimedOp, type WorkloadOp } from "./live_op.ts";
import type { Op } from "./op.ts";
import { OpChecker } from "./op_checker.ts";
import { TraceError } from "./trace_error.ts";

/** Most operations between two scans: a script that asks for more is taken to loop for ever. */
export const QUEUE_LIMIT = 2_000_000;

/**
 * Checks operations when they are asked for, so that a mistake has the line of
 * its call.
 *
 * A script is ahead of the machine: all its calls up to its next pause are
 * queued at once, sleeps among them. A thread acts at its own time, so that its
 * calls are checked against what the machine has begun by then.
 */
export class OpQueue {
  /** The workload's name. */
  readonly name: string;
  /** How many operations there were, the queued ones included: the index of the next. */
  count = 0;
  /** What the script has asked for. */
  readonly #checker: OpChecker;
  /** What the machine has begun, once there may be threads. */
  #begun: OpChecker | undefined;
  /** Operations in the queue that `#begun` knows already. */
  #ahead = 0;
  #ops: WorkloadOp[] = [];
  #taken = 0;
  #isInTurn = false;
  /** Name of a scan that was asked for, but not begun: its `yield*` may be missing. */
  #unbegun: string | undefined;

  /** Starts empty. */
  constructor(name: string) {
    this.name = name;
    this.#checker = new OpChecker(name);
  }

  /** Whether a process is on its way out, by what the machine has begun. */
  hasExited(proc: string): boolean {
    return (this.#begun ?? this.#checker).hasExited(proc);
  }

  /** Appends an operation. */
  add(op: Op): void {
    this.#makeRoom();
    if (this.#isInTurn && this.#begun !== undefined) {
      this.#ops.push(this.#begun.check(op, this.count));
      this.#checker.follow(op, this.count);
    } else this.#ops.push(this.#checker.check(op, this.count));
    this.count++;
  }

  /** Appends an operation that needs the virtual clock. */
  addTimed(op: TimedOp): void {
    this.#makeRoom();
    if (op.op === "live") {
      this.#begun = new OpChecker(this.name, this.#checker);
      this.#ahead = this.#ops.length - this.#taken;
    }
    this.#ops.push(op);
    this.count++;
  }

  /**
   * The operations that `calls` asks for, which do not go into the queue: a
   * thread's turn.
   */
  collect(calls: () => void): readonly WorkloadOp[] {
    const ops = this.#ops;
    const taken = this.#taken;
    this.clear();
    this.#isInTurn = true;
    try {
      calls();
      if (this.#unbegun !== undefined) {
        const scan = this.#unbegun;
        this.#unbegun = undefined;
        this.refuse(
          `Cannot scan in a thread: box.${scan}(...) is the script's`,
        );
      }
      return this.#ops;
    } finally {
      this.#isInTurn = false;
      this.#ops = ops;
      this.#taken = taken;
    }
  }

  #makeRoom(): void {
    this.refuseForgotten();
    if (this.#ops.length - this.#taken >= QUEUE_LIMIT) {
      this.refuse(
        `Cannot queue more than ${QUEUE_LIMIT} ops without a scan: ` +
          "does the script loop without yield* box.scanBatches(1)",
      );
    }
  }

  /** Removes the oldest operation; undefined when there is none. */
  take(): WorkloadOp | undefined {
    if (this.#taken < this.#ops.length) {
      const op = this.#ops[this.#taken++];
      this.#begin(op);
      return op;
    }
    this.clear();
    return undefined;
  }

  #begin(op: WorkloadOp): void {
    if (this.#begun === undefined) return;
    if (this.#ahead > 0) this.#ahead--;
    else if (!isTimedOp(op)) this.#begun.follow(op, this.count);
  }

  /** Forgets all operations. */
  clear(): void {
    this.#ops = [];
    this.#taken = 0;
  }

  /** A scan is asked for; {@linkcode begin} must follow before anything else. */
  announce(scan: string): void {
    this.refuseForgotten();
    this.#unbegun = scan;
  }

  /** The scan that was asked for begins. */
  begin(): void {
    this.#unbegun = undefined;
  }

  /** Refuses to go on when a scan was asked for and never begun. */
  refuseForgotten(): void {
    if (this.#unbegun === undefined) return;
    const scan = this.#unbegun;
    this.#unbegun = undefined;
    this.refuse(
      `Cannot go on: box.${scan}(...) was called and did nothing; ` +
        `write yield* box.${scan}(...)`,
    );
  }

  /** Refuses a pause after anything but a scan. */
  refuseOtherYield(): void {
    const last = this.#ops.at(-1)?.op;
    if (last === "scanPasses" || last === "scanBatches") return;
    this.refuse(
      "Cannot wait for a yield that is no scan: " +
        "write yield* box.scanPasses(1) or yield* box.scanBatches(1)",
    );
  }

  /** Throws the error of a call that is no operation. */
  refuse(problem: string): never {
    throw new TraceError(`${this.name}: op ${this.count}`, problem);
  }
}
