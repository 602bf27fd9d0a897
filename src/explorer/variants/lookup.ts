/**
 * Looking up a page by rules that can be left out one by one. With all of them it
 * is the engine's own `getFolio`, step for step; the numbers are those of its file.
 * A node that is removed although its page points at it is removed here, where the
 * engine stops: with rules left out there are more ways to come to that.
 *
 * @module
 */
import type { GetFolioMode, Ksm, Protocol } from "../../engine/ksm/mod.ts";
import { removeNodeFromStableTree } from "../../engine/ksm/node_removal.ts";
import { assert } from "../../engine/lib/assert.ts";
import type { Suspends } from "../../engine/lib/step.ts";
import { type Frame, MAPPING, type StableNode } from "../../engine/mm/mod.ts";

/** What a look-up does. */
export interface LookupRules {
  /** 1 to 4 happen in this, with all that they see. */
  readonly section: <T>(work: Suspends<T>) => Suspends<T>;
  /** 3: a count of 0 is not raised. */
  readonly refusesZero: boolean;
  /** 3: a page of the swap cache whose count is 0 is looked at again, until it is not. */
  readonly waitsWhileFrozen: boolean;
  /** 3: a page whose count is 0 is gone if it is not in the swap cache. */
  readonly givesUpFreed: boolean;
  /** 4: the pinned page must still point back. */
  readonly checksPinned: boolean;
  /** 5: a page that is wanted without its lock is taken without. */
  readonly walksWithoutLock: boolean;
  /** 5: with `trylock` a locked page is not waited for. */
  readonly triesLock: boolean;
  /** 5: a busy page's node is kept. */
  readonly keepsBusyNode: boolean;
  /** 6: the locked page must still point back. */
  readonly checksLocked: boolean;
  /** 6: the lock of a page that does not is let go. */
  readonly unlocksMismatch: boolean;
  /** 4, 6: the reference on a page that does not is dropped. */
  readonly dropsMismatch: boolean;
  /** 7: a node that knows another frame by now is not stale. */
  readonly readsAgain: boolean;
  /** 7: what tells whether it does. */
  readonly version: (ksm: Ksm, node: StableNode) => number;
}

/** The engine's own. */
const ALL_RULES: LookupRules = {
  section: (work) => work,
  refusesZero: true,
  waitsWhileFrozen: true,
  givesUpFreed: true,
  checksPinned: true,
  walksWithoutLock: true,
  triesLock: true,
  keepsBusyNode: true,
  checksLocked: true,
  unlocksMismatch: true,
  dropsMismatch: true,
  readsAgain: true,
  version: ({ nodes }, node) => nodes.kpfn.get(node),
};

/** The look-up of which some rules are other than the engine's. */
export function lookup(
  others: Partial<LookupRules> = {},
): Protocol["getFolio"] {
  const rules = { ...ALL_RULES, ...others };
  return (ksm, node, mode) => find(ksm, node, mode, rules);
}

/** 1 to 7. */
function* find(
  ksm: Ksm,
  node: StableNode,
  mode: GetFolioMode,
  rules: LookupRules,
): Suspends<Frame | 0 | "busy"> {
  const { steps } = ksm;
  for (;;) {
    const version = rules.version(ksm, node);
    const folio = yield* rules.section(pin(ksm, node, rules));
    const found = folio === 0
      ? 0
      : yield* lockPinned(ksm, node, folio, mode, rules);
    if (found !== 0) return found;
    if (rules.readsAgain) {
      if (steps.mayRace && steps.race("ksm_get_folio:stale")) yield steps.stop;
      if (rules.version(ksm, node) !== version) continue;
    }
    removeNodeFromStableTree(ksm, node);
    return 0;
  }
}

/** 1 to 4: the page, with a reference; 0 if it is not the node's. */
function* pin(
  ksm: Ksm,
  node: StableNode,
  rules: LookupRules,
): Suspends<Frame | 0> {
  const { frames, nodes, steps } = ksm;
  const frame = nodes.kpfn.get(node);
  assert(frame !== 0, `Stable node ${node} never had a page`);
  if (!pointsBack(ksm, frame, node)) return 0;
  if (steps.mayRace && steps.race("ksm_get_folio:pin")) yield steps.stop;
  if (!rules.refusesZero) frames.refcount[frame]++;
  else {
    while (!frames.tryGet(frame)) {
      if (!rules.waitsWhileFrozen) return 0;
      if (steps.mayRace && steps.race("ksm_get_folio:zero")) yield steps.stop;
      const mayBeFrozen = !rules.givesUpFreed || frames.swapCache[frame] === 1;
      if (!mayBeFrozen) return 0;
      if (steps.relax("ksm_get_folio:frozen")) yield steps.stop;
    }
  }
  if (steps.mayRace && steps.race("ksm_get_folio:pinned")) yield steps.stop;
  if (!rules.checksPinned || pointsBack(ksm, frame, node)) {
    return frame;
  }
  if (rules.dropsMismatch) frames.put(frame);
  return 0;
}

/** 5 and 6: the pinned page as the mode wants it; 0 if it is not the node's any more. */
function* lockPinned(
  ksm: Ksm,
  node: StableNode,
  folio: Frame,
  mode: GetFolioMode,
  rules: LookupRules,
): Suspends<Frame | 0 | "busy"> {
  const { frames } = ksm;
  if (mode === "nolock" && rules.walksWithoutLock) return folio;
  if (mode !== "trylock" || !rules.triesLock) {
    yield* frames.lock(folio, "ksm_get_folio:lock");
  } else if (!(yield* frames.tryLock(folio, "ksm_get_folio:trylock"))) {
    frames.put(folio);
    return rules.keepsBusyNode ? "busy" : 0;
  }
  const isStale = rules.checksLocked && !pointsBack(ksm, folio, node);
  if (!isStale && mode !== "nolock") return folio;
  if (!isStale || rules.unlocksMismatch) {
    yield* frames.unlock(folio, "ksm_get_folio:lock");
  }
  if (!isStale) return folio;
  if (rules.dropsMismatch) frames.put(folio);
  return 0;
}

/** Whether the frame is the page of `node`, as far as the frame says. */
export function pointsBack(ksm: Ksm, frame: Frame, node: StableNode): boolean {
  return ksm.frames.mappingKind[frame] === MAPPING.ksm &&
    ksm.frames.stableNode.get(frame) === node;
}
