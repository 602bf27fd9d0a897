/**
 * By what the rows of panels can be sorted. An order has the title of the
 * column that it goes by, which is how a sort names it.
 *
 * @module
 */
import type { LockFigures, ProcessView } from "../observe/snapshot.ts";
import type { Sort, TableColumn } from "../tui/mod.ts";
import type { ActorLine } from "./actor_lines.ts";
import {
  averageOf,
  type ClassLine,
  type LockLine,
  lockStatName,
  lockWords,
} from "./lock_lines.ts";

/** One order of rows. */
export interface Order<Row> {
  /** Title of the column. */
  readonly title: string;
  /** Whether the greatest comes first where the user has not turned it round: of figures it does. */
  readonly descending: boolean;
  /** Compares two rows, the least first. */
  readonly compare: (a: Row, b: Row) => number;
}

function byFigure<Row>(
  title: string,
  figure: (row: Row) => number,
): Order<Row> {
  return {
    title,
    descending: true,
    compare: (a, b) => figure(a) - figure(b),
  };
}

function byText<Row>(title: string, text: (row: Row) => string): Order<Row> {
  const compare = (a: Row, b: Row): number => {
    const [one, other] = [text(a), text(b)];
    return one < other ? -1 : Number(one > other);
  };
  return { title, descending: false, compare };
}

/** Orders of PROCESSES. */
export const PROCESS_ORDERS: readonly Order<ProcessView>[] = [
  byText("process", ({ name }) => name),
  byFigure("pid", ({ pid }) => pid),
  byFigure("resident", ({ residentPages }) => residentPages),
  byFigure("rmap items", ({ rmapItems }) => rmapItems),
  byFigure("merging", ({ mergingPages }) => mergingPages),
  byFigure("zero", ({ zeroPages }) => zeroPages),
  byFigure("profit", ({ processProfit }) => processProfit),
];

/** Orders of ACTORS. */
export const ACTOR_ORDERS: readonly Order<ActorLine>[] = [
  byText("actor", ({ actor }) => actor.name),
  byText("kind", ({ actor }) => actor.kind),
  byText("state", ({ actor }) => actor.state),
  byFigure("waited", ({ wait }) => wait?.waitedNanos ?? -1),
  byFigure("cpu", ({ actor }) => actor.cpuNanos),
];

const average = (total: number, count: number): number =>
  averageOf(total, count) ?? -1;

/** Orders of the lines of lock_stat. */
export const LOCK_CLASS_ORDERS: readonly Order<ClassLine>[] = [
  byText("lock class", lockStatName),
  ...([
    ["con-bounces", (one) => one.conBounces],
    ["contentions", (one) => one.contentions],
    ["wait-min", (one) => one.waitMinNanos],
    ["wait-max", (one) => one.waitMaxNanos],
    ["wait-total", (one) => one.waitTotalNanos],
    ["wait-avg", (one) => average(one.waitTotalNanos, one.contentions)],
    ["acq-bounces", (one) => one.acqBounces],
    ["acquisitions", (one) => one.acquisitions],
    ["hold-min", (one) => one.holdMinNanos],
    ["hold-max", (one) => one.holdMaxNanos],
    ["hold-total", (one) => one.holdTotalNanos],
    ["hold-avg", (one) => average(one.holdTotalNanos, one.acquisitions)],
  ] satisfies [string, (figures: LockFigures) => number][])
    .map(([title, figure]) =>
      byFigure<ClassLine>(title, ({ figures }) => figure(figures))
    ),
];

/** Orders of LOCKS among other panels; those that go by the same have the titles of {@linkcode LOCK_CLASS_ORDERS}. */
export const LOCK_ORDERS: readonly Order<LockLine>[] = [
  byText(
    "lock class",
    ({ lockClass, mode, which }) => lockWords(lockClass, mode, which),
  ),
  byFigure("contentions", ({ contentions }) => contentions),
  byFigure("wait-total", ({ waitTotalNanos }) => waitTotalNanos),
  byFigure("wait-max", ({ waitMaxNanos = -1 }) => waitMaxNanos),
  byFigure(
    "hold-avg",
    ({ holdTotalNanos, acquisitions }) => average(holdTotalNanos, acquisitions),
  ),
];

/** Rows in an order; as they come where there is none of this name. Equal ones stay as they come. */
export function ordered<Row>(
  rows: readonly Row[],
  orders: readonly Order<Row>[],
  sort: Sort | undefined,
): readonly Row[] {
  const order = orders.find(({ title }) => title === sort?.by);
  if (sort === undefined || order === undefined) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * order.compare(a, b));
}

/** Columns of a table of which those that there is an order by can be sorted by. */
export function sortable<Row>(
  columns: readonly TableColumn<Row>[],
  orders: readonly Order<Row>[],
): TableColumn<Row>[] {
  return columns.map((column) => {
    const order = orders.find(({ title }) => title === column.title);
    return order === undefined ? column : { ...column, compare: order.compare };
  });
}
