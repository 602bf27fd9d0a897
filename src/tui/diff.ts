/**
 * From one screen to the next: only cells that changed are written.
 *
 * Cursor movement after the last column and after a grapheme whose width is not
 * certain is absolute: terminals differ in where such a grapheme leaves the
 * cursor, since they go by different editions of Unicode, and the last column
 * leaves it in a state of its own.
 *
 * @module
 */
import { Cells } from "./cells.ts";
import { isSimple } from "./grapheme.ts";
import { transition } from "./sgr.ts";
import { PLAIN, type StyleId } from "./style.ts";

const BEGIN_UPDATE = "\x1b[?2026h";
const END_UPDATE = "\x1b[?2026l";
const RESET_AND_CLEAR = "\x1b[0m\x1b[2J";

/** What is known of the terminal while a frame is written. */
interface Pen {
  readonly out: string[];
  /** Where the cursor is; unknown where either is -1. */
  column: number;
  row: number;
  style: StyleId;
}

/** Letters of East Asia that have been wide in all editions of Unicode. */
const WIDE =
  /^[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]$/;

/** Whether all terminals give a grapheme the same width. */
function isCertain(text: string): boolean {
  return text.length === 1 && (isSimple(text) || WIDE.test(text));
}

/** Unchanged cells of up to this many columns are cheaper to write again than to jump over. */
const SMALL_GAP = 3;

/** The unchanged cells up to a column as text, if it can be written as it is. */
function gapText(pen: Pen, cells: Cells, column: number): string | undefined {
  let text = "";
  for (let at = pen.column; at < column; at++) {
    const grapheme = cells.text(at, pen.row);
    const fits = cells.style(at, pen.row) === pen.style &&
      cells.width(at, pen.row) === 1 && grapheme.length === 1;
    if (!fits) return undefined;
    text += grapheme;
  }
  return text;
}

function jumpAhead(pen: Pen, cells: Cells, column: number): string {
  const ahead = column - pen.column;
  const text = ahead <= SMALL_GAP ? gapText(pen, cells, column) : undefined;
  return text ?? (ahead === 1 ? "\x1b[C" : `\x1b[${ahead}C`);
}

function moveTo(pen: Pen, cells: Cells, column: number, row: number): void {
  if (pen.row === row && pen.column === column) return;
  const onRow = pen.row === row && pen.column >= 0 && pen.column < column;
  pen.out.push(
    onRow ? jumpAhead(pen, cells, column) : `\x1b[${row + 1};${column + 1}H`,
  );
  pen.column = column;
  pen.row = row;
}

function writeCell(pen: Pen, cells: Cells, column: number, row: number): void {
  const text = cells.text(column, row);
  const style = cells.style(column, row);
  moveTo(pen, cells, column, row);
  const width = cells.width(column, row);
  pen.out.push(transition(pen.style, style));
  // Where a terminal takes it for narrow, its right half would stay as it was.
  if (width === 2 && !isCertain(text)) {
    pen.out.push(`  \x1b[${row + 1};${column + 1}H`);
  }
  pen.out.push(text);
  pen.style = style;
  pen.column += width;
  const knows = isCertain(text) && pen.column < cells.columns;
  if (!knows) pen.column = -1;
}

/** Writes the cells of `next` that `previous`, of the same size, does not show. */
function changed(previous: Cells, next: Cells): string {
  const pen: Pen = { out: [], column: -1, row: -1, style: PLAIN };
  for (let row = 0; row < next.rows; row++) {
    for (let column = 0;;) {
      const at = next.firstChange(previous, column, row);
      if (at === undefined) break;
      // A wide grapheme is written as a whole, whichever half of it is new.
      const start = next.width(at, row) === 0 ? at - 1 : at;
      if (start >= column) writeCell(pen, next, start, row);
      column = at + 1;
    }
  }
  pen.out.push(transition(pen.style, PLAIN));
  return pen.out.join("");
}

/**
 * What to write so that a terminal that shows `previous` shows `next`: one
 * string, in which a terminal shows no half-done state; empty when nothing
 * changed. Without a previous screen, or with one of another size, all is
 * cleared and drawn anew.
 *
 * The terminal's style is the default before and after.
 */
export function frame(previous: Cells | undefined, next: Cells): string {
  const fits = previous?.columns === next.columns &&
    previous.rows === next.rows;
  const body = fits
    ? changed(previous, next)
    : RESET_AND_CLEAR + changed(new Cells(next), next);
  return body === "" ? "" : BEGIN_UPDATE + body + END_UPDATE;
}
