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

/** How a border is drawn; in ASCII there are but two kinds. */
export type BorderStyle = "single" | "round" | "double" | "bold";

/** One set of characters. Each string is one column wide where nothing else is said, but for the ellipsis. */
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
  /** Stands before what the user has chosen. */
  readonly marker: string;
  /** Stands beside the title of a column by which rows are sorted, the least first. */
  readonly ascending: string;
  /** The same, the greatest first. */
  readonly descending: string;
  /** Stands before what can be unfolded. */
  readonly folded: string;
  /** Stands before what can be folded. */
  readonly unfolded: string;
  /** Lines of a tree: to a child, to the last child, and past both; two columns wide each. */
  readonly tree: {
    /** To a child that others follow. */
    readonly branch: string;
    /** To the last child. */
    readonly last: string;
    /** Past the children of another. */
    readonly past: string;
  };
  /** The part of a scroll bar that moves. */
  readonly thumb: string;
  /** What it moves on. */
  readonly rail: string;
  /** Stands before what went well. */
  readonly good: string;
  /** Stands before what needs care. */
  readonly warning: string;
  /** Stands before what went wrong. */
  readonly bad: string;
  /** Stands before what is only to be known. */
  readonly note: string;
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
  marker: "❯",
  ascending: "▲",
  descending: "▼",
  folded: "▸",
  unfolded: "▾",
  tree: { branch: "├ ", last: "└ ", past: "│ " },
  thumb: "█",
  rail: "│",
  good: "✓",
  warning: "!",
  bad: "✗",
  note: "i",
  dots: (bits: number): string =>
    bits === 0 ? " " : String.fromCharCode(0x2800 + bits),
};

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}

const ASCII_THIN = border("-|++++");
const ASCII_THICK = border("=|++++");

/** Printable ASCII alone. */
export const ASCII_GLYPHS: Glyphs = {
  ascii: true,
  borders: {
    single: ASCII_THIN,
    round: ASCII_THIN,
    double: ASCII_THICK,
    bold: ASCII_THICK,
  },
  ellipsis: "...",
  leftEighths: [..."    ----#"],
  lowerEighths: [..." ..::--=#"],
  fills: [..."#=+-"],
  track: ".",
  marker: ">",
  ascending: "^",
  descending: "v",
  folded: "+",
  unfolded: "-",
  tree: { branch: "|-", last: "`-", past: "| " },
  thumb: "#",
  rail: "|",
  good: "+",
  warning: "!",
  bad: "x",
  note: "i",
  dots: (bits: number): string => " ..:::++#"[bitCount(bits)] ?? "#",
};
