/**
 * Keys as data: one table from which the app's messages, the help overlay, the
 * legend line and the table of a manual come.
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

/** Keys that mean something at the same time: those of a mode, of a panel, or of the whole app. */
export interface KeyScope<Message> {
  /** Stands over them in the help. */
  readonly title: string;
  /** The keys. */
  readonly keys: KeyMap<Message>;
}

/** The row of a key, if it has one. */
export function bindingOf<Message>(
  keys: KeyMap<Message>,
  key: KeyEvent,
): KeyBinding<Message> | undefined {
  const spelling = keySpelling(key);
  return keys.find((binding) => binding.keys.includes(spelling));
}

/**
 * The keys of several scopes, the innermost first: a key that one of them has is
 * taken out of all after it, so that a legend never promises what an inner scope
 * does otherwise.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KeyScope, keysOf } from "ksmscope/tui";
 *
 * const panel: KeyScope<string> = {
 *   title: "list",
 *   keys: [{ keys: ["up", "k"], does: "moves up", message: "up" }],
 * };
 * const app: KeyScope<string> = {
 *   title: "everywhere",
 *   keys: [
 *     { keys: ["k"], does: "edits a knob", message: "knob" },
 *     { keys: ["q"], does: "leaves", message: "quit" },
 *   ],
 * };
 * const keys = keysOf([panel, app]);
 * assert.deepEqual(keys.map(({ does }) => does), ["moves up", "leaves"]);
 * ```
 */
export function keysOf<Message>(
  scopes: readonly KeyScope<Message>[],
): KeyMap<Message> {
  const taken = new Set<string>();
  return scopes.flatMap(({ keys }) => {
    const free = keys
      .map((row) => ({
        ...row,
        keys: row.keys.filter((key) => !taken.has(key)),
      }))
      .filter((row) => row.keys.length > 0);
    for (const row of keys) for (const key of row.keys) taken.add(key);
    return free;
  });
}

/** A key between backticks, as Markdown has it, within a row of a table. */
function code(key: string): string {
  const escaped = key.replaceAll("|", "\\|");
  return key.includes("`") ? `\`\` ${escaped} \`\`` : `\`${escaped}\``;
}

/** The keys of scopes as a table in Markdown, for a manual that a test holds against them. */
export function keyTable(scopes: readonly KeyScope<unknown>[]): string {
  const rows = scopes.flatMap(({ title, keys }) =>
    keys.map(({ keys, does }) => {
      const what = does.replaceAll("|", "\\|");
      return `| ${keys.map(code).join(" ")} | ${what} | ${title} |`;
    })
  );
  return ["| Key | Does | Where |", "| --- | --- | --- |", ...rows, ""]
    .join("\n");
}
