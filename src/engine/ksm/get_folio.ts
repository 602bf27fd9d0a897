/**
 * How one gets a page, pinned and perhaps locked, from a node that holds no
 * reference to it.
 *
 * The page points back at its node while it is the node's own; freeing a page
 * clears that pointer, and nothing else in the kernel can set it to the same
 * value. So:
 *
 * ```
 *   1  read the frame number
 *   2  does the frame point back at the node?      no: stale
 *   3  raise its count, unless it is 0             0:  stale, or look again
 *   4  does it still point back?                   no: drop, stale
 *   5  if wanted: lock it                          trylock refused: busy
 *   6  if locked: does it still point back?        no: unlock, drop, stale
 *   7  stale: is the frame number still the same?  no: start again
 * ```
 *
 * 4 is needed since between 2 and 3 the frame may have been freed and have a new
 * tenant; a pin ends that. 6 is needed since a pin does not end a migration that
 * is on its way; the lock does. 7 is needed since a migration tells the node the
 * new number before the old page stops to point back. The count of a page in the
 * swap cache reads 0 while that is migrated, which does not mean that the page is
 * gone: 3 looks again then until the count or the flag has changed.
 *
 * A stale node is removed from its tree here, with all that was counted on it.
 *
 * One hole is left: a page that migrates away after 2, and back to the frame that
 * it had before 7, passes for gone. Two whole migrations have to fit in between.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import { KernelDefect } from "../lib/kernel_defect.ts";
import type { Suspends } from "../lib/step.ts";
import { type Frame, MAPPING, type StableNode } from "../mm/frames.ts";
import { migratingFrame } from "../mm/page_table.ts";
import type { Ksm } from "./ksm.ts";
import { removeNodeFromStableTree } from "./node_removal.ts";

/** How the page is wanted: pinned, pinned and locked after a wait, pinned and locked unless that needs a wait. */
export type GetFolioMode = "nolock" | "lock" | "trylock";

/**
 * The page of `node`, with a reference, and locked unless the mode is `nolock`.
 *
 * 0: the page is gone; `node` has been removed and freed, and the tree may have
 * been rebalanced. `busy`: only for `trylock`; the node is as it was.
 *
 * May take the page's lock. Between any two numbered steps the page may be
 * freed, used again, or migrated.
 *
 * @throws {KernelDefect} The page has been migrated away and back meanwhile.
 *
 * Models: ksm_get_folio(), mm/ksm.c
 */
export function* getFolio(
  ksm: Ksm,
  node: StableNode,
  mode: GetFolioMode,
): Suspends<Frame | 0 | "busy"> {
  const { nodes, steps } = ksm;
  for (;;) {
    const frame = nodes.kpfn.get(node);
    assert(frame !== 0, `Stable node ${node} never had a page`);
    const folio = yield* tryFrame(ksm, node, frame, mode);
    if (folio !== 0) return folio;
    if (steps.mayRace && steps.race("ksm_get_folio:stale")) yield steps.stop;
    // Another number: the page has not gone, it has moved.
    if (nodes.kpfn.get(node) !== frame) continue;
    checkGone(ksm, frame, node);
    removeNodeFromStableTree(ksm, node);
    return 0;
  }
}

/**
 * Stops if the frame that looked stale is the node's again, and in use.
 *
 * @throws {KernelDefect} It is.
 */
function checkGone(ksm: Ksm, frame: Frame, node: StableNode): void {
  if (!pointsBack(ksm, frame, node) || !isInUse(ksm, frame, node)) return;
  throw new KernelDefect(
    "moved-back",
    `ksm_get_folio() frees stable node ${node}, whose page has migrated from ` +
      `frame ${frame} and back in between: the page goes on pointing at it`,
  );
}

/** Whether somebody maps the page of `node`, or will when a migration has ended. A page that reclaim has taken nobody does. */
function isInUse(ksm: Ksm, frame: Frame, node: StableNode): boolean {
  const { frames, items, nodes } = ksm;
  if (frames.refcount[frame] === 0) return false;
  if (frames.mapcount[frame] > 0) return true;
  let item = nodes.hlist.get(node);
  for (; item !== 0; item = items.hlistNext.get(item)) {
    const pte = ksm.mmOf(item).pages.get(items.vpn[item]);
    if (migratingFrame(pte) !== 0) return true;
  }
  return false;
}

/** Steps 2 to 6 with one frame number; 0 if the frame is not the node's, or not any more. */
function* tryFrame(
  ksm: Ksm,
  node: StableNode,
  frame: Frame,
  mode: GetFolioMode,
): Suspends<Frame | 0 | "busy"> {
  const { frames, steps } = ksm;
  if (!pointsBack(ksm, frame, node)) return 0;
  if (steps.mayRace && steps.race("ksm_get_folio:pin")) yield steps.stop;
  while (!frames.tryGet(frame)) {
    if (steps.mayRace && steps.race("ksm_get_folio:zero")) yield steps.stop;
    if (frames.swapCache[frame] === 0) return 0;
    // Frozen by a migration: the page may still be the node's afterwards.
    if (steps.relax("ksm_get_folio:frozen")) yield steps.stop;
  }
  if (steps.mayRace && steps.race("ksm_get_folio:pinned")) yield steps.stop;
  if (!pointsBack(ksm, frame, node)) {
    frames.put(frame);
    return 0;
  }
  if (mode === "nolock") return frame;
  if (mode === "lock") yield* frames.lock(frame, "ksm_get_folio:lock");
  else if (!(yield* frames.tryLock(frame, "ksm_get_folio:trylock"))) {
    frames.put(frame);
    return "busy";
  }
  if (pointsBack(ksm, frame, node)) return frame;
  yield* frames.unlock(frame, "ksm_get_folio:lock");
  frames.put(frame);
  return 0;
}

/**
 * The page of `node`, with a reference, where nobody can get between two looks: what
 * {@linkcode getFolio} comes to when the page is there, without a generator at
 * each level of a walk. 0 if it is gone, or if others may race: `getFolio` is for
 * that.
 */
export function getLiveFolio(ksm: Ksm, node: StableNode): Frame | 0 {
  if (ksm.steps.mayRace) return 0;
  const frame = ksm.nodes.kpfn.get(node);
  if (frame === 0 || !pointsBack(ksm, frame, node)) return 0;
  return ksm.frames.tryGet(frame) ? frame : 0;
}

/** Whether the frame points back at `node`. */
export function pointsBack(ksm: Ksm, frame: Frame, node: StableNode): boolean {
  return ksm.frames.mappingKind[frame] === MAPPING.ksm &&
    ksm.frames.stableNode.get(frame) === node;
}
