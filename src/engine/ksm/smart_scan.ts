/**
 * Smart scan: pages that did not merge for long are visited less often.
 *
 * The visits of a page that never merges, S scanned and k skipped:
 *
 * ```
 *   SSSS k S kk S kkkk S kkkkkkkk S kkkkkkkk S ...
 * ```
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import type { Frame } from "../mm/frames.ts";
import type { Ksm } from "./ksm.ts";
import { removeRmapItemFromTree } from "./item_removal.ts";
import type { RmapItem } from "./rmap_item.ts";

/** Visits before a page may be skipped. */
const FIRST_SKIPPING_AGE = 3;

const MAX_AGE = 255;

/**
 * Visits to leave out for a page that has been met `age` times without merging.
 *
 * Models: skip_age(), mm/ksm.c
 */
export function skipAge(age: number): number {
  if (age <= 3) return 1;
  if (age <= 5) return 2;
  if (age <= 8) return 4;
  return 8;
}

/** Whether a page that has been met `age` times, with so many visits still to leave out, is left out the next time. */
export function isLeftOut(age: number, remainingSkips: number): boolean {
  return age >= FIRST_SKIPPING_AGE && remainingSkips > 0;
}

/**
 * Whether this visit is left out. If so the item has left its tree, so that it
 * counts as volatile until it is scanned again. KSM pages are never left out and
 * do not age.
 *
 * May take the lock of the item's page; the caller holds mmap_lock.
 *
 * Models: should_skip_rmap_item(), mm/ksm.c
 */
export function* shouldSkipRmapItem(
  ksm: Ksm,
  page: Frame,
  item: RmapItem,
): Suspends<boolean> {
  const { items } = ksm;
  if (!ksm.knobs.smartScan || ksm.frames.isKsm(page)) return false;
  const age = items.age[item];
  if (age < MAX_AGE) items.age[item]++;
  if (age < FIRST_SKIPPING_AGE) return false;
  if (items.remainingSkips[item] === 0) {
    items.remainingSkips[item] = skipAge(age);
    return false;
  }
  ksm.pagesSkipped++;
  items.remainingSkips[item]--;
  yield* removeRmapItemFromTree(ksm, item);
  return true;
}
