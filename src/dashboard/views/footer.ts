/**
 * The bottom line: the keys, or what the user has to know just now.
 *
 * @module
 */
import type { KeyMap } from "../../tui/mod.ts";
import { waitText } from "../idle_words.ts";
import { legendKeys } from "../keys.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import type { Message } from "../update.ts";
import type { Heading } from "./rule.ts";
import type { Span } from "./span.ts";

/** Keys side by side with one word for all of them. */
interface Entry {
  readonly keys: readonly string[];
  readonly word: string;
}

/** The keys with their words; neighbours with the same word stand together. */
function entriesOf(bindings: KeyMap<Message>): Entry[] {
  const entries: Entry[] = [];
  for (const { keys: [key], legend } of bindings) {
    if (legend === undefined) continue;
    const last = entries.at(-1);
    if (last?.word === legend) {
      entries[entries.length - 1] = { ...last, keys: [...last.keys, key] };
    } else {
      entries.push({ keys: [key], word: legend });
    }
  }
  return entries;
}

/** Keys that have a name together. */
const ARROWS: readonly string[] = ["left", "down", "up", "right"];

/** Two keys are both named; of more, the first and the last. */
function keysText(keys: readonly string[]): string {
  if (ARROWS.every((arrow) => keys.includes(arrow))) return "arrows";
  return keys.length > 2 ? `${keys[0]}-${keys.at(-1)}` : keys.join("/");
}

/** The first entries of the legend. */
function legend(entries: readonly Entry[]): Span[] {
  return entries.flatMap(({ keys, word }, index) => [
    { text: `${index === 0 ? "" : "  "}${keysText(keys)}`, bold: true },
    { text: ` ${word}` },
  ]);
}

/** What who sees this for the first time has to know, at length and in short. */
const HINTS = [
  "New here? ? explains every key and word, space stops and goes on",
  "New here? press ? for help, space to pause",
  "? help  space pause",
];

/** What the user has to know: once, or for as long as it is so. The keys of what lies over the panels are needed more than the latter. */
function noticeOf(state: DashboardState): string | undefined {
  const { dialog, notice } = state;
  return notice ?? (dialog === undefined ? waitText(state) : undefined);
}

/** The bottom line: a notice if there is one, else as many keys as fit whole. */
export function footerHeading(
  state: DashboardState,
  { styles }: Symbols,
): Heading {
  const notice = noticeOf(state);
  if (notice !== undefined) {
    return [{ start: [{ text: notice, ...styles.notice, bold: true }] }];
  }
  if (state.hints) {
    return HINTS.map((text) => ({
      start: [{ text, ...styles.accent, bold: true }],
    }));
  }
  const entries = entriesOf(legendKeys(state));
  return entries.map((_, index) => ({
    start: legend(entries.slice(0, entries.length - index)),
  }));
}
