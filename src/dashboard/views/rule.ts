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
  textWidth,
} from "../../tui/mod.ts";
import { headingId } from "../mouse.ts";
import { type PanelName, PANELS } from "../panels.ts";
import { type Characters, charactersFor } from "../symbols.ts";
import { putSpans, shortened, type Span, spansWidth } from "./span.ts";

/** Lines are faint, so that figures stand out. */
const LINE_STYLE = { dim: true } as const;

/** One way to write a heading. */
export interface HeadingText {
  /** What stands at the left. */
  readonly start: readonly Span[];
  /** What stands at the right. */
  readonly end?: readonly Span[] | undefined;
  /** Whether the last words at the left may be cut, so that what stands at the right has room; false when missing. */
  readonly cuts?: boolean | undefined;
  /** Titles of the columns of the panel below. */
  readonly over?: readonly ColumnTitle[] | undefined;
  /** The panel below, which a click on the heading is meant for. */
  readonly panel?: PanelName | undefined;
}

/** The title of a column of a panel. */
export interface ColumnTitle {
  /** Where it begins, in columns inside of the panel. */
  readonly left: number;
  /** The title. */
  readonly text: string;
  /** What the rows can be sorted by under it; missing where they cannot. */
  readonly order?: string | undefined;
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

function dividerGlyph(
  { joints }: Characters,
  { above, below }: Divider,
): string {
  if (above) return below ? joints.cross : joints.fromAbove;
  return joints.fromBelow;
}

function edgeGlyphs(
  edge: RuleProps["edge"],
  border: BorderGlyphs,
  { joints }: Characters,
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

/** Says where a click is meant for a panel, and where for a column of it. */
function markHeading(
  surface: Surface,
  { panel, over = [] }: HeadingText,
  from: number,
  to: number,
): void {
  if (panel === undefined) return;
  const index = PANELS.indexOf(panel);
  const whole = { left: from, top: 0, columns: to - from, rows: 1 };
  surface.mark({ kind: "heading", index, name: panel }, whole);
  over.forEach(({ left, text, order: name }, index) => {
    if (name === undefined) return;
    const columns = textWidth(text);
    const area = { left: from + left + 1, top: 0, columns, rows: 1 };
    surface.mark({ kind: "title", index, name }, area);
  });
}

/** Columns of words that are left before an ellipsis at least; fewer tell nothing. */
const CUT_COLUMNS_MIN = 3;

/** A heading whose last words at the left are cut to the room that the right leaves them, where it is one that may be cut. */
function cutHeading(
  text: HeadingText,
  room: number,
  ellipsis: string,
): HeadingText {
  const { start, end, cuts = false } = text;
  const last = start.at(-1);
  if (!cuts || last === undefined) return text;
  const left = room - paddedWidth(end) - paddedWidth(start) +
    textWidth(last.text);
  if (left < CUT_COLUMNS_MIN + textWidth(ellipsis)) return text;
  const shorter = { ...last, text: shortened(last.text, left, ellipsis) };
  return { ...text, start: [...start.slice(0, -1), shorter] };
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
  const { ellipsis } = surface.glyphs;
  const cut = heading.map((one) => cutHeading(one, room, ellipsis));
  const text = cut.find(fits) ?? cut.at(-1);
  if (text === undefined) return;
  markHeading(surface, text, from, to);
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
  const symbols = charactersFor(glyphs);
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
  const panels = props.headings
    .map((heading) => heading.at(0)?.panel)
    .filter((panel) => panel !== undefined);
  return Canvas({
    id: panels.length === 0 ? undefined : headingId(panels),
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
      const { joints } = charactersFor(surface.glyphs);
      const { vertical } = surface.glyphs.borders.single;
      const joint = side === "right" ? joints.fromRight : joints.fromLeft;
      for (let row = 0; row < surface.rows; row++) {
        const glyph = met.includes(row) ? joint : vertical;
        surface.put(0, row, glyph, LINE_STYLE);
      }
    },
  });
}
