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
import { bytesCompared } from "../lib/page_bytes.ts";
import type { Suspends } from "../lib/step.ts";
import type { Frame, StableNode } from "../mm/frames.ts";
import type { NodeId } from "../mm/numa.ts";
import {
  addDup,
  isSharingCandidate,
  makeChain,
  type Representative,
  representative,
} from "./chain.ts";
import { getLiveFolio } from "./get_folio.ts";
import type { Ksm } from "./ksm.ts";
import {
  chainExiled,
  isExiled,
  isMisplaced,
  plantExiled,
  replaceMisplaced,
} from "./migrate_nodes.ts";
import { treesOf } from "./numa_trees.ts";
import { ITEM_STATE, type RmapItem } from "./rmap_item.ts";
import { NODE_ROLE } from "./stable_node.ts";

/**
 * The KSM page with the bytes of `page`, pinned; 0 if there is none on its NUMA
 * node, or none that takes sharers. A page that is a KSM page itself is its own
 * match, also if its node was in exile and the search has found it a place.
 *
 * `busy`: there is one, but another actor holds its lock. The lock is taken and
 * let go at the match, so that a migration on its way either has ended before or
 * sees the raised count and gives up.
 *
 * Takes no other lock than that. Nothing is held when it returns; nodes and chains
 * met on the way may be gone, with the counts of their items.
 *
 * Models: stable_tree_search(), mm/ksm.c
 */
export function* stableTreeSearch(
  ksm: Ksm,
  page: Frame,
): Suspends<Frame | 0 | "busy"> {
  const { frames, protocol, steps } = ksm;
  const own = frames.isKsm(page) ? frames.stableNode.get(page) : 0;
  if (own !== 0 && !isExiled(ksm, own)) {
    frames.get(page);
    return page;
  }
  const nid = treesOf(ksm, page);
  for (;;) {
    const { match, parent, side } = yield* descend(ksm, nid, page, true);
    if (match === undefined) {
      if (own === 0) return 0;
      plantExiled(ksm, own, nid, parent, side);
      return ownMatch(ksm, page, own);
    }
    if (own !== 0 && frames.mapcount[page] > 1) {
      chainExiled(ksm, own, match);
      return ownMatch(ksm, page, own);
    }
    if (!isSharingCandidate(ksm, match.node)) return 0;
    const folio = yield* protocol.getFolio(
      ksm,
      match.node,
      protocol.matchMode,
    );
    // Gone since the compare; the tree has changed.
    if (folio === 0) continue;
    if (folio === "busy") return "busy";
    if (protocol.matchMode !== "nolock") {
      yield* frames.unlock(folio, "stable_tree_search:folio");
    }
    if (isMisplaced(ksm, match.node)) {
      frames.put(folio);
      replaceMisplaced(ksm, match, own);
      return own === 0 ? 0 : ownMatch(ksm, page, own);
    }
    if (steps.mayRace && steps.race("stable_tree_search:match")) {
      yield steps.stop;
    }
    return folio;
  }
}

/** The page of a search as its own match, if it takes sharers. */
function ownMatch(ksm: Ksm, page: Frame, node: StableNode): Frame | 0 {
  if (!isSharingCandidate(ksm, node)) return 0;
  ksm.frames.get(page);
  return page;
}

/**
 * Makes a node for the new KSM page `page`, which the caller has locked and
 * which belongs to no node yet: in a place of its own, or, beside equal pages
 * that take no more sharers, as a dup of their chain. Takes no further lock; nodes
 * and chains met on the way may be gone.
 *
 * Models: stable_tree_insert(), mm/ksm.c
 * Differs: a node is always made, because allocations do not fail.
 */
export function* stableTreeInsert(
  ksm: Ksm,
  page: Frame,
): Suspends<StableNode> {
  const { frames, nodes, steps } = ksm;
  const nid = treesOf(ksm, page);
  assert(
    frames.isKsm(page) && frames.stableNode.get(page) === 0,
    `frame ${page} has a node already`,
  );
  if (steps.mayInterleave && steps.spend("stable insert", 1, INSERT)) {
    yield steps.stop;
  }
  const { match, parent, side } = yield* descend(ksm, nid, page, false);
  const node = nodes.alloc();
  nodes.kpfn.set(node, page);
  nodes.nid[node] = nid;
  if (match === undefined) ksm.stableTrees[nid].insert(node, parent, side);
  else {
    const isChain = nodes.role[match.place] === NODE_ROLE.chain;
    const chain = isChain ? match.place : makeChain(ksm, match.place);
    addDup(ksm, chain, node);
  }
  frames.setStableNode(page, node);
  return node;
}

const INSERT = "stable_tree_insert:node";

/**
 * Counts `item` on `node`: as the shared page if it is the first there, else as
 * one more that shares. Only a `bypass` may go beyond `max_page_sharing`.
 *
 * Models: stable_tree_append(), mm/ksm.c
 */
export function stableTreeAppend(
  ksm: Ksm,
  item: RmapItem,
  node: StableNode,
  bypass: boolean,
): void {
  const { items, nodes } = ksm;
  items.head.set(item, node);
  items.state[item] = ITEM_STATE.stable;
  items.linksLost[item] = 1;
  if (nodes.push(node, item)) ksm.pagesShared++;
  else ksm.pagesSharing++;
  assert(
    bypass || nodes.rmapHlistLen[node] <= ksm.knobs.maxPageSharing,
    `Stable node ${node} has more items than max_page_sharing`,
  );
  ksm.mmOf(item).ksmMergingPages++;
}

const NODE = "stable_tree_search:node";
const COMPARE = "stable_tree_search:compare";

/** Where a walk ended: at equal bytes, or below `parent`. */
interface Place {
  readonly match: Representative | undefined;
  readonly parent: StableNode | 0;
  readonly side: "left" | "right";
}

/**
 * Walks from the root to the node with the bytes of `page`, or to where it would
 * be. Each page is pinned while it is compared, without its lock: a pinned page
 * keeps its bytes. Chains on the way are looked after.
 */
function* descend(
  ksm: Ksm,
  nid: NodeId,
  page: Frame,
  mayPrune: boolean,
): Suspends<Place> {
  const { frames, memory, steps } = ksm;
  const stableTree = ksm.stableTrees[nid];
  let parent: StableNode | 0 = 0;
  let side: "left" | "right" = "left";
  let level = 0;
  let node = stableTree.root;
  while (node !== 0) {
    const found = quickRepresentative(ksm, node) ??
      (yield* representative(ksm, node, mayPrune));
    if (found === undefined) {
      parent = 0;
      level = 0;
      node = stableTree.root;
      continue;
    }
    const order = memory.contents.compare(
      frames.contentOf(page),
      frames.contentOf(found.folio),
    );
    if (steps.mayInterleave) {
      if (steps.spend("stable node", 1, NODE)) yield steps.stop;
      const bytes = bytesCompared(order);
      ksm.stableCompares.note(level++, bytes);
      if (steps.spend("compare", bytes, COMPARE)) yield steps.stop;
    }
    frames.put(found.folio);
    parent = found.place;
    if (order === 0) return { match: found, parent, side };
    side = order < 0 ? "left" : "right";
    node = order < 0 ? stableTree.left(parent) : stableTree.right(parent);
  }
  return { match: undefined, parent, side };
}

/** The page of a regular node where nobody else runs, if it is there. */
function quickRepresentative(
  ksm: Ksm,
  node: StableNode,
): Representative | undefined {
  if (ksm.nodes.role[node] !== NODE_ROLE.regular) return undefined;
  const folio = getLiveFolio(ksm, node);
  return folio === 0 ? undefined : { place: node, node, folio };
}
