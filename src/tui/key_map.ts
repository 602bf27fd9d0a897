/**
 * Keys as data: one table from which the app's messages, the help overlay and
 * the legend line come.
 *
 * @module
 */
import { type KeyEvent, keySpelling } from "./input_event.ts";

/** One row of a key map. */
export interface KeyBinding<Message> {
  /** The keys, spelled as {@linkcode keySpelling} does; the first stands in the legend. */
  readonly keys: readonly string[];
  /** What they do, for the help overlay. */
  readonly does: string;
  /** The same in a word for the legend; without it the row is in the help alone. */
  readonly legend?: string;
  /** What the app is told. */
  readonly message: Message;
}

/** All keys of an app, in the order of its help. */
export type KeyMap<Message> = readonly KeyBinding<Message>[];

/** The row of a key, if it has one. */
export function bindingOf<Message>(
  keys: KeyMap<Message>,
  key: KeyEvent,
): KeyBinding<Message> | undefined {
  const spelling = keySpelling(key);
  return keys.find((binding) => binding.keys.includes(spelling));
}
