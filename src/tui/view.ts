/**
 * Cells seen through a rectangle, as boxes and canvases draw them.
 *
 * @module
 */
import type { Cells } from "./cells.ts";
import { graphemes, isSimple } from "./grapheme.ts";
import { contains, intersection, type Rectangle } from "./rectangle.ts";
import { depthOf, type Screen } from "./screen.ts";
import {
  atDepth,
  PLAIN,
  type StyleId,
  styleId,
  type TextStyle,
} from "./style.ts";
import type { Surface } from "./surface.ts";
import type { Targets } from "./target.ts";
import { type Styles, stylesOf, TERMINAL_THEME } from "./theme.ts";
import type { Line } from "./wrap.ts";

const PRINTABLE_ASCII = /^[\x20-\x7e]$/;
const ASCII_TEXT = /^[\x20-\x7e]*$/;
const NOT_ASCII = /[^\x20-\x7e]/g;

/** A screen as it was drawn. */
export interface Picture {
  /** What is to be seen. */
  readonly cells: Cells;
  /** What lies where. */
  readonly targets: Targets;
}

/** Cells seen through a rectangle: what falls outside is dropped. */
export class View {
  /** The screen that is drawn for. */
  readonly screen: Screen;
  /** The styles of the theme. */
  readonly styles: Styles;
  /** What is drawn on. */
  readonly picture: Picture;
  /** What can be seen. */
  readonly clip: Rectangle;

  private constructor(
    picture: Picture,
    screen: Screen,
    clip: Rectangle,
    styles: Styles,
  ) {
    this.picture = picture;
    this.screen = screen;
    this.clip = clip;
    this.styles = styles;
  }

  /** A view of a whole picture. */
  static of(picture: Picture, screen: Screen): View {
    const { columns, rows } = picture.cells;
    const styles = stylesOf(screen.theme ?? TERMINAL_THEME, depthOf(screen));
    return new View(
      picture,
      screen,
      { left: 0, top: 0, columns, rows },
      styles,
    );
  }

  /** The same cells seen through a smaller rectangle. */
  within(area: Rectangle): View {
    const clip = intersection(this.clip, area);
    return new View(this.picture, this.screen, clip, this.styles);
  }

  #set(column: number, row: number, text: string, width: number, id: StyleId) {
    const style = atDepth(id, depthOf(this.screen));
    this.picture.cells.set(column, row, text, width, style);
  }

  /** Writes one grapheme; of a wide one that is cut, the visible half is blank. */
  write(
    column: number,
    row: number,
    text: string,
    width: number,
    style: StyleId,
  ): void {
    const foreign = this.screen.glyphs.ascii && !PRINTABLE_ASCII.test(text);
    const whole = !foreign && contains(this.clip, column, row) &&
      contains(this.clip, column + width - 1, row);
    if (whole) return this.#set(column, row, text, width, style);
    const filler = foreign ? "?" : " ";
    for (let half = column; half < column + width; half++) {
      if (contains(this.clip, half, row)) {
        this.#set(half, row, filler, 1, style);
      }
    }
  }

  /** Writes simple graphemes, each of one column, in one style. */
  writeSimple(column: number, row: number, text: string, id: StyleId): void {
    const { left, top, columns, rows } = this.clip;
    if (row < top || row >= top + rows) return;
    const from = Math.max(0, left - column);
    const to = Math.min(text.length, left + columns - column);
    const style = atDepth(id, depthOf(this.screen));
    const ascii = this.screen.glyphs.ascii && !ASCII_TEXT.test(text);
    const shown = ascii ? text.replaceAll(NOT_ASCII, "?") : text;
    const { cells } = this.picture;
    for (let at = from; at < to; at++) {
      cells.set(column + at, row, shown[at], 1, style);
    }
  }

  /** Writes the pieces of a line one after the other. */
  writeLine(left: number, row: number, line: Line): void {
    let column = left;
    for (const { text, width, style, simple } of line) {
      if (simple) this.writeSimple(column, row, text, style);
      else this.write(column, row, text, width, style);
      column += width;
    }
  }

  /** Writes cells that have been drawn elsewhere. */
  copy(left: number, top: number, cells: Cells): void {
    for (let row = 0; row < cells.rows; row++) {
      for (let column = 0; column < cells.columns; column++) {
        const width = cells.width(column, row);
        if (width === 0) continue;
        const text = cells.text(column, row);
        const style = cells.style(column, row);
        this.write(left + column, top + row, text, width, style);
      }
    }
  }

  /** Blanks what is seen. */
  clear(): void {
    const { left, top, columns, rows } = this.clip;
    for (let row = top; row < top + rows; row++) {
      for (let column = left; column < left + columns; column++) {
        this.#set(column, row, " ", 1, PLAIN);
      }
    }
  }
}

/** The surface of a canvas at its place; its id, if it has one, names its parts. */
export function surfaceOf(
  outer: View,
  area: Rectangle,
  id: string | undefined,
): Surface {
  const view = outer.within(area);
  const { columns, rows, left, top } = area;
  const put = (
    column: number,
    row: number,
    text: string,
    style: TextStyle = {},
  ): number => {
    const number = styleId(style);
    if (isSimple(text)) {
      view.writeSimple(left + column, top + row, text, number);
      return text.length;
    }
    let at = column;
    for (const grapheme of graphemes(text)) {
      if (grapheme.width === 0) continue;
      const { width } = grapheme;
      view.write(left + at, top + row, grapheme.text, width, number);
      at += width;
    }
    return at - column;
  };
  const copy: Surface["copy"] = (column, row, cells) =>
    view.copy(left + column, top + row, cells);
  const mark: Surface["mark"] = (part, marked) => {
    if (id === undefined) return;
    const place = { left: left + marked.left, top: top + marked.top };
    const seen = intersection(view.clip, { ...marked, ...place });
    outer.picture.targets.addPart(id, part, area, seen);
  };
  return {
    ...view.screen,
    columns,
    rows,
    styles: view.styles,
    put,
    copy,
    mark,
  };
}
