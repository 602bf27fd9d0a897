import type { Variant } from "./variant.ts";

/**
 * What Linux does since 6.10, which is what the engine does.
 *
 * 1. Read the frame number, once.
 * 2. If the frame does not point back at the node, go to 8.
 * 3. Raise the page's count unless it is 0. If it is 0: a page of the swap cache
 *    may be frozen by a migration, and is looked at again; else go to 8.
 * 4. If the page does not point back any more, drop it and go to 8.
 * 5. `lock`: wait for the page's lock. `trylock`: if it is not free, drop the page
 *    and say `busy`, which leaves the node alone.
 * 6. If the page does not point back under its lock, let it go and go to 8.
 * 7. That is the page.
 * 8. If the node knows another frame number by now, it has been migrated: go to 1.
 *    Else it is stale: remove it.
 *
 * Version 3, of Linux 5.1, does the same steps with pages in place of folios.
 */
export const V4: Variant = {
  name: "v4",
  title: "as Linux 6.18 does it",
  kind: "own",
};
