/**
 * Circular doubly linked list whose links are columns of an arena.
 *
 * Handle 0 is never an entry, so its links serve as the list's head: the first
 * entry is what follows 0, the last one is what stands before 0, and a cursor
 * that has gone all the way round stands at 0.
 *
 * ```
 *        +-> 0 (head) -> 3 -> 1 -> 7 -+
 *        +----------------------------+
 * ```
 *
 * @module
 */
import { assert } from "./assert.ts";
import { keepAll, keepNumbers, type Kept } from "./kept.ts";

/** The links of the one list that the entries of an arena may be on. */
export class ListLinks<H extends number> {
  #next = new Int32Array(1);
  #previous = new Int32Array(1);

  /** Makes room for handles below `capacity`. */
  ensure(capacity: number): void {
    if (capacity <= this.#next.length) return;
    const next = new Int32Array(capacity);
    const previous = new Int32Array(capacity);
    next.set(this.#next);
    previous.set(this.#previous);
    this.#next = next;
    this.#previous = previous;
  }

  /** What follows `entry`; after the last entry comes 0, the head. */
  next(entry: H | 0): H | 0 {
    return this.#next[entry] as H | 0;
  }

  /** What stands before `entry`; before the first entry stands 0, the head. */
  previous(entry: H | 0): H | 0 {
    return this.#previous[entry] as H | 0;
  }

  /** Whether no entry is on the list. */
  get empty(): boolean {
    return this.#next[0] === 0;
  }

  /** Puts `entry` in front of `place`; in front of 0 is the list's end. */
  insertBefore(entry: H, place: H | 0): void {
    assert(entry !== place, `Entry ${entry} cannot stand before itself`);
    const before = this.#previous[place];
    this.#next[before] = entry;
    this.#previous[entry] = before;
    this.#next[entry] = place;
    this.#previous[place] = entry;
  }

  /** Puts `entry` behind `place`; behind 0 is the list's beginning. */
  insertAfter(entry: H, place: H | 0): void {
    this.insertBefore(entry, this.next(place));
  }

  /** Takes `entry` off the list. */
  remove(entry: H): void {
    const before = this.#previous[entry];
    const after = this.#next[entry];
    assert(
      this.#next[before] === entry && this.#previous[after] === entry,
      `Entry ${entry} is not on the list`,
    );
    this.#next[before] = after;
    this.#previous[after] = before;
    this.#next[entry] = 0;
    this.#previous[entry] = 0;
  }

  /** The list, as far as entries below `entries` are on it. */
  keep(entries: number): Kept {
    return keepAll([
      keepNumbers(() => this.#next, entries),
      keepNumbers(() => this.#previous, entries),
    ]);
  }
}
