/**
 * The state of every lock of one class.
 *
 * @module
 */
import { keepAll, keepNumbers, type Kept } from "../../engine/lib/kept.ts";
import type { LockMode } from "../../engine/lib/lock.ts";

/** Bit of a lock's word: somebody waits. */
export const WAITED_FOR = 1;
/** Bit of a lock's word: held exclusively, by the actor whose number is in the bits above. */
export const EXCLUSIVE = 2;
/** What a reader adds to a lock's word; the bits above count them. */
export const READER = 4;

const FIRST_CAPACITY = 64;

/** The word of a lock that `actor` holds exclusively. */
export function heldBy(actor: number): number {
  return actor * READER | EXCLUSIVE;
}

/** Whether a lock with this word can be taken without a wait: it is free, or a reader joins readers and nobody waits. */
export function isOpen(word: number, mode: LockMode): boolean {
  return word === 0 ||
    (mode === "shared" && (word & (EXCLUSIVE | WAITED_FOR)) === 0);
}

/** The actor that holds a lock exclusively, by the lock's word. */
export function holderOf(word: number): number {
  return word >>> 2;
}

/**
 * Columns indexed by a lock's instance: eight bytes for each number up to the
 * highest one in use, since page frames are many.
 *
 * ```
 *   word  0            free; nobody waits for a free lock
 *         a*4 + 2 + w  held exclusively by actor a
 *         n*4 + 0 + w  held by n readers
 *                      w: 1 if somebody waits
 * ```
 */
export class LockWords {
  /** Who holds the lock, and whether somebody waits. */
  words: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** One more than the CPU on which the lock was last taken; 0: it never was. */
  lastCpus: Int32Array = new Int32Array(FIRST_CAPACITY);

  /** All words. */
  keep(): Kept {
    return keepAll([
      keepNumbers(() => this.words, this.words.length),
      keepNumbers(() => this.lastCpus, this.lastCpus.length),
    ]);
  }

  /** Makes room for `instance`. */
  grow(instance: number): void {
    let capacity = this.words.length;
    while (capacity <= instance) capacity *= 2;
    const { words, lastCpus } = this;
    this.words = new Int32Array(capacity);
    this.lastCpus = new Int32Array(capacity);
    this.words.set(words);
    this.lastCpus.set(lastCpus);
  }
}
