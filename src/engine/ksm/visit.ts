/**
 * One visit: what ksmd does with one page.
 *
 * ```
 *   KSM page, counted already  ------------------------------> nothing
 *   KSM page, not counted (fork)  -> stable tree (itself) ----> counted
 *   changed since the last visit  -> remember the checksum ---> volatile
 *   unchanged  -> stable tree  -- match ----------------------> merged with it
 *                     | none
 *                     v
 *                 unstable tree -- match ---------------------> both merged
 *                     | none
 *                     v
 *                 put into it --------------------------------> unshared
 * ```
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import { PAGE_BYTES } from "../lib/page_size.ts";
import type { Suspends } from "../lib/step.ts";
import type { Frame } from "../mm/frames.ts";
import { isSharingCandidate } from "./chain.ts";
import type { Ksm } from "./ksm.ts";
import {
  tryToMergeTwoPages,
  tryToMergeWithKsmPage,
  tryToMergeWithZeroPage,
} from "./merge.ts";
import { removeRmapItemFromTree } from "./item_removal.ts";
import { exile, isExiled, isMisplaced } from "./migrate_nodes.ts";
import type { RmapItem } from "./rmap_item.ts";
import {
  stableTreeAppend,
  stableTreeInsert,
  stableTreeSearch,
} from "./stable_tree.ts";
import {
  type UnstableMatch,
  unstableTreeSearchInsert,
} from "./unstable_tree.ts";

/**
 * Visits `page`, which `item` remembers and on which the caller holds a
 * reference. The caller holds no mmap_lock.
 *
 * The checksum is compared before any search, so that a page new to ksmd never
 * merges on its first visit, not even with a KSM page.
 *
 * A KSM page that has left its NUMA node takes its stable node out of the tree
 * there, and the search finds it a place in that of its present node.
 *
 * Takes, and lets go, one after the other: the lock of the page that the item is
 * on (to leave it), that of a match (trylock), mmap_lock of the owner of each
 * entry of the unstable tree, what {@linkcode tryToMergeWithKsmPage} takes for
 * each merge, and the lock of the KSM page that gets a new item. Between any two
 * of these processes may change all that is theirs.
 *
 * Models: cmp_and_merge_page(), mm/ksm.c
 */
export function* cmpAndMergePage(
  ksm: Ksm,
  page: Frame,
  item: RmapItem,
): Suspends<void> {
  const { frames, items, steps } = ksm;
  // Only a KSM page that fork handed on may go beyond max_page_sharing.
  let bypass = false;
  // A merge that failed half way may leave a forked child a KSM page of no node:
  // it is visited as any other page.
  const node = frames.isKsm(page) ? frames.stableNode.get(page) : 0;
  if (node !== 0) {
    if (!isExiled(ksm, node)) {
      if (isMisplaced(ksm, node)) exile(ksm, node);
      else if (items.head.get(item) === node) return;
    }
    bypass = !isSharingCandidate(ksm, node);
  } else {
    yield* removeRmapItemFromTree(ksm, item);
    if (
      steps.mayInterleave &&
      steps.spend("checksum", PAGE_BYTES, "cmp_and_merge_page:checksum")
    ) yield steps.stop;
    const checksum = ksm.memory.contents.checksum(frames.contentOf(page));
    items.visits[item]++;
    if (items.oldchecksum[item] !== checksum) {
      items.changes[item]++;
      items.oldchecksum[item] = checksum;
      return;
    }
    items.changes[item] = 0;
    if (ksm.knobs.useZeroPages && checksum === zeroChecksum(ksm)) {
      if (yield* tryToMergeWithZeroPage(ksm, item, page)) return;
    }
  }
  const kpage = yield* stableTreeSearch(ksm, page);
  if (kpage !== 0 && kpage === page && items.head.get(item) === node) {
    // The exiled node of this very item has found a place.
    frames.put(kpage);
    return;
  }
  yield* removeRmapItemFromTree(ksm, item);
  if (kpage === "busy") return;
  if (kpage !== 0) yield* joinKsmPage(ksm, item, page, kpage, bypass);
  else yield* joinUnstableTree(ksm, item, page);
}

/** Merges with a KSM page of the stable tree. A failure ends the visit. */
function* joinKsmPage(
  ksm: Ksm,
  item: RmapItem,
  page: Frame,
  kpage: Frame,
  bypass: boolean,
): Suspends<void> {
  const { frames } = ksm;
  if (yield* tryToMergeWithKsmPage(ksm, item, page, kpage)) {
    yield* frames.lock(kpage, "cmp_and_merge_page:append");
    const node = frames.stableNode.get(kpage);
    assert(node !== 0, `KSM page ${kpage} lost its node while mapped`);
    stableTreeAppend(ksm, item, node, bypass);
    yield* frames.unlock(kpage, "cmp_and_merge_page:append");
  }
  frames.put(kpage);
}

/** Looks for a twin among the unchanged pages. */
function* joinUnstableTree(
  ksm: Ksm,
  item: RmapItem,
  page: Frame,
): Suspends<void> {
  const twin = yield* unstableTreeSearchInsert(ksm, item, page);
  if (twin === undefined) return;
  const merged = yield* tryToMergeTwoPages(
    ksm,
    item,
    page,
    twin.item,
    twin.page,
  );
  ksm.frames.put(twin.page);
  if (merged) yield* plantKsmPage(ksm, item, page, twin);
}

/** Gives the new KSM page `page` its node, with the tree's item on it first. */
function* plantKsmPage(
  ksm: Ksm,
  item: RmapItem,
  page: Frame,
  twin: UnstableMatch,
): Suspends<void> {
  const { frames } = ksm;
  yield* frames.lock(page, "cmp_and_merge_page:insert");
  const node = yield* stableTreeInsert(ksm, page);
  stableTreeAppend(ksm, twin.item, node, false);
  stableTreeAppend(ksm, item, node, false);
  yield* frames.unlock(page, "cmp_and_merge_page:insert");
}

function zeroChecksum({ memory: { contents } }: Ksm): number {
  return contents.checksum(contents.zero);
}
