/**
 * Pieces of a line in styles of their own, for lines that are drawn cell by
 * cell.
 *
 * @module
 */
import { type Surface, type TextStyle, textWidth } from "../../tui/mod.ts";

/** A piece of a line in one style. */
export interface Span extends TextStyle {
  /** Its text. */
  readonly text: string;
}

/** Columns that spans take. */
export function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** The longest beginning of a text that is not wider than `columns`. */
function cut(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = "";
  for (const point of text) {
    if (textWidth(kept + point) > columns) break;
    kept += point;
  }
  return kept;
}

/** A text, or where it is too wide what fits of it before an ellipsis. */
export function shortened(
  text: string,
  columns: number,
  ellipsis: string,
): string {
  if (textWidth(text) <= columns) return text;
  return cut(text, columns - textWidth(ellipsis)).trimEnd() + ellipsis;
}

/** Writes spans on one row from a column on, as far as `room` goes; answers the columns taken. */
export function putSpans(
  surface: Surface,
  column: number,
  row: number,
  spans: readonly Span[],
  room: number,
): number {
  let at = 0;
  for (const { text, ...style } of spans) {
    at += surface.put(column + at, row, cut(text, room - at), style);
  }
  return at;
}
