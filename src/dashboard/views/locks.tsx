/**
 * LOCKS: which locks were waited for, how long, and who waits for whom now.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { LocksView } from "../../observe/snapshot.ts";
import {
  type Element,
  measuredColumns,
  type PlacedColumn,
  placedColumns,
  type Sort,
  Table,
  type TableColumn,
  Text,
  textWidth,
} from "../../tui/mod.ts";
import { NANOS_COLUMNS, nanosText } from "../figures.ts";
import {
  averageOf,
  fewerLockWords,
  type LockLine,
  lockTotals,
  lockWords,
} from "../lock_lines.ts";
import { rowsId } from "../mouse.ts";
import { lockRows, noRowText } from "../rows.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { waiterWords } from "../wait_words.ts";
import type { ColumnTitle, Heading } from "./rule.ts";
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

/** Columns of the names at least. */
const NAME_COLUMNS = 19;
/** The same where over them the heading has room for what the mark means in few words, also where it has the focus. */
const MARKED_COLUMNS = 21;
/** The same where it has room for how many lines there are besides. */
const COUNTED_COLUMNS = 31;

/** Columns of the names at least on so many columns: hold-avg is left out for what the heading says, contended is not. */
function nameColumns(columns: number): number {
  if (columns < 86) return MARKED_COLUMNS;
  // From 108 on names are that wide by their share of what is left over.
  return columns < 108 ? COUNTED_COLUMNS : NAME_COLUMNS;
}

/** What a line is called, and whether lock_stat lacks it. */
function nameText(
  words: typeof lockWords,
  { lockClass, mode, which }: LockLine,
  { ours }: Symbols,
): string {
  const name = words(lockClass, mode, which);
  return lockClass.isOurs ? `${name} ${ours}` : name;
}

/** The columns on so many columns; hold-avg goes first where there is no room, then wait-max, contended and who waits now. */
function columnsFor(
  symbols: Symbols,
  columns: number,
): TableColumn<LockLine>[] {
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
      cell: (line) => nameText(lockWords, line, symbols),
      shorter: (line) => [nameText(fewerLockWords, line, symbols)],
      priority: 9,
      minWidth: nameColumns(columns),
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
      cell: ({ waits }) => waiterWords(waits).at(0) ?? "",
      shorter: ({ waits }) => waiterWords(waits),
      priority: 7,
      minWidth: 20,
      grows: true,
      style: () => symbols.styles.waits,
    },
  ];
}

/** What the mark at a lock means, at length and in short. */
export function markSpans({ ours }: Symbols): readonly Span[] {
  return [
    `  ${ours} not in lock_stat`,
    `  ${ours} no lock_stat`,
    ` ${ours}no lock_stat`,
  ].map((text) => ({ text, dim: true }));
}

/** Name of the panel, with an arrow where rows are sorted by their names; what the marks mean, if there are any; and if there is room, how many of all lines are there if not all. */
function titles(
  shown: number,
  count: number,
  isMarked: boolean,
  sort: Sort | undefined,
  symbols: Symbols,
): readonly (readonly Span[])[] {
  const byName = sort?.by === "lock class" ? ` ${arrowOf(sort, symbols)}` : "";
  const name = { text: `LOCKS${byName}`, bold: true };
  const part = { text: shown < count ? `  ${shown} of ${count}` : "" };
  const marks = isMarked ? markSpans(symbols) : [];
  return [
    ...marks.map((mark) => [name, part, mark]),
    ...marks.map((mark) => [name, mark]),
    [name, part],
    [name],
  ];
}

/** What the rows are sorted by under a title, where lock_stat calls it otherwise. */
const ORDERS: Readonly<Record<string, string>> = { contended: "contentions" };

/** Whether the least or the greatest comes first. */
function arrowOf(
  { descending }: Sort,
  symbols: Symbols,
): string {
  return descending ? symbols.descending : symbols.ascending;
}

/** The title of a column in the line above, with an arrow where rows are sorted by it. */
function titleOver(
  { column: { title, align }, left, width }: PlacedColumn<LockLine>,
  sort: Sort | undefined,
  symbols: Symbols,
): ColumnTitle {
  const order = ORDERS[title] ?? title;
  const text = sort?.by === order ? arrowOf(sort, symbols) + title : title;
  const from = align === "right" ? left + width - textWidth(text) : left;
  return { left: from, text, order };
}

/** Whether a mark is seen: where a name has too little room, its end is cut off. */
function seesMark(
  lines: readonly LockLine[],
  columns: number,
  symbols: Symbols,
): boolean {
  return lines.some((line) =>
    line.lockClass.isOurs &&
    textWidth(nameText(fewerLockWords, line, symbols)) <= columns
  );
}

/** The lines that are seen among other panels. */
function shownRows(state: DashboardState, rows: number): readonly LockLine[] {
  const lines = lockRows(state);
  const most = Math.max(0, lines.length - rows);
  const from = Math.min(state.scrolls.locks ?? 0, most);
  return lines.slice(from, from + rows);
}

/** Heading of LOCKS on so many columns inside and so many rows: with the titles of its columns, where it has any. */
export function locksHeading(
  state: DashboardState,
  symbols: Symbols,
  columns: number,
  rows: number,
): Heading {
  if (rows === 1) return [{ start: [{ text: "LOCKS", bold: true }] }];
  const { locks: sort } = state.sorts;
  const shown = shownRows(state, rows);
  const measured = measuredColumns(columnsFor(symbols, columns), shown);
  const placed = placedColumns(measured, columns);
  const isMarked = seesMark(shown, placed[0].width, symbols);
  const { length: count } = lockRows(state);
  const starts = titles(rows, count, isMarked, sort, symbols);
  const over = placed.filter(({ column }) => column.title !== "")
    .map((placed) => titleOver(placed, sort, symbols));
  return starts.map((start) => ({ start, over }));
}

/** All locks in a few words. */
export function lockTotalsText(locks: LocksView, symbols: Symbols): string {
  const { contentions, waitTotalNanos, waiting } = lockTotals(locks);
  const time = nanosText(waitTotalNanos, symbols.micro).trim();
  const words = `${groupDigits(contentions)} waits, ${time}`;
  return waiting === 0 ? words : `${words}, ${waiting} waiting`;
}

/** All locks on one line, and the longest wait of now. */
function Totals(
  { locks, symbols }: Pick<LocksProps, "locks" | "symbols">,
): Element {
  const columns: TableColumn<readonly string[]>[] = [
    {
      title: "",
      cell: () => lockTotalsText(locks, symbols),
      priority: 1,
    },
    {
      title: "",
      cell: ([longest = ""]) => longest,
      shorter: (words) => words,
      grows: true,
      style: () => symbols.styles.waits,
    },
  ];
  const longest = waiterWords(locks.waiting.slice(0, 1));
  return (
    <Table flexGrow={1} titles={false} columns={columns} rows={[longest]} />
  );
}

/** Props of {@linkcode Locks}. */
export interface LocksProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The locks. */
  readonly locks: LocksView;
  /** The characters to draw with. */
  readonly symbols: Symbols;
  /** Columns there are. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
}

/** A line a lock, those waited for now first; on a single row the sum of them all. */
export function Locks(props: LocksProps): Element {
  const { state, locks, symbols, columns, rows } = props;
  if (rows === 1) return <Totals locks={locks} symbols={symbols} />;
  const lines = shownRows(state, rows);
  if (lines.length === 0) {
    const text = noRowText(state, "locks", "nothing was locked yet");
    return <Text dim wrap="truncate">{text}</Text>;
  }
  return (
    <Table
      id={rowsId("locks")}
      flexGrow={1}
      titles={false}
      columns={columnsFor(symbols, columns)}
      rows={lines}
    />
  );
}
