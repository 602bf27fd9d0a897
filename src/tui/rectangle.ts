/**
 * Rectangles of cells.
 *
 * @module
 */
import type { Size } from "./screen.ts";

/** A rectangle of the screen, which may lie partly or wholly outside. */
export interface Rectangle extends Size {
  /** Its first column. */
  readonly left: number;
  /** Its first row. */
  readonly top: number;
}

/** What two rectangles have in common; of no size where that is nothing. */
export function intersection(a: Rectangle, b: Rectangle): Rectangle {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  const right = Math.min(a.left + a.columns, b.left + b.columns);
  const bottom = Math.min(a.top + a.rows, b.top + b.rows);
  const columns = Math.max(0, right - left);
  return { left, top, columns, rows: Math.max(0, bottom - top) };
}

/** Whether a cell lies in a rectangle. */
export function contains(
  { left, top, columns, rows }: Rectangle,
  column: number,
  row: number,
): boolean {
  return column >= left && column < left + columns && row >= top &&
    row < top + rows;
}
