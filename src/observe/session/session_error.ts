/**
 * What is wrong with a session.
 *
 * @module
 */

/** A session that is not as it must be. The message begins with the place. */
export class SessionError extends SyntaxError {
  /** The name that a printed error begins with. */
  override readonly name = "SessionError";

  /** At a place, such as `guests.jsonl:12`. */
  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
  }
}
