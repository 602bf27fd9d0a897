/**
 * The zoomed page map: which page stands where, and where one gets from a page.
 *
 * All processes follow each other, each on as many rows as it takes, and the
 * map scrolls. As in {@linkcode "./page_map.ts"} regions are parted by a gap
 * cell, and a cell stands for equally many pages everywhere: for so many that
 * all rows fit, until the user looks closer. A cell of several pages is
 * entered at its first one.
 *
 * @module
 */
import type { ProcessView } from "../observe/snapshot.ts";
import type { Size } from "../tui/mod.ts";
import { cellCount, GAP, labelColumns, prevailing } from "./page_map.ts";
import { SIDES } from "./plan.ts";
import type { PagePoint } from "./state.ts";

/** How the screen is divided. */
export interface MapPlaces {
  /** Whether the answer stands beside the map; else below it. */
  readonly beside: boolean;
  /** The map with its labels. */
  readonly map: Size;
  /** Rows below the map for what its glyphs mean. */
  readonly legend: number;
  /** The answer; without rows where there is no room. */
  readonly answer: Size;
}

/** Columns of the screen from which on the answer stands beside the map. */
const BESIDE_COLUMNS = 120;
const ANSWER_COLUMNS = 46;
/** Rows of top line, heading and bottom line. */
const FRAME_ROWS = 3;
/** Rows of the map from which on there is room for a legend below. */
const LEGEND_ROWS = 6;
/** Rows of the map and the answer from which on there is room for both. */
const BOTH_ROWS = 5;
const ANSWER_ROWS_MAX = 11;

/** The places on a screen. */
export function mapPlaces(screen: Size): MapPlaces {
  const columns = Math.max(1, screen.columns - SIDES);
  const rows = Math.max(1, screen.rows - FRAME_ROWS);
  const beside = screen.columns >= BESIDE_COLUMNS;
  const half = Math.min(ANSWER_ROWS_MAX, Math.floor((rows - 1) / 2));
  const below = beside || rows < BOTH_ROWS ? 0 : half;
  const upper = below === 0 ? rows : rows - 1 - below;
  const legend = upper < LEGEND_ROWS ? 0 : 1;
  const left = beside ? columns - ANSWER_COLUMNS - SIDES + 1 : columns;
  return {
    beside,
    map: { columns: left, rows: upper - legend },
    legend,
    answer: beside
      ? { columns: ANSWER_COLUMNS, rows }
      : { columns, rows: below },
  };
}

/** The rows of one process. */
interface Block {
  readonly process: ProcessView;
  readonly firstRow: number;
  readonly rows: number;
  readonly cells: number;
}

/** A cell of the map, counted from its upper left corner, labels left out. */
export interface MapCell {
  /** Its row, those above the part that is seen counted too. */
  readonly row: number;
  /** Its column. */
  readonly column: number;
}

/** The rows that processes take, one below the other. */
function blocksOf(
  processes: readonly ProcessView[],
  pagesPerCell: number,
  cellsPerRow: number,
): Block[] {
  let firstRow = 0;
  return processes.map((process) => {
    const cells = cellCount(process, pagesPerCell);
    const rows = Math.max(1, Math.ceil(cells / cellsPerRow));
    firstRow += rows;
    return { process, firstRow: firstRow - rows, rows, cells };
  });
}

/** The fewest pages a cell with which there are no more rows than that, by halving. */
function fitting(
  processes: readonly ProcessView[],
  cellsPerRow: number,
  rows: number,
): number {
  const room = Math.max(rows, processes.length);
  const lengths = processes.flatMap(({ regions }) =>
    regions.map(({ pages }) => pages.length)
  );
  let fewest = 1;
  let most = Math.max(1, ...lengths);
  while (fewest < most) {
    const middle = Math.floor((fewest + most) / 2);
    const last = blocksOf(processes, middle, cellsPerRow).at(-1);
    if (last === undefined || last.firstRow + last.rows <= room) most = middle;
    else fewest = middle + 1;
  }
  return most;
}

/** The map of some processes, as wide as it is. */
export class ZoomedMap {
  /** Pages that one cell stands for. */
  readonly pagesPerCell: number;
  /** Pages a cell with which all rows fit. */
  readonly fit: number;
  /** Columns of the labels. */
  readonly labelColumns: number;
  /** Cells on a row. */
  readonly cellsPerRow: number;
  /** Rows of all processes. */
  readonly rows: number;
  readonly #blocks: readonly Block[];

  /** Lays out processes with so many pages a cell; missing, or if more than that, with as many as let all rows fit. */
  constructor(
    processes: readonly ProcessView[],
    { columns, rows }: Size,
    pagesPerCell = Infinity,
  ) {
    this.labelColumns = labelColumns(processes);
    this.cellsPerRow = Math.max(1, columns - this.labelColumns - 1);
    this.fit = fitting(processes, this.cellsPerRow, rows);
    this.pagesPerCell = Math.min(this.fit, pagesPerCell);
    this.#blocks = blocksOf(processes, this.pagesPerCell, this.cellsPerRow);
    this.rows = this.#blocks.reduce((sum, block) => sum + block.rows, 0);
  }

  /** The first page there is. */
  get start(): PagePoint | undefined {
    return this.#firstPage(this.#blocks, 1);
  }

  /** The cell of a page; missing where the page is not there. */
  cellOf(point: PagePoint | undefined): MapCell | undefined {
    const block = this.#blocks.find(({ process: { name } }) =>
      name === point?.process
    );
    if (block === undefined || point === undefined) return undefined;
    const cell = this.#cellIn(block, point);
    if (cell === undefined) return undefined;
    return {
      row: block.firstRow + Math.floor(cell / this.cellsPerRow),
      column: cell % this.cellsPerRow,
    };
  }

  /** The first page of a cell; where there is none, that of the nearest one of its process. */
  pageAt({ row, column }: MapCell): PagePoint | undefined {
    const block = this.#blockOn(row);
    if (block === undefined) return undefined;
    const from = (row - block.firstRow) * this.cellsPerRow;
    const within = Math.max(0, Math.min(this.cellsPerRow - 1, column));
    const cell = Math.min(from + within, block.cells - 1);
    return this.#pageFrom(block, cell, 1) ?? this.#pageFrom(block, cell, -1);
  }

  /** The page nearest to a cell, row by row; missing where there is none at all. */
  nearest({ row, column }: MapCell): PagePoint | undefined {
    const from = Math.max(0, Math.min(this.rows - 1, row));
    for (let away = 0; away < this.rows; away++) {
      const page = this.pageAt({ row: from + away, column }) ??
        this.pageAt({ row: from - away, column });
      if (page !== undefined) return page;
    }
    return undefined;
  }

  /** The page of the next cell, or of the one before, from process to process; the same one where there is none. */
  along(point: PagePoint, by: 1 | -1): PagePoint | undefined {
    const at = this.cellOf(point);
    if (at === undefined) return this.start;
    const index = this.#blocks.findIndex(({ firstRow, rows }) =>
      at.row >= firstRow && at.row < firstRow + rows
    );
    const block = this.#blocks[index];
    const cell = (at.row - block.firstRow) * this.cellsPerRow + at.column;
    const others = by > 0
      ? this.#blocks.slice(index + 1)
      : this.#blocks.slice(0, index).reverse();
    return this.#pageFrom(block, cell + by, by) ??
      this.#firstPage(others, by) ?? point;
  }

  /** The page so many rows further down; rows without pages are stepped over. */
  down(point: PagePoint, by: number): PagePoint | undefined {
    const at = this.cellOf(point);
    if (at === undefined) return this.start;
    const to = Math.max(0, Math.min(this.rows - 1, at.row + by));
    const step = Math.sign(by);
    for (let row = to; row >= 0 && row < this.rows; row += step) {
      const page = this.pageAt({ row, column: at.column });
      if (page !== undefined) return page;
      if (step === 0) break;
    }
    return point;
  }

  /** The name of the process whose first row it is; empty on other rows. */
  label(row: number): string {
    const block = this.#blockOn(row);
    return block?.firstRow === row ? block.process.name : "";
  }

  /** What the cells of a row show: indexes of page states, or {@linkcode GAP}. */
  cells(row: number): Uint8Array {
    const block = this.#blockOn(row);
    if (block === undefined) return new Uint8Array(0);
    const from = (row - block.firstRow) * this.cellsPerRow;
    const to = Math.min(from + this.cellsPerRow, block.cells);
    const shown = new Uint8Array(to - from).fill(GAP);
    let first = 0;
    for (const { pages } of block.process.regions) {
      const cells = Math.ceil(pages.length / this.pagesPerCell);
      const end = Math.min(to, first + cells);
      for (let cell = Math.max(from, first); cell < end; cell++) {
        const page = (cell - first) * this.pagesPerCell;
        const pageEnd = Math.min(page + this.pagesPerCell, pages.length);
        shown[cell - from] = prevailing(pages, page, pageEnd);
      }
      first += cells + 1;
    }
    return shown;
  }

  #blockOn(row: number): Block | undefined {
    return this.#blocks.find(({ firstRow, rows }) =>
      row >= firstRow && row < firstRow + rows
    );
  }

  /** The cell of a process in which a page of it is. */
  #cellIn({ process }: Block, { region, page }: PagePoint): number | undefined {
    let first = 0;
    for (const { name, pages } of process.regions) {
      if (name === region) {
        const isThere = page >= 0 && page < pages.length;
        return isThere
          ? first + Math.floor(page / this.pagesPerCell)
          : undefined;
      }
      first += Math.ceil(pages.length / this.pagesPerCell) + 1;
    }
    return undefined;
  }

  /** The first page of processes, or the last one. */
  #firstPage(blocks: readonly Block[], way: 1 | -1): PagePoint | undefined {
    for (const block of blocks) {
      const end = way > 0 ? 0 : block.cells - 1;
      const page = this.#pageFrom(block, end, way);
      if (page !== undefined) return page;
    }
    return undefined;
  }

  /** The first page of a cell of a process, or of the next one that way that is no gap. */
  #pageFrom(block: Block, cell: number, way: 1 | -1): PagePoint | undefined {
    for (let at = cell; at >= 0 && at < block.cells; at += way) {
      const page = this.#pageIn(block, at);
      if (page !== undefined) return page;
    }
    return undefined;
  }

  /** The first page of a cell of a process; missing for a gap. */
  #pageIn({ process }: Block, cell: number): PagePoint | undefined {
    let first = 0;
    for (const { name: region, pages } of process.regions) {
      const cells = Math.ceil(pages.length / this.pagesPerCell);
      if (cell < first) return undefined;
      if (cell < first + cells) {
        const page = (cell - first) * this.pagesPerCell;
        return { process: process.name, region, page };
      }
      first += cells + 1;
    }
    return undefined;
  }
}

/** The first row that is seen, so that a row is among them; as before where it can be. */
export function scrolledTo(
  top: number,
  row: number,
  seen: number,
  rows: number,
): number {
  const near = Math.max(row - seen + 1, Math.min(top, row));
  return Math.max(0, Math.min(near, rows - seen));
}
