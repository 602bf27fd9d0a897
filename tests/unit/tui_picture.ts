/**
 * Elements as text, for tests of what they look like.
 *
 * @module
 */
import type { Cells } from "../../src/tui/cells.ts";
import type { Element } from "../../src/tui/element.ts";
import { ASCII_GLYPHS, UNICODE_GLYPHS } from "../../src/tui/glyphs.ts";
import { paint } from "../../src/tui/paint.ts";

/** How to draw. */
export interface PictureOptions {
  /** False: without colours. */
  readonly color?: boolean;
  /** True: ASCII alone. */
  readonly ascii?: boolean;
}

/** The cells of an element on a screen of a size. */
export function cellsOf(
  element: Element,
  columns: number,
  rows: number,
  { color = true, ascii = false }: PictureOptions = {},
): Cells {
  const glyphs = ascii ? ASCII_GLYPHS : UNICODE_GLYPHS;
  return paint(element, { columns, rows, color, glyphs }).cells;
}

/** The rows of an element on a screen of a size, without the spaces at their ends. */
export function picture(
  element: Element,
  columns: number,
  rows: number,
  options?: PictureOptions,
): string[] {
  return cellsOf(element, columns, rows, options).lines()
    .map((line) => line.trimEnd());
}
