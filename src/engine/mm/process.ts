/**
 * Birth and death of address spaces.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import { writeProtect, zapRange } from "./area.ts";
import { mapKsmZeroPage } from "./fault.ts";
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import { KSM_ZERO_PTE, pteFrame, pteOf } from "./page_table.ts";
import { walkTables } from "./table_walk.ts";
import { insertVma, removeVma, type Vma } from "./vma.ts";

/**
 * A copy of `parent`'s address space for process `pid`: the same areas, and the
 * same pages, which neither side may write in place from now on.
 *
 * Takes mmap_lock of parent, then child, both exclusive; under them what KSM's
 * hook takes to register, the anon_vma of each area (exclusive), and the page
 * table locks of child, then parent, for one table after the other.
 *
 * Models: dup_mmap(), kernel/fork.c
 */
export function* forkMm(
  memory: Memory,
  parent: Mm,
  pid: number,
): Suspends<Mm> {
  const { steps, mms } = memory;
  const site = "dup_mmap:mmap_lock";
  const child = mms.create(pid, parent);
  if (steps.mayInterleave) {
    if (steps.lock(parent.mmapLock, "exclusive", site)) yield steps.stop;
    if (steps.lock(child.mmapLock, "exclusive", site)) yield steps.stop;
    if (steps.spend("fork", 1, site)) yield steps.stop;
  }
  child.task.boundTo = parent.task.boundTo;
  if (memory.ksm) yield* memory.ksm.forked(parent, child);
  for (const vma of parent.vmas) {
    yield* insertVma(memory, child, { ...vma });
    yield* copyArea(memory, parent, child, vma);
  }
  if (steps.mayInterleave) {
    if (steps.unlock(child.mmapLock, "exclusive", site)) yield steps.stop;
    if (steps.unlock(parent.mmapLock, "exclusive", site)) yield steps.stop;
  }
  return child;
}

/**
 * Gives the child the pages of one area, which neither side may write in place.
 * An area that was only read from is left to the child's own faults.
 *
 * Models: copy_page_range(), mm/memory.c
 */
function* copyArea(
  memory: Memory,
  parent: Mm,
  child: Mm,
  vma: Vma,
): Suspends<void> {
  if (vma.anonVma === 0) return;
  const site = "copy_pte_range:pte";
  const copy = (vpn: number) => copyEntry(memory, parent, child, vpn);
  yield* walkTables(memory, parent, vma, site, "fork entry", copy, child);
}

/**
 * Gives the child the page at `vpn`.
 *
 * Models: copy_present_ptes(), mm/memory.c
 * Models: copy_nonpresent_pte(), mm/memory.c
 */
function copyEntry(memory: Memory, parent: Mm, child: Mm, vpn: number): void {
  const { frames } = memory;
  writeProtect(parent, vpn);
  const pte = parent.pages.get(vpn);
  const frame = pteFrame(pte);
  if (frame === 0) {
    if (pte === KSM_ZERO_PTE) mapKsmZeroPage(memory, child, vpn);
    // The zero page; or a page under migration, which finds this entry too as it ends.
    else child.pages.set(vpn, pte);
    return;
  }
  frames.get(frame);
  frames.mapcount[frame]++;
  child.pages.set(vpn, pteOf(frame, false));
}

/**
 * Puts a new program in the place of the one in `mm`: the process gets an empty
 * address space, and the old one goes as at an exit. The new areas, and what is
 * mergeable in them, are the new program's business.
 *
 * Holds the new mmap_lock (exclusive) while KSM registers the new address space,
 * so that ksmd does not scan it half registered; then locks as
 * {@linkcode exitMm}.
 *
 * Models: begin_new_exec(), fs/exec.c
 */
export function* execMm(memory: Memory, mm: Mm): Suspends<Mm> {
  const { steps } = memory;
  const site = "ksm_execve:mmap_lock";
  const fresh = memory.mms.create(mm.pid);
  fresh.task.boundTo = mm.task.boundTo;
  if (steps.mayInterleave && steps.lock(fresh.mmapLock, "exclusive", site)) {
    yield steps.stop;
  }
  if (memory.ksm) yield* memory.ksm.executed(mm, fresh);
  if (steps.mayInterleave && steps.unlock(fresh.mmapLock, "exclusive", site)) {
    yield steps.stop;
  }
  yield* exitMm(memory, mm);
  return fresh;
}

/**
 * Ends the process that owns `mm`. KSM learns of it before the pages go; the
 * structure itself stays while KSM refers to it.
 *
 * Takes what KSM's hook takes; then mmap_lock, shared while the pages go, under it
 * the page table lock for one table after the other, and exclusive while the
 * areas go, under it the anon_vma of each.
 *
 * Models: exit_mmap(), mm/mmap.c
 */
export function* exitMm(memory: Memory, mm: Mm): Suspends<void> {
  const { steps } = memory;
  const site = "exit_mmap:mmap_lock";
  mm.users = 0;
  if (memory.ksm) yield* memory.ksm.exiting(mm);
  if (steps.mayInterleave && steps.lock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  for (const vma of mm.vmas) {
    yield* zapRange(memory, mm, vma.start, vma.end);
  }
  if (steps.mayInterleave) {
    if (steps.unlock(mm.mmapLock, "shared", site)) yield steps.stop;
    if (steps.lock(mm.mmapLock, "exclusive", site)) yield steps.stop;
  }
  for (const vma of [...mm.vmas]) yield* removeVma(memory, mm, vma);
  if (steps.mayInterleave && steps.unlock(mm.mmapLock, "exclusive", site)) {
    yield steps.stop;
  }
  memory.mms.put(mm);
}
