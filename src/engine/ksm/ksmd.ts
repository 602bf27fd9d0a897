/**
 * ksmd, the thread: it visits pages in batches.
 *
 * A batch visits at most `pagesToScan` pages, and ends early when the pass ends:
 * no batch spans two passes. A pass whose pages fill its last batch exactly
 * takes one more batch, which visits nothing and finds the end.
 *
 * The batch in progress is plain data, {@linkcode Batch}, so that one can stop
 * after any page and go on later.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Suspends } from "../lib/step.ts";
import type { Ksm } from "./ksm.ts";
import { nextRmapItem } from "./scan.ts";
import {
  lockThreadMutex,
  unlockThreadMutex,
  waitWhileOfflining,
} from "./thread_mutex.ts";
import { cmpAndMergePage } from "./visit.ts";

/** A batch in progress. */
export interface Batch {
  /** Visits it may still begin; exact while a visit is under way, too. */
  budget: number;
}

/**
 * Whether ksmd has something to do: `run` is 1 and a process is registered.
 *
 * Models: ksmd_should_run(), mm/ksm.c
 */
export function ksmdShouldRun(ksm: Ksm): boolean {
  return ksm.knobs.run === 1 && !ksm.slots.list.empty;
}

/**
 * A new batch, of the size that the knob has now; an empty one if there is nothing
 * to do any more. Takes ksm_thread_mutex, and keeps it; lets it go meanwhile to
 * wait until no memory goes offline.
 *
 * Models: ksm_scan_thread(), mm/ksm.c
 * Differs: one batch, without the sleep after it, because time is not the engine's.
 */
export function* startBatch(ksm: Ksm): Suspends<Batch> {
  yield* lockThreadMutex(ksm, MUTEX);
  yield* waitWhileOfflining(ksm, MUTEX);
  return { budget: ksmdShouldRun(ksm) ? ksm.knobs.pagesToScan : 0 };
}

/**
 * Goes on with a batch by at most `visits` pages. Says whether the batch is over;
 * then ksm_thread_mutex has been let go.
 *
 * The caller holds ksm_thread_mutex; under it each visit takes, one after the
 * other, the locks that its parts name: mmap_lock, the locks of pages, the page
 * table lock. Processes may have changed anything of theirs meanwhile.
 *
 * Models: ksm_do_scan(), mm/ksm.c
 */
export function* continueBatch(
  ksm: Ksm,
  batch: Batch,
  visits: number,
): Suspends<boolean> {
  const { cursor, frames, steps } = ksm;
  for (let left = Math.min(visits, batch.budget); left > 0; left--) {
    if (steps.mayInterleave && steps.reschedule("ksm_do_scan:resched")) {
      yield steps.stop;
    }
    const item = yield* nextRmapItem(ksm);
    if (item === 0) {
      batch.budget = 0;
      break;
    }
    batch.budget--;
    const page = cursor.page;
    assert(page !== 0, "A visit has a page");
    cursor.page = 0;
    yield* cmpAndMergePage(ksm, page, item);
    frames.put(page);
    ksm.pagesScanned++;
  }
  if (batch.budget > 0) return false;
  yield* unlockThreadMutex(ksm, MUTEX);
  return true;
}

const MUTEX = "ksm_scan_thread:mutex";
