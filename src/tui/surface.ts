/**
 * Where a canvas draws: a rectangle of cells, with its own origin and clipped
 * to what is visible of it.
 *
 * @module
 */
import type { Screen } from "./screen.ts";
import type { TextStyle } from "./style.ts";

/** A rectangle of cells; columns and rows count from its upper left corner. */
export interface Surface extends Screen {
  /**
   * Writes a text on one row from a column on, and answers the columns that it
   * takes. What lies outside the surface is dropped.
   */
  put(column: number, row: number, text: string, style?: TextStyle): number;
}
