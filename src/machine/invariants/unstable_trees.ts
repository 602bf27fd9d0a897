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
 * two passes it is as the last one has left it, or forgotten already by the next;
 * items that an unmerge has freed then are still linked, since they were of a
 * tree that counts for nothing. An unmerge that began in a pass leaves the older
 * items out as well.
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
    if (tree.length === 0) return;
    require(inTree, all, all);
  } else if (knobs.run === 2) require(inTree, ofThisPass, all);
  else {
    const gone = tree.find((item) => !items.isLive(item));
    if (gone !== undefined) {
      broken("unstable tree", `rmap item ${gone} is gone`);
    }
    require(inTree, ofThisPass, ofThisPass);
  }
}

function require(
  inTree: ReadonlySet<RmapItem>,
  least: ReadonlySet<RmapItem>,
  most: ReadonlySet<RmapItem>,
): void {
  for (const item of least) {
    if (inTree.has(item)) continue;
    broken("unstable tree", `rmap item ${item} is unstable, and not in it`);
  }
  for (const item of inTree) {
    if (most.has(item)) continue;
    broken("unstable tree", `rmap item ${item} is in it, and should not be`);
  }
}
