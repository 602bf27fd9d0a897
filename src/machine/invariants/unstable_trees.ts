/**
 * Invariants of the unstable trees.
 *
 * @module
 */
import {
  areTreesStale,
  areTreesTangled,
  ITEM_STATE,
  type RmapItem,
} from "../../engine/ksm/mod.ts";
import type { Machine } from "../machine.ts";
import { broken } from "./invariant.ts";
import { nodesInOrder } from "./red_black.ts";

/**
 * What holds of the unstable trees after every step, of that of each NUMA node by
 * itself. Nothing does of trees that have outlived their pass.
 */
export function checkUnstableTrees(machine: Machine): void {
  const { ksm } = machine;
  if (areTreesTangled(ksm)) return;
  ksm.unstableTrees.forEach((_, nid) => {
    if (nid === 0 || !areTreesStale(ksm)) checkUnstableTree(machine, nid);
  });
}

/**
 * In a pass it holds the items that have been put into it in that pass. Between
 * two passes it is as the last one has left it, or forgotten already by the next.
 *
 * An unmerge frees items. One that began in a pass takes them out of the tree, and
 * leaves those alone that wait for the pass to reach them. One that began between
 * two passes takes none out, since the tree counts for nothing then: it goes on
 * with items that are gone, and one that is about to go.
 */
function checkUnstableTree({ ksm }: Machine, nid: number): void {
  const { items, cursor, knobs } = ksm;
  const tree = nodesInOrder(`unstable tree ${nid}`, ksm.unstableTrees[nid]);
  const inTree = new Set(tree.filter((item) => items.isLive(item)));
  const all = new Set<RmapItem>();
  const ofThisPass = new Set<RmapItem>();
  for (const item of items.each()) {
    if (items.state[item] !== ITEM_STATE.unstable) continue;
    if (items.nid[item] !== nid) continue;
    all.add(item);
    if (items.seqnr[item] === (ksm.seqnr & 0xff)) ofThisPass.add(item);
  }
  if (cursor.slot === 0) {
    if (tree.length > 0) requireBetween(all, inTree, all, 0);
  } else if (knobs.run === 2) requireBetween(ofThisPass, inTree, all, 1);
  else {
    const gone = tree.find((item) => !items.isLive(item));
    if (gone !== undefined) {
      broken("unstable tree", `rmap item ${gone} is gone`);
    }
    requireBetween(ofThisPass, inTree, ofThisPass, 0);
  }
}

/** The tree has all items of `least`, and of others than those of `most` no more than `strays`. */
function requireBetween(
  least: ReadonlySet<RmapItem>,
  inTree: ReadonlySet<RmapItem>,
  most: ReadonlySet<RmapItem>,
  strays: number,
): void {
  for (const item of least) {
    if (inTree.has(item)) continue;
    broken("unstable tree", `rmap item ${item} is unstable, and not in it`);
  }
  let found = 0;
  for (const item of inTree) {
    if (most.has(item) || ++found <= strays) continue;
    broken("unstable tree", `rmap item ${item} is in it, and should not be`);
  }
}
