/**
 * LOCKS: which locks were waited for, how long, and who waits for whom now.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { LocksView, LockWaitView } from "../../observe/snapshot.ts";
import {
  type Element,
  measuredColumns,
  placedColumns,
  Table,
  type TableColumn,
  Text,
} from "../../tui/mod.ts";
import { NANOS_COLUMNS, nanosText } from "../figures.ts";
import {
  averageOf,
  type LockLine,
  lockTotals,
  lockWords,
  panelLines,
} from "../lock_lines.ts";
import type { Symbols } from "../symbols.ts";
import type { Heading } from "./rule.ts";
import type { Span } from "./span.ts";

/** Stands for a time that nothing was measured for. */
export const NO_TIME = "-";

/** A time, or what stands for none. */
export function timeOrNone(
  nanos: number | undefined,
  { micro }: Symbols,
): string {
  return nanos === undefined ? NO_TIME : nanosText(nanos, micro);
}

/** Who waits for whom: the one that has waited longest, and how many others there are. */
export function waitersText(
  [first, ...others]: readonly LockWaitView[],
  { heldFrom }: Symbols,
): string {
  if (first === undefined) return "";
  const [holder, ...more] = first.holders.map(({ actor }) => actor);
  const and = (count: number): string => count === 0 ? "" : ` +${count}`;
  const held = holder === undefined ? NO_TIME : `${holder}${and(more.length)}`;
  return `${held} ${heldFrom} ${first.actor}${and(others.length)}`;
}

/** The columns; hold-avg goes first where there is no room, then wait-max, contended and who waits now. */
function columnsFor(symbols: Symbols): TableColumn<LockLine>[] {
  const time = (
    title: string,
    priority: number,
    nanos: (line: LockLine) => number | undefined,
  ): TableColumn<LockLine> => ({
    title,
    cell: (line) => timeOrNone(nanos(line), symbols),
    align: "right",
    priority,
    minWidth: NANOS_COLUMNS,
  });
  const ifWaited = (line: LockLine, nanos: number | undefined) =>
    line.contentions === 0 ? undefined : nanos;
  return [
    {
      title: "",
      cell: ({ lockClass, mode, which }) =>
        lockWords(lockClass, mode, which) +
        (lockClass.isOurs ? ` ${symbols.ours}` : ""),
      priority: 9,
      minWidth: 20,
      grows: true,
    },
    {
      title: "contended",
      cell: ({ contentions }) => groupDigits(contentions),
      align: "right",
      priority: 4,
    },
    time("wait-total", 8, (line) => ifWaited(line, line.waitTotalNanos)),
    time("wait-max", 3, (line) => ifWaited(line, line.waitMaxNanos)),
    time(
      "hold-avg",
      2,
      (line) => averageOf(line.holdTotalNanos, line.acquisitions),
    ),
    {
      title: "waiting now",
      cell: ({ waits }) => waitersText(waits, symbols),
      priority: 7,
      minWidth: 18,
      grows: true,
      style: () => ({ color: "red" }),
    },
  ];
}

/** Name of the panel, how many of all lines are there if not all, and what the mark means if there is room. */
function titles(
  shown: number,
  count: number,
  symbols: Symbols,
): readonly (readonly Span[])[] {
  const name = { text: "LOCKS", bold: true };
  const part = { text: shown < count ? `  ${shown} of ${count}` : "" };
  const ours = { text: `  ${symbols.ours} not in lock_stat`, dim: true };
  const short = { text: `  ${symbols.ours} ours`, dim: true };
  return [[name, part, ours], [name, part, short], [name, part], [name]];
}

/** Heading of LOCKS on so many columns inside and so many rows: with the titles of its columns, where it has any. */
export function locksHeading(
  locks: LocksView,
  symbols: Symbols,
  columns: number,
  rows: number,
): Heading {
  if (rows === 1) return [{ start: [{ text: "LOCKS", bold: true }] }];
  const lines = panelLines(locks);
  const starts = titles(rows, lines.length, symbols);
  const shown = lines.slice(0, rows);
  const measured = measuredColumns(columnsFor(symbols), shown);
  const over = placedColumns(measured, columns)
    .filter(({ column }) => column.title !== "")
    .map(({ column: { title: text, align }, left, width }) => ({
      left: align === "right" ? left + width - text.length : left,
      text,
    }));
  return starts.map((start) => ({ start, over }));
}

/** All locks in a few words. */
export function lockTotalsText(locks: LocksView, symbols: Symbols): string {
  const { contentions, waitTotalNanos, waiting } = lockTotals(locks);
  const time = nanosText(waitTotalNanos, symbols.micro).trim();
  const words = `${groupDigits(contentions)} waits, ${time}`;
  return waiting === 0 ? words : `${words}, ${waiting} waiting`;
}

function Totals({ locks, symbols }: Omit<LocksProps, "rows">): Element {
  const now = waitersText(locks.waiting, symbols);
  return (
    <Text wrap="truncate">
      {lockTotalsText(locks, symbols)}
      {now !== "" && <Text color="red">{`: ${now}`}</Text>}
    </Text>
  );
}

/** Props of {@linkcode Locks}. */
export interface LocksProps {
  /** What is to be seen. */
  readonly locks: LocksView;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** Rows there are. */
  readonly rows: number;
}

/** A line a lock, the most waited for first; on a single row the sum of them all. */
export function Locks({ locks, symbols, rows }: LocksProps): Element {
  if (rows === 1) return <Totals locks={locks} symbols={symbols} />;
  const lines = panelLines(locks).slice(0, rows);
  if (lines.length === 0) return <Text dim>nothing was locked yet</Text>;
  return (
    <Table
      flexGrow={1}
      titles={false}
      columns={columnsFor(symbols)}
      rows={lines}
    />
  );
}
