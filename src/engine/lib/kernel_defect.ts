/**
 * Defects of the kernel itself that the model reproduces, as far as what the
 * kernel does can be told.
 *
 * @module
 */

/**
 * The defects: `stale-tree`, an unstable tree that outlives its pass;
 * `lost-entry`, a migration entry of a KSM page that is moved to where the end of
 * the migration does not look; `moved-back`, a KSM page that migrates away and back
 * while its node is looked at, and is taken for gone.
 */
export type KernelDefectName = "stale-tree" | "lost-entry" | "moved-back";

/**
 * The kernel has come to a point where it goes wrong for good: what it does from
 * there on depends on memory that is not its own any more. Neither a bug of the
 * model nor an error of its user, but a finding.
 */
export class KernelDefect extends Error {
  /** Names the class in a stack trace. */
  override readonly name = "KernelDefect";
  /** Which defect. */
  readonly defect: KernelDefectName;

  /** `defect` names it, `what` says in a clause what the kernel does. */
  constructor(defect: KernelDefectName, what: string) {
    super(`Kernel defect "${defect}": ${what}`);
    this.defect = defect;
  }
}
