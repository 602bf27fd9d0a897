/**
 * The page map: what glyph stands where. Drawing is left to the view.
 *
 * Rules:
 *
 * 1. A process starts on a row of its own; all have equally many rows, at least
 *    one. If there are more processes than rows, they are shown in groups: the
 *    group with ksmd's cursor, and on the last row which group that is.
 * 2. A cell stands for as many pages as it must for every process to fit, and
 *    for equally many in all of them, so that sizes compare.
 * 3. The regions of a process follow each other with one gap cell between.
 *    Each starts with a new cell, so that no cell mixes two regions.
 * 4. A cell shows the state that most of its pages have; of equally frequent
 *    ones the later in {@linkcode PAGE_STATES}, which is the one nearer to
 *    merged.
 *
 * @module
 */
import {
  type CursorView,
  PAGE_STATES,
  type ProcessView,
} from "../observe/snapshot.ts";

/** The code of a cell between two regions; other cells hold codes of page states. */
export const GAP = PAGE_STATES.length;

/** One row of cells. */
export interface MapRow {
  /** Name of the process on its first row, else empty. */
  readonly label: string;
  /** What each cell shows: an index of {@linkcode PAGE_STATES}, or {@linkcode GAP}. */
  readonly cells: Uint8Array;
  /** The cell with ksmd's cursor, or -1. */
  readonly cursor: number;
}

/** Everything on the page map. */
export interface PageMap {
  /** Pages that one cell stands for. */
  readonly pagesPerCell: number;
  /** Columns of the labels. */
  readonly labelColumns: number;
  /** The rows from top to bottom. */
  readonly rows: readonly MapRow[];
  /** The group of processes that is shown; missing where all are. */
  readonly group?: {
    /** Number of the first, from 1. */
    readonly first: number;
    /** Number of the last. */
    readonly last: number;
    /** Number of all. */
    readonly count: number;
  };
}

const LABEL_COLUMNS_MAX = 12;

/** Cells that a process takes when a cell stands for so many pages. */
export function cellCount(
  { regions }: ProcessView,
  pagesPerCell: number,
): number {
  const gaps = Math.max(0, regions.length - 1);
  return regions.reduce(
    (sum, { pages }) => sum + Math.ceil(pages.length / pagesPerCell),
    gaps,
  );
}

/**
 * The fewest pages a cell with which each process fits (rule 2), found by
 * halving; where there are too many regions, as many as the longest has.
 */
function scale(processes: readonly ProcessView[], cells: number): number {
  const lengths = processes.flatMap(({ regions }) =>
    regions.map(({ pages }) => pages.length)
  );
  let fewest = 1;
  let most = Math.max(1, ...lengths);
  while (fewest < most) {
    const middle = Math.floor((fewest + most) / 2);
    const fits = processes.every((process) =>
      cellCount(process, middle) <= cells
    );
    if (fits) most = middle;
    else fewest = middle + 1;
  }
  return most;
}

/** The state that a run of pages shows (rule 4). */
export function prevailing(
  pages: Uint8Array,
  from: number,
  to: number,
): number {
  const counts = new Uint32Array(PAGE_STATES.length);
  for (let page = from; page < to; page++) counts[pages[page]]++;
  let best = 0;
  for (let code = 1; code < counts.length; code++) {
    if (counts[code] >= counts[best]) best = code;
  }
  return best;
}

/** All cells of a process in one row, and the one with the cursor (rule 3). */
function cellsOf(
  process: ProcessView,
  cursor: CursorView | undefined,
  pagesPerCell: number,
): { readonly cells: Uint8Array; readonly cursor: number } {
  const cells = new Uint8Array(cellCount(process, pagesPerCell));
  let at = 0;
  let cursorAt = -1;
  for (const { name, pages } of process.regions) {
    if (at > 0) cells[at++] = GAP;
    const here = cursor?.process === process.name && cursor.region === name;
    if (here && cursor.page < pages.length) {
      cursorAt = at + Math.floor(cursor.page / pagesPerCell);
    }
    for (let page = 0; page < pages.length; page += pagesPerCell) {
      const end = Math.min(page + pagesPerCell, pages.length);
      cells[at++] = prevailing(pages, page, end);
    }
  }
  return { cells, cursor: cursorAt };
}

/** A process's cells, cut into rows; what does not fit even so is left out. */
function rowsOf(
  process: ProcessView,
  cursor: CursorView | undefined,
  pagesPerCell: number,
  columns: number,
  rowsMax: number,
): MapRow[] {
  const all = cellsOf(process, cursor, pagesPerCell);
  const count = Math.ceil(all.cells.length / columns);
  const rows = Math.max(1, Math.min(rowsMax, count));
  return Array.from({ length: rows }, (_, row) => {
    const start = row * columns;
    const at = all.cursor - start;
    return {
      label: row === 0 ? process.name : "",
      cells: all.cells.subarray(start, start + columns),
      cursor: all.cursor >= 0 && at >= 0 && at < columns ? at : -1,
    };
  });
}

/** The processes of the group with the cursor (rule 1). */
function groupOf(
  processes: readonly ProcessView[],
  cursor: CursorView | undefined,
  size: number,
): { readonly first: number; readonly last: number } {
  const at = processes.findIndex(({ name }) => name === cursor?.process);
  const first = Math.floor(Math.max(0, at) / size) * size;
  return { first, last: Math.min(first + size, processes.length) };
}

/** Columns for the names of processes. */
export function labelColumns(processes: readonly ProcessView[]): number {
  const lengths = processes.map(({ name }) => name.length);
  return Math.min(LABEL_COLUMNS_MAX, Math.max(0, ...lengths));
}

/** Rows that the map would take with one page a cell. */
export function wantedRows(
  processes: readonly ProcessView[],
  columns: number,
): number {
  const room = Math.max(1, columns - labelColumns(processes) - 1);
  const needed = processes.map((process) =>
    Math.max(1, Math.ceil(cellCount(process, 1) / room))
  );
  return processes.length * Math.max(0, ...needed);
}

/** Lays out the page map on so many columns and rows. */
export function pageMap(
  processes: readonly ProcessView[],
  cursor: CursorView | undefined,
  columns: number,
  rows: number,
): PageMap {
  const labels = labelColumns(processes);
  const room = Math.max(1, columns - labels - 1);
  const rowsEach = Math.max(1, Math.floor(rows / processes.length));
  const pagesPerCell = scale(processes, room * rowsEach);
  const fits = processes.length <= rows;
  const size = fits ? Math.max(1, processes.length) : Math.max(1, rows - 1);
  const { first, last } = groupOf(processes, cursor, size);
  const shown = processes.slice(first, last).flatMap((process) =>
    rowsOf(process, cursor, pagesPerCell, room, rowsEach)
  );
  const group = { first: first + 1, last, count: processes.length };
  return {
    pagesPerCell,
    labelColumns: labels,
    rows: shown,
    ...(fits ? {} : { group }),
  };
}
