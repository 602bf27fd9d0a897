/**
 * The columns of a table: how wide each is, which of them fit, and where they
 * stand.
 *
 * @module
 */
import { textWidth } from "../grapheme.ts";
import type { TextStyle } from "../style.ts";

/** One column of a table. */
export interface TableColumn<Row> {
  /** Its title. */
  readonly title: string;
  /** The text of a row in it; the ends of lines in it become spaces. */
  readonly cell: (row: Row) => string;
  /** Other texts of a row for where that one is too wide, the longest first: the first that fits stands there, or what fits of the last. */
  readonly shorter?: ((row: Row) => readonly string[]) | undefined;
  /** Where text stands in it; numbers belong on the right. `left` when missing. */
  readonly align?: "left" | "right" | undefined;
  /** Orders rows by it, the least first; without it the user cannot sort by the column. */
  readonly compare?: ((a: Row, b: Row) => number) | undefined;
  /** Where columns do not fit, the one with the lowest goes first, of equals the last; 0 when missing. */
  readonly priority?: number | undefined;
  /** Width at least, so that the column does not jump when its texts change. */
  readonly minWidth?: number | undefined;
  /** Width at most: longer texts are cut. */
  readonly maxWidth?: number | undefined;
  /** Whether it takes what the others leave over, in equal parts with its like, and its texts are cut to that; false when missing. */
  readonly grows?: boolean | undefined;
  /** How a row looks in it. */
  readonly style?: ((row: Row) => TextStyle) | undefined;
}

/** A column with its width and the texts of its cells. */
export interface MeasuredColumn<Row> {
  /** The column. */
  readonly column: TableColumn<Row>;
  /** Its texts from top to bottom. */
  readonly texts: readonly string[];
  /** Its width; where it grows, its width at least. */
  readonly width: number;
}

/** A column at its place. */
export interface PlacedColumn<Row> extends MeasuredColumn<Row> {
  /** Where it begins. */
  readonly left: number;
}

const GAP = 2;

/** Whether the arrow at a title that fills its column has no gap to stand in: it is on the side on which the text is ragged. */
function isAtEdge<Row>(
  { align = "left", compare }: TableColumn<Row>,
  index: number,
  count: number,
): boolean {
  const edge = align === "right" ? 0 : count - 1;
  return compare !== undefined && index === edge;
}

function measured<Row>(
  column: TableColumn<Row>,
  rows: readonly Row[],
  atEdge: boolean,
): MeasuredColumn<Row> {
  const { grows = false, minWidth = 0, maxWidth = Infinity } = column;
  const title = atEdge ? `${column.title} ` : column.title;
  const texts = rows.map((row) => column.cell(row).replaceAll(/[\r\n]+/g, " "));
  const widths = (grows ? [title] : [title, ...texts]).map(textWidth);
  const width = Math.min(maxWidth, Math.max(minWidth, ...widths));
  return { column, texts, width };
}

/** The columns with their texts. */
export function measuredColumns<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
): MeasuredColumn<Row>[] {
  return columns.map((column, index) =>
    measured(column, rows, isAtEdge(column, index, columns.length))
  );
}

/** Width of columns side by side. */
export function totalWidth(
  columns: readonly { readonly width: number }[],
): number {
  return columns.reduce((sum, { width }) => sum + width + GAP, -GAP);
}

/** The columns that fit, in their order; at least one. */
function fitting<Row>(
  columns: readonly MeasuredColumn<Row>[],
  room: number,
): MeasuredColumn<Row>[] {
  const kept = [...columns];
  while (kept.length > 1 && totalWidth(kept) > room) {
    const priorities = kept.map(({ column }) => column.priority ?? 0);
    kept.splice(priorities.lastIndexOf(Math.min(...priorities)), 1);
  }
  return kept;
}

/** Gives what is left over to the columns that grow, the odd rest to the first of them. */
function grown<Row>(
  columns: readonly MeasuredColumn<Row>[],
  room: number,
): MeasuredColumn<Row>[] {
  const growing = columns.filter(({ column }) => column.grows);
  const left = Math.max(0, room - totalWidth(columns));
  const even = Math.floor(left / growing.length);
  const odd = left - even * growing.length;
  return columns.map((one) => {
    const at = growing.indexOf(one);
    if (at < 0) return one;
    return { ...one, width: one.width + even + (at === 0 ? odd : 0) };
  });
}

/** The columns that there is room for, each at its place. */
export function placedColumns<Row>(
  columns: readonly MeasuredColumn<Row>[],
  room: number,
): PlacedColumn<Row>[] {
  let left = 0;
  return grown(fitting(columns, room), room).map((one) => {
    const placed = { ...one, left };
    left += one.width + GAP;
    return placed;
  });
}
