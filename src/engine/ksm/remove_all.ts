/**
 * Giving up all stable nodes: at the end of an unmerge, and before a knob changes
 * the meaning of the tree.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Suspends } from "../lib/step.ts";
import type { StableNode } from "../mm/frames.ts";
import { getFolio } from "./get_folio.ts";
import type { Ksm } from "./ksm.ts";
import {
  freeStableNodeChain,
  removeNodeFromStableTree,
} from "./node_removal.ts";
import { NODE_ROLE } from "./stable_node.ts";

/**
 * Gives up stable nodes from the root of the tree on, until none is left or one
 * is met whose page somebody still maps. Says whether none is left.
 *
 * Takes and drops the lock of each node's page.
 *
 * Models: remove_all_stable_nodes(), mm/ksm.c
 * Differs: there is one tree, because NUMA nodes are not modelled yet.
 */
export function* removeAllStableNodes(ksm: Ksm): Suspends<boolean> {
  const { nodes, stableTree, steps } = ksm;
  for (let place = stableTree.root; place !== 0; place = stableTree.root) {
    const gone = nodes.role[place] === NODE_ROLE.chain
      ? yield* removeStableNodeChain(ksm, place)
      : yield* removeStableNode(ksm, place);
    if (!gone) return false;
    if (
      steps.mayInterleave && steps.reschedule("remove_all_stable_nodes:resched")
    ) yield steps.stop;
  }
  return true;
}

/**
 * Gives up the dups of a chain from the front on, then the chain.
 *
 * Models: remove_stable_node_chain(), mm/ksm.c
 */
function* removeStableNodeChain(
  ksm: Ksm,
  chain: StableNode,
): Suspends<boolean> {
  const { nodes } = ksm;
  let dup = nodes.firstDup.get(chain);
  while (dup !== 0) {
    const next = nodes.nextDup.get(dup);
    if (!(yield* removeStableNode(ksm, dup))) return false;
    dup = next;
  }
  freeStableNodeChain(ksm, chain);
  return true;
}

/**
 * Gives up one node unless somebody maps its page.
 *
 * Models: remove_stable_node(), mm/ksm.c
 */
function* removeStableNode(ksm: Ksm, node: StableNode): Suspends<boolean> {
  const { frames } = ksm;
  const frame = yield* getFolio(ksm, node, "lock");
  if (frame === 0) return true;
  assert(frame !== "busy", "A blocking lock is never busy");
  const unmapped = frames.mapcount[frame] === 0;
  if (unmapped) {
    frames.setStableNode(frame, 0);
    removeNodeFromStableTree(ksm, node);
  }
  yield* frames.unlock(frame, "remove_stable_node:folio");
  frames.put(frame);
  return unmapped;
}
