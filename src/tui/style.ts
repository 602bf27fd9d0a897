/**
 * How text looks, and the number that stands for it in a cell.
 *
 * A {@linkcode StyleId} packs a whole style into one integer: four attribute
 * bits, then 13 bits for each of the two colours, by the codes of `color`.
 *
 * @module
 */
import {
  type Color,
  colorCode,
  type ColorDepth,
  colorOf,
  shownColor,
  TRUE_COLOR,
} from "./color.ts";

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
const COLOR_BITS = 13;
const COLOR_MASK = (1 << COLOR_BITS) - 1;
const BACKGROUND_SHIFT = ATTRIBUTE_BITS + COLOR_BITS;
const ATTRIBUTE_MASK = (1 << ATTRIBUTE_BITS) - 1;

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

function reduced(id: StyleId, depth: ColorDepth): StyleId {
  const { color, backgroundColor } = styleOf(id);
  const shown = (one: Color | undefined) =>
    one === undefined ? undefined : shownColor(one, depth);
  return styleId(
    { color: shown(color), backgroundColor: shown(backgroundColor) },
    asStyleId(id & ATTRIBUTE_MASK),
  );
}

const known = new Map<ColorDepth, Map<StyleId, StyleId>>();

/** The style as a terminal of a depth shows it: with the nearest colours that it has. */
export function atDepth(id: StyleId, depth: ColorDepth): StyleId {
  if (id <= ATTRIBUTE_MASK || depth === TRUE_COLOR) return id;
  let styles = known.get(depth);
  if (styles === undefined) known.set(depth, styles = new Map());
  let style = styles.get(id);
  if (style === undefined) styles.set(id, style = reduced(id, depth));
  return style;
}

/** The style of an id, with only what differs from the terminal's default. */
export function styleOf(id: StyleId): TextStyle {
  const color = colorOf((id >> ATTRIBUTE_BITS) & COLOR_MASK);
  const backgroundColor = colorOf((id >> BACKGROUND_SHIFT) & COLOR_MASK);
  return {
    ...(color === undefined ? {} : { color }),
    ...(backgroundColor === undefined ? {} : { backgroundColor }),
    ...Object.fromEntries(
      ATTRIBUTES.flatMap((name, bit) => (id >> bit) & 1 ? [[name, true]] : []),
    ),
  };
}
