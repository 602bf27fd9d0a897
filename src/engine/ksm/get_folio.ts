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
 *   3  raise its count, unless it is 0             0:  stale
 *   4  does it still point back?                   no: drop, stale
 *   5  if wanted: lock it                          trylock refused: busy
 *   6  if locked: does it still point back?        no: unlock, drop, stale
 * ```
 *
 * 4 is needed since between 2 and 3 the frame may have been freed and have a new
 * tenant; a pin ends that. 6 is needed since a pin does not end a migration that
 * is on its way; the lock does. A stale node is removed from its tree here, with
 * all that was counted on it.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import { type Frame, MAPPING, type StableNode } from "../mm/frames.ts";
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
 * Models: ksm_get_folio(), mm/ksm.c
 * Differs: the frame number is not read again for a stale page, because pages do not migrate.
 */
export function* getFolio(
  ksm: Ksm,
  node: StableNode,
  mode: GetFolioMode,
): Suspends<Frame | 0 | "busy"> {
  const { frames, steps } = ksm;
  const frame = ksm.nodes.kpfn.get(node);
  if (frame === 0 || !pointsBack(ksm, frame, node)) {
    return yield* stale(ksm, node);
  }
  if (steps.mayRace && steps.race("ksm_get_folio:pin")) yield steps.stop;
  if (!frames.tryGet(frame)) return yield* stale(ksm, node);
  if (steps.mayRace && steps.race("ksm_get_folio:pinned")) yield steps.stop;
  if (!pointsBack(ksm, frame, node)) {
    frames.put(frame);
    return yield* stale(ksm, node);
  }
  if (mode === "nolock") return frame;
  if (mode === "lock") yield* frames.lock(frame, "ksm_get_folio:lock");
  else if (!(yield* frames.tryLock(frame, "ksm_get_folio:trylock"))) {
    frames.put(frame);
    return "busy";
  }
  if (!pointsBack(ksm, frame, node)) {
    yield* frames.unlock(frame, "ksm_get_folio:lock");
    frames.put(frame);
    return yield* stale(ksm, node);
  }
  return frame;
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

function pointsBack(ksm: Ksm, frame: Frame, node: StableNode): boolean {
  return ksm.frames.mappingKind[frame] === MAPPING.ksm &&
    ksm.frames.stableNode.get(frame) === node;
}

function* stale(ksm: Ksm, node: StableNode): Suspends<0> {
  if (ksm.steps.mayRace && ksm.steps.race("ksm_get_folio:stale")) {
    yield ksm.steps.stop;
  }
  removeNodeFromStableTree(ksm, node);
  return 0;
}
