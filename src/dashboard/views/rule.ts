/**
 * The lines between panels, which carry their headings, and the walls beside
 * them.
 *
 * @module
 */
import {
  type BorderGlyphs,
  Canvas,
  type CanvasElement,
  type Surface,
} from "../../tui/mod.ts";
import { type Symbols, symbolsFor } from "../symbols.ts";
import { putSpans, type Span, spansWidth } from "./span.ts";

/** Lines are faint, so that figures stand out. */
const LINE_STYLE = { dim: true } as const;

/** One way to write a heading. */
export interface HeadingText {
  /** What stands at the left. */
  readonly start: readonly Span[];
  /** What stands at the right. */
  readonly end?: readonly Span[] | undefined;
  /** Titles of the columns of the panel below. */
  readonly over?: readonly ColumnTitle[] | undefined;
}

/** The title of a column of a panel. */
export interface ColumnTitle {
  /** Where it begins, in columns inside of the panel. */
  readonly left: number;
  /** The title. */
  readonly text: string;
}

/** A heading, from its richest form to its poorest: the first that fits is shown, or what fits of the last. */
export type Heading = readonly HeadingText[];

/** The place of a wall in the middle, and where it goes from the line. */
export interface Divider {
  /** Its column on the screen. */
  readonly column: number;
  /** Whether it goes up from the line. */
  readonly above: boolean;
  /** Whether it goes down from the line. */
  readonly below: boolean;
}

/** Props of {@linkcode Rule}. */
export interface RuleProps {
  /** Which line of the frame it is; `inner` has walls of others at its ends. */
  readonly edge: "top" | "middle" | "bottom" | "inner";
  /** One heading, or one on either side of the divider. */
  readonly headings: readonly Heading[];
  /** A wall that meets the line. */
  readonly divider?: Divider | undefined;
}

function dividerGlyph({ joints }: Symbols, { above, below }: Divider): string {
  if (above) return below ? joints.cross : joints.fromAbove;
  return joints.fromBelow;
}

function edgeGlyphs(
  edge: RuleProps["edge"],
  border: BorderGlyphs,
  { joints }: Symbols,
): readonly [string, string] {
  switch (edge) {
    case "top":
      return [border.topLeft, border.topRight];
    case "middle":
      return [joints.fromRight, joints.fromLeft];
    case "bottom":
      return [border.bottomLeft, border.bottomRight];
    case "inner":
      return [border.horizontal, border.horizontal];
  }
}

/** Columns of a piece of heading with a space on either side. */
function paddedWidth(spans: readonly Span[] = []): number {
  return spans.length === 0 ? 0 : spansWidth(spans) + 2;
}

/** Writes a heading over the line between two columns. */
function drawHeading(
  surface: Surface,
  heading: Heading,
  from: number,
  to: number,
): void {
  const room = to - from;
  const fits = ({ start, end, over }: HeadingText) =>
    paddedWidth(start) + paddedWidth(end) <= (over?.at(0)?.left ?? room);
  const text = heading.find(fits) ?? heading.at(-1);
  if (text === undefined) return;
  const put = (column: number, spans: readonly Span[] = []) => {
    if (spans.length === 0) return;
    const padded = [{ text: " " }, ...spans, { text: " " }];
    putSpans(surface, column, 0, padded, to - column);
  };
  for (const title of text.over ?? []) {
    // Panels begin one column after the line, and so do titles after their space.
    put(from + title.left, [{ text: title.text, dim: true }]);
  }
  put(from, text.start);
  if (fits(text)) put(to - paddedWidth(text.end), text.end);
}

function drawRule(surface: Surface, props: RuleProps): void {
  const { columns, glyphs } = surface;
  const { edge, headings, divider } = props;
  const symbols = symbolsFor(glyphs);
  const border = glyphs.borders.single;
  const [left, right] = edgeGlyphs(edge, border, symbols);
  surface.put(0, 0, border.horizontal.repeat(columns), LINE_STYLE);
  surface.put(0, 0, left, LINE_STYLE);
  surface.put(columns - 1, 0, right, LINE_STYLE);
  if (divider !== undefined) {
    const glyph = dividerGlyph(symbols, divider);
    surface.put(divider.column, 0, glyph, LINE_STYLE);
  }
  const [first, second] = headings;
  const middle = second === undefined ? columns - 1 : divider?.column ?? 0;
  const from = edge === "inner" ? 0 : 1;
  if (first !== undefined) drawHeading(surface, first, from, middle);
  if (second !== undefined) {
    drawHeading(surface, second, middle + 1, columns - 1);
  }
}

/** A line over the whole width, with headings in it. */
export function Rule(props: RuleProps): CanvasElement {
  return Canvas({
    height: 1,
    flexShrink: 0,
    draw: (surface) => drawRule(surface, props),
  });
}

/** Props of {@linkcode Wall}. */
export interface WallProps {
  /** The rows where inner lines meet it. */
  readonly joints?: readonly number[] | undefined;
  /** The side on which those lines are. */
  readonly side?: "left" | "right";
}

/** A vertical line beside panels, as high as they are. */
export function Wall(props: WallProps): CanvasElement {
  const { joints: met = [], side = "right" } = props;
  return Canvas({
    width: 1,
    flexShrink: 0,
    draw: (surface) => {
      const { joints } = symbolsFor(surface.glyphs);
      const { vertical } = surface.glyphs.borders.single;
      const joint = side === "right" ? joints.fromRight : joints.fromLeft;
      for (let row = 0; row < surface.rows; row++) {
        const glyph = met.includes(row) ? joint : vertical;
        surface.put(0, row, glyph, LINE_STYLE);
      }
    },
  });
}
