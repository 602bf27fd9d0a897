/**
 * The system calls that change an address space: mmap, munmap, mprotect,
 * mremap, and madvise's MADV_DONTNEED.
 *
 * All but MADV_DONTNEED hold mmap_lock exclusively; none tells KSM anything,
 * but mremap. ksmd finds out when it comes by.
 *
 * @module
 */
import { KernelDefect } from "../lib/kernel_defect.ts";
import type { Suspends } from "../lib/step.ts";
import { unmapPage } from "./fault.ts";
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import type { NodeId } from "./numa.ts";
import {
  migratingFrame,
  migrationPte,
  NO_PTE,
  pteFrame,
  pteOf,
  pteWritable,
} from "./page_table.ts";
import { walkTables } from "./table_walk.ts";
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
 * Maps the pages from `start` up to `end` as private anonymous memory. Says
 * whether the place was free.
 *
 * Takes mmap_lock exclusive, under it what KSM's hook takes to register.
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
    yield* insertVma(memory, mm, {
      start,
      end,
      protection,
      mergeable,
      boundTo: undefined,
      anonVma: 0,
      pageOffset: start,
    });
    yield* mergeVmas(memory, mm, start, end);
  }
  yield* unlockExclusive(memory, mm, "mmap_region:mmap_lock");
  return free;
}

/**
 * Unmaps the pages from `start` up to `end`.
 *
 * Takes mmap_lock exclusive, under it the page table lock for one table after the
 * other, then the anon_vma of each area.
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
 * Changes what the process may do with the pages from `start` up to `end`.
 *
 * Takes mmap_lock exclusive, under it the anon_vma of areas that are split or
 * joined, and the page table lock for one table after the other.
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
  for (const vma of yield* isolateVmas(memory, mm, start, end)) {
    vma.protection = protection;
    if (protection !== "rw") yield* writeProtectRange(memory, mm, vma);
  }
  yield* mergeVmas(memory, mm, start, end);
  yield* unlockExclusive(memory, mm, "mprotect:mmap_lock");
}

/**
 * mbind with MPOL_BIND: new pages from `start` up to `end` come from `node`,
 * whoever touches them. Pages that are there stay.
 *
 * Locks as {@linkcode protectArea}, but for the page table.
 *
 * Models: do_mbind(), mm/mempolicy.c
 */
export function* bindArea(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
  node: NodeId,
): Suspends<void> {
  yield* lockExclusive(memory, mm, "mbind:mmap_lock");
  for (const vma of yield* isolateVmas(memory, mm, start, end)) {
    vma.boundTo = node;
  }
  yield* mergeVmas(memory, mm, start, end);
  yield* unlockExclusive(memory, mm, "mbind:mmap_lock");
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
 * Takes mmap_lock exclusive, under it what KSM's hook takes to undo sharing, the
 * anon_vma of the areas, and under that the page table lock.
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
  const resized = pages !== end - start;
  const outcome = yield* moveOutcome(memory, mm, start, last, resized);
  if (outcome === "moved") {
    yield* removeArea(memory, mm, to, to + pages);
    if (last < end) yield* removeArea(memory, mm, last, end);
    for (const vma of yield* isolateVmas(memory, mm, start, end)) {
      yield* moveVma(memory, mm, vma, to + (vma.start - start));
    }
    if (pages > end - start) growTail(mm, to, to + pages);
    yield* mergeVmas(memory, mm, to, to + pages);
  }
  yield* mergeVmas(memory, mm, start, end);
  yield* unlockExclusive(memory, mm, "mremap:mmap_lock");
  return outcome;
}

/** What a move of the pages from `start` up to `end` will come to. */
function* moveOutcome(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
  resized: boolean,
): Suspends<MoveOutcome> {
  if (vmaAt(mm, start) === undefined) return "hole";
  if (!resized) return "moved";
  if (!isCovered(mm, start, end)) return "hole";
  const inside = yield* isolateVmas(memory, mm, start, end);
  const kinds = inside.map((vma) =>
    `${vma.protection} ${vma.mergeable} ${vma.boundTo}`
  );
  return kinds.every((kind) => kind === kinds[0]) ? "moved" : "several areas";
}

/**
 * Moves one area; its pages keep their offsets. A walk of the reverse map finds
 * each plain page at its old place or at its new one.
 *
 * A KSM page may be here in spite of the hook: a page shared by fork becomes one
 * for all who map it, also after the hook has come by, and where nothing is
 * mergeable. It moves as any page; see {@linkcode moveEntry} for what may go wrong.
 *
 * @throws {KernelDefect} Such a page is under migration.
 *
 * Models: move_vma(), mm/mremap.c
 * Differs: holds the anon_vma over the whole move, because whether a walk could miss a page depends on an order of areas that the model does not keep.
 */
function* moveVma(
  memory: Memory,
  mm: Mm,
  vma: Vma,
  to: number,
): Suspends<void> {
  const { anonVmas } = memory;
  const { start, end, anonVma } = vma;
  const site = "move_page_tables:anon_vma";
  if (memory.ksm) yield* memory.ksm.moving(mm, vma, start, end);
  yield* insertVma(memory, mm, { ...vma, start: to, end: to + (end - start) });
  if (anonVma !== 0) yield* anonVmas.lock(anonVma, "exclusive", site);
  yield* walkTables(memory, mm, vma, "move_ptes:pte", "move entry", (vpn) => {
    moveEntry(memory, mm, vpn, to + (vpn - start));
  });
  if (anonVma !== 0) yield* anonVmas.unlock(anonVma, "exclusive", site);
  yield* removeVma(memory, mm, vma);
}

/**
 * Moves one entry. That of a KSM page under migration is lost: the end of the
 * migration looks for it by the page's rmap items, which tell its old place, and
 * never finds it. It stays, and stands for a frame that is free.
 *
 * @throws {KernelDefect} So it is.
 */
function moveEntry(memory: Memory, mm: Mm, vpn: number, to: number): void {
  const pte = mm.pages.get(vpn);
  const migrating = migratingFrame(pte);
  if (migrating !== 0 && memory.frames.isKsm(migrating)) {
    throw new KernelDefect(
      "lost-entry",
      `move_ptes() moves the migration entry of KSM page ${migrating} from ` +
        `page ${vpn} to ${to} of process ${mm.pid}, where ` +
        "remove_migration_ptes() does not look: it follows the page's rmap items",
    );
  }
  mm.pages.set(to, pte);
  mm.pages.set(vpn, NO_PTE);
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
 * Drops every mapping from `start` up to `end`. The caller holds mmap_lock. Takes
 * the page table lock for one table after the other; between two, others may map
 * pages behind the walk, as far as the caller's mmap_lock lets them.
 *
 * Models: unmap_page_range(), mm/memory.c
 */
export function* zapRange(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
): Suspends<void> {
  const range = { start, end };
  yield* walkTables(memory, mm, range, "unmap_page_range:pte", "zap", (vpn) => {
    unmapPage(memory, mm, vpn);
  });
}

/**
 * Takes write permission from every entry of an area; the next write faults.
 *
 * Models: change_protection(), mm/mprotect.c
 */
function* writeProtectRange(memory: Memory, mm: Mm, vma: Vma): Suspends<void> {
  yield* walkTables(
    memory,
    mm,
    vma,
    "change_pte_range:pte",
    "mprotect entry",
    (vpn) => {
      writeProtect(mm, vpn);
    },
  );
}

/** Takes write permission from the entry at `vpn`. The caller holds the page table lock. */
export function writeProtect(mm: Mm, vpn: number): void {
  const pte = mm.pages.get(vpn);
  const frame = pteFrame(pte);
  if (frame !== 0 && pteWritable(pte)) mm.pages.set(vpn, pteOf(frame, false));
  const migrating = migratingFrame(pte);
  if (migrating !== 0) mm.pages.set(vpn, migrationPte(migrating, false));
}

function* removeArea(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
): Suspends<void> {
  for (const vma of yield* isolateVmas(memory, mm, start, end)) {
    yield* zapRange(memory, mm, vma.start, vma.end);
    yield* removeVma(memory, mm, vma);
  }
}

/** Takes mmap_lock to change areas. */
function* lockExclusive(memory: Memory, mm: Mm, site: string): Suspends<void> {
  const { steps } = memory;
  if (!steps.mayInterleave) return;
  if (steps.lock(mm.mmapLock, "exclusive", site)) yield steps.stop;
  if (steps.spend("area", 1, site)) yield steps.stop;
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
