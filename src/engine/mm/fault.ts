/**
 * Page faults: what a first read, a write, and an unshare request do to one
 * page table entry.
 *
 * ```
 *   entry            read fault      write fault            unshare fault
 *   nothing          zero page       new zero-filled page   -
 *   zero page        -               new zero-filled page   -
 *   zero page by KSM -               new zero-filled page   new zero-filled page
 *   KSM page         -               copy                   copy
 *   shared by fork   -               copy                   -
 *   last mapping     -               same page, writable    -
 *   migration entry  wait            wait                   wait
 * ```
 *
 * A KSM page is never written in place, even by its only mapper.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import { PAGE_BYTES } from "../lib/page_size.ts";
import type { Suspends } from "../lib/step.ts";
import type { Content } from "./contents.ts";
import type { Frame } from "./frames.ts";
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import { nodeForPage, type Task } from "./numa.ts";
import {
  KSM_ZERO_PTE,
  migratingFrame,
  NO_PTE,
  presentFrame,
  type Pte,
  pteFrame,
  pteOf,
  pteReadable,
  pteWritable,
  ZERO_PTE,
} from "./page_table.ts";
import { type Vma, vmaAt } from "./vma.ts";

/**
 * Writes `content` as the whole page at `vpn`, as the process itself would:
 * with a fault first if the page cannot be written as it is. Takes over the
 * caller's reference on `content`. Says whether it could: not where nothing is
 * mapped that the process may write, by the doing of another of its threads.
 *
 * Takes mmap_lock (shared), then the anon_vma (exclusive) at the first page of an
 * area, then the page table lock, when it faults.
 */
export function* writePage(
  memory: Memory,
  mm: Mm,
  vpn: number,
  content: Content,
): Suspends<boolean> {
  const frame = yield* frameToWrite(memory, mm, vpn, PAGE_BYTES);
  if (frame === 0) memory.contents.put(content);
  else memory.frames.store(frame, content);
  return frame !== 0;
}

/** Replaces the bytes at `offset` of the page at `vpn`. Locks and answers as {@linkcode writePage}. */
export function* patchPage(
  memory: Memory,
  mm: Mm,
  vpn: number,
  offset: number,
  bytes: Uint8Array,
): Suspends<boolean> {
  const { contents, frames } = memory;
  const frame = yield* frameToWrite(memory, mm, vpn, bytes.length);
  if (frame === 0) return false;
  const before = frames.contentOf(frame);
  frames.store(frame, contents.patched(before, offset, bytes));
  return true;
}

/**
 * The frame of `vpn`, writable at the moment when this returns, for `bytes` that
 * the process then writes without a step; 0 if the process may not write there.
 */
function* frameToWrite(
  memory: Memory,
  mm: Mm,
  vpn: number,
  bytes: number,
): Suspends<Frame | 0> {
  const { steps } = memory;
  if (steps.mayInterleave && steps.spend("store", bytes, "user:store")) {
    yield steps.stop;
  }
  // ksmd may write-protect the page again between the end of a fault and the write.
  let pte = mm.pages.get(vpn);
  for (; !pteWritable(pte); pte = mm.pages.get(vpn)) {
    if (!(yield* writeFault(memory, mm, vpn))) return 0;
  }
  const frame = pteFrame(pte);
  assert(frame !== 0, `mm ${mm.id} page ${vpn} is writable without a frame`);
  return frame;
}

/**
 * Reads the page at `vpn`: a page never touched maps the zero page afterwards.
 * 0 where nothing is mapped. Takes mmap_lock (shared), then the page table lock,
 * when it faults.
 */
export function* readPage(
  memory: Memory,
  mm: Mm,
  vpn: number,
): Suspends<Content | 0> {
  let pte = mm.pages.get(vpn);
  for (; !pteReadable(pte); pte = mm.pages.get(vpn)) {
    yield* enterFault(memory, mm);
    if (vmaAt(mm, vpn) === undefined) {
      yield* leaveMm(memory, mm);
      return 0;
    }
    if (memory.steps.mayInterleave) yield* lockTable(memory, mm);
    const found = mm.pages.get(vpn);
    if (found === NO_PTE) mm.pages.set(vpn, ZERO_PTE);
    yield* leaveFault(memory, mm, migratingFrame(found));
  }
  return contentAt(memory, mm, vpn);
}

/** The bytes that `vpn` shows now, or will when its page has been migrated; zero bytes where nothing is mapped. */
export function contentAt(memory: Memory, mm: Mm, vpn: number): Content {
  const frame = presentFrame(mm.pages.get(vpn));
  return frame === 0 ? memory.contents.zero : memory.frames.contentOf(frame);
}

/** Whether an entry maps a KSM page, or will when that has been migrated, or the zero page in KSM's name. */
export function isMergedPte(memory: Memory, pte: Pte): boolean {
  const frame = presentFrame(pte);
  return pte === KSM_ZERO_PTE || (frame !== 0 && memory.frames.isKsm(frame));
}

/**
 * Undoes the sharing of the KSM page, or of the zero page that KSM put, at `vpn`:
 * it is replaced by a private copy, which `task` allocates. Does nothing where
 * neither is mapped, and waits where the KSM page is being migrated. The caller
 * holds mmap_lock; takes the page table lock, and, without that, the lock of a page
 * under migration.
 *
 * Models: break_ksm(), mm/ksm.c
 */
export function* unsharePage(
  memory: Memory,
  mm: Mm,
  vma: Vma,
  vpn: number,
  task: Task,
): Suspends<void> {
  const { frames, steps } = memory;
  let migrating: Frame | 0;
  do {
    if (steps.mayInterleave) {
      if (isMergedPte(memory, mm.pages.get(vpn))) {
        yield* spendOnPage(memory, mm, vpn, "break_ksm:page");
      }
      if (steps.lock(mm.pageTableLock, "exclusive", "break_ksm:pte")) {
        yield steps.stop;
      }
    }
    const pte = mm.pages.get(vpn);
    const isMerged = isMergedPte(memory, pte);
    migrating = isMerged ? migratingFrame(pte) : 0;
    if (isMerged && migrating === 0) {
      const frame = pteFrame(pte);
      memory.observer?.({ kind: "unshare", mm, vpn, frame });
      if (frame !== 0) copyFrame(memory, mm, vma, vpn, frame, task);
      else mapZeros(memory, mm, vma, vpn, task);
    }
    if (
      steps.mayInterleave &&
      steps.unlock(mm.pageTableLock, "exclusive", "break_ksm:pte")
    ) yield steps.stop;
    if (migrating !== 0) yield* frames.waitUnlocked(migrating, ENTRY_WAIT);
  } while (migrating !== 0);
}

const ENTRY_WAIT = "migration_entry_wait:folio";

/**
 * A write to a page that may not be written as it is. Says whether the process
 * may write there at all.
 *
 * Models: handle_mm_fault(), mm/memory.c
 */
function* writeFault(memory: Memory, mm: Mm, vpn: number): Suspends<boolean> {
  yield* enterFault(memory, mm);
  const vma = vmaAt(mm, vpn);
  if (vma?.protection !== "rw") {
    yield* leaveMm(memory, mm);
    return false;
  }
  if (vma.anonVma === 0) yield* prepareAnonVma(memory, mm, vma);
  if (memory.steps.mayInterleave) {
    yield* spendOnPage(memory, mm, vpn, "do_wp_page:page");
    yield* lockTable(memory, mm);
  }
  const migrating = migratingFrame(mm.pages.get(vpn));
  if (migrating === 0) makeWritable(memory, mm, vma, vpn);
  yield* leaveFault(memory, mm, migrating);
  return true;
}

/** What a write at `vpn` costs besides the fault itself, and the work of it, which the kernel does without the page table lock. */
function* spendOnPage(
  memory: Memory,
  mm: Mm,
  vpn: number,
  site: string,
): Suspends<void> {
  const { frames, steps } = memory;
  const pte = mm.pages.get(vpn);
  if (migratingFrame(pte) !== 0) return;
  const frame = pteFrame(pte);
  let stop: boolean;
  if (frame === 0) stop = steps.spend("zero fill", 1, site);
  else if (frames.isKsm(frame) || frames.refcount[frame] > 1) {
    stop = steps.spend("copy", PAGE_BYTES, site);
  } else stop = steps.spend("reuse", 1, site);
  if (stop) yield steps.stop;
}

/**
 * Maps a page that can be written: a new one, a copy, or the same if nobody else has it.
 *
 * Models: do_wp_page(), mm/memory.c
 * Differs: copies also a page that only a pin shares with its one owner, because pages are not marked as exclusive.
 */
function makeWritable(
  memory: Memory,
  mm: Mm,
  vma: Vma,
  vpn: number,
): void {
  const { frames } = memory;
  const frame = pteFrame(mm.pages.get(vpn));
  if (frame === 0) mapZeros(memory, mm, vma, vpn, mm.task);
  else if (frames.isKsm(frame)) {
    memory.observer?.({ kind: "cow", mm, vpn, frame });
    copyFrame(memory, mm, vma, vpn, frame, mm.task);
  } else if (frames.refcount[frame] > 1) {
    copyFrame(memory, mm, vma, vpn, frame, mm.task);
  } else mm.pages.set(vpn, pteOf(frame, true));
}

/**
 * Maps a new page of zeros in place of nothing, or of the shared zero page.
 *
 * Models: do_anonymous_page(), mm/memory.c
 */
function mapZeros(
  memory: Memory,
  mm: Mm,
  vma: Vma,
  vpn: number,
  task: Task,
): void {
  const { contents } = memory;
  unmapPage(memory, mm, vpn);
  contents.get(contents.zero);
  mapNewFrame(memory, mm, vma, vpn, contents.zero, task);
}

/**
 * Maps a private copy of `frame` in its place.
 *
 * Models: wp_page_copy(), mm/memory.c
 */
function copyFrame(
  memory: Memory,
  mm: Mm,
  vma: Vma,
  vpn: number,
  frame: Frame,
  task: Task,
): void {
  const { frames, contents } = memory;
  if (frames.isKsm(frame)) memory.cowKsm++;
  const content = frames.contentOf(frame);
  contents.get(content);
  unmapPage(memory, mm, vpn);
  mapNewFrame(memory, mm, vma, vpn, content, task);
}

function mapNewFrame(
  memory: Memory,
  mm: Mm,
  vma: Vma,
  vpn: number,
  content: Content,
  task: Task,
): void {
  const { frames } = memory;
  const { anonVma } = vma;
  assert(anonVma !== 0, `mm ${mm.id} maps page ${vpn} without an anon_vma`);
  const frame = frames.allocPage(content, nodeForPage(vma, task));
  frames.setAnon(frame, anonVma, vma.pageOffset + (vpn - vma.start));
  frames.mapcount[frame] = 1;
  mm.pages.set(vpn, pteOf(frame, vma.protection === "rw"));
}

/**
 * Gives an area that has none its anon_vma at its first page, unless another
 * thread has done so by then. The caller holds mmap_lock (shared); takes the new anon_vma's lock,
 * exclusive.
 *
 * Models: __anon_vma_prepare(), mm/rmap.c
 */
function* prepareAnonVma(memory: Memory, mm: Mm, vma: Vma): Suspends<void> {
  const { anonVmas } = memory;
  const site = "__anon_vma_prepare:anon_vma";
  const anonVma = anonVmas.create();
  anonVmas.get(anonVma);
  yield* anonVmas.lock(anonVma, "exclusive", site);
  if (vma.anonVma === 0) {
    anonVmas.link(anonVma, mm);
    vma.anonVma = anonVma;
  }
  yield* anonVmas.unlock(anonVma, "exclusive", site);
  anonVmas.put(anonVma);
}

/**
 * Puts the entry at `vpn`, where nothing is mapped, on the shared zero page in KSM's name.
 *
 * Models: ksm_map_zero_page(), include/linux/ksm.h
 */
export function mapKsmZeroPage(memory: Memory, mm: Mm, vpn: number): void {
  mm.pages.set(vpn, KSM_ZERO_PTE);
  mm.ksmZeroPages++;
  memory.ksmZeroPages++;
}

/**
 * Clears the entry at `vpn` and drops the mapping's reference on its frame.
 *
 * Models: ksm_might_unmap_zero_page(), include/linux/ksm.h
 */
export function unmapPage(memory: Memory, mm: Mm, vpn: number): void {
  const { frames } = memory;
  const pte = mm.pages.get(vpn);
  mm.pages.set(vpn, NO_PTE);
  if (pte === KSM_ZERO_PTE) {
    mm.ksmZeroPages--;
    memory.ksmZeroPages--;
  }
  const frame = pteFrame(pte);
  if (frame === 0) return;
  frames.mapcount[frame]--;
  frames.put(frame);
}

function* enterFault(memory: Memory, mm: Mm): Suspends<void> {
  const { steps } = memory;
  if (!steps.mayInterleave) return;
  if (steps.lock(mm.mmapLock, "shared", "handle_mm_fault:mmap_lock")) {
    yield steps.stop;
  }
  if (steps.spend("fault", 1, "handle_mm_fault:walk")) yield steps.stop;
}

function* lockTable({ steps }: Memory, mm: Mm): Suspends<void> {
  if (steps.lock(mm.pageTableLock, "exclusive", "handle_mm_fault:pte")) {
    yield steps.stop;
  }
}

/**
 * Ends a fault. One that has met a page under migration waits first until that
 * is over, and is taken again if need be.
 */
function* leaveFault(
  memory: Memory,
  mm: Mm,
  migrating: Frame | 0,
): Suspends<void> {
  const { frames, steps } = memory;
  if (!steps.mayInterleave && migrating === 0) return;
  if (steps.unlock(mm.pageTableLock, "exclusive", "handle_mm_fault:pte")) {
    yield steps.stop;
  }
  if (migrating !== 0) yield* frames.waitUnlocked(migrating, ENTRY_WAIT);
  yield* leaveMm(memory, mm);
}

function* leaveMm({ steps }: Memory, mm: Mm): Suspends<void> {
  if (
    steps.mayInterleave &&
    steps.unlock(mm.mmapLock, "shared", "handle_mm_fault:mmap_lock")
  ) yield steps.stop;
}
