import { lookup, type LookupRules } from "./lookup.ts";
import type { Variant } from "./variant.ts";

/** What the first version does without: it knows nothing of migration, and has no trylock. */
export const V1_RULES: Partial<LookupRules> = {
  waitsWhileFrozen: false,
  readsAgain: false,
  triesLock: false,
};

/**
 * The version under review in January 2013, `get_ksm_page(stable_node, locked)`.
 *
 * 1. Read the frame number.
 * 2. If the frame does not point back at the node, the node is stale.
 * 3. Raise the page's count; if it is 0, the node is stale.
 * 4. If the page does not point back any more, drop it; the node is stale.
 * 5. If the page is wanted locked, wait for its lock; if it does not point back
 *    then, let it go; the node is stale.
 * 6. That is the page.
 * 7. A stale node is removed, whatever the reason.
 *
 * KSM pages did not migrate then. A page whose count is frozen at 3 was taken for
 * one on its way out, so that what the comment of the time says of it, nothing at
 * one moment and the page at the next, was called harmless.
 *
 * The search took no lock at a match yet; that came with migration.
 */
export const V1: Variant = {
  name: "v1",
  title: "get_ksm_page(stable_node, locked) of January 2013",
  kind: "historic",
  protocol: () => ({ getFolio: lookup(V1_RULES), matchMode: "nolock" }),
};
