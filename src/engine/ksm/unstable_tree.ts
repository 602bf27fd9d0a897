/**
 * The unstable tree: pages that have not changed lately, in the order of their
 * bytes when they came.
 *
 * Its pages are not write-protected: their bytes may change while they are in
 * it, and a walk then goes astray. That does no harm, since nothing is merged
 * without a second compare under protection, and the tree is forgotten at the
 * start of each pass.
 *
 * @module
 */
import { bytesCompared } from "../lib/page_bytes.ts";
import type { Suspends } from "../lib/step.ts";
import type { Frame } from "../mm/frames.ts";
import type { Mm } from "../mm/mm.ts";
import { pteFrame } from "../mm/page_table.ts";
import type { NodeId } from "../mm/numa.ts";
import type { Vma } from "../mm/vma.ts";
import { vmaAt } from "../mm/vma.ts";
import type { Ksm } from "./ksm.ts";
import { treesOf } from "./numa_trees.ts";
import { ITEM_STATE, type RmapItem } from "./rmap_item.ts";
import {
  checkEntry,
  checkLinks,
  checkRebalance,
  noteLinked,
  noteSearch,
} from "./stale_tree.ts";

/** A twin in the unstable tree: its item, and its page, on which the finder holds a reference. */
export interface UnstableMatch {
  /** The item in the tree. */
  readonly item: RmapItem;
  /** The page that the item's address maps now. */
  readonly page: Frame;
}

/**
 * Looks for a twin of `page`. Without one, `item` goes into the tree; unless the
 * walk meets an entry whose page is not there now, or is `page` itself (after a
 * fork), or is equal but has migrated to another NUMA node: then the search is
 * given up, and `item` stays out for this pass.
 *
 * Compares with what each entry's page holds now, not with what it held when it
 * came. Takes mmap_lock (shared) of each entry's owner in turn, and holds
 * nothing when it returns.
 *
 * Models: unstable_tree_search_insert(), mm/ksm.c
 */
export function* unstableTreeSearchInsert(
  ksm: Ksm,
  item: RmapItem,
  page: Frame,
): Suspends<UnstableMatch | undefined> {
  const { frames, memory, steps } = ksm;
  const nid = treesOf(ksm, page);
  const unstableTree = ksm.unstableTrees[nid];
  const isTangled = noteSearch(ksm);
  let parent: RmapItem | 0 = 0;
  let side: "left" | "right" = "left";
  let entry = unstableTree.root;
  for (let level = 0; entry !== 0; level++) {
    if (
      steps.mayRace &&
      steps.reschedule("unstable_tree_search_insert:resched")
    ) yield steps.stop;
    if (isTangled) checkEntry(ksm, entry, level + 1);
    const mm = ksm.mmOf(entry);
    const byStep = steps.mayInterleave && !steps.glance(
      mm.mmapLock,
      ENTRY_MMAP,
      mm.pageTableLock,
      ENTRY_PTE,
      "unstable node",
    );
    if (byStep) {
      if (steps.lock(mm.mmapLock, "shared", ENTRY_MMAP)) yield steps.stop;
      if (steps.lock(mm.pageTableLock, "exclusive", ENTRY_PTE)) {
        yield steps.stop;
      }
    }
    const treePage = mergeablePage(ksm, entry);
    if (byStep) {
      if (steps.spend("unstable node", 1, ENTRY_PTE)) yield steps.stop;
      if (steps.unlock(mm.pageTableLock, "exclusive", ENTRY_PTE)) {
        yield steps.stop;
      }
      if (steps.unlock(mm.mmapLock, "shared", ENTRY_MMAP)) yield steps.stop;
    }
    if (treePage === 0) return undefined;
    if (treePage === page) {
      frames.put(treePage);
      return undefined;
    }
    const order = memory.contents.compare(
      frames.contentOf(page),
      frames.contentOf(treePage),
    );
    if (steps.mayInterleave) {
      const bytes = bytesCompared(order);
      ksm.unstableCompares.note(level, bytes);
      if (steps.spend("compare", bytes, COMPARE)) yield steps.stop;
    }
    if (order === 0 && treesOf(ksm, treePage) !== nid) {
      frames.put(treePage);
      return undefined;
    }
    if (order === 0) return { item: entry, page: treePage };
    frames.put(treePage);
    if (isTangled) checkLinks(ksm, entry);
    parent = entry;
    side = order < 0 ? "left" : "right";
    entry = order < 0 ? unstableTree.left(entry) : unstableTree.right(entry);
  }
  if (isTangled) checkRebalance(ksm, unstableTree, parent);
  insert(ksm, nid, item, parent, side);
  return undefined;
}

/** Puts `item` into the tree of a node, below `parent`. */
function insert(
  ksm: Ksm,
  nid: NodeId,
  item: RmapItem,
  parent: RmapItem | 0,
  side: "left" | "right",
): void {
  const { items } = ksm;
  items.nid[item] = nid;
  items.state[item] = ITEM_STATE.unstable;
  items.seqnr[item] = ksm.seqnr & 0xff;
  ksm.unstableTrees[nid].insert(item, parent, side);
  noteLinked(ksm, item);
  ksm.pagesUnshared++;
}

const ENTRY_MMAP = "get_mergeable_page:mmap_lock";
const COMPARE = "unstable_tree_search_insert:compare";
const ENTRY_PTE = "get_mergeable_page:pte";

/**
 * The page that `item`'s address maps now, pinned; 0 if it maps no anonymous
 * page or may not be merged any more.
 *
 * The caller holds mmap_lock and the page table lock. When it lets them go, the
 * address may come to map another page.
 *
 * Models: get_mergeable_page(), mm/ksm.c
 */
function mergeablePage(ksm: Ksm, item: RmapItem): Frame | 0 {
  const mm = ksm.mmOf(item);
  const vpn = ksm.items.vpn[item];
  if (findMergeableVma(mm, vpn) === undefined) return 0;
  const frame = pteFrame(mm.pages.get(vpn));
  if (frame !== 0) ksm.frames.get(frame);
  return frame;
}

/**
 * The area of `vpn` if ksmd may work there: mergeable, touched at least once, and
 * of a process that is not exiting. The caller holds mmap_lock.
 *
 * Models: find_mergeable_vma(), mm/ksm.c
 */
export function findMergeableVma(mm: Mm, vpn: number): Vma | undefined {
  if (mm.exiting) return undefined;
  const vma = vmaAt(mm, vpn);
  if (vma === undefined || !vma.mergeable || vma.anonVma === 0) {
    return undefined;
  }
  return vma;
}
