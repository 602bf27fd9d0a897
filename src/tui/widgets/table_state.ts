/**
 * What a table remembers between two frames, and how it answers its user.
 *
 * @module
 */
import type { MouseHitEvent } from "../app.ts";
import { type ListAction, listMouse, updateWindow } from "./list_window.ts";
import type { TableProps } from "./table.ts";
import type { TableColumn } from "./table_columns.ts";

/** By which column rows are sorted. */
export interface Sort {
  /** The column's title. */
  readonly by: string;
  /** Whether the greatest comes first. */
  readonly descending: boolean;
}

/** What a table remembers: plain data for the app's state. */
export interface TableState {
  /** By what its rows are sorted; missing where they stay as they come. */
  readonly sort: Sort | undefined;
  /** Key of the chosen row, so that the choice stays with the row; missing where none is chosen. */
  readonly selected: string | undefined;
  /** Index of the first row that is seen. */
  readonly offset: number;
}

/** A table that nobody has touched. */
export const NEW_TABLE: TableState = {
  sort: undefined,
  selected: undefined,
  offset: 0,
};

/** What can be done with a table. */
export type TableAction =
  | ListAction
  /** Sorts by a column by its index; where the rows are sorted by it, the other way round. */
  | { readonly kind: "sort"; readonly column: number }
  /** Sorts by the next column that can be sorted by. */
  | { readonly kind: "sort-next" }
  /** Sorts the other way round. */
  | { readonly kind: "reverse" };

/** What a table shows. */
export interface TableData<Row> {
  /** The columns from left to right. */
  readonly columns: readonly TableColumn<Row>[];
  /** The rows as they come. */
  readonly rows: readonly Row[];
  /** Tells a row from all others. */
  readonly keyOf: (row: Row) => string;
}

/** The rows in the order that a sort asks for; equal ones stay as they come. */
export function sortedRows<Row>(
  { columns, rows }: Pick<TableData<Row>, "columns" | "rows">,
  sort: Sort | undefined,
): readonly Row[] {
  const compare = columns.find(({ title }) => title === sort?.by)?.compare;
  if (sort === undefined || compare === undefined) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a, b));
}

/** A first click shows what a reader looks for: of figures the greatest, of names the first. */
function sortedBy<Row>(
  sort: Sort | undefined,
  column: TableColumn<Row> | undefined,
): Sort | undefined {
  if (column?.compare === undefined) return sort;
  const { title, align } = column;
  const descending = sort?.by === title ? !sort.descending : align === "right";
  return { by: title, descending };
}

function nextSort<Row>(
  sort: Sort | undefined,
  columns: readonly TableColumn<Row>[],
): Sort | undefined {
  const sortable = columns.filter(({ compare }) => compare !== undefined);
  const at = sortable.findIndex(({ title }) => title === sort?.by);
  const next = sortable[(at + 1) % Math.max(1, sortable.length)];
  return next?.title === sort?.by ? sort : sortedBy(sort, next);
}

function sortAfter<Row>(
  sort: Sort | undefined,
  action: Exclude<TableAction, ListAction>,
  columns: readonly TableColumn<Row>[],
): Sort | undefined {
  switch (action.kind) {
    case "sort":
      return sortedBy(sort, columns[action.column]);
    case "sort-next":
      return nextSort(sort, columns);
    case "reverse":
      return sort && { ...sort, descending: !sort.descending };
  }
}

/** Index of the row with a key. */
function indexOf<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  key: string | undefined,
): number | undefined {
  if (key === undefined) return undefined;
  const index = rows.findIndex((row) => keyOf(row) === key);
  return index < 0 ? undefined : index;
}

/** A table after an action; `room` is the rows that there are for data, titles not counted. */
export function updateTable<Row>(
  state: TableState,
  action: TableAction,
  data: TableData<Row>,
  room: number,
): TableState {
  const { columns, keyOf } = data;
  const sorts = action.kind === "sort" || action.kind === "sort-next" ||
    action.kind === "reverse";
  const sort = sorts ? sortAfter(state.sort, action, columns) : state.sort;
  const rows = sortedRows(data, sort);
  const selected = indexOf(rows, keyOf, state.selected);
  const { offset } = state;
  if (sorts && selected === undefined) return { ...state, sort, offset: 0 };
  const moves: ListAction = sorts ? { kind: "move", by: 0 } : action;
  const window = updateWindow({ selected, offset }, moves, rows.length, room);
  const key = window.selected === undefined
    ? undefined
    : keyOf(rows[window.selected]);
  return { sort, selected: key, offset: window.offset };
}

/** The props of a table in a state. */
export function tableProps<Row>(
  state: TableState,
  data: TableData<Row>,
): Pick<
  TableProps<Row>,
  "columns" | "rows" | "sort" | "selected" | "offset" | "gutter"
> {
  const { sort, offset } = state;
  const rows = sortedRows(data, sort);
  const selected = indexOf(rows, data.keyOf, state.selected);
  return { columns: data.columns, rows, sort, selected, offset, gutter: true };
}

/** What the mouse does to the table with that id: a click on a title sorts, one on a row chooses it, the wheel scrolls. */
export function tableMouse(
  event: MouseHitEvent,
  id: string,
): TableAction | undefined {
  const part = event.hits.find((hit) => hit.id === id)?.part;
  const sorts = part?.kind === "title" && event.action === "press" &&
    event.button === "left";
  return sorts ? { kind: "sort", column: part.index } : listMouse(event, id);
}
