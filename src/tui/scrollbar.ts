/**
 * The bar beside content that is larger than its place.
 *
 * @module
 */
import type { BoxElement } from "./element.ts";
import type { Scroll } from "./layout.ts";
import type { Rectangle } from "./rectangle.ts";
import { styleId } from "./style.ts";
import type { View } from "./view.ts";

/** The part of its content that a box shows, kept within bounds; none where it does not scroll. */
export function scrollOf(
  { scrollTop, borderStyle }: BoxElement["props"],
  { top, rows }: Rectangle,
  children: readonly Rectangle[],
): Scroll | undefined {
  if (scrollTop === undefined) return undefined;
  const edge = borderStyle === undefined ? 0 : 1;
  const ends = children.map((child) => child.top + child.rows - top - edge);
  const contentRows = Math.max(0, ...ends);
  const most = Math.max(0, contentRows - (rows - 2 * edge));
  const offset = Math.max(0, Math.min(Math.floor(scrollTop), most));
  return { offset, contentRows };
}

/** Where the thumb of a bar stands. */
export interface Thumb {
  /** Its first row. */
  readonly from: number;
  /** The row after its last. */
  readonly to: number;
}

/** The thumb of a bar: as large as the part that is seen, at an end only where the content is. */
export function thumbOf({ offset, contentRows }: Scroll, rows: number): Thumb {
  const hidden = contentRows - rows;
  if (hidden <= 0) return { from: 0, to: rows };
  const length = Math.max(1, Math.floor(rows * rows / contentRows));
  const room = rows - length;
  const from = offset <= 0
    ? 0
    : offset >= hidden
    ? room
    : Math.min(Math.max(1, Math.round(room * offset / hidden)), room - 1);
  return { from: Math.max(0, from), to: Math.max(0, from) + length };
}

/** Draws the bar into the last column, where there is something to scroll. */
export function paintScrollbar(
  view: View,
  area: Rectangle,
  scroll: Scroll,
): void {
  const { rows, columns, left, top } = area;
  if (scroll.contentRows <= rows || columns < 2) return;
  const { thumb, rail } = view.screen.glyphs;
  const { from, to } = thumbOf(scroll, rows);
  const style = styleId(view.styles.faint);
  for (let row = 0; row < rows; row++) {
    const glyph = row >= from && row < to ? thumb : rail;
    view.write(left + columns - 1, top + row, glyph, 1, style);
  }
}
