/**
 * A screen full of cells: what a terminal shows, as plain data.
 *
 * Each cell holds a grapheme, its width and its style. A grapheme two columns
 * wide is held by its left cell; the cell on its right has width 0 and an empty
 * text. Writing over one half of it blanks the other half, as a terminal does.
 *
 * @module
 */
import type { Size } from "./screen.ts";
import { PLAIN, type StyleId } from "./style.ts";

/** A grid of cells, blank at first. */
export class Cells implements Size {
  /** Cells from left to right. */
  readonly columns: number;
  /** Cells from top to bottom. */
  readonly rows: number;
  readonly #texts: string[];
  readonly #widths: Uint8Array;
  readonly #styles: StyleId[];

  /** Makes a blank grid. */
  constructor({ columns, rows }: Size) {
    this.columns = columns;
    this.rows = rows;
    const count = columns * rows;
    this.#texts = new Array<string>(count).fill(" ");
    this.#widths = new Uint8Array(count).fill(1);
    this.#styles = new Array<StyleId>(count).fill(PLAIN);
  }

  #at(column: number, row: number): number {
    const inside = column >= 0 && column < this.columns && row >= 0 &&
      row < this.rows;
    if (!inside) throw new Error(`no cell at column ${column}, row ${row}`);
    return row * this.columns + column;
  }

  /** The grapheme in a cell; empty in the right half of a wide one. */
  text(column: number, row: number): string {
    return this.#texts[this.#at(column, row)];
  }

  /** Columns of the grapheme in a cell; 0 in the right half of a wide one. */
  width(column: number, row: number): number {
    return this.#widths[this.#at(column, row)];
  }

  /** The style of a cell. */
  style(column: number, row: number): StyleId {
    return this.#styles[this.#at(column, row)];
  }

  #blank(index: number): void {
    this.#texts[index] = " ";
    this.#widths[index] = 1;
  }

  /** Blanks the other half of a wide grapheme before a cell is written. */
  #release(index: number): void {
    if (this.#widths[index] === 0) this.#blank(index - 1);
    if (this.#widths[index] === 2) this.#blank(index + 1);
  }

  /** Writes a grapheme. One that is wide must not start in the last column. */
  set(
    column: number,
    row: number,
    text: string,
    width: number,
    style: StyleId,
  ): void {
    const index = this.#at(column, row);
    this.#release(index);
    this.#texts[index] = text;
    this.#widths[index] = width;
    this.#styles[index] = style;
    if (width < 2) return;
    const right = this.#at(column + 1, row);
    if (this.#widths[right] === 2) this.#blank(right + 1);
    this.#texts[right] = "";
    this.#widths[right] = 0;
    this.#styles[right] = style;
  }

  /** The first column of a row, from one on, that looks other than in another grid of the same size. */
  firstChange(other: Cells, column: number, row: number): number | undefined {
    const texts = this.#texts;
    const widths = this.#widths;
    const styles = this.#styles;
    const otherTexts = other.#texts;
    const otherWidths = other.#widths;
    const otherStyles = other.#styles;
    const start = row * this.columns;
    for (let at = start + column; at < start + this.columns; at++) {
      const same = texts[at] === otherTexts[at] &&
        styles[at] === otherStyles[at] && widths[at] === otherWidths[at];
      if (!same) return at - start;
    }
    return undefined;
  }

  /** The rows as text, spaces at their ends included. */
  lines(): string[] {
    return Array.from({ length: this.rows }, (_, row) => {
      const start = row * this.columns;
      return this.#texts.slice(start, start + this.columns).join("");
    });
  }
}
