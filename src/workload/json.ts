/**
 * JSON with the place of a mistake: `JSON.parse` does not always say where a
 * document goes wrong, so that a second reading looks for the place.
 *
 * @module
 */
import { quote } from "./nearest.ts";
import { TraceError } from "./trace_error.ts";

const BYTE_ORDER_MARK = "\ufeff";
const BLANK = /[ \t\n\r]*/y;
/** A text in quotes: what needs no escape is every character from the blank on but `"` and `\`. */
const STRING =
  /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"/y;
const SCALAR =
  /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** What may come next. */
type Wanted =
  | "a value"
  | "a value or ]"
  | "a field name in quotes"
  | "a field name in quotes or }"
  | ":"
  | ", or ]"
  | ", or }"
  | "the end";

/**
 * Parses a document; a byte order mark in front, which some editors leave, is
 * no part of it.
 *
 * @throws {TraceError} The text is not JSON; the place has line and column, both from 1.
 */
export function parseJson(document: string, name: string): unknown {
  const text = document.startsWith(BYTE_ORDER_MARK)
    ? document.slice(1)
    : document;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const { at, wanted } = firstMistake(text);
  const before = text.slice(0, at).split("\n");
  const column = before[before.length - 1].length + 1;
  throw new TraceError(
    `${name}:${before.length}:${column}`,
    `Cannot read this as JSON: expected ${wanted}, found ${foundAt(text, at)}`,
  );
}

/** What stands at the mistake: a text, a word, or a single character. */
function foundAt(text: string, at: number): string {
  if (at >= text.length) return "the end";
  if (text[at] === '"') {
    const end = match(STRING, text, at);
    if (end === at) return "a text that does not end on its line";
    return quote(text.slice(at + 1, end - 1));
  }
  return quote(/[\w.+-]{1,20}|./su.exec(text.slice(at, at + 40))?.[0]);
}

/** Where the grammar of JSON is first left. */
function firstMistake(text: string): { at: number; wanted: Wanted } {
  const open: ("]" | "}")[] = [];
  let wanted: Wanted = "a value";
  let at = match(BLANK, text, 0);
  while (wanted !== "the end" || at < text.length) {
    const step = advance(text, at, wanted, open);
    if (step === undefined) return { at, wanted };
    wanted = step.wanted;
    at = match(BLANK, text, step.at);
  }
  throw new Error("JSON.parse refused a text without a mistake");
}

/** One token on; undefined when it is not one of those wanted. */
function advance(
  text: string,
  at: number,
  wanted: Wanted,
  open: ("]" | "}")[],
): { at: number; wanted: Wanted } | undefined {
  const next = text[at];
  const closing = open[open.length - 1];
  if (next !== undefined && next === closing && wanted.endsWith(next)) {
    open.pop();
    return { at: at + 1, wanted: afterValue(open) };
  }
  switch (wanted) {
    case "a value":
    case "a value or ]":
      return value(text, at, open);
    case "a field name in quotes":
    case "a field name in quotes or }": {
      const end = match(STRING, text, at);
      return end > at ? { at: end, wanted: ":" } : undefined;
    }
    case ":":
      return next === ":" ? { at: at + 1, wanted: "a value" } : undefined;
    case ", or ]":
      return next === "," ? { at: at + 1, wanted: "a value" } : undefined;
    case ", or }":
      return next === ","
        ? { at: at + 1, wanted: "a field name in quotes" }
        : undefined;
    case "the end":
      return undefined;
  }
}

function value(
  text: string,
  at: number,
  open: ("]" | "}")[],
): { at: number; wanted: Wanted } | undefined {
  if (text[at] === "[") {
    open.push("]");
    return { at: at + 1, wanted: "a value or ]" };
  }
  if (text[at] === "{") {
    open.push("}");
    return { at: at + 1, wanted: "a field name in quotes or }" };
  }
  const end = match(text[at] === '"' ? STRING : SCALAR, text, at);
  return end > at ? { at: end, wanted: afterValue(open) } : undefined;
}

function afterValue(open: readonly ("]" | "}")[]): Wanted {
  if (open.length === 0) return "the end";
  return open[open.length - 1] === "]" ? ", or ]" : ", or }";
}

/** End of the match at a position; the position itself when there is none. */
function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
