/**
 * The scan: from cursor to next page, through all registered address spaces, over
 * and over.
 *
 * A full scan (pass) goes through the slots in the order of their list, and
 * through each address space by rising address. An item whose page is not met
 * again is freed when the next higher page of its address space is reached, or
 * at the end of the address space: not at once.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import { LOCK_CLASS } from "../lib/lock.ts";
import type { Suspends } from "../lib/step.ts";
import type { Frame } from "../mm/frames.ts";
import type { Mm } from "../mm/mm.ts";
import { pteFrame, TABLE_ENTRIES, tableEnd } from "../mm/page_table.ts";
import { firstVmaAfter, type Vma } from "../mm/vma.ts";
import { startAdvisor, stopAdvisor } from "./advisor.ts";
import { enterSlot, itemAhead, setItemAhead } from "./cursor.ts";
import type { Ksm } from "./ksm.ts";
import { freeItemsAhead } from "./item_removal.ts";
import { pruneExiled } from "./migrate_nodes.ts";
import type { RmapItem } from "./rmap_item.ts";
import { shouldSkipRmapItem } from "./smart_scan.ts";
import { forgetUnstableTrees } from "./stale_tree.ts";

/**
 * Moves the cursor to the next page to visit, and returns its item; the page
 * itself is `cursor.page`, with a reference raised. 0 when there is none: the
 * pass has ended with this call, or no address space is registered.
 *
 * Takes mmap_lock (shared) of each address space it goes through, under it the
 * page table lock for each page, the lock of the pages whose items it frees or
 * skips, and ksm_mmlist_lock between two address spaces. Holds nothing when it
 * returns.
 *
 * Models: scan_get_next_rmap_item(), mm/ksm.c
 * Differs: drains no per-CPU batches when a pass starts, because there are none.
 */
export function* nextRmapItem(ksm: Ksm): Suspends<RmapItem | 0> {
  const { cursor, slots } = ksm;
  if (slots.list.empty) return 0;
  // The last process may have gone before its slot was taken.
  if (cursor.slot === 0 && !(yield* startPass(ksm))) return 0;
  for (;;) {
    const item = yield* nextInAddressSpace(ksm);
    if (item !== 0) return item;
    if (yield* leaveAddressSpace(ksm)) return 0;
  }
}

/**
 * Begins a pass; says whether there is a slot to begin with. The unstable trees in
 * use are forgotten, not emptied: their items keep their state until they are
 * visited.
 */
function* startPass(ksm: Ksm): Suspends<boolean> {
  const { steps } = ksm;
  startAdvisor(ksm);
  const rmapItems = ksm.items.live;
  ksm.observer?.({ event: "ksm_start_scan", seqnr: ksm.seqnr, rmapItems });
  if (steps.mayRace && steps.race("scan_get_next_rmap_item:start")) {
    yield steps.stop;
  }
  if (!ksm.knobs.mergeAcrossNodes) yield* pruneExiled(ksm);
  forgetUnstableTrees(ksm);
  return yield* ksm.protocol.takeFirstSlot(ksm);
}

/**
 * Puts the cursor on the first slot; says whether there is one.
 *
 * Takes ksm_mmlist_lock, and looks under it: the list may have become empty since
 * it was looked at last.
 */
export function* takeFirstSlot(ksm: Ksm): Suspends<boolean> {
  yield* lockMmlist(ksm, "scan_get_next_rmap_item:first");
  enterSlot(ksm, ksm.slots.list.next(0));
  yield* unlockMmlist(ksm, "scan_get_next_rmap_item:first");
  return ksm.cursor.slot !== 0;
}

/**
 * The next visit in the address space at the cursor. With 0 the address space is
 * exhausted, and its mmap_lock is still held (shared).
 */
function* nextInAddressSpace(ksm: Ksm): Suspends<RmapItem | 0> {
  const { cursor, steps, slots } = ksm;
  assert(cursor.slot !== 0, "The head of the slot list has no address space");
  const mm = ksm.memory.mms.of(slots.mm.get(cursor.slot));
  const site = "scan_get_next_rmap_item:mmap_lock";
  if (steps.mayInterleave && steps.lock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  if (mm.exiting) return 0;
  for (let i = firstVmaAfter(mm, cursor.vpn); i < mm.vmas.length; i++) {
    const vma = mm.vmas[i];
    if (!vma.mergeable) continue;
    if (cursor.vpn < vma.start) cursor.vpn = vma.start;
    const item = yield* nextInVma(ksm, mm, vma);
    if (item === 0) continue;
    if (steps.mayInterleave && steps.unlock(mm.mmapLock, "shared", site)) {
      yield steps.stop;
    }
    return item;
  }
  return 0;
}

/**
 * The next visit in one area; smart scan may leave pages out on the way. The
 * process may begin to exit meanwhile, which ends the search.
 */
function* nextInVma(ksm: Ksm, mm: Mm, vma: Vma): Suspends<RmapItem | 0> {
  const { cursor, frames, steps } = ksm;
  while (!mm.exiting) {
    const page = steps.mayInterleave
      ? yield* nextPage(ksm, mm, vma)
      : pinPage(ksm, mm, cursor.vpn, vma.end);
    if (page === 0) break;
    const item = yield* itemAt(ksm, mm, cursor.vpn - 1);
    if (steps.mayInterleave && steps.spend("visit", 1, VISIT)) yield steps.stop;
    if (!(yield* shouldSkipRmapItem(ksm, page, item))) {
      cursor.page = page;
      return item;
    }
    frames.put(page);
  }
  cursor.vpn = vma.end;
  return 0;
}

/**
 * The next page that the area maps, pinned; the cursor stands behind it then.
 *
 * Takes the page table lock, for each table anew: mmap_lock does not keep the
 * owner from discarding a page meanwhile.
 *
 * Models: ksm_next_page_pmd_entry(), mm/ksm.c
 */
function* nextPage(ksm: Ksm, mm: Mm, vma: Vma): Suspends<Frame | 0> {
  const { cursor, steps } = ksm;
  let vpn = mm.pages.next(cursor.vpn, vma.end);
  while (vpn !== -1 && !mm.exiting) {
    const stop = Math.min(vma.end, tableEnd(vpn));
    const start = Math.max(cursor.vpn, tableEnd(vpn - TABLE_ENTRIES));
    if (steps.lock(mm.pageTableLock, "exclusive", WALK)) yield steps.stop;
    const page = pinPage(ksm, mm, vpn, stop);
    const present = mm.pages.presentIn(start, cursor.vpn);
    const holes = cursor.vpn - start - present;
    if (steps.spend("walk", present, WALK)) yield steps.stop;
    if (holes > 0 && steps.spend("hole", holes, WALK)) yield steps.stop;
    if (steps.unlock(mm.pageTableLock, "exclusive", WALK)) yield steps.stop;
    if (page !== 0) return page;
    if (steps.reschedule(WALK)) yield steps.stop;
    vpn = mm.pages.next(stop, vma.end);
  }
  return 0;
}

/** Pins the first page from `vpn` up to `end`, and puts the cursor behind it; without one, at `end`. */
function pinPage(ksm: Ksm, mm: Mm, vpn: number, end: number): Frame | 0 {
  const found = mm.pages.nextFrame(vpn, end);
  const page = found === -1 ? 0 : pteFrame(mm.pages.get(found));
  if (page !== 0) ksm.frames.get(page);
  ksm.cursor.vpn = page === 0 ? end : found + 1;
  return page;
}

const WALK = "ksm_next_page_pmd_entry:pte";
const VISIT = "scan_get_next_rmap_item:page";

/**
 * The item that remembers `vpn`, made if there is none. Items before it whose
 * pages were not met are freed. The cursor stands behind it afterwards.
 *
 * The caller holds mmap_lock; takes the locks of freed items' pages.
 *
 * Models: get_next_rmap_item(), mm/ksm.c
 * Differs: an item is always made, because allocations do not fail.
 */
function* itemAt(ksm: Ksm, mm: Mm, vpn: number): Suspends<RmapItem> {
  const { cursor, items, steps } = ksm;
  const ahead = itemAhead(ksm);
  let found = ahead;
  while (found !== 0 && items.vpn[found] < vpn) found = items.next.get(found);
  if (found !== ahead) yield* freeItemsAhead(ksm, found);
  if (found !== 0 && items.vpn[found] === vpn) return cursor.behind = found;
  if (steps.mayInterleave && steps.spend("item alloc", 1, ITEM)) {
    yield steps.stop;
  }
  const item = items.alloc();
  items.mm.set(item, mm.id);
  items.vpn[item] = vpn;
  items.next.set(item, found);
  mm.ksmRmapItems++;
  setItemAhead(ksm, item);
  return cursor.behind = item;
}

const ITEM = "get_next_rmap_item:item";

/**
 * Leaves the address space at the cursor, whose mmap_lock is held (shared) and is
 * let go: frees the items beyond the cursor, and drops the slot if the process
 * is exiting or no mergeable area was met. Says whether the pass has ended.
 *
 * A slot that stays may be freed by an exit as soon as ksm_mmlist_lock is let
 * go, and the address space with it: so its mmap_lock is let go before.
 */
function* leaveAddressSpace(ksm: Ksm): Suspends<boolean> {
  const { cursor, memory, slots, steps } = ksm;
  const slot = cursor.slot;
  assert(slot !== 0, "The head of the slot list has no address space");
  const mm = ksm.mmOfSlot(slot);
  if (mm.exiting) enterSlot(ksm, slot);
  yield* freeItemsAhead(ksm, 0);

  yield* lockMmlist(ksm, "scan_get_next_rmap_item:next");
  const next = slots.list.next(slot);
  const dropped = cursor.vpn === 0;
  if (dropped) {
    slots.list.remove(slot);
    slots.destroy(slot);
    mm.registered = false;
  }
  enterSlot(ksm, next);
  const site = "scan_get_next_rmap_item:mmap_lock";
  if (dropped) {
    yield* unlockMmlist(ksm, "scan_get_next_rmap_item:next");
    if (steps.mayInterleave && steps.unlock(mm.mmapLock, "shared", site)) {
      yield steps.stop;
    }
    memory.mms.put(mm);
  } else {
    if (steps.mayInterleave && steps.unlock(mm.mmapLock, "shared", site)) {
      yield steps.stop;
    }
    yield* unlockMmlist(ksm, "scan_get_next_rmap_item:next");
  }
  if (next !== 0) return false;
  endPass(ksm);
  return true;
}

function endPass(ksm: Ksm): void {
  const advice = stopAdvisor(ksm);
  if (advice) ksm.observer?.({ event: "ksm_advisor", ...advice });
  const rmapItems = ksm.items.live;
  ksm.observer?.({ event: "ksm_stop_scan", seqnr: ksm.seqnr, rmapItems });
  ksm.seqnr++;
}

/** Takes ksm_mmlist_lock, which guards the list of slots. */
export function* lockMmlist(ksm: Ksm, site: string): Suspends<void> {
  if (!ksm.steps.mayInterleave) return;
  if (ksm.steps.lock(MMLIST_LOCK, "exclusive", site)) yield ksm.steps.stop;
}

/** Lets ksm_mmlist_lock go. */
export function* unlockMmlist(ksm: Ksm, site: string): Suspends<void> {
  if (!ksm.steps.mayInterleave) return;
  if (ksm.steps.unlock(MMLIST_LOCK, "exclusive", site)) yield ksm.steps.stop;
}

const MMLIST_LOCK = { lockClass: LOCK_CLASS.mmlistLock, instance: 0 } as const;
