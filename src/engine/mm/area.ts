/**
 * The system calls that change an address space: mmap, munmap, mprotect,
 * mremap, and madvise's MADV_DONTNEED.
 *
 * All but MADV_DONTNEED hold mmap_lock exclusively; none tells KSM anything,
 * but mremap. ksmd finds out when it comes by.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import { unmapPage } from "./fault.ts";
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import { NO_PTE, pteFrame, pteOf, pteWritable } from "./page_table.ts";
import {
  firstVmaAfter,
  insertVma,
  isCovered,
  isolateVmas,
  mergeVmas,
  type Protection,
  removeVma,
  type Vma,
  vmaAt,
} from "./vma.ts";

/**
 * Maps the pages from `start` up to `end` as private anonymous memory. Says whether the place was free. Takes mmap_lock exclusive.
 *
 * Models: mmap_region(), mm/vma.c
 */
export function* mapArea(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
  protection: Protection,
): Suspends<boolean> {
  yield* lockExclusive(memory, mm, "mmap_region:mmap_lock");
  const above: Vma | undefined = mm.vmas[firstVmaAfter(mm, start)];
  const free = above === undefined || above.start >= end;
  if (free) {
    const mergeable = memory.ksm ? yield* memory.ksm.mapping(mm) : false;
    insertVma(memory, mm, {
      start,
      end,
      protection,
      mergeable,
      anonVma: 0,
      pageOffset: start,
    });
    mergeVmas(memory, mm, start, end);
  }
  yield* unlockExclusive(memory, mm, "mmap_region:mmap_lock");
  return free;
}

/**
 * Unmaps the pages from `start` up to `end`. Takes mmap_lock exclusive, under it the page table lock.
 *
 * Models: do_vmi_munmap(), mm/vma.c
 */
export function* unmapArea(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
): Suspends<void> {
  yield* lockExclusive(memory, mm, "munmap:mmap_lock");
  yield* removeArea(memory, mm, start, end);
  yield* unlockExclusive(memory, mm, "munmap:mmap_lock");
}

/**
 * Changes what the process may do with the pages from `start` up to `end`. Takes mmap_lock exclusive.
 *
 * Models: mprotect_fixup(), mm/mprotect.c
 */
export function* protectArea(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
  protection: Protection,
): Suspends<void> {
  yield* lockExclusive(memory, mm, "mprotect:mmap_lock");
  for (const vma of isolateVmas(memory, mm, start, end)) {
    vma.protection = protection;
    if (protection !== "rw") writeProtectRange(mm, vma.start, vma.end);
  }
  mergeVmas(memory, mm, start, end);
  yield* unlockExclusive(memory, mm, "mprotect:mmap_lock");
}

/** What a move came to; `several areas`: what is to get another length is not one area. */
export type MoveOutcome = "moved" | "hole" | "several areas";

/**
 * Moves the pages from `start` up to `end` to `to`, and makes them `pages` long
 * there: cut off, or with untouched pages behind. What was mapped at the new
 * place is gone.
 *
 * Without a change of length all areas move, and the holes between them, but for
 * one at the start. With one, what is kept must be a single area; what is cut
 * off may be anything.
 *
 * Takes mmap_lock exclusive, under it the page table lock and what KSM's hook
 * takes to undo sharing.
 *
 * Models: do_mremap(), mm/mremap.c
 * Differs: always moves to a given place, because traces ask for nothing else.
 */
export function* moveArea(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
  to: number,
  pages: number,
): Suspends<MoveOutcome> {
  yield* lockExclusive(memory, mm, "mremap:mmap_lock");
  const last = Math.min(end, start + pages);
  const outcome = moveOutcome(memory, mm, start, last, pages !== end - start);
  if (outcome === "moved") {
    yield* removeArea(memory, mm, to, to + pages);
    if (last < end) yield* removeArea(memory, mm, last, end);
    for (const vma of isolateVmas(memory, mm, start, end)) {
      yield* moveVma(memory, mm, vma, to + (vma.start - start));
    }
    if (pages > end - start) growTail(mm, to, to + pages);
    mergeVmas(memory, mm, to, to + pages);
  }
  mergeVmas(memory, mm, start, end);
  yield* unlockExclusive(memory, mm, "mremap:mmap_lock");
  return outcome;
}

/** What a move of the pages from `start` up to `end` will come to. */
function moveOutcome(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
  resized: boolean,
): MoveOutcome {
  if (vmaAt(mm, start) === undefined) return "hole";
  if (!resized) return "moved";
  if (!isCovered(mm, start, end)) return "hole";
  const kinds = isolateVmas(memory, mm, start, end)
    .map((vma) => vma.protection + vma.mergeable);
  return kinds.every((kind) => kind === kinds[0]) ? "moved" : "several areas";
}

/**
 * Moves one area; its pages keep their offsets.
 *
 * Models: move_vma(), mm/mremap.c
 */
function* moveVma(
  memory: Memory,
  mm: Mm,
  vma: Vma,
  to: number,
): Suspends<void> {
  const { start, end } = vma;
  if (memory.ksm) yield* memory.ksm.moving(mm, vma, start, end);
  insertVma(memory, mm, { ...vma, start: to, end: to + (end - start) });
  for (
    let vpn = mm.pages.next(start, end);
    vpn !== -1;
    vpn = mm.pages.next(vpn + 1, end)
  ) {
    mm.pages.set(to + (vpn - start), mm.pages.get(vpn));
    mm.pages.set(vpn, NO_PTE);
  }
  removeVma(memory, mm, vma);
}

/** Lengthens the last area between `start` and `end` up to `end`. */
function growTail(mm: Mm, start: number, end: number): void {
  if (vmaAt(mm, end - 1) !== undefined) return;
  const last: Vma | undefined = mm.vmas[firstVmaAfter(mm, end - 1) - 1];
  if (last !== undefined && last.start >= start) last.end = end;
}

/**
 * MADV_DONTNEED: drops the pages from `start` up to `end`; the areas stay. Says
 * whether all of the range was mapped. Holds mmap_lock shared.
 *
 * Models: madvise_dontneed_single_vma(), mm/madvise.c
 */
export function* discardPages(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
): Suspends<boolean> {
  const { steps } = memory;
  const site = "madvise_dontneed:mmap_lock";
  if (steps.mayInterleave && steps.lock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  yield* zapRange(memory, mm, start, end);
  const covered = isCovered(mm, start, end);
  if (steps.mayInterleave && steps.unlock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  return covered;
}

/**
 * Drops every mapping from `start` up to `end`. Takes the page table lock.
 *
 * Models: unmap_page_range(), mm/memory.c
 */
export function* zapRange(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
): Suspends<void> {
  const { steps } = memory;
  const site = "unmap_page_range:pte";
  if (steps.mayInterleave && steps.lock(mm.pageTableLock, "exclusive", site)) {
    yield steps.stop;
  }
  for (
    let vpn = mm.pages.next(start, end);
    vpn !== -1;
    vpn = mm.pages.next(vpn + 1, end)
  ) {
    unmapPage(memory, mm, vpn);
  }
  if (
    steps.mayInterleave && steps.unlock(mm.pageTableLock, "exclusive", site)
  ) yield steps.stop;
}

/**
 * Takes write permission from every entry from `start` up to `end`; the next write faults.
 *
 * Models: change_protection(), mm/mprotect.c
 */
export function writeProtectRange(mm: Mm, start: number, end: number): void {
  for (
    let vpn = mm.pages.next(start, end);
    vpn !== -1;
    vpn = mm.pages.next(vpn + 1, end)
  ) {
    const pte = mm.pages.get(vpn);
    const frame = pteFrame(pte);
    if (frame !== 0 && pteWritable(pte)) mm.pages.set(vpn, pteOf(frame, false));
  }
}

function* removeArea(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
): Suspends<void> {
  for (const vma of isolateVmas(memory, mm, start, end)) {
    yield* zapRange(memory, mm, vma.start, vma.end);
    removeVma(memory, mm, vma);
  }
}

function* lockExclusive(memory: Memory, mm: Mm, site: string): Suspends<void> {
  const { steps } = memory;
  if (steps.mayInterleave && steps.lock(mm.mmapLock, "exclusive", site)) {
    yield steps.stop;
  }
}

function* unlockExclusive(
  memory: Memory,
  mm: Mm,
  site: string,
): Suspends<void> {
  const { steps } = memory;
  if (steps.mayInterleave && steps.unlock(mm.mmapLock, "exclusive", site)) {
    yield steps.stop;
  }
}
