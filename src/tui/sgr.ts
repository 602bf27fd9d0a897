/**
 * From one style to the next in as few bytes as possible.
 *
 * Colours come from the functions of `@std/fmt/colors`, which wrap a text in an
 * opening and a closing sequence: each is taken apart once. Those functions
 * stay silent where the environment sets `NO_COLOR`, so that no colour can ever
 * be shown there. Attributes have to work there too (a selected line is
 * inverse), and so their codes, a few numbers of ECMA-48, stand here.
 *
 * @module
 */
import * as colors from "@std/fmt/colors.ts";
import {
  type Color,
  colorCode,
  isMixed,
  type NamedColor,
  rgbOf,
} from "./color.ts";
import {
  type Attribute,
  ATTRIBUTES,
  type StyleId,
  styleOf,
  type TextStyle,
} from "./style.ts";

type Paint = (text: string) => string;

/** The parameters that turn a property of text on and off. */
interface Codes {
  readonly open: string;
  readonly close: string;
}

/** Bold and dim share the code that turns them off. */
const ATTRIBUTE_CODES: Readonly<Record<Attribute, Codes>> = {
  bold: { open: "1", close: "22" },
  dim: { open: "2", close: "22" },
  underline: { open: "4", close: "24" },
  inverse: { open: "7", close: "27" },
};

/** The functions for text and for background. */
const PAINTS: Readonly<Record<NamedColor, readonly [Paint, Paint]>> = {
  black: [colors.black, colors.bgBlack],
  red: [colors.red, colors.bgRed],
  green: [colors.green, colors.bgGreen],
  yellow: [colors.yellow, colors.bgYellow],
  blue: [colors.blue, colors.bgBlue],
  magenta: [colors.magenta, colors.bgMagenta],
  cyan: [colors.cyan, colors.bgCyan],
  white: [colors.white, colors.bgWhite],
  brightBlack: [colors.brightBlack, colors.bgBrightBlack],
  brightRed: [colors.brightRed, colors.bgBrightRed],
  brightGreen: [colors.brightGreen, colors.bgBrightGreen],
  brightYellow: [colors.brightYellow, colors.bgBrightYellow],
  brightBlue: [colors.brightBlue, colors.bgBrightBlue],
  brightMagenta: [colors.brightMagenta, colors.bgBrightMagenta],
  brightCyan: [colors.brightCyan, colors.bgBrightCyan],
  brightWhite: [colors.brightWhite, colors.bgBrightWhite],
};

const RESET = "0";

/** `\x1b[31m` to `31`, and nothing to nothing. */
function parameters(sequence: string): string {
  return sequence.slice("\x1b[".length, -"m".length);
}

/** Takes apart what a function puts around a text. */
function codesOf(paint: Paint): Codes {
  const [open = "", close = ""] = paint("x").split("x");
  return { open: parameters(open), close: parameters(close) };
}

/** The functions for a colour's text and background. */
function paintsOf(color: Color): readonly [Paint, Paint] {
  if (typeof color === "number") {
    return [
      (text) => colors.rgb8(text, color),
      (text) => colors.bgRgb8(text, color),
    ];
  }
  if (!isMixed(color)) return PAINTS[color];
  const [red, green, blue] = rgbOf(color);
  const bits = (red << 16) | (green << 8) | blue;
  return [
    (text) => colors.rgb24(text, bits),
    (text) => colors.bgRgb24(text, bits),
  ];
}

/** Takes apart what a colour's functions do, whether or not styling is on just now. */
function colorCodes(color: Color): readonly [text: Codes, background: Codes] {
  const before = colors.getColorEnabled();
  colors.setColorEnabled(true);
  const [text, background] = paintsOf(color).map(codesOf);
  colors.setColorEnabled(before);
  return [text, background];
}

const knownCodes = new Map<number, readonly [text: Codes, background: Codes]>();

/** The parameters of a colour, for text (0) or background (1). */
function codesFor(color: Color, which: 0 | 1): Codes {
  const code = colorCode(color);
  let codes = knownCodes.get(code);
  if (codes === undefined) knownCodes.set(code, codes = colorCodes(color));
  return codes[which];
}

/** What changes one colour into another. */
function colorChange(
  which: 0 | 1,
  from: Color | undefined,
  to: Color | undefined,
): string[] {
  if (from === to) return [];
  if (to !== undefined) return [codesFor(to, which).open];
  return from === undefined ? [] : [codesFor(from, which).close];
}

/** Turns attributes off, then on; what a shared code turned off by the way comes on again. */
function attributeChange(from: TextStyle, to: TextStyle): string[] {
  const off = new Set(
    ATTRIBUTES.filter((name) => from[name] && !to[name])
      .map((name) => ATTRIBUTE_CODES[name].close),
  );
  const on = ATTRIBUTES.filter((name) =>
    to[name] && (!from[name] || off.has(ATTRIBUTE_CODES[name].close))
  );
  return [...off, ...on.map((name) => ATTRIBUTE_CODES[name].open)];
}

function changes(from: TextStyle, to: TextStyle): string {
  return [
    ...attributeChange(from, to),
    ...colorChange(0, from.color, to.color),
    ...colorChange(1, from.backgroundColor, to.backgroundColor),
  ].filter((code) => code !== "").join(";");
}

function shortest(from: StyleId, to: StyleId): string {
  const step = changes(styleOf(from), styleOf(to));
  if (step === "") return "";
  const opened = changes({}, styleOf(to));
  const anew = opened === "" ? RESET : `${RESET};${opened}`;
  return `\x1b[${step.length <= anew.length ? step : anew}m`;
}

const known = new Map<StyleId, Map<StyleId, string>>();

/** The sequence that changes the terminal from one style to another; empty when nothing changes. */
export function transition(from: StyleId, to: StyleId): string {
  if (from === to) return "";
  let row = known.get(from);
  if (row === undefined) known.set(from, row = new Map());
  let sequence = row.get(to);
  if (sequence === undefined) row.set(to, sequence = shortest(from, to));
  return sequence;
}
