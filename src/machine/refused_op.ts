/**
 * Operations that the machine does not model.
 *
 * @module
 */

/** The user asked for an operation that the machine cannot do. */
export class RefusedOp extends RangeError {
  /** Names the class in a stack trace. */
  override readonly name = "RefusedOp";
  /** Index of the operation in its workload; undefined for one of a thread. */
  readonly index: number | undefined;
  readonly #op: string;
  readonly #reason: string;

  /** `place` is the index of the operation in its workload or the name of its thread, `reason` a clause without a period. */
  constructor(place: number | string, op: string, reason: string) {
    const what = typeof place === "number"
      ? `op ${place} (${op})`
      : `${op} in thread "${place}"`;
    super(`Cannot run ${what}: ${reason}`);
    this.index = typeof place === "number" ? place : undefined;
    this.#op = op;
    this.#reason = reason;
  }

  /** The same of a thread's operation. */
  inThread(thread: string): RefusedOp {
    return new RefusedOp(thread, this.#op, this.#reason);
  }
}
