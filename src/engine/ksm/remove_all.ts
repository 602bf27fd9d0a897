/**
 * Giving up all stable nodes: at the end of an unmerge, and before a knob changes
 * the meaning of the tree.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { RbTree } from "../lib/rbtree.ts";
import type { Suspends } from "../lib/step.ts";
import type { Frame, StableNode } from "../mm/frames.ts";
import type { Ksm } from "./ksm.ts";
import {
  freeStableNodeChain,
  removeNodeFromStableTree,
} from "./node_removal.ts";
import { treesInUse } from "./numa_trees.ts";
import { NODE_ROLE } from "./stable_node.ts";

/**
 * Gives up the stable nodes of each tree in use, from its root on, until none is
 * left there or one is met whose page somebody still maps; then all exiled nodes
 * but such. Says whether none is left at all.
 *
 * Takes and drops the lock of each node's page.
 *
 * Models: remove_all_stable_nodes(), mm/ksm.c
 */
export function* removeAllStableNodes(ksm: Ksm): Suspends<boolean> {
  const { nodes, steps } = ksm;
  let allGone = true;
  for (let nid = 0; nid < treesInUse(ksm); nid++) {
    if (!(yield* emptyTree(ksm, ksm.stableTrees[nid]))) allGone = false;
  }
  let node = nodes.exiled.next(0);
  while (node !== 0) {
    const next = nodes.exiled.next(node);
    if (!(yield* removeStableNode(ksm, node))) allGone = false;
    if (steps.mayInterleave && steps.reschedule(RESCHED)) yield steps.stop;
    node = next;
  }
  return allGone;
}

function* emptyTree(
  ksm: Ksm,
  tree: RbTree<StableNode>,
): Suspends<boolean> {
  const { nodes, steps } = ksm;
  for (let place = tree.root; place !== 0; place = tree.root) {
    const gone = nodes.role[place] === NODE_ROLE.chain
      ? yield* removeStableNodeChain(ksm, place)
      : yield* removeStableNode(ksm, place);
    if (!gone) return false;
    if (steps.mayInterleave && steps.reschedule(RESCHED)) yield steps.stop;
  }
  return true;
}

const RESCHED = "remove_all_stable_nodes:resched";

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
  const { frames, protocol } = ksm;
  const frame = yield* protocol.getFolio(ksm, node, "lock");
  if (frame === 0) return true;
  assert(frame !== "busy", "A blocking lock is never busy");
  const givenUp = protocol.mayGiveUp(ksm, frame);
  if (givenUp) {
    frames.setStableNode(frame, 0);
    removeNodeFromStableTree(ksm, node);
  }
  yield* frames.unlock(frame, "remove_stable_node:folio");
  frames.put(frame);
  return givenUp;
}

/**
 * Whether nobody maps the page, which is locked: then its node can go, as there
 * is no mapping that it would be needed for.
 */
export function isUnmapped(ksm: Ksm, frame: Frame): boolean {
  return ksm.frames.mapcount[frame] === 0;
}
