/**
 * Where a canvas draws: a rectangle of cells, with its own origin and clipped
 * to what is visible of it.
 *
 * @module
 */
import type { Cells } from "./cells.ts";
import type { Rectangle } from "./rectangle.ts";
import type { Screen } from "./screen.ts";
import type { TextStyle } from "./style.ts";
import type { Part } from "./target.ts";
import type { Styles } from "./theme.ts";

/** A rectangle of cells; columns and rows count from its upper left corner. */
export interface Surface extends Screen {
  /** The styles of the theme's roles on this terminal. */
  readonly styles: Styles;
  /**
   * Writes a text on one row from a column on, and answers the columns that it
   * takes. What lies outside the surface is dropped.
   */
  put(column: number, row: number, text: string, style?: TextStyle): number;
  /** Copies cells from a column and a row on, as {@linkcode Surface.put} writes text. */
  copy(column: number, row: number, cells: Cells): void;
  /**
   * Says that a rectangle is a part of its own: events of the mouse there name
   * it beside the canvas's id. Without an id it does nothing.
   */
  mark(part: Part, area: Rectangle): void;
}
