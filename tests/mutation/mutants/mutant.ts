/**
 * What a mutant is: one rule of KSM, and a change of the engine that breaks it.
 *
 * @module
 */

/** One mutant. */
export interface Mutant {
  /** The rule that it breaks. */
  readonly rule: string;
  /** Where the KSM reference tells the rule. */
  readonly section: string;
  /** The file that is changed, from the project's folder on. */
  readonly file: string;
  /** The text that is replaced; it occurs once in the file. */
  readonly from: string;
  /** The text in its place. */
  readonly to: string;
}
