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
import {
  type MeasuredColumn,
  measuredColumns,
  type PlacedColumn,
  placedColumns,
  type TableColumn,
  totalWidth,
} from "./table_columns.ts";

/** Props of {@linkcode Table}. */
export interface TableProps<Row> extends PlaceProps {
  /** The columns from left to right. */
  readonly columns: readonly TableColumn<Row>[];
  /** The rows from top to bottom; where not all fit, the last line says how many more there are. */
  readonly rows: readonly Row[];
  /** Whether the titles stand above the rows; true when missing. */
  readonly titles?: boolean | undefined;
  /** Index of the row that the user has chosen: it is inverse, and always among those shown. */
  readonly selected?: number | undefined;
}

/** A table ready to be drawn. */
interface Plan<Row> {
  readonly columns: readonly MeasuredColumn<Row>[];
  readonly rows: readonly Row[];
  readonly titles: boolean;
  readonly selected: number | undefined;
}

/** Cuts a text that is too wide. */
function cut(text: string, width: number, ellipsis: string): string {
  if (textWidth(text) <= width) return text;
  const line = styledGraphemes(Text({ children: text }));
  return fitLines(line, width, "truncate", ellipsis)
    .flat().map((grapheme) => grapheme.text).join("");
}

/** Writes a text into a column. */
function putText<Row>(
  surface: Surface,
  { column, left, width }: PlacedColumn<Row>,
  row: number,
  text: string,
  style: TextStyle,
): void {
  const room = Math.min(width, surface.columns - left);
  const shown = cut(text, room, surface.glyphs.ellipsis);
  const indent = column.align === "right" ? room - textWidth(shown) : 0;
  surface.put(left + indent, row, shown, style);
}

/** The rows shown, from the first to before the last: as many as there is room for, the chosen one among them. */
function shownRows(
  count: number,
  room: number,
  selected = 0,
): readonly [from: number, to: number] {
  if (count <= room) return [0, count];
  const length = Math.max(0, room - 1);
  const from = Math.max(0, Math.min(selected - length + 1, count - length));
  return [from, from + length];
}

/** How many rows are not shown, in words; where they are, if there is room to say so. */
function moreText(before: number, after: number, room: number): string {
  const all = `+${before + after} more`;
  if (before === 0) return all;
  const where = after === 0
    ? `+${before} above`
    : `+${before} above, +${after} more`;
  return where.length <= room ? where : all;
}

function drawTable<Row>(surface: Surface, plan: Plan<Row>): void {
  const { columns, rows, titles, selected } = plan;
  const placed = placedColumns(columns, surface.columns);
  const top = titles ? 1 : 0;
  const room = surface.rows - top;
  const [from, to] = shownRows(rows.length, room, selected);
  if (titles) {
    placed.forEach((one) =>
      putText(surface, one, 0, one.column.title, { dim: true })
    );
  }
  for (let index = from; index < to; index++) {
    const row = top + index - from;
    const base = index === selected ? { inverse: true } : {};
    surface.put(0, row, " ".repeat(surface.columns), base);
    placed.forEach((one) => {
      const style = { ...one.column.style?.(rows[index]), ...base };
      putText(surface, one, row, one.texts[index], style);
    });
  }
  if (to - from < rows.length && room > 0) {
    const text = moreText(from, rows.length - to, surface.columns);
    surface.put(0, top + to - from, text, { dim: true });
  }
}

/** Rows of data in columns; the columns that matter least go when there is no room for them. */
export function Table<Row>(props: TableProps<Row>): CanvasElement {
  const { columns, rows, titles = true, selected, ...place } = props;
  const measured = measuredColumns(columns, rows);
  const plan = { columns: measured, rows, titles, selected };
  return Canvas({
    ...place,
    natural: {
      columns: totalWidth(measured),
      rows: rows.length + (titles ? 1 : 0),
    },
    draw: (surface) => drawTable(surface, plan),
  });
}
