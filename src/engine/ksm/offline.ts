/**
 * KSM while memory goes offline.
 *
 * The pages of the block migrate away, and their stable nodes with them. What is
 * left are nodes whose pages are gone, and whose frame numbers name no memory any
 * more: nobody may look at those frames, so the nodes go by their numbers.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import type { StableNode } from "../mm/frames.ts";
import type { MemoryBlock } from "../mm/memory_blocks.ts";
import type { Ksm } from "./ksm.ts";
import {
  freeStableNodeChain,
  removeNodeFromStableTree,
} from "./node_removal.ts";
import { treesInUse } from "./numa_trees.ts";
import { NODE_ROLE } from "./stable_node.ts";
import { lockThreadMutex, unlockThreadMutex } from "./thread_mutex.ts";

/**
 * A block is about to go offline: keeps ksmd, and writers of `run`,
 * `merge_across_nodes` and `max_page_sharing`, off the trees from now on.
 *
 * Takes ksm_thread_mutex, so that it waits for a batch to end, and lets it go.
 *
 * Models: ksm_memory_callback(), mm/ksm.c
 */
export function* goingOffline(ksm: Ksm): Suspends<void> {
  yield* lockThreadMutex(ksm, "ksm_memory_callback:mutex");
  ksm.knobs.offlining = true;
  yield* unlockThreadMutex(ksm, "ksm_memory_callback:mutex");
}

/**
 * The block has gone: its nodes go, and those who wait go on. Between two nodes
 * others may act, but nobody who uses the trees. Takes ksm_thread_mutex at the end.
 */
export function* offline(ksm: Ksm, block: MemoryBlock): Suspends<void> {
  yield* checkStableTree(ksm, block);
  yield* offlineEnded(ksm);
}

/** The block stays, or has gone: those who wait go on. Takes ksm_thread_mutex. */
export function* offlineEnded(ksm: Ksm): Suspends<void> {
  const { steps } = ksm;
  yield* lockThreadMutex(ksm, "ksm_memory_callback:mutex");
  ksm.knobs.offlining = false;
  yield* unlockThreadMutex(ksm, "ksm_memory_callback:mutex");
  if (
    steps.mayInterleave && steps.signal("online", "ksm_memory_callback:online")
  ) {
    yield steps.stop;
  }
}

/**
 * Removes every node whose page was in the block. A removal may rebalance the
 * tree, so that the walk begins anew.
 *
 * Models: ksm_check_stable_tree(), mm/ksm.c
 */
function* checkStableTree(ksm: Ksm, block: MemoryBlock): Suspends<void> {
  const { nodes, steps } = ksm;
  for (let nid = 0; nid < treesInUse(ksm); nid++) {
    const tree = ksm.stableTrees[nid];
    let place = tree.first();
    while (place !== 0) {
      const gone = removeIfIn(ksm, place, block);
      place = gone ? tree.first() : tree.next(place);
      if (steps.mayInterleave && steps.reschedule(RESCHED)) yield steps.stop;
    }
  }
  let node = nodes.exiled.next(0);
  while (node !== 0) {
    const next = nodes.exiled.next(node);
    if (isIn(ksm, node, block)) removeNodeFromStableTree(ksm, node);
    if (steps.mayInterleave && steps.reschedule(RESCHED)) yield steps.stop;
    node = next;
  }
}

const RESCHED = "ksm_check_stable_tree:resched";

/** Removes what stands in the tree if it was in the block, of a chain those dups that were. Says whether the tree has changed. */
function removeIfIn(
  ksm: Ksm,
  place: StableNode,
  block: MemoryBlock,
): boolean {
  const { nodes } = ksm;
  if (nodes.role[place] !== NODE_ROLE.chain) {
    const gone = isIn(ksm, place, block);
    if (gone) removeNodeFromStableTree(ksm, place);
    return gone;
  }
  let dup = nodes.firstDup.get(place);
  while (dup !== 0) {
    const next = nodes.nextDup.get(dup);
    if (isIn(ksm, dup, block)) removeNodeFromStableTree(ksm, dup);
    dup = next;
  }
  const empty = nodes.firstDup.get(place) === 0;
  if (empty) freeStableNodeChain(ksm, place);
  return empty;
}

/** Whether the node's frame is of the block; who has the frame now does not matter. */
function isIn(
  { frames, nodes }: Ksm,
  node: StableNode,
  block: MemoryBlock,
): boolean {
  const frame = nodes.kpfn.get(node);
  return frame !== 0 && frames.block[frame] === block.index;
}
