/**
 * Text as a terminal sees it: graphemes, each one or two columns wide.
 *
 * Only what can be shown comes out: control characters and lone characters
 * without a width vanish, so that no text can carry an escape sequence to the
 * terminal.
 *
 * @module
 */
import { eastAsianWidth } from "get-east-asian-width";

/** One grapheme and the columns that it takes. */
export interface Grapheme {
  /** Its text; `"\n"`, of width 0, for the end of a line. */
  readonly text: string;
  /** Columns: 1 or 2. */
  readonly width: number;
}

/**
 * Text in which each UTF-16 unit is a grapheme one column wide: ASCII, Latin-1
 * and Latin Extended letters, dashes and dots, arrows, box drawing, blocks,
 * shapes, two marks, braille.
 */
const SIMPLE =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02af\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2713\u2717\u2800-\u28ff]*$/;

/** Whether each UTF-16 unit of a text is a grapheme one column wide. */
export function isSimple(text: string): boolean {
  return SIMPLE.test(text);
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]/v;
const EMOJI = /^\p{RGI_Emoji}$/v;
const VARIATION_SELECTOR_16 = "\ufe0f";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Columns of one grapheme: 0, 1 or 2. */
export function graphemeWidth(grapheme: string): number {
  if (EMOJI.test(grapheme)) return 2;
  const base = [...grapheme].find((point) => !INVISIBLE.test(point));
  const codePoint = base?.codePointAt(0);
  if (codePoint === undefined) return 0;
  if (grapheme.includes(VARIATION_SELECTOR_16)) return 2;
  return eastAsianWidth(codePoint);
}

/** What of one segment of text is shown. */
function shown(segment: string): Grapheme[] {
  if (/^\r?\n$/.test(segment)) return [{ text: "\n", width: 0 }];
  if (segment === "\t") return [{ text: " ", width: 1 }];
  const width = graphemeWidth(segment);
  return width > 0 ? [{ text: segment, width }] : [];
}

/** The graphemes of a text that can be shown; a tab is one space. */
export function graphemes(text: string): Grapheme[] {
  if (isSimple(text)) {
    return Array.from(text, (unit) => ({ text: unit, width: 1 }));
  }
  return segmentedGraphemes(text);
}

/** The same as {@linkcode graphemes} by the full rules: slower, and its specification. */
export function segmentedGraphemes(text: string): Grapheme[] {
  return Array.from(segmenter.segment(text), ({ segment }) => shown(segment))
    .flat();
}

/** Columns of a text on one line. */
export function textWidth(text: string): number {
  if (isSimple(text)) return text.length;
  return graphemes(text).reduce((sum, { width }) => sum + width, 0);
}
