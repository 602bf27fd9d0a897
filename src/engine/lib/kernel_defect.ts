/**
 * Defects of the kernel itself that the model reproduces, as far as what the
 * kernel does can be told.
 *
 * @module
 */

/**
 * The kernel has come to a point where it goes wrong for good: what it does from
 * there on depends on memory that is not its own any more. Neither a bug of the
 * model nor an error of its user, but a finding.
 */
export class KernelDefect extends Error {
  /** Names the class in a stack trace. */
  override readonly name = "KernelDefect";
  /** Which defect. */
  readonly defect: "stale-tree";

  /** `defect` names it, `what` says in a clause what the kernel does. */
  constructor(defect: "stale-tree", what: string) {
    super(`Kernel defect "${defect}": ${what}`);
    this.defect = defect;
  }
}
