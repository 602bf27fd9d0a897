/**
 * A defect of the kernel: unstable trees that outlive their pass.
 *
 * A pass begins with empty unstable trees, but only those in use are emptied:
 * with `merge_across_nodes` 1 that of NUMA node 0 alone. So
 *
 * ```
 *   merge_across_nodes 0    a pass fills the tree of node 1
 *   merge_across_nodes 1    a pass begins: that tree is left as it is
 *   merge_across_nodes 0    in the same pass: searches walk it again
 * ```
 *
 * While the knob is 1 nobody looks at the tree, and an rmap item whose recorded
 * pass is over is not taken out of it: what becomes of the item is not known to
 * the tree. It may have been
 *
 * - left alone, or found volatile: its links are the old ones, and the walk meets
 *   it as any entry. Its page may even be the one that is searched for.
 * - put into the tree of node 0 in this pass: its links are those of that tree,
 *   into which the walk goes on.
 * - put on a stable node: the links' place holds the node and its list. A walk
 *   that goes on from there follows what is no link.
 * - freed: the kernel reads freed memory.
 *
 * The first two are modelled as they are, the links being all that counts; the two
 * trees may come to share entries then, and even to have a circle. There, and at
 * the last two, the model stops with a {@linkcode KernelDefect}. For that, no item is
 * used again that a stale tree may lead to, until all trees are emptied by a pass
 * that begins with the knob at 0.
 *
 * @module
 */
import { KernelDefect } from "../lib/kernel_defect.ts";
import type { RbTree } from "../lib/rbtree.ts";
import type { Ksm } from "./ksm.ts";
import type { RmapItem } from "./rmap_item.ts";

/** What is remembered of trees that may outlive their pass. */
export interface TreeAges {
  /** Passes that have begun so far. */
  passes: number;
  /** How many had begun, that one included, when all trees were empty last. */
  emptied: number;
  /** Whether a search of this pass has walked a stale tree: from then on trees may share nodes. */
  tangled: boolean;
  /** Freed items that a tree may still lead to. */
  readonly held: RmapItem[];
}

/** No pass has begun, and all trees are empty. */
export function newTreeAges(): TreeAges {
  return { passes: 0, emptied: 0, tangled: false, held: [] };
}

/**
 * Empties the unstable trees in use. Items keep their state until they are
 * visited.
 */
export function forgetUnstableTrees(ksm: Ksm): void {
  const { items, treeAges, unstableTrees } = ksm;
  const count = ksm.protocol.treesToForget(ksm);
  for (let nid = 0; nid < count; nid++) unstableTrees[nid].clear();
  treeAges.passes++;
  treeAges.tangled = false;
  if (unstableTrees.some((tree) => tree.root !== 0)) return;
  // What tangled trees have counted is wrong.
  for (const tree of unstableTrees) tree.clear();
  treeAges.emptied = treeAges.passes;
  for (const item of treeAges.held) items.reuse(item);
  treeAges.held.length = 0;
}

/** Whether trees of other NUMA nodes than 0 still had entries when the present pass began. */
export function areTreesStale({ treeAges, unstableTrees }: Ksm): boolean {
  return unstableTrees.length > 1 && treeAges.emptied !== treeAges.passes;
}

/** Whether a stale tree has been walked in this pass, so that it may share nodes with that of node 0. */
export function areTreesTangled({ treeAges }: Ksm): boolean {
  return treeAges.tangled;
}

/** Notes that a search begins; says whether it has to look out for what is no entry. */
export function noteSearch(ksm: Ksm): boolean {
  const { knobs, treeAges } = ksm;
  if (!knobs.mergeAcrossNodes && areTreesStale(ksm)) treeAges.tangled = true;
  return treeAges.tangled;
}

/** Notes that `item` has been put into the tree of its NUMA node. */
export function noteLinked({ items, treeAges }: Ksm, item: RmapItem): void {
  items.linksLost[item] = 0;
  // Number 0 is for items that are in no such tree.
  if (items.nid[item] !== 0) items.linkedIn[item] = treeAges.emptied + 1;
}

/** Notes that `item` has been taken out of the tree of its NUMA node. */
export function noteUnlinked({ items }: Ksm, item: RmapItem): void {
  if (items.nid[item] !== 0) items.linkedIn[item] = 0;
}

/** Frees an item. Its handle is not used again while a tree may lead to it. */
export function freeItem(ksm: Ksm, item: RmapItem): void {
  const { items, treeAges } = ksm;
  const mayBeMet = items.linkedIn[item] === treeAges.emptied + 1 ||
    areTreesTangled(ksm);
  if (!mayBeMet) return items.free(item);
  items.kill(item);
  treeAges.held.push(item);
}

/**
 * Stops if the entry that a search has come to is freed memory, or if it has come
 * to more entries than there are.
 *
 * @throws {KernelDefect} So it is.
 */
export function checkEntry(
  { items }: Ksm,
  entry: RmapItem,
  entries: number,
): void {
  if (entries > items.live) {
    throw new KernelDefect(
      "stale-tree",
      "unstable_tree_search_insert() walks in a circle and never ends: " +
        "merge_across_nodes went from 0 to 1 and back, and the unstable trees " +
        "of two NUMA nodes share entries",
    );
  }
  if (items.isLive(entry)) return;
  throw new KernelDefect(
    "stale-tree",
    `unstable_tree_search_insert() uses rmap item ${entry} after it was ` +
      "freed: merge_across_nodes went from 0 to 1 and back, and the unstable " +
      "tree of another NUMA node still has the entries of an earlier pass",
  );
}

/**
 * Stops if linking an item below `parent` makes the kernel rebalance where it
 * cannot: trees that share entries may have a red root, or lead to freed ones.
 *
 * @throws {KernelDefect} It does.
 */
export function checkRebalance(
  ksm: Ksm,
  tree: RbTree<RmapItem>,
  parent: RmapItem | 0,
): void {
  let above = parent;
  for (let levels = 1; above !== 0 && tree.isRed(above); levels++) {
    const grandparent: RmapItem | 0 = tree.parent(above);
    if (grandparent === 0) {
      throw new KernelDefect(
        "stale-tree",
        "rb_insert_color() follows no parent above a red entry: " +
          "merge_across_nodes went from 0 to 1 and back, and the unstable " +
          "trees of two NUMA nodes share entries",
      );
    }
    checkEntry(ksm, grandparent, levels);
    checkLinks(ksm, grandparent);
    const uncle: RmapItem | 0 = tree.right(grandparent) === above
      ? tree.left(grandparent)
      : tree.right(grandparent);
    if (uncle === 0) return;
    checkEntry(ksm, uncle, levels);
    if (!tree.isRed(uncle)) return;
    above = tree.parent(grandparent);
    if (above !== 0) checkEntry(ksm, above, levels);
  }
}

/**
 * Stops if a search is about to follow what is no link of `entry`.
 *
 * @throws {KernelDefect} It is.
 */
export function checkLinks({ items }: Ksm, entry: RmapItem): void {
  if (items.linksLost[entry] === 0) return;
  throw new KernelDefect(
    "stale-tree",
    `unstable_tree_search_insert() goes on from rmap item ${entry}, which was ` +
      "put on a stable node and has no links any more: merge_across_nodes went " +
      "from 0 to 1 and back, and the unstable tree of another NUMA node still " +
      "has the entries of an earlier pass",
  );
}
