import type { Variant } from "./variant.ts";

/**
 * At the end of an unmerge, and where a knob changes the trees, nodes are given up
 * without a look at whether their pages are mapped. A process that forked meanwhile
 * then maps a KSM page that nobody knows: it is never unmerged, nor found by a
 * reverse map.
 */
export const REMOVE_MAPPED: Variant = {
  name: "remove-mapped",
  title: "a node is given up although processes map its page",
  kind: "broken",
  protocol: () => ({ mayGiveUp: () => true }),
};
