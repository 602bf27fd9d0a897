/**
 * prctl's PR_SET_MEMORY_MERGE: offering all of a process's memory at once.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import type { Mm } from "../mm/mm.ts";
import { mergeVmas } from "../mm/vma.ts";
import { breakKsm } from "./break_ksm.ts";
import type { Ksm } from "./ksm.ts";
import { ksmEnter } from "./registration.ts";

/**
 * On: all areas of the process become mergeable, and new ones are so from the
 * start. Off: none is any more, not even one that madvise made mergeable; but
 * where it was not on, nothing is done.
 *
 * Takes mmap_lock exclusive; under it ksm_mmlist_lock to register, the page table
 * lock to undo sharing, and the anon_vma of areas that are joined.
 *
 * Models: ksm_enable_merge_any(), mm/ksm.c
 * Models: ksm_disable_merge_any(), mm/ksm.c
 * Differs: takes every area, because all are private and anonymous.
 */
export function* setMergeAny(
  ksm: Ksm,
  mm: Mm,
  mergeAny: boolean,
): Suspends<void> {
  const { memory, steps } = ksm;
  const site = "prctl_memory_merge:mmap_lock";
  if (steps.mayInterleave) {
    if (steps.lock(mm.mmapLock, "exclusive", site)) yield steps.stop;
    if (steps.spend("area", mm.vmas.length, site)) yield steps.stop;
  }
  if (mm.mergeAny !== mergeAny) {
    if (mergeAny && !mm.registered) yield* ksmEnter(ksm, mm);
    mm.mergeAny = mergeAny;
    for (const vma of mm.vmas) {
      if (!mergeAny && vma.mergeable) {
        yield* breakKsm(ksm, mm, vma, vma.start, vma.end, mm.task);
      }
      vma.mergeable = mergeAny;
    }
    yield* mergeVmas(memory, mm, 0, Infinity);
  }
  if (steps.mayInterleave && steps.unlock(mm.mmapLock, "exclusive", site)) {
    yield steps.stop;
  }
}
