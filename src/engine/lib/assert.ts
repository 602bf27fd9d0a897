/**
 * Assertions: a broken one is a bug of ours, and is never caught.
 *
 * @module
 */

/** A bug of ksmscope itself. */
export class Bug extends Error {
  /** Names the class in a stack trace. */
  override readonly name = "Bug";
}

/**
 * Throws a {@linkcode Bug} with `message` unless `condition` holds.
 *
 * A message with a number in it is put together even where the condition holds:
 * what runs at every level of a tree throws its {@linkcode Bug} itself.
 */
export function assert(
  condition: boolean,
  message: string,
): asserts condition {
  if (!condition) throw new Bug(message);
}
