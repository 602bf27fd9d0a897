/**
 * Colours: the 16 of the terminal's own palette by name, so that the user's
 * theme rules; the 256 of xterm by number; and all by their parts of red, green
 * and blue.
 *
 * Each colour that is used has a small number, its code, in the order in which
 * the kinds stand above. Codes are given to the colours of the last kind as they
 * come; once all are used up, the nearest of the 256 has to do.
 *
 * @module
 */

/** Names of the palette's colours, as in `@std/fmt/colors`, in their order there. */
export const COLORS = [
  "black",
  "red",
  "green",
  "yellow",
  "blue",
  "magenta",
  "cyan",
  "white",
  "brightBlack",
  "brightRed",
  "brightGreen",
  "brightYellow",
  "brightBlue",
  "brightMagenta",
  "brightCyan",
  "brightWhite",
] as const;

/** One of the terminal's 16 colours. */
export type NamedColor = typeof COLORS[number];

/** A colour: a name, a number 0 to 255 of xterm's palette, or `#rrggbb`. */
export type Color = NamedColor | number | `#${string}`;

/** How many colours a terminal shows. */
export type ColorDepth =
  /** None. */
  | 0
  /** Those with a name. */
  | 16
  /** Those and the ones with a number. */
  | 256
  /** All. */
  | 16777216;

/** The depth of a terminal that shows all colours. */
export const TRUE_COLOR: ColorDepth = 16777216;

/** Codes that there are, 0 for the terminal's default among them: as many as 13 bits of a style hold. */
const CODES = 1 << 13;

const PALETTE = 256;
const NAMED_AT = 1;
const NUMBERED_AT = NAMED_AT + COLORS.length;
const MIXED_AT = NUMBERED_AT + PALETTE;

const named: ReadonlyMap<Color, number> = new Map(
  COLORS.map((name, index) => [name, NAMED_AT + index]),
);
const mixedCodes = new Map<string, number>();
const mixed: `#${string}`[] = [];

type Rgb = readonly [red: number, green: number, blue: number];

/** The parts of `#rrggbb`, 0 to 255 each. */
export function rgbOf(color: `#${string}`): Rgb {
  if (!/^#[0-9a-f]{6}$/i.test(color)) throw new Error(`no colour: ${color}`);
  const part = (at: number) => parseInt(color.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function mixedCode(color: `#${string}`): number {
  const known = mixedCodes.get(color);
  if (known !== undefined) return known;
  const rgb = rgbOf(color);
  const code = MIXED_AT + mixed.length;
  if (code >= CODES) return NUMBERED_AT + nearestNumber(rgb);
  mixed.push(color);
  mixedCodes.set(color, code);
  return code;
}

/** The code of a colour. */
export function colorCode(color: Color): number {
  if (typeof color === "number") {
    const valid = Number.isInteger(color) && color >= 0 && color < PALETTE;
    if (!valid) throw new Error(`no colour: ${color}`);
    return NUMBERED_AT + color;
  }
  const code = named.get(color);
  if (code !== undefined) return code;
  if (!isMixed(color)) throw new Error(`no colour: ${color}`);
  return mixedCode(color);
}

/** Whether a colour is given by its parts. */
export function isMixed(color: Color): color is `#${string}` {
  return typeof color === "string" && color.startsWith("#");
}

/** The colour of a code; none for 0. */
export function colorOf(code: number): Color | undefined {
  if (code >= MIXED_AT) return mixed[code - MIXED_AT];
  return code >= NUMBERED_AT ? code - NUMBERED_AT : COLORS[code - NAMED_AT];
}

/** The levels of each part in the colour cube at 16 in xterm's palette. */
const LEVELS = [0, 95, 135, 175, 215, 255];
const CUBE_AT = 16;
const GREYS = 24;

/** The 16 colours as xterm has them; themes differ. */
const NAMED_RGB: readonly Rgb[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];

/** xterm's palette from the cube on; what comes before is the user's. */
const FIXED_RGB: readonly Rgb[] = [
  ...LEVELS.flatMap((red) =>
    LEVELS.flatMap((green) => LEVELS.map((blue): Rgb => [red, green, blue]))
  ),
  ...Array.from({ length: GREYS }, (_, index): Rgb => {
    const level = 8 + 10 * index;
    return [level, level, level];
  }),
];

function distance(a: Rgb, b: Rgb): number {
  return a.reduce((sum, part, index) => sum + (part - b[index]) ** 2, 0);
}

function nearest(rgb: Rgb, palette: readonly Rgb[]): number {
  const distances = palette.map((one) => distance(one, rgb));
  return distances.indexOf(Math.min(...distances));
}

function nearestNumber(rgb: Rgb): number {
  return CUBE_AT + nearest(rgb, FIXED_RGB);
}

function rgbOfNumber(number: number): Rgb {
  return number < CUBE_AT ? NAMED_RGB[number] : FIXED_RGB[number - CUBE_AT];
}

/** The colour that stands for another on a terminal of a depth; none where it shows none. */
export function shownColor(color: Color, depth: ColorDepth): Color | undefined {
  if (depth === 0) return undefined;
  if (isMixed(color)) {
    if (depth === TRUE_COLOR) return color;
    const rgb = rgbOf(color);
    return depth === 256 ? nearestNumber(rgb) : COLORS[nearest(rgb, NAMED_RGB)];
  }
  if (typeof color !== "number" || depth >= 256) return color;
  return COLORS[
    color < CUBE_AT ? color : nearest(rgbOfNumber(color), NAMED_RGB)
  ];
}

/** What the environment says about colours. */
export interface ColorVariables {
  /** Set to anything but nothing: no colours are wanted. */
  readonly NO_COLOR?: string | undefined;
  /** `truecolor` or `24bit` where the terminal shows all colours. */
  readonly COLORTERM?: string | undefined;
  /** The terminal's name. */
  readonly TERM?: string | undefined;
}

/** How many colours to show by the environment; 16 where it says nothing. */
export function colorDepth(variables: ColorVariables): ColorDepth {
  const { NO_COLOR = "", COLORTERM = "", TERM = "" } = variables;
  if (NO_COLOR !== "" || TERM === "dumb") return 0;
  if (/^(truecolor|24bit)$/i.test(COLORTERM)) return TRUE_COLOR;
  if (/-direct\d*$/.test(TERM)) return TRUE_COLOR;
  return /-256(color)?$/.test(TERM) ? 256 : 16;
}
