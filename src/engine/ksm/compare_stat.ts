/**
 * How much ksmd compares: a running statistic of the searches in the trees, level
 * by level.
 *
 * It is kept where others may run while ksmd compares, so where compares take
 * virtual time. Alone, where speed is all that counts, it is not.
 *
 * @module
 */
import { keepAll, keepNumbers, type Kept } from "../lib/kept.ts";

/** Levels that are told apart, more than a red-black tree of 2^30 nodes has; what trees that have got tangled have below is not counted. */
export const COMPARE_LEVELS = 64;

/** Compares of one kind of tree, on all NUMA nodes together. */
export class CompareStat {
  /** Compares that were made on each level, the root's being 0. */
  readonly counts: Float64Array = new Float64Array(COMPARE_LEVELS);
  /** Bytes of each of the two pages that those compares looked at. */
  readonly bytes: Float64Array = new Float64Array(COMPARE_LEVELS);

  /** Counts a compare that has looked at so many bytes of each page. */
  note(level: number, bytes: number): void {
    this.counts[level]++;
    this.bytes[level] += bytes;
  }

  /** All counts. */
  keep(): Kept {
    return keepAll([
      keepNumbers(() => this.counts, COMPARE_LEVELS),
      keepNumbers(() => this.bytes, COMPARE_LEVELS),
    ]);
  }
}
