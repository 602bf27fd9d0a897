/**
 * {@linkcode Table}: rows of data under column titles.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { CanvasElement } from "../element.ts";
import { textWidth } from "../grapheme.ts";
import type { PlaceProps } from "../layout_props.ts";
import type { Surface } from "../surface.ts";
import type { TextStyle } from "../style.ts";
import { Text } from "../text.ts";
import { fitLines, styledGraphemes } from "../wrap.ts";

/** One column of a {@linkcode Table}. */
export interface TableColumn<Row> {
  /** Its title. */
  readonly title: string;
  /** The text of a row in it. */
  readonly cell: (row: Row) => string;
  /** Where text stands in it; numbers belong on the right. `left` when missing. */
  readonly align?: "left" | "right" | undefined;
  /** Where columns do not fit, the one with the lowest goes first, of equals the last; 0 when missing. */
  readonly priority?: number | undefined;
  /** Width at least, so that the column does not jump when its texts change. */
  readonly minWidth?: number | undefined;
  /** How a row looks in it. */
  readonly style?: ((row: Row) => TextStyle) | undefined;
}

/** Props of {@linkcode Table}. */
export interface TableProps<Row> extends PlaceProps {
  /** The columns from left to right. */
  readonly columns: readonly TableColumn<Row>[];
  /** The rows from top to bottom; where not all fit, the last line says how many more there are. */
  readonly rows: readonly Row[];
}

/** A column with the texts of its cells. */
interface Measured<Row> {
  readonly column: TableColumn<Row>;
  readonly texts: readonly string[];
  readonly width: number;
}

const GAP = 2;

function measure<Row>(
  column: TableColumn<Row>,
  rows: readonly Row[],
): Measured<Row> {
  const texts = rows.map(column.cell);
  const widths = [column.title, ...texts].map(textWidth);
  return { column, texts, width: Math.max(column.minWidth ?? 0, ...widths) };
}

function totalWidth(columns: readonly { readonly width: number }[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP, -GAP);
}

/** The columns that fit, in their order; at least one. */
function fitting<Row>(
  columns: readonly Measured<Row>[],
  room: number,
): Measured<Row>[] {
  const kept = [...columns];
  while (kept.length > 1 && totalWidth(kept) > room) {
    const priorities = kept.map(({ column }) => column.priority ?? 0);
    kept.splice(priorities.lastIndexOf(Math.min(...priorities)), 1);
  }
  return kept;
}

/** Cuts a text that is too wide. */
function cut(text: string, width: number, ellipsis: string): string {
  if (textWidth(text) <= width) return text;
  const line = styledGraphemes(Text({ children: text }));
  return fitLines(line, width, "truncate", ellipsis)
    .flat().map((grapheme) => grapheme.text).join("");
}

/** Puts the texts of one column under its title. */
function drawColumn<Row>(
  surface: Surface,
  left: number,
  { column, texts, width }: Measured<Row>,
  rows: readonly Row[],
): void {
  const room = Math.min(width, surface.columns - left);
  const put = (row: number, text: string, style: TextStyle) => {
    const shown = cut(text, room, surface.glyphs.ellipsis);
    const indent = column.align === "right" ? room - textWidth(shown) : 0;
    surface.put(left + indent, row, shown, style);
  };
  put(0, column.title, { dim: true });
  rows.forEach((row, index) =>
    put(index + 1, texts[index], column.style?.(row) ?? {})
  );
}

function drawTable<Row>(
  surface: Surface,
  columns: readonly Measured<Row>[],
  rows: readonly Row[],
): void {
  const room = surface.rows - 1;
  const shown = rows.length <= room
    ? rows
    : rows.slice(0, Math.max(0, room - 1));
  let left = 0;
  for (const measured of fitting(columns, surface.columns)) {
    drawColumn(surface, left, measured, shown);
    left += measured.width + GAP;
  }
  if (shown.length < rows.length && room > 0) {
    const more = `+${rows.length - shown.length} more`;
    surface.put(0, shown.length + 1, more, { dim: true });
  }
}

/** Rows of data in columns; the columns that matter least go when there is no room for them. */
export function Table<Row>(props: TableProps<Row>): CanvasElement {
  const { columns, rows, ...place } = props;
  const measured = columns.map((column) => measure(column, rows));
  return Canvas({
    ...place,
    natural: { columns: totalWidth(measured), rows: rows.length + 1 },
    draw: (surface) => drawTable(surface, measured, rows),
  });
}
