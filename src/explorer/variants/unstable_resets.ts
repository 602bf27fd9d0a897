/**
 * Which unstable trees are emptied when a pass begins.
 *
 * @module
 */
import type { Variant } from "./variant.ts";

/**
 * Those in use, as Linux 6.18 does: with `merge_across_nodes` 1 that of NUMA node 0
 * alone. The trees of the others keep what a pass with 0 has put there. If the knob
 * goes back to 0 in the middle of a pass, they are walked again, and lead to items
 * that have been freed.
 */
export const RESET_IN_USE: Variant = {
  name: "reset-in-use",
  title:
    "a pass begins by emptying the unstable trees in use, as in Linux 6.18",
  kind: "flaw",
};

/** All of them, used or not. */
export const RESET_ALL: Variant = {
  name: "reset-all",
  title: "a pass begins by emptying the unstable trees of all NUMA nodes",
  kind: "repair",
  protocol: () => ({
    treesToForget: ({ unstableTrees }) => unstableTrees.length,
  }),
};
