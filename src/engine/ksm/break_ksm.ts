/**
 * Undoing sharing by request.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import { isMergedPte, unsharePage } from "../mm/fault.ts";
import type { Mm } from "../mm/mm.ts";
import type { Task } from "../mm/numa.ts";
import type { Vma } from "../mm/vma.ts";
import type { Ksm } from "./ksm.ts";

/**
 * Gives every KSM page of `vma` from `start` up to `end`, and every zero page that
 * KSM put there, a private copy, which `task` allocates. The rmap items, and all
 * counters, stay as they are until ksmd comes by. Ends early if the process begins
 * to exit, which drops its pages anyway.
 *
 * The caller holds mmap_lock; takes the page table lock, and, without that, the
 * lock of a page under migration.
 *
 * Models: unmerge_ksm_pages(), mm/ksm.c
 * Differs: never fails, because signals and failing allocations are left out.
 */
export function* breakKsm(
  ksm: Ksm,
  mm: Mm,
  vma: Vma,
  start: number,
  end: number,
  task: Task,
): Suspends<void> {
  const { memory, steps } = ksm;
  if (vma.anonVma === 0) return;
  for (
    let vpn = mm.pages.next(start, end);
    vpn !== -1 && !mm.exiting;
    vpn = mm.pages.next(vpn + 1, end)
  ) {
    if (steps.mayInterleave && steps.reschedule("break_ksm:resched")) {
      yield steps.stop;
    }
    if (isMergedPte(memory, mm.pages.get(vpn))) {
      yield* unsharePage(memory, mm, vma, vpn, task);
    }
  }
}
