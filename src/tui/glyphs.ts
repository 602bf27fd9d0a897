/**
 * The characters that widgets draw with, as a value that is passed down: one
 * set for terminals that show Unicode, one for those that show ASCII only.
 *
 * @module
 */

/** The eight characters of a border. */
export interface BorderGlyphs {
  /** The horizontal line. */
  readonly horizontal: string;
  /** The vertical line. */
  readonly vertical: string;
  /** The corner at the top on the left. */
  readonly topLeft: string;
  /** The corner at the top on the right. */
  readonly topRight: string;
  /** The corner at the bottom on the left. */
  readonly bottomLeft: string;
  /** The corner at the bottom on the right. */
  readonly bottomRight: string;
}

/** How a border is drawn; in ASCII all look alike. */
export type BorderStyle = "single" | "round" | "double" | "bold";

/** One set of characters. Each string but the ellipsis is one column wide. */
export interface Glyphs {
  /** Whether only ASCII may be shown: anything else is shown as `?`. */
  readonly ascii: boolean;
  /** Borders by their style. */
  readonly borders: Readonly<Record<BorderStyle, BorderGlyphs>>;
  /** Stands for text that was cut off. */
  readonly ellipsis: string;
  /** A cell filled from the left by 0 to 8 eighths. */
  readonly leftEighths: readonly string[];
  /** A cell filled from the bottom by 0 to 8 eighths. */
  readonly lowerEighths: readonly string[];
  /** Fills that tell the parts of a bar apart without colour. */
  readonly fills: readonly string[];
  /** The empty part of a gauge. */
  readonly track: string;
  /** A cell of 2 by 4 dots; bit `n` is dot `n + 1` of Unicode's braille patterns. */
  dots(bits: number): string;
}

function border(characters: string): BorderGlyphs {
  const [
    horizontal = "",
    vertical = "",
    topLeft = "",
    topRight = "",
    bottomLeft = "",
    bottomRight = "",
  ] = characters;
  return {
    horizontal,
    vertical,
    topLeft,
    topRight,
    bottomLeft,
    bottomRight,
  };
}

/** Box drawing, block elements and braille. */
export const UNICODE_GLYPHS: Glyphs = {
  ascii: false,
  borders: {
    single: border("─│┌┐└┘"),
    round: border("─│╭╮╰╯"),
    double: border("═║╔╗╚╝"),
    bold: border("━┃┏┓┗┛"),
  },
  ellipsis: "…",
  leftEighths: [..." ▏▎▍▌▋▊▉█"],
  lowerEighths: [..." ▁▂▃▄▅▆▇█"],
  fills: [..."█▓▒░"],
  track: " ",
  dots: (bits: number): string =>
    bits === 0 ? " " : String.fromCharCode(0x2800 + bits),
};

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}

const ASCII_BORDER = border("-|++++");

/** Printable ASCII alone. */
export const ASCII_GLYPHS: Glyphs = {
  ascii: true,
  borders: {
    single: ASCII_BORDER,
    round: ASCII_BORDER,
    double: ASCII_BORDER,
    bold: ASCII_BORDER,
  },
  ellipsis: "...",
  leftEighths: [..."    ----#"],
  lowerEighths: [..." ..::--=#"],
  fills: [..."#=+-"],
  track: ".",
  dots: (bits: number): string => " ..:::++#"[bitCount(bits)] ?? "#",
};
