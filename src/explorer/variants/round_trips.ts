/**
 * How a look-up tells a page that has gone from one that has moved.
 *
 * @module
 */
import type { Ksm } from "../../engine/ksm/mod.ts";
import type { StableNode } from "../../engine/mm/mod.ts";
import { lookup } from "./lookup.ts";
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

/** By how often it has moved: each migration counts on the node, before the old page is let go. */
export const COUNT_MOVES: Variant = {
  name: "count-moves",
  title: "a page has moved if its node has counted a migration",
  kind: "repair",
  protocol: () => ({ getFolio: lookup({ version: moves }) }),
  hooks: (own, { ksm }) => ({
    *migrated(fresh, old) {
      const node = ksm.frames.stableNode.get(fresh);
      // Where a chain has its time, any other node has room.
      if (node !== 0) ksm.nodes.chainPruneTime[node]++;
      yield* own.migrated(fresh, old);
    },
  }),
};

function moves({ nodes }: Ksm, node: StableNode): number {
  return nodes.chainPruneTime[node];
}
