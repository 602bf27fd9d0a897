/**
 * madvise: how a process offers its memory to ksmd, and takes it back.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import type { Mm } from "../mm/mm.ts";
import { isCovered, isolateVmas, mergeVmas } from "../mm/vma.ts";
import { breakKsm } from "./break_ksm.ts";
import { ERRNO } from "./knobs.ts";
import type { Ksm } from "./ksm.ts";
import { ksmEnter } from "./registration.ts";

/**
 * MADV_MERGEABLE and MADV_UNMERGEABLE on the pages from `start` up to `end`.
 * Answers an errno: parts that are not mapped are left out and make it ENOMEM.
 *
 * The first mergeable area registers the process; nothing is scanned now.
 * Unmergeable gives every KSM page of the range a private copy now, but what is
 * counted stays counted until ksmd comes by.
 *
 * Takes mmap_lock exclusive, never ksm_thread_mutex; under it ksm_mmlist_lock to
 * register, the page table lock to undo sharing, and the anon_vma of areas that
 * are split or joined.
 *
 * Models: ksm_madvise(), mm/ksm.c
 * Differs: takes every area, because all are private and anonymous.
 */
export function* ksmMadvise(
  ksm: Ksm,
  mm: Mm,
  start: number,
  end: number,
  advice: "mergeable" | "unmergeable",
): Suspends<number> {
  const { memory, steps } = ksm;
  const mergeable = advice === "mergeable";
  const site = "ksm_madvise:mmap_lock";
  if (steps.mayInterleave) {
    if (steps.lock(mm.mmapLock, "exclusive", site)) yield steps.stop;
    if (steps.spend("area", 1, site)) yield steps.stop;
  }
  for (const vma of yield* isolateVmas(memory, mm, start, end)) {
    if (vma.mergeable === mergeable) continue;
    if (!mergeable) {
      yield* breakKsm(ksm, mm, vma, vma.start, vma.end, mm.task);
    } else if (!mm.registered) yield* ksmEnter(ksm, mm);
    vma.mergeable = mergeable;
  }
  const covered = isCovered(mm, start, end);
  yield* mergeVmas(memory, mm, start, end);
  if (steps.mayInterleave && steps.unlock(mm.mmapLock, "exclusive", site)) {
    yield steps.stop;
  }
  return covered ? ERRNO.ok : ERRNO.enomem;
}
