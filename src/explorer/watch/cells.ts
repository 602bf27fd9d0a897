/**
 * Cells of one machine: their numbers and their names.
 *
 * @module
 */
import type { AccessLog, Cell } from "../../sim/explore/access_log.ts";

/** Where a cell is: a row, and an index where the row has several. */
interface Place {
  readonly row: string;
  readonly index: number | undefined;
}

/**
 * The cells of one machine. A place has the same number whenever it is used
 * again, also by an object that has taken the place of another one.
 */
export class Cells {
  /** Told of each use. */
  readonly log: AccessLog;
  readonly #rows = new Map<string, CellRow>();
  readonly #places: Place[] = [];

  /** No cells yet. */
  constructor(log: AccessLog) {
    this.log = log;
  }

  /** The cells of this name, one for each index. */
  row(name: string): CellRow {
    let row = this.#rows.get(name);
    if (row === undefined) {
      row = new CellRow(this.log, (index) => this.#add(name, index));
      this.#rows.set(name, row);
    }
    return row;
  }

  /** The only cell of a place that has no index. */
  one(name: string): Cell {
    return this.row(name).of(undefined);
  }

  /** What a cell is, such as `frames.refcount[3]`. */
  nameOf(cell: Cell): string {
    const { row, index } = this.#places[cell];
    return index === undefined ? row : `${row}[${index}]`;
  }

  #add(row: string, index: number | undefined): Cell {
    return this.#places.push({ row, index }) - 1;
  }
}

/** Cells side by side, which get their numbers as they are used. */
export class CellRow {
  readonly #log: AccessLog;
  readonly #add: (index: number | undefined) => Cell;
  readonly #cells = new Map<number | undefined, Cell>();

  /** An empty row; `add` makes its cells. */
  constructor(log: AccessLog, add: (index: number | undefined) => Cell) {
    this.#log = log;
    this.#add = add;
  }

  /** The cell at `index`. */
  of(index: number | undefined): Cell {
    let cell = this.#cells.get(index);
    if (cell === undefined) this.#cells.set(index, cell = this.#add(index));
    return cell;
  }

  /** The cell at `index` has been read. */
  read(index: number): void {
    if (this.#log.listening) this.#log.read(this.of(index));
  }

  /** The cell at `index` has been written. */
  write(index: number): void {
    if (this.#log.listening) this.#log.write(this.of(index));
  }
}

/**
 * A place that many change, each a part of its own, and that is now and then
 * looked at as a whole, such as which entries of a page table are set.
 *
 * Those who change parts do not disturb each other, only those who look at the
 * whole, and they each other neither. As both sides would note a read, one of them
 * has to note a write: those who look, for they are few.
 */
export class Whole {
  readonly #log: AccessLog;
  readonly #cell: Cell;

  /** The place of this name. */
  constructor(cells: Cells, name: string) {
    this.#log = cells.log;
    this.#cell = cells.one(name);
  }

  /** A part has been changed. */
  changePart(): void {
    this.#log.read(this.#cell);
  }

  /** The whole has been looked at. */
  look(): void {
    this.#log.write(this.#cell);
  }
}

/** Does `work` without anything being noted. */
export function quietly<T>(log: AccessLog, work: () => T): T {
  const { listening } = log;
  log.listening = false;
  try {
    return work();
  } finally {
    log.listening = listening;
  }
}
