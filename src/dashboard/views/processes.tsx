/**
 * PROCESSES: what KSM means to each of them.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { ProcessView, Snapshot } from "../../observe/snapshot.ts";
import type { Element, TableColumn } from "../../tui/mod.ts";
import { gainText, sizeText } from "../figures.ts";
import { PROCESS_ORDERS, sortable } from "../orders.ts";
import { processRows } from "../rows.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { ListTable, namesWidth } from "./list_table.tsx";
import type { Heading } from "./rule.ts";

/** Heading of PROCESSES. */
export const PROCESSES_HEADING: Heading = [{
  start: [{ text: "PROCESSES", bold: true }],
}];

/** Widths that hold what is usual, so that columns do not jump while figures grow. */
function columnsFor(
  { pageBytes, processes }: Snapshot,
  { styles }: Symbols,
): TableColumn<ProcessView>[] {
  const names = processes.map(({ name }) => name);
  return [
    {
      title: "process",
      cell: ({ name }) => name,
      priority: 9,
      minWidth: namesWidth(names, 7, Infinity),
    },
    {
      title: "pid",
      cell: ({ pid }) => String(pid),
      align: "right",
      priority: 2,
      minWidth: 4,
    },
    {
      title: "resident",
      cell: ({ residentPages }) => sizeText(residentPages * pageBytes),
      align: "right",
      priority: 3,
      minWidth: 9,
    },
    {
      title: "rmap items",
      cell: ({ rmapItems }) => groupDigits(rmapItems),
      align: "right",
      priority: 1,
    },
    {
      title: "merging",
      cell: ({ mergingPages }) => groupDigits(mergingPages),
      align: "right",
      priority: 5,
    },
    {
      title: "profit",
      cell: ({ processProfit }) => gainText(processProfit),
      align: "right",
      priority: 4,
      minWidth: 10,
      style: ({ processProfit }) => processProfit < 0 ? styles.loss : {},
    },
  ];
}

/** Props of {@linkcode Processes}. */
export interface ProcessesProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** A line for each process; the columns that matter least go where there is no room. */
export function Processes({ state, symbols }: ProcessesProps): Element {
  return (
    <ListTable
      state={state}
      panel="processes"
      none="no process"
      flexGrow={1}
      offset={state.zoomed === undefined ? state.scrolls.processes : undefined}
      columns={sortable(
        columnsFor(state.snapshot, symbols),
        PROCESS_ORDERS,
      )}
      rows={processRows(state)}
      sort={state.sorts.processes}
    />
  );
}
