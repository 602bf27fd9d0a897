/**
 * Rmap items that leave their tree or go altogether, and what that does to the
 * counters.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Suspends } from "../lib/step.ts";
import { itemAhead, setItemAhead } from "./cursor.ts";
import type { Ksm } from "./ksm.ts";
import { forgetNode } from "./node_removal.ts";
import { ITEM_STATE, type RmapItem } from "./rmap_item.ts";
import { areTreesTangled, freeItem, noteUnlinked } from "./stale_tree.ts";

/**
 * Takes `item` out of whatever tree it is in; it is `neither` afterwards.
 *
 * A stable item whose page turns out to be gone takes the counts of all the
 * page's sharers with it. An unstable one is erased from the tree only if it was
 * put there in this pass; the tree of the pass before was forgotten as a whole.
 *
 * Takes the lock of a stable item's page, and lets it go.
 *
 * Models: remove_rmap_item_from_tree(), mm/ksm.c
 */
export function* removeRmapItemFromTree(
  ksm: Ksm,
  item: RmapItem,
): Suspends<void> {
  const state = ksm.items.state[item];
  if (state === ITEM_STATE.stable) yield* leaveStableNode(ksm, item);
  else if (state === ITEM_STATE.unstable) leaveUnstableTree(ksm, item);
}

function* leaveStableNode(ksm: Ksm, item: RmapItem): Suspends<void> {
  const { items, frames, nodes, steps } = ksm;
  const node = items.head.get(item);
  assert(node !== 0, `Stable rmap item ${item} has no node`);
  const frame = yield* ksm.protocol.getFolio(ksm, node, "lock");
  // Gone: the node has let go of all its items, this one among them.
  if (frame === 0) return;
  assert(frame !== "busy", "A blocking lock is never busy");
  if (nodes.remove(node, item)) ksm.pagesShared--;
  else ksm.pagesSharing--;
  forgetNode(ksm, item);
  if (steps.mayInterleave && steps.spend("stable node", 1, LEAVE)) {
    yield steps.stop;
  }
  yield* frames.unlock(frame, LEAVE);
  frames.put(frame);
}

const LEAVE = "remove_rmap_item_from_tree:folio";

function leaveUnstableTree(ksm: Ksm, item: RmapItem): void {
  const { items } = ksm;
  const passesAgo = (ksm.seqnr - items.seqnr[item]) & 0xff;
  assert(
    passesAgo <= 1,
    `Unstable rmap item ${item} is ${passesAgo} passes old`,
  );
  if (passesAgo === 0) {
    ksm.unstableTrees[items.nid[item]].erase(item, areTreesTangled(ksm));
    noteUnlinked(ksm, item);
  }
  ksm.pagesUnshared--;
  items.state[item] = ITEM_STATE.neither;
}

/**
 * Frees the items ahead of the cursor, up to, not including, `stop`. Each goes off
 * the list of its slot first, then leaves its tree; the others stay on the list
 * until it is their turn.
 *
 * Takes and drops the lock of each stable item's page in turn. When it returns,
 * other items may have left their stable nodes too, since pages were found gone.
 *
 * Models: remove_trailing_rmap_items(), mm/ksm.c
 */
export function* freeItemsAhead(
  ksm: Ksm,
  stop: RmapItem | 0,
): Suspends<void> {
  const { items, steps } = ksm;
  for (let item = itemAhead(ksm); item !== stop; item = itemAhead(ksm)) {
    assert(item !== 0, "The list of rmap items has no such end");
    setItemAhead(ksm, items.next.get(item));
    yield* removeRmapItemFromTree(ksm, item);
    if (steps.mayInterleave) {
      if (steps.spend("item free", 1, FREE)) yield steps.stop;
      if (steps.reschedule(FREE)) yield steps.stop;
    }
    ksm.mmOf(item).ksmRmapItems--;
    freeItem(ksm, item);
  }
}

const FREE = "remove_trailing_rmap_items:item";
