/**
 * Stable nodes that go, and what that does to the counters of all their sharers.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { StableNode } from "../mm/frames.ts";
import type { Ksm } from "./ksm.ts";
import { ITEM_STATE, type RmapItem } from "./rmap_item.ts";
import { NODE_ROLE } from "./stable_node.ts";

/**
 * Removes and frees a stable node whose page is gone or given up. All its items
 * become `neither`, in all processes, and their counts drop at once.
 *
 * Models: remove_node_from_stable_tree(), mm/ksm.c
 */
export function removeNodeFromStableTree(ksm: Ksm, node: StableNode): void {
  const { nodes } = ksm;
  const frame = nodes.kpfn.get(node);
  for (
    let item = nodes.hlist.get(node);
    item !== 0;
    item = nodes.hlist.get(node)
  ) {
    if (nodes.remove(node, item)) ksm.pagesShared--;
    else {
      ksm.pagesSharing--;
      const mm = ksm.mmOf(item);
      const event = "ksm_remove_rmap_item";
      ksm.observer?.({ event, pfn: frame, rmapItem: item, mm });
    }
    forgetNode(ksm, item);
  }
  if (nodes.role[node] === NODE_ROLE.migrating) nodes.exiled.remove(node);
  else leaveTree(ksm, node);
  nodes.free(node);
  ksm.observer?.({ event: "ksm_remove_ksm_page", pfn: frame });
}

/**
 * Takes a regular node out of its tree, or a dup off its chain.
 *
 * Models: stable_node_dup_del(), mm/ksm.c
 */
export function leaveTree(ksm: Ksm, node: StableNode): void {
  const { nodes } = ksm;
  if (nodes.role[node] === NODE_ROLE.dup) {
    nodes.removeDup(node);
    ksm.stableNodeDups--;
  } else {
    ksm.stableTrees[nodes.nid[node]].erase(node);
  }
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

/**
 * Frees a chain that has no dup left.
 *
 * Models: free_stable_node_chain(), mm/ksm.c
 */
export function freeStableNodeChain(ksm: Ksm, chain: StableNode): void {
  assert(ksm.nodes.firstDup.get(chain) === 0, `Chain ${chain} has dups`);
  ksm.stableTrees[ksm.nodes.nid[chain]].erase(chain);
  ksm.stableNodeChains--;
  ksm.nodes.free(chain);
}
