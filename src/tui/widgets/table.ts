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
  clampedOffset,
  moreText,
  revealingOffset,
  windowLength,
} from "./list_window.ts";
import {
  type MeasuredColumn,
  measuredColumns,
  type PlacedColumn,
  placedColumns,
  type TableColumn,
  totalWidth,
} from "./table_columns.ts";
import type { Sort } from "./table_state.ts";

/** Props of {@linkcode Table}. */
export interface TableProps<Row> extends PlaceProps {
  /** The columns from left to right. */
  readonly columns: readonly TableColumn<Row>[];
  /** The rows from top to bottom; where not all fit, the last line says how many more there are. */
  readonly rows: readonly Row[];
  /** Whether the titles stand above the rows; true when missing. */
  readonly titles?: boolean | undefined;
  /** By what the rows have been sorted: an arrow stands at that title. */
  readonly sort?: Sort | undefined;
  /** Index of the row that the user has chosen: it looks so from edge to edge. */
  readonly selected?: number | undefined;
  /** Index of the first row to be seen; when missing, the first at which the chosen one is seen. */
  readonly offset?: number | undefined;
  /** Whether a column in front marks the chosen row by a glyph; false when missing. */
  readonly gutter?: boolean | undefined;
}

/** A table ready to be drawn. */
interface Plan<Row> {
  readonly columns: readonly MeasuredColumn<Row>[];
  readonly rows: readonly Row[];
  readonly titles: boolean;
  readonly sort: Sort | undefined;
  readonly selected: number | undefined;
  readonly offset: number | undefined;
  /** Columns of the gutter. */
  readonly gutter: number;
}

/** Columns of the gutter: a glyph and a space. */
const GUTTER = 2;

/** A cell's text, or the first of its shorter ones that fits. */
function cellText<Row>(
  { column, texts, width }: PlacedColumn<Row>,
  row: Row,
  index: number,
): string {
  const text = texts[index];
  if (column.shorter === undefined || textWidth(text) <= width) return text;
  const shorter = column.shorter(row);
  return shorter.find((one) => textWidth(one) <= width) ??
    shorter.at(-1) ?? text;
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

/** The rows seen, from the first to before the last. */
function shownRows<Row>(
  { rows: { length: count }, offset, selected }: Plan<Row>,
  room: number,
): readonly [from: number, to: number] {
  const from = offset === undefined
    ? revealingOffset(0, selected ?? 0, count, room)
    : clampedOffset(offset, count, room);
  return [from, from + windowLength(count, room)];
}

/** Draws the arrow at a title that the rows are sorted by: on the side on which the text is ragged, and where the title fills its column, in the gap beside it. */
function drawArrow<Row>(
  surface: Surface,
  { column: { title, align }, left, width }: PlacedColumn<Row>,
  { descending }: Sort,
): void {
  const { glyphs, styles } = surface;
  const arrow = descending ? glyphs.descending : glyphs.ascending;
  const room = Math.min(textWidth(title), width);
  const at = align === "right" ? left + width - room - 1 : left + room;
  surface.put(at, 0, arrow, styles.heading);
}

function drawTitles<Row>(
  surface: Surface,
  { columns, sort }: Plan<Row>,
  placed: readonly PlacedColumn<Row>[],
): void {
  for (const one of placed) {
    const { column, left, width } = one;
    const index = columns.findIndex((other) => other.column === column);
    putText(surface, one, 0, column.title, surface.styles.heading);
    if (sort?.by === column.title) drawArrow(surface, one, sort);
    const area = { left, top: 0, columns: width, rows: 1 };
    surface.mark({ kind: "title", index, name: column.title }, area);
  }
}

function drawRow<Row>(
  surface: Surface,
  plan: Plan<Row>,
  placed: readonly PlacedColumn<Row>[],
  index: number,
  row: number,
): void {
  const { columns, glyphs, styles } = surface;
  const chosen = index === plan.selected;
  const base = chosen ? styles.selected : {};
  if (chosen) surface.put(0, row, " ".repeat(columns), base);
  if (chosen && plan.gutter > 0) surface.put(0, row, glyphs.marker, base);
  for (const one of placed) {
    const style = { ...one.column.style?.(plan.rows[index]), ...base };
    const text = cellText(one, plan.rows[index], index);
    putText(surface, one, row, text, style);
  }
  surface.mark({ kind: "row", index }, { left: 0, top: row, columns, rows: 1 });
}

function drawTable<Row>(surface: Surface, plan: Plan<Row>): void {
  const { gutter } = plan;
  const placed = placedColumns(plan.columns, surface.columns - gutter)
    .map((one) => ({ ...one, left: one.left + gutter }));
  const top = plan.titles ? 1 : 0;
  const room = Math.max(0, surface.rows - top);
  const count = plan.rows.length;
  const [from, to] = shownRows(plan, room);
  if (plan.titles) drawTitles(surface, plan, placed);
  for (let index = from; index < to; index++) {
    drawRow(surface, plan, placed, index, top + index - from);
  }
  if (to - from < count && room > 0) {
    const text = moreText(from, count - to, surface.columns);
    surface.put(0, top + to - from, text, surface.styles.faint);
  }
}

/**
 * Rows of data in columns; the columns that matter least go when there is no
 * room for them. `table_state` keeps what the user does with it:
 *
 * ```tsx
 * import assert from "node:assert/strict";
 * import {
 *   type App,
 *   listKeys,
 *   NEW_TABLE,
 *   Table,
 *   type TableAction,
 *   type TableData,
 *   tableMouse,
 *   tableProps,
 *   updateTable,
 * } from "ksmscope/tui";
 * import { mount } from "ksmscope/tui/testing";
 *
 * interface Town { readonly name: string; readonly people: number }
 *
 * const TOWNS: TableData<Town> = {
 *   columns: [
 *     { title: "town", cell: ({ name }) => name },
 *     {
 *       title: "people",
 *       cell: ({ people }) => `${people}`,
 *       align: "right",
 *       compare: (a, b) => a.people - b.people,
 *     },
 *   ],
 *   rows: [{ name: "Ulm", people: 128 }, { name: "Bonn", people: 336 }],
 *   keyOf: ({ name }) => name,
 * };
 *
 * const app: App<typeof NEW_TABLE, TableAction> = {
 *   init: NEW_TABLE,
 *   update: (state, action) => updateTable(state, action, TOWNS, 2),
 *   view: (state) => <Table id="towns" {...tableProps(state, TOWNS)} />,
 *   keys: () => listKeys((action) => action),
 *   on: (event) =>
 *     event.kind === "mouse" ? tableMouse(event, "towns") : undefined,
 *   ended: () => false,
 * };
 *
 * const screen = mount(app, { columns: 16, rows: 3 });
 * screen.press("down");
 * screen.click(10, 0);
 * assert.equal(
 *   screen.frame(),
 *   [
 *     "  town ▼people",
 *     "  Bonn     336",
 *     "❯ Ulm      128",
 *   ].join("\n"),
 * );
 * ```
 */
export function Table<Row>(props: TableProps<Row>): CanvasElement {
  const {
    columns,
    rows,
    titles = true,
    sort,
    selected,
    offset,
    gutter: marks = false,
    ...place
  } = props;
  const measured = measuredColumns(columns, rows);
  const gutter = marks ? GUTTER : 0;
  const plan = {
    columns: measured,
    rows,
    titles,
    sort,
    selected,
    offset,
    gutter,
  };
  return Canvas({
    ...place,
    natural: {
      columns: totalWidth(measured) + gutter,
      rows: rows.length + (titles ? 1 : 0),
    },
    draw: (surface) => drawTable(surface, plan),
  });
}
