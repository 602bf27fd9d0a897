/**
 * The stable tree: KSM pages in the order of their bytes.
 *
 * Its pages are write-protected, so that the order holds. What does not hold is
 * that a node's page is still there: a walk meets nodes whose page is gone,
 * removes them, and starts again, because the tree may have been rebalanced
 * under it.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Suspends } from "../lib/step.ts";
import type { Frame, StableNode } from "../mm/frames.ts";
import { getFolio } from "./get_folio.ts";
import type { Ksm } from "./ksm.ts";
import { ITEM_STATE, type RmapItem } from "./rmap_item.ts";

/**
 * The KSM page with the bytes of `page`, pinned; 0 if there is none, or none that
 * takes sharers. A page that is a KSM page itself is its own match.
 *
 * `busy`: there is one, but another actor holds its lock. The lock is taken and
 * let go at the match, so that a migration on its way either has ended before or
 * sees the raised count and gives up.
 *
 * Nothing is held when it returns; nodes met on the way may be gone.
 *
 * Models: stable_tree_search(), mm/ksm.c
 */
export function* stableTreeSearch(
  ksm: Ksm,
  page: Frame,
): Suspends<Frame | 0 | "busy"> {
  const { frames, steps } = ksm;
  if (frames.isKsm(page) && frames.stableNode.get(page) !== 0) {
    frames.get(page);
    return page;
  }
  for (;;) {
    const place = yield* descend(ksm, page);
    if (place.match === 0) return 0;
    if (!isSharingCandidate(ksm, place.match)) return 0;
    const match = yield* getFolio(ksm, place.match, "trylock");
    // Gone since the compare; the tree has changed.
    if (match === 0) continue;
    if (match === "busy") return "busy";
    yield* frames.unlock(match, "stable_tree_search:folio");
    if (steps.mayInterleave) yield steps.race("stable_tree_search:match");
    return match;
  }
}

/**
 * Makes a node for the new KSM page `page`, which the caller has locked and
 * which belongs to no node yet. 0 if there is a node with these bytes already.
 *
 * Models: stable_tree_insert(), mm/ksm.c
 * Differs: an equal node is refused instead of becoming a chain, because chains are not modelled.
 */
export function* stableTreeInsert(
  ksm: Ksm,
  page: Frame,
): Suspends<StableNode | 0> {
  const { frames, nodes, stableTree } = ksm;
  assert(
    frames.isKsm(page) && frames.stableNode.get(page) === 0,
    `frame ${page} has a node already`,
  );
  const place = yield* descend(ksm, page);
  if (place.match !== 0) return 0;
  const node = nodes.alloc();
  nodes.kpfn.set(node, page);
  stableTree.insert(node, place.parent, place.side);
  frames.setStableNode(page, node);
  return node;
}

/**
 * Counts `item` on `node`: as the shared page if it is the first there, else as
 * one more that shares.
 *
 * Models: stable_tree_append(), mm/ksm.c
 * Differs: `max_page_sharing` has no effect, because chains are not modelled.
 */
export function stableTreeAppend(
  ksm: Ksm,
  item: RmapItem,
  node: StableNode,
): void {
  const { items } = ksm;
  items.head.set(item, node);
  items.state[item] = ITEM_STATE.stable;
  if (ksm.nodes.push(node, item)) ksm.pagesShared++;
  else ksm.pagesSharing++;
  ksm.mmOf(item).ksmMergingPages++;
}

/**
 * Whether further pages may be merged with the node's page. Not if all its items
 * have gone: the page lives on only by mappings that nobody has counted, such as
 * a forked child's.
 *
 * Models: is_page_sharing_candidate(), mm/ksm.c
 * Differs: a node is never full, because chains are not modelled.
 */
function isSharingCandidate(ksm: Ksm, node: StableNode): boolean {
  return ksm.nodes.rmapHlistLen[node] > 0;
}

/** Where a walk ended: at an equal node, or below `parent`. */
interface Place {
  readonly match: StableNode | 0;
  readonly parent: StableNode | 0;
  readonly side: "left" | "right";
}

/**
 * Walks from the root to the node with the bytes of `page`, or to where it would
 * be. Each node's page is pinned while it is compared, without its lock: a
 * pinned page keeps its bytes.
 */
function* descend(ksm: Ksm, page: Frame): Suspends<Place> {
  const { frames, stableTree, memory, steps } = ksm;
  const content = frames.contentOf(page);
  let parent: StableNode | 0 = 0;
  let side: "left" | "right" = "left";
  let node = stableTree.root;
  while (node !== 0) {
    const folio: Frame | 0 | "busy" = yield* getFolio(ksm, node, "nolock");
    assert(folio !== "busy", "A walk takes no lock");
    if (folio === 0) {
      parent = 0;
      side = "left";
      node = stableTree.root;
      continue;
    }
    if (steps.mayInterleave) {
      yield steps.spend("compare", 1, "stable_tree_search:compare");
    }
    const order = memory.contents.compare(content, frames.contentOf(folio));
    frames.put(folio);
    if (order === 0) return { match: node, parent, side };
    parent = node;
    side = order < 0 ? "left" : "right";
    node = order < 0 ? stableTree.left(node) : stableTree.right(node);
  }
  return { match: 0, parent, side };
}
