/**
 * Merging: making two equal pages one.
 *
 * First the page is write-protected, then the bytes are compared once more, then
 * the page table entry is changed. Each step can fail; nothing is tried again in
 * the same visit.
 *
 * | first merge | second | scanned item | tree item | besides              |
 * | ----------- | ------ | ------------ | --------- | -------------------- |
 * | fails       |        | neither      | unstable  |                      |
 * | done        | fails  | neither      | unstable  | scanned page copied  |
 * | done        | done   | stable       | stable    |                      |
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import { bytesCompared } from "../lib/page_bytes.ts";
import type { Suspends } from "../lib/step.ts";
import { mapKsmZeroPage, unmapPage, unsharePage } from "../mm/fault.ts";
import type { Frame } from "../mm/frames.ts";
import type { Mm } from "../mm/mm.ts";
import { type Pte, pteFrame, pteOf, pteWritable } from "../mm/page_table.ts";
import type { Ksm } from "./ksm.ts";
import { removeRmapItemFromTree } from "./item_removal.ts";
import { putAnonVma } from "./node_removal.ts";
import type { RmapItem } from "./rmap_item.ts";
import { MERGE_FAILED, ZERO_PAGE_PFN } from "./tracepoint.ts";
import { findMergeableVma } from "./unstable_tree.ts";

/**
 * Makes `item`'s address map KSM page `kpage` instead of `page`; with `kpage` 0
 * makes `page` itself a KSM page that belongs to no node yet. Says whether it
 * did. If so, `item` has left its tree and holds a reference on the anon_vma.
 *
 * Takes mmap_lock (shared) of the item's owner, under it the lock of `page`
 * (trylock) and the page table lock; holds nothing when it returns.
 *
 * Models: try_to_merge_with_ksm_page(), mm/ksm.c
 */
export function* tryToMergeWithKsmPage(
  ksm: Ksm,
  item: RmapItem,
  page: Frame,
  kpage: Frame | 0,
): Suspends<boolean> {
  const { memory, items, steps } = ksm;
  const mm = ksm.mmOf(item);
  const vpn = items.vpn[item];
  const site = "try_to_merge_with_ksm_page:mmap_lock";
  if (steps.mayInterleave && steps.lock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  const vma = findMergeableVma(mm, vpn);
  const merged = vma !== undefined &&
    (yield* tryToMergeOnePage(ksm, mm, vpn, page, kpage));
  if (merged) {
    yield* removeRmapItemFromTree(ksm, item);
    const anonVma = vma.anonVma;
    assert(anonVma !== 0, "A mergeable area has an anon_vma");
    memory.anonVmas.get(anonVma);
    items.anonVma.set(item, anonVma);
  }
  if (steps.mayInterleave && steps.unlock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  ksm.observer?.({
    event: "ksm_merge_with_ksm_page",
    ksmPage: kpage,
    pfn: kpage === 0 ? page : kpage,
    rmapItem: item,
    mm,
    err: merged ? 0 : MERGE_FAILED,
  });
  return merged;
}

/**
 * Puts `item`'s address on the shared zero page instead of `page`, whose bytes
 * are likely zeros. Says whether the visit is over: done, or the area is not
 * mergeable any more. The item stays, in no tree, until ksmd finds no page there.
 *
 * Locks as {@linkcode tryToMergeWithKsmPage}.
 *
 * Models: try_to_merge_with_zero_page(), mm/ksm.c
 */
export function* tryToMergeWithZeroPage(
  ksm: Ksm,
  item: RmapItem,
  page: Frame,
): Suspends<boolean> {
  const { items, steps } = ksm;
  const mm = ksm.mmOf(item);
  const vpn = items.vpn[item];
  const site = "try_to_merge_with_zero_page:mmap_lock";
  if (steps.mayInterleave && steps.lock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  let over = true;
  if (findMergeableVma(mm, vpn) !== undefined) {
    over = yield* tryToMergeOnePage(ksm, mm, vpn, page, "zero page");
    ksm.observer?.({
      event: "ksm_merge_one_page",
      pfn: ZERO_PAGE_PFN,
      rmapItem: item,
      mm,
      err: over ? 0 : MERGE_FAILED,
    });
  }
  if (steps.mayInterleave && steps.unlock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  return over;
}

/**
 * Merges `page`, which is being visited, with `treePage` of the unstable tree.
 * `page` becomes the KSM page, with no node yet; `treePage` goes. Says whether
 * both merges were done; if only the first was, it is undone by a copy.
 *
 * Takes the locks of {@linkcode tryToMergeWithKsmPage} twice, once for each
 * item's owner, and none in between: there the owner of `treePage` may write it,
 * which makes the second merge fail.
 *
 * Models: try_to_merge_two_pages(), mm/ksm.c
 */
export function* tryToMergeTwoPages(
  ksm: Ksm,
  item: RmapItem,
  page: Frame,
  treeItem: RmapItem,
  treePage: Frame,
): Suspends<boolean> {
  if (!(yield* tryToMergeWithKsmPage(ksm, item, page, 0))) return false;
  if (yield* tryToMergeWithKsmPage(ksm, treeItem, treePage, page)) return true;
  yield* breakCow(ksm, item);
  return false;
}

/**
 * Undoes the merge of one item that is on no node: its address gets a private
 * copy, and the item's reference on the anon_vma goes.
 *
 * Takes mmap_lock (shared) and the page table lock.
 *
 * Models: break_cow(), mm/ksm.c
 */
export function* breakCow(ksm: Ksm, item: RmapItem): Suspends<void> {
  const { memory, items, steps } = ksm;
  const mm = ksm.mmOf(item);
  const vpn = items.vpn[item];
  const site = "break_cow:mmap_lock";
  putAnonVma(ksm, item);
  if (steps.mayInterleave && steps.lock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  const vma = findMergeableVma(mm, vpn);
  if (vma !== undefined) {
    yield* unsharePage(memory, mm, vma, vpn, ksm.thread);
  }
  if (steps.mayInterleave && steps.unlock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
}

/**
 * Protects, compares and replaces one page. The caller holds mmap_lock. Takes the
 * lock of the page (trylock), and under it the page table lock twice: in between
 * the entry may change, which is looked at again.
 *
 * Models: try_to_merge_one_page(), mm/ksm.c
 * Differs: splits no large folio, because huge pages are left out.
 */
function* tryToMergeOnePage(
  ksm: Ksm,
  mm: Mm,
  vpn: number,
  page: Frame,
  kpage: Frame | 0 | "zero page",
): Suspends<boolean> {
  const { frames } = ksm;
  // A page inherited by fork that is the KSM page already.
  if (page === kpage) return true;
  if (!frames.isAnon(page)) return false;
  if (!(yield* frames.tryLock(page, "try_to_merge_one_page:folio"))) {
    return false;
  }
  let merged = false;
  const pte = yield* writeProtectPage(ksm, mm, vpn, page);
  if (pte !== 0) {
    if (kpage === 0) {
      frames.setStableNode(page, 0);
      merged = true;
    } else if (yield* ksm.protocol.sameBytes(ksm, page, kpage)) {
      merged = yield* replacePage(ksm, mm, vpn, pte, kpage);
    }
  }
  yield* frames.unlock(page, "try_to_merge_one_page:folio");
  return merged;
}

/**
 * Whether the bytes that nobody can change any more are still those of `kpage`.
 *
 * Models: pages_identical(), include/linux/mm.h
 */
export function* sameBytes(
  ksm: Ksm,
  page: Frame,
  kpage: Frame | "zero page",
): Suspends<boolean> {
  const { frames, memory: { contents }, steps } = ksm;
  const order = contents.compare(
    frames.contentOf(page),
    kpage === "zero page" ? contents.zero : frames.contentOf(kpage),
  );
  const site = "try_to_merge_one_page:compare";
  if (
    steps.mayInterleave && steps.spend("compare", bytesCompared(order), site)
  ) yield steps.stop;
  return order === 0;
}

/**
 * Takes write permission from the mapping of `page` at `vpn`; returns the entry
 * as it is then. 0, and nothing changed, if the page is not mapped there any
 * more, if somebody holds a reference beyond the mappings', the swap cache's and
 * ksmd's own (it may be writing through it), or if the page is a KSM page, which
 * has no anon_vma by which its address could be found.
 *
 * The caller holds the page's lock; takes the page table lock.
 *
 * Models: write_protect_page(), mm/ksm.c
 * Differs: the count is checked also where the entry is read-only and clean, because entries carry no dirty bit.
 */
function* writeProtectPage(
  ksm: Ksm,
  mm: Mm,
  vpn: number,
  page: Frame,
): Suspends<Pte> {
  const { frames, steps } = ksm;
  const site = "write_protect_page:pte";
  if (steps.mayInterleave && steps.lock(mm.pageTableLock, "exclusive", site)) {
    yield steps.stop;
  }
  let pte = mm.pages.get(vpn);
  const known = frames.mapcount[page] + 1 + frames.swapCache[page];
  const pinned = frames.refcount[page] !== known;
  if (pteFrame(pte) !== page || frames.isKsm(page) || pinned) pte = 0;
  else if (pteWritable(pte)) {
    pte = pteOf(page, false);
    mm.pages.set(vpn, pte);
  }
  if (steps.mayInterleave) {
    if (steps.spend("protect", 1, site)) yield steps.stop;
    if (steps.unlock(mm.pageTableLock, "exclusive", site)) yield steps.stop;
  }
  return pte;
}

/**
 * Maps `kpage` at `vpn` in place of what `expected` maps, unless the entry has
 * changed meanwhile. Says whether it did.
 *
 * The caller holds the lock of the page that goes; takes the page table lock.
 *
 * Models: replace_page(), mm/ksm.c
 */
function* replacePage(
  ksm: Ksm,
  mm: Mm,
  vpn: number,
  expected: Pte,
  kpage: Frame | "zero page",
): Suspends<boolean> {
  const { frames, memory, steps } = ksm;
  const site = "replace_page:pte";
  if (steps.mayInterleave && steps.lock(mm.pageTableLock, "exclusive", site)) {
    yield steps.stop;
  }
  const same = ksm.protocol.isSameEntry(mm.pages.get(vpn), expected);
  if (same && kpage === "zero page") {
    unmapPage(memory, mm, vpn);
    mapKsmZeroPage(memory, mm, vpn);
  } else if (same && kpage !== "zero page") {
    frames.get(kpage);
    frames.mapcount[kpage]++;
    unmapPage(memory, mm, vpn);
    mm.pages.set(vpn, pteOf(kpage, false));
  }
  if (steps.mayInterleave) {
    if (same && steps.spend("replace", 1, site)) yield steps.stop;
    if (steps.unlock(mm.pageTableLock, "exclusive", site)) yield steps.stop;
  }
  return same;
}

/**
 * Whether nobody has changed the entry since it was protected: not written to a
 * copy, not discarded, not migrated the page.
 *
 * Models: pte_same(), arch/x86/include/asm/pgtable.h
 */
export function isSameEntry(now: Pte, expected: Pte): boolean {
  return now === expected;
}
