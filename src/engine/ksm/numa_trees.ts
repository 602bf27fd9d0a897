/**
 * Trees per NUMA node: with `merge_across_nodes` 0 each node has a stable and an
 * unstable tree of its own, and pages of different nodes are never compared. With
 * 1 the trees of node 0 serve all.
 *
 * A page belongs to the tree of the node that it is on now, which is where it is
 * searched for; where it was put, its stable node or rmap item remembers in
 * `nid`. The two differ once the page has migrated.
 *
 * @module
 */
import type { Frame } from "../mm/frames.ts";
import type { NodeId } from "../mm/numa.ts";
import type { Ksm } from "./ksm.ts";

/**
 * Which trees a page with this frame number belongs to.
 *
 * Models: get_kpfn_nid(), mm/ksm.c
 */
export function treesOf(ksm: Ksm, frame: Frame): NodeId {
  return ksm.knobs.mergeAcrossNodes ? 0 : ksm.frames.nid[frame];
}

/** How many pairs of trees are in use, from that of node 0 on. */
export function treesInUse(ksm: Ksm): number {
  return ksm.knobs.mergeAcrossNodes ? 1 : ksm.memory.nodes;
}
