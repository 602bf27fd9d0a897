/**
 * The order in which a migration says that a KSM page has moved:
 *
 * 1. The node gets the new frame number.
 * 2. The old page stops to point back at the node.
 * 3. The old page's swap-cache flag goes.
 *
 * A look-up that sees what 2 or 3 has done reads the number again, and must see
 * what 1 has done. On real hardware barriers keep this order; here it is as if one
 * were missing.
 *
 * @module
 */
import { lookup } from "./lookup.ts";
import { migrateBy } from "./stores.ts";
import type { Variant } from "./variant.ts";

/**
 * 2, 1, 3. In between the old page does not point back, and the node still has its
 * number: it looks stale.
 */
export const SWAPPED_STORES: Variant = {
  name: "swapped-stores",
  title:
    "a migrated page stops to point back before the node has its new number",
  kind: "broken",
  hooks: (_own, { ksm }) => ({
    migrated: (fresh, old) =>
      migrateBy(ksm, fresh, (node) => [
        {
          site: "folio_migrate_ksm:node",
          make: () => ksm.frames.setStableNode(old, 0),
        },
        {
          site: "folio_migrate_ksm:kpfn",
          make: () => ksm.nodes.kpfn.set(node, fresh),
        },
      ]),
  }),
};

/**
 * 3, 1, 2. A look-up that has found the count frozen sees in between that the page
 * is not in the swap cache, and that the node still has its number.
 */
export const FLAG_BEFORE_NUMBER: Variant = {
  name: "flag-before-number",
  title:
    "a migrated page loses its swap-cache flag before the node has its new number",
  kind: "broken",
  // The engine's own takes it for a migration there and back.
  protocol: () => ({ getFolio: lookup() }),
  hooks: (own, { memory: { frames } }) => ({
    migrated(fresh, old) {
      frames.swapCache[old] = 0;
      return own.migrated(fresh, old);
    },
  }),
};
