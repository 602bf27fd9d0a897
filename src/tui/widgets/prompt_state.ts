/**
 * A line of text that the user edits: what it remembers, and how it answers
 * keys. The cursor counts graphemes, so that it never stands inside of one.
 *
 * @module
 */
import { graphemes } from "../grapheme.ts";
import { type KeyEvent, keySpelling, type PasteEvent } from "../input_event.ts";
import type { MouseHitEvent } from "../app.ts";

/** What a prompt remembers: plain data for the app's state. */
export interface PromptState {
  /** The text. */
  readonly text: string;
  /** How many graphemes stand before the cursor. */
  readonly cursor: number;
}

/** A prompt without text. */
export const EMPTY_PROMPT: PromptState = { text: "", cursor: 0 };

/** Places that the cursor can go to, and up to which text can be erased. */
export type PromptPlace =
  | "left"
  | "right"
  | "word-left"
  | "word-right"
  | "start"
  | "end";

/** What can be done with a prompt. */
export type PromptAction =
  /** Puts text where the cursor is; the ends of lines become spaces. */
  | { readonly kind: "insert"; readonly text: string }
  /** Moves the cursor. */
  | { readonly kind: "go"; readonly to: PromptPlace }
  /** Moves the cursor before the grapheme with that index. */
  | { readonly kind: "go-to"; readonly index: number }
  /** Erases what is between the cursor and a place. */
  | { readonly kind: "erase"; readonly to: PromptPlace };

/** A prompt with a text and the cursor at its end. */
export function promptOf(text: string): PromptState {
  const parts = shown(text);
  return { text: parts.join(""), cursor: parts.length };
}

/** The graphemes of a text as a prompt shows them. */
function shown(text: string): string[] {
  return graphemes(text.replaceAll(/[\r\n]+/g, " ")).map((one) => one.text);
}

/** The index that a walk over spaces, then over a word, leads to. */
function wordEnd(
  parts: readonly string[],
  from: number,
  step: 1 | -1,
): number {
  const isSpace = (at: number) => parts[step > 0 ? at : at - 1] === " ";
  const end = step > 0 ? parts.length : 0;
  let at = from;
  while (at !== end && isSpace(at)) at += step;
  while (at !== end && !isSpace(at)) at += step;
  return at;
}

function placeOf(
  parts: readonly string[],
  cursor: number,
  place: PromptPlace,
): number {
  switch (place) {
    case "left":
      return Math.max(0, cursor - 1);
    case "right":
      return Math.min(parts.length, cursor + 1);
    case "word-left":
      return wordEnd(parts, cursor, -1);
    case "word-right":
      return wordEnd(parts, cursor, 1);
    case "start":
      return 0;
    case "end":
      return parts.length;
  }
}

/** A prompt after an action. */
export function updatePrompt(
  state: PromptState,
  action: PromptAction,
): PromptState {
  const parts = shown(state.text);
  const cursor = Math.max(0, Math.min(state.cursor, parts.length));
  const joined = (from: number, to?: number) => parts.slice(from, to).join("");
  switch (action.kind) {
    case "insert": {
      const before = shown(joined(0, cursor) + action.text);
      const text = before.join("") + joined(cursor);
      return { text, cursor: before.length };
    }
    case "go":
      return { text: state.text, cursor: placeOf(parts, cursor, action.to) };
    case "go-to": {
      const index = Math.max(0, Math.min(action.index, parts.length));
      return { text: state.text, cursor: index };
    }
    case "erase": {
      const place = placeOf(parts, cursor, action.to);
      const from = Math.min(cursor, place);
      const to = Math.max(cursor, place);
      return { text: joined(0, from) + joined(to), cursor: from };
    }
  }
}

const go = (to: PromptPlace): PromptAction => ({ kind: "go", to });
const erase = (to: PromptPlace): PromptAction => ({ kind: "erase", to });

/** Keys that edit, as line editors know them. */
const KEYS: Readonly<Record<string, PromptAction>> = {
  "left": go("left"),
  "ctrl+b": go("left"),
  "right": go("right"),
  "ctrl+f": go("right"),
  "ctrl+left": go("word-left"),
  "alt+b": go("word-left"),
  "ctrl+right": go("word-right"),
  "alt+f": go("word-right"),
  "home": go("start"),
  "ctrl+a": go("start"),
  "end": go("end"),
  "ctrl+e": go("end"),
  "backspace": erase("left"),
  "delete": erase("right"),
  "ctrl+d": erase("right"),
  "ctrl+w": erase("word-left"),
  "alt+backspace": erase("word-left"),
  "alt+d": erase("word-right"),
  "ctrl+u": erase("start"),
  "ctrl+k": erase("end"),
};

/** What a key or a paste does to a prompt; none for keys that it does not know, such as enter. */
export function promptAction(
  event: KeyEvent | PasteEvent,
): PromptAction | undefined {
  if (event.kind === "paste") return { kind: "insert", text: event.text };
  if (event.char !== "") return { kind: "insert", text: event.char };
  const spelling = keySpelling(event);
  return Object.hasOwn(KEYS, spelling) ? KEYS[spelling] : undefined;
}

/** What the mouse does to the prompt with that id: a click moves the cursor. */
export function promptMouse(
  event: MouseHitEvent,
  id: string,
): PromptAction | undefined {
  const part = event.hits.find((hit) => hit.id === id)?.part;
  const clicks = event.action === "press" && event.button === "left";
  return clicks && part?.kind === "grapheme"
    ? { kind: "go-to", index: part.index }
    : undefined;
}
