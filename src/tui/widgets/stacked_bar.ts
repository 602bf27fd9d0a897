/**
 * {@linkcode StackedBar}: the parts of a whole side by side.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { CanvasElement } from "../element.ts";
import type { PlaceProps } from "../layout_props.ts";
import type { Color } from "../color.ts";
import type { Surface } from "../surface.ts";

/** One part of a {@linkcode StackedBar}. */
export interface BarPart {
  /** Its amount; less than 0 counts as 0. */
  readonly value: number;
  /** Its colour. */
  readonly color?: Color | undefined;
}

/** Props of {@linkcode StackedBar}. */
export interface StackedBarProps extends PlaceProps {
  /** The parts from left to right. */
  readonly parts: readonly BarPart[];
  /** What the whole width stands for; the sum of the parts when missing or smaller. */
  readonly total?: number | undefined;
}

/** The right edge of each part, in steps of which the whole has `steps`. */
function edges(props: StackedBarProps, steps: number): number[] {
  const values = props.parts.map(({ value }) => value > 0 ? value : 0);
  const sum = values.reduce((all, value) => all + value, 0);
  const total = Math.max(sum, props.total ?? 0);
  let reached = 0;
  return values.map((value) => {
    reached += value;
    return total > 0 ? Math.round(reached / total * steps) : 0;
  });
}

/** With colours: an edge inside a cell shows one part over the other's colour. */
function drawColored(surface: Surface, props: StackedBarProps): void {
  const ends = edges(props, surface.columns * 8);
  for (let column = 0; column < surface.columns; column++) {
    const first = ends.findIndex((end) => end > column * 8);
    if (first < 0) return;
    const eighths = Math.min(8, ends[first] - column * 8);
    const second = ends.findIndex((end) => end > ends[first]);
    surface.put(column, 0, surface.glyphs.leftEighths[eighths], {
      color: props.parts[first].color,
      ...(eighths < 8 && second > 0
        ? { backgroundColor: props.parts[second].color }
        : {}),
    });
  }
}

/** Without: each part has a fill of its own, in whole cells. */
function drawFilled(surface: Surface, props: StackedBarProps): void {
  const { fills } = surface.glyphs;
  let start = 0;
  edges(props, surface.columns).forEach((end, index) => {
    const fill = fills[index % fills.length];
    const { color } = props.parts[index];
    surface.put(start, 0, fill.repeat(end - start), { color });
    start = end;
  });
}

/**
 * Parts of a whole side by side on one row, to an eighth of a cell. Without
 * colours, and in ASCII, each part has a fill of its own instead.
 */
export function StackedBar(props: StackedBarProps): CanvasElement {
  const { parts, total, ...place } = props;
  const colored = parts.every(({ color }) => color !== undefined);
  return Canvas({
    flexGrow: 1,
    ...place,
    draw: (surface) =>
      surface.color && !surface.glyphs.ascii && colored
        ? drawColored(surface, { parts, total })
        : drawFilled(surface, { parts, total }),
  });
}
