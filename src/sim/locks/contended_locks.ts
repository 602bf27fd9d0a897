/**
 * Figures of single locks.
 *
 * @module
 */
import {
  keepAll,
  keepList,
  keepNumbers,
  type Kept,
} from "../../engine/lib/kept.ts";
import type { LockMode } from "../../engine/lib/lock.ts";
import { FigureRows } from "./figure_rows.ts";

/** How many locks of a class have figures of their own. */
export const MOST_CONTENDED = 64;

/**
 * The locks of one class that have figures of their own.
 *
 * There may be a million locks, and few of them are ever waited for: a lock gets
 * its figures when somebody begins to wait for it, and they count from then on.
 * When all places are taken, the lock with the least waiting gives its own up.
 */
export class ContendedLocks {
  /** The lock in each place. */
  readonly instances: number[] = [];
  /** Row `place * 2` is for exclusive holds, `place * 2 + 1` for shared ones. */
  readonly figures: FigureRows = new FigureRows();
  /** One more than the place of each lock, 0 if it has none. */
  #places = new Uint8Array(0);

  /** The lock's row for `mode`, -1 if it has none. */
  row(instance: number, mode: LockMode): number {
    if (instance >= this.#places.length) return -1;
    const place = this.#places[instance] - 1;
    return mode === "exclusive" || place < 0 ? place * 2 : place * 2 + 1;
  }

  /** The lock's row for `mode`, which it gets if it has none. */
  ensureRow(instance: number, mode: LockMode): number {
    if (this.row(instance, mode) < 0) this.#add(instance);
    return this.row(instance, mode);
  }

  /** All waits for the lock in a place. */
  waitTotal(place: number): number {
    return this.figures.waitTotal(place * 2) +
      this.figures.waitTotal(place * 2 + 1);
  }

  /** No lock has figures any more. */
  clear(): void {
    this.instances.length = 0;
    this.#places.fill(0);
  }

  /** Which locks have figures, and those. */
  keep(): Kept {
    return keepAll([
      keepList(this.instances),
      this.figures.keep(),
      keepNumbers(() => this.#places, this.#places.length),
    ]);
  }

  #add(instance: number): void {
    let place = this.instances.length;
    if (place === MOST_CONTENDED) {
      place = this.#leastWaitedFor();
      this.#places[this.instances[place]] = 0;
    } else if (place * 2 === this.figures.count) {
      this.figures.add();
      this.figures.add();
    }
    this.figures.clear(place * 2);
    this.figures.clear(place * 2 + 1);
    this.instances[place] = instance;
    if (instance >= this.#places.length) {
      const places = new Uint8Array(Math.max(64, instance * 2));
      places.set(this.#places);
      this.#places = places;
    }
    this.#places[instance] = place + 1;
  }

  #leastWaitedFor(): number {
    let least = 0;
    for (let place = 1; place < MOST_CONTENDED; place++) {
      if (this.waitTotal(place) < this.waitTotal(least)) least = place;
    }
    return least;
  }
}
