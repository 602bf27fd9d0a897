/**
 * Merging without its second looks. The first compare, in the tree, is of pages
 * that anybody may write.
 *
 * @module
 */
import { sameBytes } from "../../engine/ksm/merge.ts";
import type { Ksm } from "../../engine/ksm/mod.ts";
import type { Suspends } from "../../engine/lib/step.ts";
import type { Frame } from "../../engine/mm/mod.ts";
import type { Variant } from "./variant.ts";

/**
 * Pages that were equal in the tree are merged whatever the compare under write
 * protection says: what the owner has written since is lost.
 */
export const NO_SECOND_COMPARE: Variant = {
  name: "no-second-compare",
  title: "what is compared under write protection does not count",
  kind: "broken",
  protocol: () => ({ sameBytes: compareForNothing }),
};

function* compareForNothing(
  ksm: Ksm,
  page: Frame,
  kpage: Frame | "zero page",
): Suspends<boolean> {
  yield* sameBytes(ksm, page, kpage);
  return true;
}

/**
 * The page table entry is replaced whatever it says by now: a page that the owner
 * has got for a write since the protection is lost with the write, and one that it
 * has discarded comes back.
 */
export const NO_ENTRY_CHECK: Variant = {
  name: "no-entry-check",
  title: "the page table entry is not looked at again before it is replaced",
  kind: "broken",
  protocol: () => ({ isSameEntry: () => true }),
};
