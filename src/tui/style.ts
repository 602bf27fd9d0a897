/**
 * How text looks, and the number that stands for it in a cell.
 *
 * Colours are the 16 of the terminal's own palette, so that the user's theme
 * rules. A {@linkcode StyleId} packs a whole style into one integer: four
 * attribute bits, then nine bits for each of the two colours (0 is the
 * terminal's default, `n + 1` is palette entry `n`).
 *
 * @module
 */

/** Colours by their names in `@std/fmt/colors`, in the order of the terminal's palette. */
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
export type Color = typeof COLORS[number];

/** Attributes that are on or off, in the order of their bits in a {@linkcode StyleId}. */
export const ATTRIBUTES = ["bold", "dim", "underline", "inverse"] as const;

/** An attribute that is on or off. */
export type Attribute = typeof ATTRIBUTES[number];

/** How text looks; what is missing is taken from the text around it. */
export interface TextStyle {
  /** Colour of the text. */
  readonly color?: Color | undefined;
  /** Colour behind the text. */
  readonly backgroundColor?: Color | undefined;
  /** Heavier letters. */
  readonly bold?: boolean | undefined;
  /** Fainter letters. */
  readonly dim?: boolean | undefined;
  /** A line under the text. */
  readonly underline?: boolean | undefined;
  /** Text colour and background exchanged. */
  readonly inverse?: boolean | undefined;
}

/** A style as one integer; 0 is the terminal's default. */
export type StyleId = number & { readonly brand: "StyleId" };

const ATTRIBUTE_BITS = ATTRIBUTES.length;
const COLOR_BITS = 9;
const COLOR_MASK = (1 << COLOR_BITS) - 1;
const BACKGROUND_SHIFT = ATTRIBUTE_BITS + COLOR_BITS;
const ATTRIBUTE_MASK = (1 << ATTRIBUTE_BITS) - 1;

const paletteIndex: ReadonlyMap<Color, number> = new Map(
  COLORS.map((color, index) => [color, index]),
);

/** The one place where a number becomes a style id. */
function asStyleId(bits: number): StyleId {
  return bits as StyleId;
}

/** The terminal's default: no colour, no attribute. */
export const PLAIN: StyleId = asStyleId(0);

function withBits(
  id: number,
  shift: number,
  mask: number,
  value: number,
): number {
  return (id & ~(mask << shift)) | (value << shift);
}

function colorCode(color: Color): number {
  const index = paletteIndex.get(color);
  if (index === undefined) throw new Error(`no such colour: ${color}`);
  return index + 1;
}

/** The style that results when `style` is laid over `base`. */
export function styleId(style: TextStyle, base: StyleId = PLAIN): StyleId {
  let id: number = base;
  for (let bit = 0; bit < ATTRIBUTES.length; bit++) {
    const on = style[ATTRIBUTES[bit]];
    if (on !== undefined) id = withBits(id, bit, 1, on ? 1 : 0);
  }
  if (style.color !== undefined) {
    id = withBits(id, ATTRIBUTE_BITS, COLOR_MASK, colorCode(style.color));
  }
  if (style.backgroundColor !== undefined) {
    const code = colorCode(style.backgroundColor);
    id = withBits(id, BACKGROUND_SHIFT, COLOR_MASK, code);
  }
  return asStyleId(id);
}

/** The style without its colours; attributes stay. */
export function withoutColor(id: StyleId): StyleId {
  return asStyleId(id & ATTRIBUTE_MASK);
}

/** The style of an id, with only what differs from the terminal's default. */
export function styleOf(id: StyleId): TextStyle {
  const foreground = (id >> ATTRIBUTE_BITS) & COLOR_MASK;
  const background = (id >> BACKGROUND_SHIFT) & COLOR_MASK;
  return {
    ...(foreground > 0 ? { color: COLORS[foreground - 1] } : {}),
    ...(background > 0 ? { backgroundColor: COLORS[background - 1] } : {}),
    ...Object.fromEntries(
      ATTRIBUTES.flatMap((name, bit) => (id >> bit) & 1 ? [[name, true]] : []),
    ),
  };
}
