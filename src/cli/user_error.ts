/**
 * The user's error, as the CLI tells it.
 *
 * @module
 */

/** Something that the user asked for is not possible; the message says what, in one line, and what is valid. */
export class UserError extends RangeError {
  /** Names the class in a stack trace. */
  override readonly name = "UserError";
}
