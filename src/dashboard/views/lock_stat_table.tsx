/**
 * Every line of lock_stat with its columns, and one of them in full.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { LockFigures } from "../../observe/snapshot.ts";
import { Box, type Element, Table, type TableColumn } from "../../tui/mod.ts";
import { NANOS_COLUMNS } from "../figures.ts";
import {
  averageOf,
  type ClassLine,
  classLines,
  lockStatName,
} from "../lock_lines.ts";
import { LOCK_CLASS_ORDERS, sortable } from "../orders.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { ListTable, namesWidth } from "./list_table.tsx";
import { timeOrNone } from "./locks.tsx";

/** One column of lock_stat. */
interface Column {
  /** Its name there. */
  readonly name: string;
  /** The same in short, where it stands over a table. */
  readonly short: string;
  /** Its place in the order in which columns go where there is no room; the lowest goes first. */
  readonly priority: number;
  /** What is in it. */
  readonly text: (figures: LockFigures, symbols: Symbols) => string;
}

type Figure = keyof LockFigures;

function countColumn(name: string, figure: Figure, priority: number): Column {
  const text = (figures: LockFigures): string => groupDigits(figures[figure]);
  return { name, short: name, priority, text };
}

/** A time; there is none where nothing was counted. */
function timeColumn(
  kind: "wait" | "hold",
  what: string,
  priority: number,
  nanos: (figures: LockFigures) => number,
): Column {
  return {
    name: `${kind}time-${what}`,
    short: `${kind}-${what}`,
    priority,
    text: (figures, symbols) => {
      const { contentions, acquisitions } = figures;
      const count = kind === "wait" ? contentions : acquisitions;
      return timeOrNone(count === 0 ? undefined : nanos(figures), symbols);
    },
  };
}

const average = (total: number, count: number): number =>
  averageOf(total, count) ?? 0;

const COUNTS: readonly Column[] = [
  countColumn("con-bounces", "conBounces", 2),
  countColumn("contentions", "contentions", 11),
  countColumn("acq-bounces", "acqBounces", 1),
  countColumn("acquisitions", "acquisitions", 8),
];

const WAITS: readonly Column[] = [
  timeColumn("wait", "min", 4, (one) => one.waitMinNanos),
  timeColumn("wait", "max", 9, (one) => one.waitMaxNanos),
  timeColumn("wait", "total", 12, (one) => one.waitTotalNanos),
  timeColumn(
    "wait",
    "avg",
    7,
    (one) => average(one.waitTotalNanos, one.contentions),
  ),
];

const HOLDS: readonly Column[] = [
  timeColumn("hold", "min", 3, (one) => one.holdMinNanos),
  timeColumn("hold", "max", 5, (one) => one.holdMaxNanos),
  timeColumn("hold", "total", 6, (one) => one.holdTotalNanos),
  timeColumn(
    "hold",
    "avg",
    10,
    (one) => average(one.holdTotalNanos, one.acquisitions),
  ),
];

/** The columns in the order of lock_stat. */
const [CON_BOUNCES, CONTENTIONS, ACQ_BOUNCES, ACQUISITIONS] = COUNTS;
const COLUMNS: readonly Column[] = [
  CON_BOUNCES,
  CONTENTIONS,
  ...WAITS,
  ACQ_BOUNCES,
  ACQUISITIONS,
  ...HOLDS,
];

/** Props of {@linkcode LockStatTable}. */
export interface LockStatTableProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The lines. */
  readonly lines: readonly ClassLine[];
  /** Index of the chosen one. */
  readonly selected: number;
  /** Rows of the table, its titles among them. */
  readonly rows: number;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** A column for the name, and one for each of lock_stat. */
export function lockStatColumns(
  { snapshot: { locks } }: DashboardState,
  symbols: Symbols,
): TableColumn<ClassLine>[] {
  const name = (line: ClassLine): string =>
    lockStatName(line) + (line.lockClass.isOurs ? ` ${symbols.ours}` : "");
  const names = locks === undefined ? [] : classLines(locks).map(name);
  const columns: TableColumn<ClassLine>[] = [
    {
      title: "lock class",
      cell: name,
      priority: 99,
      minWidth: namesWidth(names, 0, Infinity),
    },
    ...COLUMNS.map(({ short, priority, text }) => ({
      title: short,
      cell: ({ figures }: ClassLine) => text(figures, symbols),
      align: "right" as const,
      priority,
      minWidth: NANOS_COLUMNS,
    })),
  ];
  return sortable(columns, LOCK_CLASS_ORDERS);
}

/** A line for each class and way to hold it; what does not fit of it is in {@linkcode LockStatFigures}. */
export function LockStatTable(props: LockStatTableProps): Element {
  const { state, lines, selected, rows, symbols } = props;
  return (
    <ListTable
      state={state}
      panel="locks"
      none="no lock is known"
      height={rows}
      flexShrink={0}
      columns={lockStatColumns(state, symbols)}
      rows={lines}
      sort={state.sorts.locks}
      gutter
      selected={selected}
    />
  );
}

/** Columns of one group of figures: the longest name and a time. */
const GROUP_COLUMNS = 24;
const GROUP_GAP = 2;
const GROUPS = [COUNTS, WAITS, HOLDS];

/** Rows that {@linkcode LockStatFigures} takes on so many columns. */
export function figuresRows(columns: number): number {
  const across = Math.floor(
    (columns + GROUP_GAP) / (GROUP_COLUMNS + GROUP_GAP),
  );
  const down = Math.ceil(GROUPS.length / Math.max(1, across));
  return down * COUNTS.length;
}

/** Props of {@linkcode LockStatFigures}. */
export interface LockStatFiguresProps {
  /** The figures of one line. */
  readonly figures: LockFigures;
  /** Columns there are. */
  readonly columns: number;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** All columns of one line by their names in lock_stat: counts, waits and holds side by side as far as there is room. */
export function LockStatFigures(props: LockStatFiguresProps): Element {
  const { figures, columns, symbols } = props;
  return (
    <Box
      flexWrap="wrap"
      columnGap={GROUP_GAP}
      height={figuresRows(columns)}
      flexShrink={0}
    >
      {GROUPS.map((group) => (
        <Table
          titles={false}
          width={GROUP_COLUMNS}
          height={group.length}
          flexShrink={0}
          columns={[
            { title: "", cell: ({ name }) => name, priority: 1 },
            {
              title: "",
              cell: ({ text }) => text(figures, symbols),
              align: "right",
              grows: true,
            },
          ]}
          rows={group}
        />
      ))}
    </Box>
  );
}
