/**
 * The two functions that the review of version 1 proposed in place of its second
 * argument: `get_ksm_page(node)` without any lock, and `get_lock_ksm_page(node)` on
 * top of it, as `find_get_page` and `find_lock_page` are two for the page cache.
 *
 * @module
 */
import type { Ksm, Protocol } from "../../engine/ksm/mod.ts";
import { removeNodeFromStableTree } from "../../engine/ksm/node_removal.ts";
import type { Suspends } from "../../engine/lib/step.ts";
import type { Frame, StableNode } from "../../engine/mm/mod.ts";
import { lookup, pointsBack } from "./lookup.ts";
import { V1_RULES } from "./v1.ts";
import type { Variant } from "./variant.ts";

/** `get_ksm_page(node)`: version 1 where no lock is wanted. */
const getPage = lookup(V1_RULES);

/**
 * `get_lock_ksm_page(node)`:
 *
 * 1. Look the page up without its lock. If it is gone, so is the node: nothing.
 * 2. Compute once more what a page of the node points at, which depends on the
 *    node's address alone.
 * 3. Wait for the page's lock.
 * 4. If the page does not point there any more, let the lock go and drop the page;
 *    what happens to the node is what the proposal was corrected in. Nothing.
 * 5. That is the page.
 */
function* getLockPage(
  ksm: Ksm,
  node: StableNode,
  removesNode: boolean,
): Suspends<Frame | 0 | "busy"> {
  const { frames } = ksm;
  const folio = yield* getPage(ksm, node, "nolock");
  if (folio === 0 || folio === "busy") return folio;
  yield* frames.lock(folio, "ksm_get_folio:lock");
  if (pointsBack(ksm, folio, node)) return folio;
  yield* frames.unlock(folio, "ksm_get_folio:lock");
  frames.put(folio);
  if (removesNode) removeNodeFromStableTree(ksm, node);
  return 0;
}

function twoFunctions(
  { removesNode }: { readonly removesNode: boolean },
): Partial<Protocol> {
  return {
    getFolio: (ksm, node, mode) =>
      mode === "nolock"
        ? getPage(ksm, node, mode)
        : getLockPage(ksm, node, removesNode),
    matchMode: "nolock",
  };
}

/**
 * As proposed: a page that is another one under its lock is nothing, and the node
 * stays in the tree with all that is counted on it. So nothing has two meanings
 * here: the node has been freed, or it is still there, for the next look at it.
 */
export const GET_LOCK: Variant = {
  name: "get-lock",
  title: "get_lock_ksm_page() as the review proposed it: the node is kept",
  kind: "proposed",
  protocol: () => twoFunctions({ removesNode: false }),
};

/** As the answer to the review corrected it: the node is removed there too. */
export const GET_LOCK_CORRECTED: Variant = {
  name: "get-lock-corrected",
  title: "get_lock_ksm_page() as the answer corrected it: the node is removed",
  kind: "proposed",
  protocol: () => twoFunctions({ removesNode: true }),
};
