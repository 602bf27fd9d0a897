/** One field of an object, or one index of an array. */
export type PropertyAccessor = number | string;

/** A column with a heading of its own. */
export interface ColumnDetails {
  /** The heading; the last accessor when missing. */
  header?: string;
  /** Where a row has the column's value: an accessor, or the path of them. */
  prop: PropertyAccessor | PropertyAccessor[];
}

/** One column: what to read from a row, and what stands above it. */
export type Column = ColumnDetails | PropertyAccessor | PropertyAccessor[];

/** One row: an array of values, or an object that the columns read. */
export type DataItem = object;

/** How {@linkcode stringify} writes. */
export interface StringifyOptions {
  /** Whether the headings are the first row (only where columns are given); true when missing. */
  headers?: boolean;
  /** What stands between values; a comma when missing. */
  separator?: string;
  /** The columns; needed where rows are objects. */
  columns?: readonly Column[];
  /** A byte order mark first. */
  bom?: boolean;
}

/** Writes rows, each ended by carriage return and line feed; quotes what needs it. */
export function stringify(
  data: readonly DataItem[],
  options?: StringifyOptions,
): string;
