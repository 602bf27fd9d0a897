/**
 * PROCESSES: what KSM means to each of them.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { ProcessView, Snapshot } from "../../observe/snapshot.ts";
import { type Element, Table, type TableColumn } from "../../tui/mod.ts";
import { gainText, sizeText } from "../figures.ts";
import type { Heading } from "./rule.ts";

/** Heading of PROCESSES. */
export const PROCESSES_HEADING: Heading = [{
  start: [{ text: "PROCESSES", bold: true }],
}];

/** Widths that hold what is usual, so that columns do not jump while figures grow. */
function columnsFor(pageBytes: number): TableColumn<ProcessView>[] {
  return [
    { title: "process", cell: ({ name }) => name, priority: 9, minWidth: 7 },
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
      style: ({ processProfit }) => processProfit < 0 ? { color: "red" } : {},
    },
  ];
}

/** Props of {@linkcode Processes}. */
export interface ProcessesProps {
  /** What is to be seen. */
  readonly snapshot: Snapshot;
}

/** A line for each process; the columns that matter least go where there is no room. */
export function Processes({ snapshot }: ProcessesProps): Element {
  return (
    <Table
      flexGrow={1}
      columns={columnsFor(snapshot.pageBytes)}
      rows={snapshot.processes}
    />
  );
}
