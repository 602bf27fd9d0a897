/**
 * Exile: stable nodes whose page has migrated to another NUMA node than the one
 * in whose tree they stood. They wait on one list, `migrate_nodes`, with all
 * their items and counts, until one of their pages is visited. Then they get a
 * place in the tree of the page's present node:
 *
 * | in that tree              | the exiled node                                 |
 * | ------------------------- | ----------------------------------------------- |
 * | nothing equal             | is put in as a regular node                     |
 * | an equal page; its own    | becomes a dup of a chain there                  |
 * | has several mappings      |                                                 |
 * | an equal page, which has  | takes that one's place, which goes into exile   |
 * | left this node as well    |                                                 |
 * | an equal page otherwise   | stays: ksmd tries to merge the two pages        |
 *
 * None of this happens with `merge_across_nodes` 1.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Suspends } from "../lib/step.ts";
import type { StableNode } from "../mm/frames.ts";
import type { NodeId } from "../mm/numa.ts";
import { addDup, makeChain, type Representative } from "./chain.ts";
import type { Ksm } from "./ksm.ts";
import { leaveTree } from "./node_removal.ts";
import { treesOf } from "./numa_trees.ts";
import { NODE_ROLE } from "./stable_node.ts";

/** Whether the node waits for a place. */
export function isExiled(ksm: Ksm, node: StableNode): boolean {
  return ksm.nodes.role[node] === NODE_ROLE.migrating;
}

/** Whether the node stands in the tree of another NUMA node than its page is on. */
export function isMisplaced(ksm: Ksm, node: StableNode): boolean {
  const frame = ksm.nodes.kpfn.get(node);
  assert(frame !== 0, `Stable node ${node} never had a page`);
  return treesOf(ksm, frame) !== ksm.nodes.nid[node];
}

/** Takes a node out of its tree or off its chain; it waits at the front of the list from now on. */
export function exile(ksm: Ksm, node: StableNode): void {
  leaveTree(ksm, node);
  enlist(ksm, node);
}

/** Puts an exiled node where a search in the trees of `nid` fell off. */
export function plantExiled(
  ksm: Ksm,
  node: StableNode,
  nid: NodeId,
  parent: StableNode | 0,
  side: "left" | "right",
): void {
  recall(ksm, node, nid);
  ksm.stableTrees[nid].insert(node, parent, side);
}

/** Hangs an exiled node beside a node with equal bytes, on a chain that is made if there is none. */
export function chainExiled(
  ksm: Ksm,
  node: StableNode,
  { place, node: equal }: Representative,
): void {
  const chain = place === equal ? makeChain(ksm, equal) : place;
  recall(ksm, node, ksm.nodes.nid[equal]);
  addDup(ksm, chain, node);
}

/**
 * Exiles a misplaced node that a search has met, and puts the exiled node of the
 * page that was searched for, if it has one, in its place.
 */
export function replaceMisplaced(
  ksm: Ksm,
  { place, node: misplaced }: Representative,
  node: StableNode | 0,
): void {
  const { nodes, stableTrees } = ksm;
  const nid = nodes.nid[misplaced];
  if (node === 0) return exile(ksm, misplaced);
  recall(ksm, node, nid);
  if (place === misplaced) {
    stableTrees[nid].replace(misplaced, node);
  } else {
    leaveTree(ksm, misplaced);
    addDup(ksm, place, node);
  }
  enlist(ksm, misplaced);
}

/**
 * Drops the exiled nodes whose pages are gone: no search meets them, so that they
 * would pile up. Takes no lock; others may free pages between two of them.
 */
export function* pruneExiled(ksm: Ksm): Suspends<void> {
  const { frames, nodes, steps } = ksm;
  let node = nodes.exiled.next(0);
  while (node !== 0) {
    const next = nodes.exiled.next(node);
    const folio = yield* ksm.protocol.getFolio(ksm, node, "nolock");
    assert(folio !== "busy", "A look without a lock is never busy");
    if (folio !== 0) frames.put(folio);
    if (
      steps.mayInterleave && steps.reschedule("scan_get_next_rmap_item:prune")
    ) yield steps.stop;
    node = next;
  }
}

function enlist({ nodes }: Ksm, node: StableNode): void {
  nodes.role[node] = NODE_ROLE.migrating;
  nodes.exiled.insertAfter(node, 0);
}

/** Takes a node off the list; it is a regular node without a place then. */
function recall({ nodes }: Ksm, node: StableNode, nid: NodeId): void {
  assert(
    nodes.role[node] === NODE_ROLE.migrating,
    `Stable node ${node} is not exiled`,
  );
  nodes.exiled.remove(node);
  nodes.role[node] = NODE_ROLE.regular;
  nodes.nid[node] = nid;
}
