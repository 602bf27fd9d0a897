/**
 * Contention points and holder points.
 *
 * @module
 */
import { keepAll, keepList, type Kept } from "../../engine/lib/kept.ts";
import type { LockPoint } from "../lock_view.ts";

/** How many points lock_stat keeps of each kind for a class. */
const SLOTS = 4;

/**
 * Up to four places with their counts. As in lock_stat the first four that
 * appear are kept; others are not counted.
 */
export class LockPoints {
  /** The places, in the order of their first appearance. */
  readonly sites: string[] = [];
  /** How often each was met. */
  readonly counts: number[] = [];

  /** The place has been met. */
  count(site: string): void {
    const slot = this.sites.indexOf(site);
    if (slot >= 0) {
      this.counts[slot]++;
    } else if (this.sites.length < SLOTS) {
      this.sites.push(site);
      this.counts.push(1);
    }
  }

  /** Forgets all. */
  clear(): void {
    this.sites.length = 0;
    this.counts.length = 0;
  }

  /** All of them. */
  keep(): Kept {
    return keepAll([keepList(this.sites), keepList(this.counts)]);
  }

  /** All of them in the order of their slots. */
  view(): LockPoint[] {
    return this.sites.map((site, slot) => ({ site, count: this.counts[slot] }));
  }
}
