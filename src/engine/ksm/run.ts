/**
 * The `run` knob: start, stop, and undo.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import { breakKsm } from "./break_ksm.ts";
import { enterSlot } from "./cursor.ts";
import { ERRNO, type Knobs } from "./knobs.ts";
import type { Ksm } from "./ksm.ts";
import { freeItemsAhead } from "./item_removal.ts";
import { removeAllStableNodes } from "./remove_all.ts";
import { lockMmlist, unlockMmlist } from "./scan.ts";
import {
  lockThreadMutex,
  unlockThreadMutex,
  waitWhileOfflining,
} from "./thread_mutex.ts";

/**
 * Sets `run`; answers an errno. 0 stops ksmd and leaves everything
 * merged, 1 lets it go on where it was, 2 undoes all merging and forgets all
 * pages. Writing the present value does nothing.
 *
 * Takes ksm_thread_mutex, so that it waits for a batch to end, and waits until no
 * memory goes offline.
 *
 * Models: run_store(), mm/ksm.c
 */
export function* setRun(
  ksm: Ksm,
  value: Knobs["run"],
): Suspends<number> {
  const { knobs } = ksm;
  const site = "run_store:mutex";
  yield* lockThreadMutex(ksm, site);
  yield* waitWhileOfflining(ksm, site);
  if (knobs.run !== value) {
    knobs.run = value;
    if (value === 2) yield* unmergeAll(ksm);
  }
  yield* unlockThreadMutex(ksm, site);
  return ERRNO.ok;
}

/**
 * Gives every KSM page a private copy, frees all rmap items and stable nodes,
 * and counts full scans from 0 again. Slots stay; `pagesScanned` and
 * `pagesSkipped` keep their values.
 *
 * The caller holds ksm_thread_mutex. Takes ksm_mmlist_lock for the first slot;
 * then mmap_lock (shared) of each address space in turn, under it the page table
 * lock and the locks of items' pages; then ksm_mmlist_lock, under which a slot
 * either goes here or stays for the exit of its process to drop.
 *
 * Models: unmerge_and_remove_all_rmap_items(), mm/ksm.c
 * Differs: never fails, because signals and failing allocations are left out.
 */
function* unmergeAll(ksm: Ksm): Suspends<void> {
  const { cursor, memory, slots, steps } = ksm;
  const site = "unmerge_and_remove_all_rmap_items:mmap_lock";
  yield* lockMmlist(ksm, "unmerge_and_remove_all_rmap_items:first");
  enterSlot(ksm, slots.list.next(0));
  yield* unlockMmlist(ksm, "unmerge_and_remove_all_rmap_items:first");
  while (cursor.slot !== 0) {
    const slot = cursor.slot;
    const mm = ksm.mmOfSlot(slot);
    if (steps.mayInterleave && steps.lock(mm.mmapLock, "shared", site)) {
      yield steps.stop;
    }
    if (!mm.exiting) {
      for (const vma of mm.vmas) {
        if (vma.mergeable) {
          yield* breakKsm(ksm, mm, vma, vma.start, vma.end, ksm.writer);
        }
      }
    }
    yield* freeItemsAhead(ksm, 0);
    if (steps.mayInterleave && steps.unlock(mm.mmapLock, "shared", site)) {
      yield steps.stop;
    }

    yield* lockMmlist(ksm, "unmerge_and_remove_all_rmap_items:mmlist");
    enterSlot(ksm, slots.list.next(slot));
    const dropped = mm.exiting;
    if (dropped) {
      slots.list.remove(slot);
      slots.destroy(slot);
      mm.registered = false;
      mm.mergeAny = false;
    }
    yield* unlockMmlist(ksm, "unmerge_and_remove_all_rmap_items:mmlist");
    if (dropped) memory.mms.put(mm);
  }
  yield* removeAllStableNodes(ksm);
  ksm.seqnr = 0;
}
