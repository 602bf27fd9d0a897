/**
 * The zoomed LOCKS: all lines of lock_stat, and all that is known of one of
 * them.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type {
  LockFigures,
  LockPoint,
  LockSiteView,
  LocksView,
  LockWaitView,
} from "../../observe/snapshot.ts";
import {
  Box,
  type Element,
  type TableColumn,
  windowLength,
} from "../../tui/mod.ts";
import { chosenIndex } from "../choice.ts";
import { NANOS_COLUMNS } from "../figures.ts";
import {
  averageOf,
  type ClassLine,
  type ContendedLock,
  contendedLocks,
  lockStatName,
  waitsOn,
  whichLock,
} from "../lock_lines.ts";
import { lockClassRows } from "../rows.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { Band } from "./frame.tsx";
import {
  figuresRows,
  LockStatFigures,
  LockStatTable,
} from "./lock_stat_table.tsx";
import { timeOrNone } from "./locks.tsx";
import { type Heading, Rule } from "./rule.ts";
import { type Section, Sections, tableSection } from "./sections.tsx";

/** Columns from which on the parts of the detail stand in two columns. */
const WIDE_COLUMNS = 100;

/** Columns of the points beside the rest. */
const POINTS_COLUMNS = 38;

/** A column of times. */
function timeColumn<Row>(
  title: string,
  priority: number,
  symbols: Symbols,
  nanos: (row: Row) => number | undefined,
): TableColumn<Row> {
  return {
    title,
    cell: (row) => timeOrNone(nanos(row), symbols),
    align: "right",
    priority,
    minWidth: NANOS_COLUMNS,
  };
}

/** A column of counts. */
function countColumn<Row>(
  title: string,
  priority: number,
  count: (row: Row) => number,
): TableColumn<Row> {
  return {
    title,
    cell: (row) => groupDigits(count(row)),
    align: "right",
    priority,
    minWidth: 7,
  };
}

/** Columns of what was counted at a place or on a lock. */
function figureColumns<Row>(
  symbols: Symbols,
  figures: (row: Row) => LockFigures,
): TableColumn<Row>[] {
  const column = (
    title: string,
    priority: number,
    nanos: (figures: LockFigures) => number | undefined,
  ) => timeColumn<Row>(title, priority, symbols, (row) => nanos(figures(row)));
  const waited = ({ contentions }: LockFigures, nanos: number) =>
    contentions === 0 ? undefined : nanos;
  return [
    countColumn("contended", 5, (row) => figures(row).contentions),
    column("wait-total", 6, (one) => waited(one, one.waitTotalNanos)),
    column("wait-max", 2, (one) => waited(one, one.waitMaxNanos)),
    countColumn("taken", 4, (row) => figures(row).acquisitions),
    column(
      "hold-avg",
      3,
      (one) => averageOf(one.holdTotalNanos, one.acquisitions),
    ),
    column(
      "hold-max",
      1,
      (one) => one.acquisitions === 0 ? undefined : one.holdMaxNanos,
    ),
  ];
}

function waitsSection(
  waits: readonly LockWaitView[],
  symbols: Symbols,
): Section {
  const held = ({ holders }: LockWaitView): string =>
    holders.map(({ actor, site }) => `${actor} at ${site}`).join(", ");
  const heldShort = ({ holders }: LockWaitView): string =>
    holders.map(({ actor }) => actor).join(", ");
  const columns: TableColumn<LockWaitView>[] = [
    {
      title: "waits now",
      cell: ({ actor }) => actor,
      priority: 9,
      style: () => symbols.styles.waits,
    },
    timeColumn("for", 8, symbols, ({ waitedNanos }) => waitedNanos),
    {
      title: "lock",
      cell: (wait) => whichLock(wait.lockClass, wait),
      priority: 5,
    },
    {
      title: "at",
      cell: ({ site }) => site,
      minWidth: 12,
      priority: 6,
      grows: true,
    },
    {
      title: "held by",
      cell: held,
      shorter: (wait) => [heldShort(wait)],
      minWidth: 12,
      priority: 7,
      grows: true,
    },
  ];
  return tableSection(columns, waits, "nobody");
}

function sitesSection(
  { lockClass, mode }: ClassLine,
  symbols: Symbols,
): Section {
  const sites = lockClass.sites.filter((site) => site.mode === mode)
    .toSorted((one, other) =>
      other.figures.waitTotalNanos - one.figures.waitTotalNanos
    );
  const columns: TableColumn<LockSiteView>[] = [
    {
      title: "call site",
      cell: ({ site }) => site,
      priority: 9,
      minWidth: 26,
      grows: true,
    },
    ...figureColumns<LockSiteView>(symbols, ({ figures }) => figures),
  ];
  return tableSection(columns, sites, "never taken");
}

function pointsSection(title: string, points: readonly LockPoint[]): Section {
  const columns: TableColumn<LockPoint>[] = [
    { title, cell: ({ site }) => site, priority: 1, minWidth: 12, grows: true },
    countColumn("times", 2, ({ count }) => count),
  ];
  return tableSection(columns, points, "none yet");
}

function instancesSection(line: ClassLine, symbols: Symbols): Section {
  const columns: TableColumn<ContendedLock>[] = [
    {
      title: "contended lock",
      cell: ({ instance }) =>
        whichLock(line.lockClass.name, instance) || "the only one",
      priority: 9,
      minWidth: 14,
      grows: true,
    },
    ...figureColumns<ContendedLock>(symbols, ({ figures }) => figures),
  ];
  return tableSection(columns, contendedLocks(line), "none yet");
}

/** Heading of the detail: the line's name in lock_stat, and what kind of lock it is. */
function detailHeading(line: ClassLine): Heading {
  const { kind, isOurs, shared } = line.lockClass;
  const name = { text: lockStatName(line), bold: true };
  const held = line.mode === "shared" ? "read lines" : "write lines";
  const words = shared === undefined ? kind : `${kind}, ${held}`;
  const ours = isOurs ? ", not in the kernel's lock_stat" : "";
  return [
    { start: [name, { text: `  ${words}${ours}` }] },
    { start: [name, { text: `  ${words}` }] },
    { start: [name] },
  ];
}

interface LineDetailProps {
  readonly locks: LocksView;
  readonly line: ClassLine;
  readonly columns: number;
  readonly rows: number;
  readonly symbols: Symbols;
}

/** Who waits and where on the left, the points of lock_stat and the single locks on the right; else all in one column. */
function LineDetail(props: LineDetailProps): Element {
  const { locks, line, columns, rows, symbols } = props;
  const { contentionPoints, holderPoints } = line.lockClass;
  const waits = waitsSection(waitsOn(locks, line), symbols);
  const sites = sitesSection(line, symbols);
  const instances = instancesSection(line, symbols);
  const points = [
    pointsSection("contention point", contentionPoints),
    pointsSection("holder point", holderPoints),
  ];
  if (columns < WIDE_COLUMNS) {
    const sections = [waits, sites, ...points, instances];
    return <Sections sections={sections} rows={rows} />;
  }
  return (
    <Box columnGap={3} height={rows}>
      <Sections sections={[waits, sites, instances]} rows={rows} />
      <Box width={POINTS_COLUMNS} flexShrink={0}>
        <Sections sections={points} rows={rows} />
      </Box>
    </Box>
  );
}

/** Props of {@linkcode LockDetail}. */
export interface LockDetailProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The locks. */
  readonly locks: LocksView;
  /** Columns there are inside. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** The rows of the table: all lines and their titles, and where that is more than the half, the half. */
function tableRows(lines: number, rows: number): number {
  return Math.min(1 + lines, Math.max(4, Math.floor(rows / 2)), rows);
}

/** The lines, which of them is chosen, and the rows of their table. */
function linesOn(state: DashboardState, rows: number) {
  const lines = lockClassRows(state);
  const selected = chosenIndex(lines.map(lockStatName), state.chosen);
  const table = lines.length === 0 ? rows : tableRows(lines.length, rows);
  return { lines, selected, table };
}

/** The lines that the table shows on so many rows: from the first on, or up to the chosen one. */
export function seenLines(state: DashboardState, rows: number): ClassLine[] {
  const { lines, selected, table } = linesOn(state, rows);
  const length = windowLength(lines.length, table - 1);
  const from = Math.max(0, selected - length + 1);
  return lines.slice(from, from + length);
}

/** The table, and below it the chosen line in full. */
export function LockDetail(props: LockDetailProps): Element {
  const { state, columns, rows, symbols } = props;
  const { lines, selected, table } = linesOn(state, rows);
  const line = lines.at(selected);
  const figures = figuresRows(columns);
  // A line of heading above the figures, and an empty row below them.
  const rest = Math.max(0, rows - table - 1 - figures - 1);
  return (
    <>
      <Band height={table}>
        <LockStatTable
          state={state}
          lines={lines}
          selected={selected}
          rows={table}
          symbols={symbols}
        />
      </Band>
      {line !== undefined && (
        <>
          <Rule edge="middle" headings={[detailHeading(line)]} />
          <Band height={rows - table - 1}>
            <LockStatFigures
              figures={line.figures}
              columns={columns}
              symbols={symbols}
            />
            <Box marginTop={1} flexDirection="column">
              <LineDetail {...props} line={line} rows={rest} />
            </Box>
          </Band>
        </>
      )}
    </>
  );
}
