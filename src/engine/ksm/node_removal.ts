/**
 * Stable nodes that go, and what that does to the counters of all their sharers.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { StableNode } from "../mm/frames.ts";
import type { Ksm } from "./ksm.ts";
import { ITEM_STATE, type RmapItem } from "./rmap_item.ts";

/**
 * Removes and frees a stable node whose page is gone or given up. All its items
 * become `neither`, in all processes, and their counts drop at once.
 *
 * Models: remove_node_from_stable_tree(), mm/ksm.c
 */
export function removeNodeFromStableTree(ksm: Ksm, node: StableNode): void {
  const { nodes } = ksm;
  const frame = nodes.kpfn.get(node);
  let items = 0;
  for (
    let item = nodes.hlist.get(node);
    item !== 0;
    item = nodes.hlist.get(node)
  ) {
    if (nodes.remove(node, item)) ksm.pagesShared--;
    else ksm.pagesSharing--;
    forgetNode(ksm, item);
    items++;
  }
  ksm.stableTree.erase(node);
  nodes.free(node);
  if (frame !== 0 && items > 0) ksm.observer?.({ kind: "stale", frame, items });
}

/** What every item goes through that leaves a stable node. */
export function forgetNode(ksm: Ksm, item: RmapItem): void {
  const { items } = ksm;
  ksm.mmOf(item).ksmMergingPages--;
  items.head.set(item, 0);
  items.state[item] = ITEM_STATE.neither;
  putAnonVma(ksm, item);
}

/** Drops the item's reference on its anon_vma. */
export function putAnonVma(ksm: Ksm, item: RmapItem): void {
  const anonVma = ksm.items.anonVma.get(item);
  assert(anonVma !== 0, `rmap item ${item} holds no anon_vma`);
  ksm.memory.anonVmas.put(anonVma);
  ksm.items.anonVma.set(item, 0);
}
