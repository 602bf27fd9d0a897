/**
 * What is wrong with a trace, a recording or a call of a script, and where.
 *
 * @module
 */

/** The user's error: something in a workload is not as it must be. */
export class TraceError extends SyntaxError {
  /** The name that a printed error begins with. */
  override name = "TraceError";
  /** Where: the document's name, then the operation (`x.json: op 7 (fill)`) or the line and column (`x.json:3:14`). */
  readonly place: string;
  /** What failed, and what would be valid; without the place. */
  readonly problem: string;

  /** The message is the place, then the problem. */
  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
    this.place = place;
    this.problem = problem;
  }
}
