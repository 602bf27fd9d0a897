/**
 * The first difference of two recordings of one trace.
 *
 * @module
 */
import { quote } from "./nearest.ts";
import type {
  ProcessSample,
  RecordedEvent,
  RegionNodes,
  Row,
  SampleEvent,
} from "./recorded_event.ts";
import type { Recording } from "./recording.ts";
import { parseRuns, runsDifference } from "./value_runs.ts";

/** One value that differs. */
export interface Difference {
  /** Index of the operation in the trace; missing when the formats or the columns themselves differ. */
  readonly index?: number;
  /** Its name. */
  readonly op?: string;
  /** Row of the operation, from 0; missing when the value is in no row. */
  readonly row?: number;
  /** The process that the value belongs to; missing when it is global. */
  readonly process?: string;
  /** The region that the value belongs to, in `nodes`. */
  readonly region?: string;
  /** The page, from 0: of the region in `nodes`, of those asked for in `status`. */
  readonly page?: number;
  /** Name of the column, the knob or the field; `format` when the recordings have different ones. */
  readonly column: string;
  /** The value in the expected recording; undefined when it has none. */
  readonly expected: unknown;
  /** The value in the other; undefined when it has none. */
  readonly found: unknown;
}

/** A difference as it is met, before it is known where that is. */
type Place = Omit<Difference, "index" | "op">;

/**
 * Compares event by event, row by row, column by column.
 *
 * Columns are matched by name; `found` may have more of them, but not fewer.
 *
 * @returns undefined when there is no difference.
 */
export function firstDifference(
  expected: Recording,
  found: Recording,
): Difference | undefined {
  if (expected.format !== found.format) {
    const { format } = expected;
    return { column: "format", expected: format, found: found.format };
  }
  const columns = expected.cols.map((name) => found.cols.indexOf(name));
  const missing = columns.indexOf(-1);
  if (missing !== -1) {
    const column = expected.cols[missing];
    return { column, expected: column, found: undefined };
  }
  const length = Math.max(expected.events.length, found.events.length);
  for (let n = 0; n < length; n++) {
    const difference = eventDifference(
      expected.events.at(n),
      found.events.at(n),
      (a, b) => rowDifference(a, b, expected.cols, columns),
    );
    if (difference !== undefined) return difference;
  }
}

/** A difference in one line. */
export function describeDifference(difference: Difference): string {
  const { index, op, row, process, region, page, column, expected, found } =
    difference;
  const place = [
    ...(index === undefined ? [] : [`op ${index} (${op})`]),
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(process === undefined ? [] : [`process ${quote(process)}`]),
    ...(region === undefined ? [] : [`region ${quote(region)}`]),
    ...(page === undefined ? [] : [`page ${page}`]),
    index === undefined && column !== "format" ? "columns" : column,
  ];
  return `${place.join(", ")}: expected ${shown(expected)}, ` +
    `found ${shown(found)}`;
}

function shown(value: unknown): string {
  return value === undefined ? "none" : quote(value);
}

type CompareRows = (expected: Row, found: Row) => Place | undefined;

function eventDifference(
  expected: RecordedEvent | undefined,
  found: RecordedEvent | undefined,
  compareRows: CompareRows,
): Difference | undefined {
  const first = earlier(expected, found);
  if (first === undefined) return undefined;
  const where = { index: first.i, op: first.op };
  if (expected?.i !== found?.i || expected?.op !== found?.op) {
    return {
      ...where,
      column: "event",
      expected: first === expected ? first.op : undefined,
      found: first === found ? first.op : undefined,
    };
  }
  if (expected === undefined || found === undefined) return undefined;
  const place = bodyDifference(expected, found, compareRows);
  return place && { ...where, ...place };
}

/** Of two events the one of the earlier operation; the expected one of two of the same. */
function earlier(
  expected: RecordedEvent | undefined,
  found: RecordedEvent | undefined,
): RecordedEvent | undefined {
  if (expected === undefined || found === undefined) return expected ?? found;
  return found.i < expected.i ? found : expected;
}

function bodyDifference(
  expected: RecordedEvent,
  found: RecordedEvent,
  compareRows: CompareRows,
): Place | undefined {
  if ("rows" in expected && "rows" in found) {
    const place = rowsDifference(expected.rows, found.rows, compareRows);
    return place ?? fieldsDifference(expected, found, ["rows"]);
  }
  if (expected.op === "sample" && found.op === "sample") {
    return compareRows(expected.ksm, found.ksm) ??
      processesDifference(expected.procs, found.procs) ??
      fieldsDifference(expected.knobs ?? {}, found.knobs ?? {}) ??
      fieldsDifference(expected, found, ["ksm", "procs", "knobs"]);
  }
  if (expected.op === "move" && found.op === "move") {
    return fieldsDifference(expected, found, ["status"]) ??
      pagesDifference("status", expected.status, found.status);
  }
  return fieldsDifference(expected, found);
}

function rowsDifference(
  expected: readonly Row[],
  found: readonly Row[],
  compareRows: CompareRows,
): Place | undefined {
  const length = Math.min(expected.length, found.length);
  for (let row = 0; row < length; row++) {
    const place = compareRows(expected[row], found[row]);
    if (place !== undefined) return { row, ...place };
  }
  if (expected.length === found.length) return undefined;
  return { column: "rows", expected: expected.length, found: found.length };
}

function rowDifference(
  expected: Row,
  found: Row,
  names: readonly string[],
  columns: readonly number[],
): Place | undefined {
  const at = names.findIndex((_, n) => expected[n] !== found[columns[n]]);
  if (at === -1) return undefined;
  return {
    column: names[at],
    expected: expected[at],
    found: found[columns[at]],
  };
}

function processesDifference(
  expected: SampleEvent["procs"],
  found: SampleEvent["procs"],
): Place | undefined {
  for (const process of allKeys(expected, found)) {
    const a = own(expected, process);
    const b = own(found, process);
    if (a === undefined || b === undefined) {
      return {
        column: "process",
        expected: a && process,
        found: b && process,
      };
    }
    const place = fieldsDifference(a, b, ["nodes"]) ??
      nodesDifference(nodesOf(a), nodesOf(b));
    if (place !== undefined) return { process, ...place };
  }
}

function nodesOf({ nodes }: ProcessSample): RegionNodes {
  return typeof nodes === "object" ? nodes : {};
}

/** What differs in where the pages of a process are. */
function nodesDifference(
  expected: RegionNodes,
  found: RegionNodes,
): Place | undefined {
  for (const region of allKeys(expected, found)) {
    const a = own(expected, region);
    const b = own(found, region);
    if (a === undefined || b === undefined) {
      return { region, column: "nodes", expected: a, found: b };
    }
    const place = pagesDifference("nodes", a, b);
    if (place !== undefined) return { region, ...place };
  }
}

/** The first page of which two texts of runs say another value. */
function pagesDifference(
  column: string,
  expected: string,
  found: string,
): Place | undefined {
  const a = parseRuns(expected);
  const b = parseRuns(found);
  if (a !== undefined && b !== undefined) {
    const difference = runsDifference(a, b);
    return difference && { column, ...difference };
  }
  return expected === found ? undefined : { column, expected, found };
}

/** The first field with another value, of those that are plain values. */
function fieldsDifference(
  expected: object,
  found: object,
  except: readonly string[] = [],
): Place | undefined {
  for (const column of allKeys(expected, found)) {
    if (except.includes(column)) continue;
    const a = own(expected, column);
    const b = own(found, column);
    if (a !== b) return { column, expected: a, found: b };
  }
}

/** The keys of the first object, then those that only the second has. */
function allKeys(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

/** A property of the object itself: processes may be called `constructor`. */
function own<T>(
  fields: Readonly<Record<string, T>>,
  name: string,
): T | undefined;
function own(fields: object, name: string): unknown;
function own(fields: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(fields, name)?.value;
}
