/**
 * How a look-up tells a page that has gone from one that has moved.
 *
 * @module
 */
import type { Ksm } from "../../engine/ksm/mod.ts";
import type { StableNode } from "../../engine/mm/mod.ts";
import { lookup } from "./lookup.ts";
import { migrateBy } from "./stores.ts";
import type { Variant } from "./variant.ts";

/**
 * By the frame number, as Linux 6.18 does. A page that has moved away and back to
 * the same frame is taken for gone, and its node is removed.
 */
export const COMPARE_NUMBERS: Variant = {
  name: "compare-numbers",
  title: "a page has moved if its node knows another frame, as in Linux 6.18",
  kind: "flaw",
};

/**
 * By how often it has moved. Each migration counts on the node: after the node has
 * the new frame number, so that who reads the new count reads that too, and before
 * the old page is let go, so that who sees that sees the count.
 */
export const COUNT_MOVES: Variant = {
  name: "count-moves",
  title: "a page has moved if its node has counted a migration",
  kind: "repair",
  protocol: () => ({ getFolio: lookup({ version: moves }) }),
  hooks: (_own, { ksm }) => ({
    migrated: (fresh, old) =>
      migrateBy(ksm, fresh, (node) => [
        {
          site: "folio_migrate_ksm:node",
          make: () => ksm.nodes.kpfn.set(node, fresh),
        },
        {
          site: "folio_migrate_ksm:kpfn",
          // Where a chain has its time, any other node has room.
          make: () => ksm.nodes.chainPruneTime[node]++,
        },
        {
          site: "folio_migrate_ksm:kpfn",
          make: () => ksm.frames.setStableNode(old, 0),
        },
      ]),
  }),
};

function moves({ nodes }: Ksm, node: StableNode): number {
  return nodes.chainPruneTime[node];
}
