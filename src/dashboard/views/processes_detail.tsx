/**
 * The zoomed PROCESSES: what the kernel says of each of them, whether it pays,
 * and who shares with whom.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { ProcessSharing, SharingMatrix } from "../../observe/detail.ts";
import { printable } from "../../observe/printable.ts";
import type { ProcessView } from "../../observe/snapshot.ts";
import type { Element, TableColumn, TextStyle } from "../../tui/mod.ts";
import { absentText } from "../absence.ts";
import { chosenRow } from "../choice.ts";
import { GAIN_COLUMNS, gainText, SIZE_COLUMNS, sizeText } from "../figures.ts";
import { type Order, PROCESS_ORDERS, sortable } from "../orders.ts";
import { processRows } from "../rows.ts";
import { type DashboardState, isRecording } from "../state.ts";
import { VERDICT_WORDS, verdictTexts } from "../verdict_words.ts";
import type { Symbols } from "../symbols.ts";
import { FitLine } from "./fit_line.tsx";
import { Band } from "./frame.tsx";
import { ListTable, namesWidth } from "./list_table.tsx";
import { type Heading, Rule } from "./rule.ts";
import { SharingTable } from "./sharing_table.tsx";

/** A process, and what is known of what it shares. */
export interface ProcessLine {
  /** The process. */
  readonly process: ProcessView;
  /** What it shares; missing where that is not known. */
  readonly sharing: ProcessSharing | undefined;
}

/** The orders of processes, for lines. */
const LINE_ORDERS: readonly Order<ProcessLine>[] = PROCESS_ORDERS.map((
  order,
) => ({
  ...order,
  compare: (a, b) => order.compare(a.process, b.process),
}));

/** The rows of the table. */
export function processLines(state: DashboardState): ProcessLine[] {
  const matrix = state.details.sharing?.answer;
  return processRows(state).map((process) => ({
    process,
    sharing: matrix?.processes.find(({ name }) => name === process.name),
  }));
}

/** A column of a count. */
function countColumn(
  title: string,
  priority: number,
  minWidth: number,
  count: (process: ProcessView) => number,
): TableColumn<ProcessLine> {
  return {
    title,
    cell: ({ process }) => groupDigits(count(process)),
    align: "right",
    priority,
    minWidth,
  };
}

function yesColumn(
  title: string,
  priority: number,
  of: (process: ProcessView) => boolean,
): TableColumn<ProcessLine> {
  return { title, cell: ({ process }) => of(process) ? "yes" : "no", priority };
}

/** How a verdict is drawn, wherever it stands. */
function verdictStyle(
  { sharing }: ProcessLine,
  { styles }: Symbols,
): TextStyle {
  switch (sharing?.verdict.verdict) {
    case "pays":
      return styles.gain;
    case "costs":
    case "nothing-merged":
      return styles.loss;
    default:
      return styles.faint;
  }
}

/** Columns of a name at most. */
const NAME_MAX = 18;

/** Widths that hold what is usual, so that columns do not jump while figures grow. */
export function processColumns(
  { snapshot: { pageBytes, processes }, details }: DashboardState,
  symbols: Symbols,
): TableColumn<ProcessLine>[] {
  const verdict: TableColumn<ProcessLine> = {
    title: "verdict",
    cell: ({ sharing }) =>
      sharing === undefined ? "" : VERDICT_WORDS[sharing.verdict.verdict],
    priority: 4,
    minWidth: 14,
    style: (line) => verdictStyle(line, symbols),
  };
  const columns: TableColumn<ProcessLine>[] = [
    {
      title: "process",
      cell: ({ process }) => process.name,
      priority: 9,
      minWidth: namesWidth(processes.map(({ name }) => name), 11, NAME_MAX),
      maxWidth: NAME_MAX,
    },
    {
      title: "pid",
      cell: ({ process }) => String(process.pid),
      align: "right",
      priority: 1,
      minWidth: 5,
    },
    {
      title: "resident",
      cell: ({ process }) => sizeText(process.residentPages * pageBytes),
      align: "right",
      priority: 2,
      minWidth: SIZE_COLUMNS,
    },
    countColumn("rmap items", 3, 10, ({ rmapItems }) => rmapItems),
    countColumn("zero", 3, 6, ({ zeroPages }) => zeroPages),
    countColumn("merging", 7, 8, ({ mergingPages }) => mergingPages),
    {
      title: "profit",
      cell: ({ process }) => gainText(process.processProfit),
      align: "right",
      priority: 5,
      minWidth: GAIN_COLUMNS,
      style: ({ process }) =>
        process.processProfit < 0 ? symbols.styles.loss : {},
    },
    yesColumn("merge any", 0, ({ mergeAny }) => mergeAny),
    yesColumn("mergeable", 0, ({ mergeable }) => mergeable),
    ...(details.sharing?.answer === undefined ? [] : [verdict]),
  ];
  return sortable(columns, LINE_ORDERS);
}

/** Heading of the detail: the chosen process, and of its verdict what there is room for. */
function sharingHeading({ process, sharing }: ProcessLine): Heading {
  const name = { text: printable(process.name), bold: true };
  if (sharing === undefined) return [{ start: [name] }];
  return [
    ...verdictTexts(sharing.verdict).map((text) => ({
      start: [name, { text: `  ${text}` }],
    })),
    { start: [name] },
  ];
}

/** What the chosen process maps of KSM pages now, which is not what ksm_stat has counted, at length and in short. */
function partTexts({ sharing }: ProcessLine, pageBytes: number): string[] {
  if (sharing === undefined) return [""];
  const { mergedPages, ksmPages, proportionalPages } = sharing;
  const part = groupDigits(proportionalPages, 1);
  const size = sizeText(Math.round(proportionalPages * pageBytes));
  const merged = `mapped now: ${groupDigits(mergedPages)} merged pages`;
  const pages = `${groupDigits(ksmPages)} KSM pages`;
  const within = `${groupDigits(mergedPages - ksmPages)} saved within itself`;
  return [
    `${merged} on ${pages}, ${within}, its part of them ${part} pages, ${size}`,
    `${merged} on ${pages}, its part of them ${part} pages, ${size}`,
    `${merged} on ${pages}, its part ${size}`,
    `${merged} on ${pages}`,
    `mapped now: ${groupDigits(mergedPages)} on ${pages}`,
  ];
}

/** All processes together, at length and in short. */
function allTexts({ ksmPages, withinOne }: SharingMatrix): string[] {
  const all = `all: ${groupDigits(ksmPages)} KSM pages`;
  const one = groupDigits(withinOne);
  return [
    `${all}, ${one} of them mapped by one process only`,
    `${all}, ${one} of one process`,
    all,
  ];
}

/** Says that there is no detail. */
function absentHeading(state: DashboardState): Heading {
  const text = `who shares with whom: ${absentText(state)}`;
  return [{ start: [{ text }] }];
}

/** Rows of the detail at least: its heading, two texts, and some of the table. */
const DETAIL_ROWS = 6;
/** Rows of texts in the detail. */
const TEXT_ROWS = 2;
/** Rows of the table of the detail at least: its titles, and a line. */
const SHARING_ROWS = 2;

/** The rows of the table: all processes with their titles; where that is more than the half, the half. Where that leaves little, the detail has what the processes leave over, if a text fits there. */
function tableRows(processes: number, rows: number): number {
  const half = Math.max(3, Math.floor(rows / 2));
  const table = Math.min(1 + processes, half);
  if (rows - table >= DETAIL_ROWS) return table;
  const left = rows - 1 - processes;
  return left < 2 ? rows : 1 + processes;
}

/** Props of {@linkcode ProcessesDetail}. */
export interface ProcessesDetailProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** Columns there are inside. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** The table, and below it who shares with whom. */
export function ProcessesDetail(props: ProcessesDetailProps): Element {
  const { state, columns, rows, symbols } = props;
  const { snapshot, details } = state;
  const matrix = details.sharing?.answer;
  const lines = processLines(state);
  const selected = chosenRow(state);
  const line = lines.at(selected);
  const sees = matrix !== undefined && line !== undefined;
  const isAbsent = matrix === undefined && isRecording(state) && rows > 2;
  const alone = isAbsent ? rows - 1 : rows;
  const table = sees ? tableRows(lines.length, rows) : alone;
  const detail = rows - table - 1;
  return (
    <>
      <Band height={table}>
        <ListTable
          state={state}
          panel="processes"
          none="no process"
          flexGrow={1}
          columns={processColumns(state, symbols)}
          sort={state.sorts.processes}
          rows={lines}
          gutter
          selected={selected}
        />
      </Band>
      {isAbsent && <Rule edge="middle" headings={[absentHeading(state)]} />}
      {sees && detail > 0 && (
        <>
          <Rule edge="middle" headings={[sharingHeading(line)]} />
          <Band height={detail}>
            <FitLine texts={partTexts(line, snapshot.pageBytes)} />
            <FitLine texts={allTexts(matrix)} />
            {detail - TEXT_ROWS >= SHARING_ROWS && (
              <SharingTable
                matrix={matrix}
                symbols={symbols}
                chosen={line.process.name}
                columns={columns}
                rows={detail - TEXT_ROWS}
              />
            )}
          </Band>
        </>
      )}
    </>
  );
}
