/**
 * The counters of lock_stat, as rows of one array: what is counted at every
 * taking and letting go of a lock has to cost a few nanoseconds.
 *
 * @module
 */
import {
  keepAll,
  keepFields,
  keepNumbers,
  type Kept,
} from "../../engine/lib/kept.ts";
import type { LockFigures } from "../lock_view.ts";

const CON_BOUNCES = 0;
const CONTENTIONS = 1;
const WAIT_MIN = 2;
const WAIT_MAX = 3;
const WAIT_TOTAL = 4;
const ACQ_BOUNCES = 5;
const ACQUISITIONS = 6;
const HOLD_MIN = 7;
const HOLD_MAX = 8;
const HOLD_TOTAL = 9;
const CELLS = 10;

const FIRST_CAPACITY = 16;

/**
 * Rows of counters. A time that has not been counted yet has the minimum
 * `Infinity` and the maximum 0.
 *
 * As in lock_stat, a hold is counted when it ends, a wait when it ends, and a
 * bounce when it happens.
 */
export class FigureRows {
  /** How many rows there are. */
  count = 0;
  #cells = new Float64Array(FIRST_CAPACITY * CELLS);

  /** A further row, all 0. */
  add(): number {
    const row = this.count++;
    if (this.count * CELLS > this.#cells.length) {
      const cells = new Float64Array(this.#cells.length * 2);
      cells.set(this.#cells);
      this.#cells = cells;
    }
    this.clear(row);
    return row;
  }

  /** All counters of the row become 0. */
  clear(row: number): void {
    const cells = this.#cells;
    const at = row * CELLS;
    cells.fill(0, at, at + CELLS);
    cells[at + WAIT_MIN] = Infinity;
    cells[at + HOLD_MIN] = Infinity;
  }

  /** All counters become 0. */
  clearAll(): void {
    for (let row = 0; row < this.count; row++) this.clear(row);
  }

  /** The lock was last taken on another CPU than that of the actor who begins to wait. */
  contentionBounced(row: number): void {
    this.#cells[row * CELLS + CON_BOUNCES]++;
  }

  /** The lock was last taken on another CPU than that of the actor who has taken it now. */
  acquisitionBounced(row: number): void {
    this.#cells[row * CELLS + ACQ_BOUNCES]++;
  }

  /** A wait has ended. */
  waited(row: number, nanos: number): void {
    const cells = this.#cells;
    const at = row * CELLS;
    cells[at + CONTENTIONS]++;
    if (nanos < cells[at + WAIT_MIN]) cells[at + WAIT_MIN] = nanos;
    if (nanos > cells[at + WAIT_MAX]) cells[at + WAIT_MAX] = nanos;
    cells[at + WAIT_TOTAL] += nanos;
  }

  /** A hold has ended, or so many of the same length. */
  held(row: number, nanos: number, times = 1): void {
    const cells = this.#cells;
    const at = row * CELLS;
    cells[at + ACQUISITIONS] += times;
    if (nanos < cells[at + HOLD_MIN]) cells[at + HOLD_MIN] = nanos;
    if (nanos > cells[at + HOLD_MAX]) cells[at + HOLD_MAX] = nanos;
    cells[at + HOLD_TOTAL] += nanos * times;
  }

  /** All waits of the row together. */
  waitTotal(row: number): number {
    return this.#cells[row * CELLS + WAIT_TOTAL];
  }

  /** All rows. */
  keep(): Kept {
    const cells = keepNumbers(() => this.#cells, this.count * CELLS);
    return keepAll([cells, keepFields(this)]);
  }

  /** What has been counted in some rows together. */
  sum(rows: Iterable<number>): LockFigures {
    const cells = this.#cells;
    const sums = new Float64Array(CELLS);
    sums[WAIT_MIN] = Infinity;
    sums[HOLD_MIN] = Infinity;
    for (const row of rows) {
      for (let cell = 0; cell < CELLS; cell++) {
        const value = cells[row * CELLS + cell];
        if (cell === WAIT_MIN || cell === HOLD_MIN) {
          sums[cell] = Math.min(sums[cell], value);
        } else if (cell === WAIT_MAX || cell === HOLD_MAX) {
          sums[cell] = Math.max(sums[cell], value);
        } else {
          sums[cell] += value;
        }
      }
    }
    return {
      conBounces: sums[CON_BOUNCES],
      contentions: sums[CONTENTIONS],
      waitMinNanos: sums[CONTENTIONS] === 0 ? 0 : sums[WAIT_MIN],
      waitMaxNanos: sums[WAIT_MAX],
      waitTotalNanos: sums[WAIT_TOTAL],
      acqBounces: sums[ACQ_BOUNCES],
      acquisitions: sums[ACQUISITIONS],
      holdMinNanos: sums[ACQUISITIONS] === 0 ? 0 : sums[HOLD_MIN],
      holdMaxNanos: sums[HOLD_MAX],
      holdTotalNanos: sums[HOLD_TOTAL],
    };
  }
}
