/**
 * Operations that the machine does not model.
 *
 * @module
 */

/** The user asked for an operation that the machine cannot do. */
export class RefusedOp extends RangeError {
  /** Names the class in a stack trace. */
  override readonly name = "RefusedOp";
  /** Index of the operation in its workload. */
  readonly index: number;

  /** `index` is the place of the operation in its workload, `reason` a clause without a period. */
  constructor(index: number, op: string, reason: string) {
    super(`Cannot run op ${index} (${op}): ${reason}`);
    this.index = index;
  }
}
