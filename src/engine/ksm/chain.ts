/**
 * Chains: several KSM pages with equal bytes in one place of the stable tree.
 *
 * A page with very many sharers would make its reverse map endless. So a node
 * takes `max_page_sharing` items and no more; the next equal pages make a KSM
 * page of their own, a dup, and both hang on a chain:
 *
 * ```
 *        tree                          tree
 *         |                             |
 *      regular 7      2 more twins    chain 9
 *      (full)         ------------>    | newest first
 *                                      +-- dup 8 -- dup 7 (full)
 * ```
 *
 * A chain is looked after only when a walk comes by: gone dups are dropped, a
 * single dup left takes the chain's place, an empty chain is freed.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Suspends } from "../lib/step.ts";
import type { Frame, StableNode } from "../mm/frames.ts";
import { getLiveFolio } from "./get_folio.ts";
import { jiffies, msecsToJiffies } from "./jiffies.ts";
import type { Ksm } from "./ksm.ts";
import { freeStableNodeChain } from "./node_removal.ts";
import { NODE_ROLE } from "./stable_node.ts";

/** A node of the tree with a page to compare with, on which the finder holds a reference. */
export interface Representative {
  /** What stands in the tree: the node itself, or its chain. */
  readonly place: StableNode;
  /** The node whose page it is. */
  readonly node: StableNode;
  /** The page. */
  readonly folio: Frame;
}

/**
 * Whether the node's page takes `offset` sharers and one more. Not one that has
 * lost all its items: such a page lives on only by mappings that nobody has
 * counted, as a forked child's.
 *
 * Models: is_page_sharing_candidate(), mm/ksm.c
 */
export function isSharingCandidate(
  ksm: Ksm,
  node: StableNode,
  offset = 0,
): boolean {
  const length = ksm.nodes.rmapHlistLen[node];
  return length >= 1 && length + offset < ksm.knobs.maxPageSharing;
}

/**
 * Makes a chain in the place of a regular node, which becomes its first dup.
 *
 * Models: alloc_stable_node_chain(), mm/ksm.c
 * Differs: a chain is always made, because allocations do not fail.
 */
export function makeChain(ksm: Ksm, node: StableNode): StableNode {
  const { nodes } = ksm;
  const chain = nodes.alloc();
  nodes.role[chain] = NODE_ROLE.chain;
  nodes.chainPruneTime[chain] = jiffies(ksm);
  nodes.nid[chain] = nodes.nid[node];
  ksm.stableTrees[nodes.nid[node]].replace(node, chain);
  ksm.stableNodeChains++;
  addDup(ksm, chain, node);
  return chain;
}

/**
 * Hangs `node`, which is in no tree, on a chain, in front of its other dups.
 *
 * Models: stable_node_chain_add_dup(), mm/ksm.c
 */
export function addDup(ksm: Ksm, chain: StableNode, node: StableNode): void {
  ksm.nodes.pushDup(chain, node);
  ksm.stableNodeDups++;
}

/**
 * The page to compare with at `place`. For a regular node that is its own; for a
 * chain a dup is chosen, and the chain looked after. Nothing if the page is gone:
 * then the node, or the whole chain, is gone as well, and the tree has changed.
 *
 * With `mayPrune` the interval since a chain was last looked through decides
 * whether that is due again; without it never is.
 *
 * Holds no lock. A chain may have been replaced by its last dup.
 *
 * Models: chain_prune(), mm/ksm.c
 * Models: chain(), mm/ksm.c
 */
export function* representative(
  ksm: Ksm,
  place: StableNode,
  mayPrune: boolean,
): Suspends<Representative | undefined> {
  if (ksm.nodes.role[place] === NODE_ROLE.chain) {
    return yield* chooseDup(ksm, place, mayPrune);
  }
  const folio = yield* ksm.protocol.getFolio(ksm, place, "nolock");
  assert(folio !== "busy", "A walk takes no lock");
  return folio === 0 ? undefined : { place, node: place, folio };
}

/**
 * Chooses among the dups of a chain: the first that takes sharers, or, when all
 * are looked at, the one of those with the most items; without any, the first
 * that is alive, good for comparing only.
 *
 * Models: stable_node_dup(), mm/ksm.c
 */
function* chooseDup(
  ksm: Ksm,
  chain: StableNode,
  mayPrune: boolean,
): Suspends<Representative | undefined> {
  const { frames, nodes, steps } = ksm;
  const lookAtAll = mayPrune && isPruneDue(ksm, chain);
  if (lookAtAll) nodes.chainPruneTime[chain] = jiffies(ksm);
  let found: StableNode | 0 = 0;
  let page: Frame | 0 = 0;
  let dup = nodes.firstDup.get(chain);
  while (dup !== 0) {
    const next: StableNode | 0 = nodes.nextDup.get(dup);
    const folio: Frame | 0 | "busy" = getLiveFolio(ksm, dup) ||
      (yield* ksm.protocol.getFolio(ksm, dup, "nolock"));
    assert(folio !== "busy", "A walk takes no lock");
    if (steps.mayInterleave && steps.spend("stable node", 1, DUP)) {
      yield steps.stop;
    }
    if (folio !== 0) {
      if (found === 0 || isBetter(ksm, dup, found)) {
        if (page !== 0) frames.put(page);
        found = dup;
        page = folio;
        if (!lookAtAll && isSharingCandidate(ksm, found)) break;
      } else {
        frames.put(folio);
      }
    }
    dup = next;
  }
  if (found === 0 || page === 0) {
    freeStableNodeChain(ksm, chain);
    return undefined;
  }
  const place = tidyChain(ksm, chain, found);
  return { place, node: found, folio: page };
}

const DUP = "stable_node_dup:node";

function isBetter(ksm: Ksm, dup: StableNode, found: StableNode): boolean {
  const { rmapHlistLen } = ksm.nodes;
  if (!isSharingCandidate(ksm, dup)) return false;
  return !isSharingCandidate(ksm, found) ||
    rmapHlistLen[dup] > rmapHlistLen[found];
}

/** Whether the interval is over after which all dups of a chain are looked at. */
export function isPruneDue(ksm: Ksm, chain: StableNode): boolean {
  const interval = msecsToJiffies(ksm.knobs.chainsPruneMillisecs);
  return jiffies(ksm) >= ksm.nodes.chainPruneTime[chain] + interval;
}

/** Lets a single dup take its chain's place; else moves one with room for more than this one to the front. Answers what stands in the tree. */
function tidyChain(
  ksm: Ksm,
  chain: StableNode,
  found: StableNode,
): StableNode {
  const { nodes } = ksm;
  if (nodes.isOnlyDup(found)) {
    nodes.removeDup(found);
    ksm.stableNodeDups--;
    ksm.stableTrees[nodes.nid[chain]].replace(chain, found);
    ksm.stableNodeChains--;
    nodes.free(chain);
    return found;
  }
  if (
    nodes.firstDup.get(chain) !== found && isSharingCandidate(ksm, found, 1)
  ) {
    nodes.removeDup(found);
    nodes.pushDup(chain, found);
  }
  return chain;
}
