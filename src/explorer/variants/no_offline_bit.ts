import type { Variant } from "./variant.ts";

/**
 * Memory goes offline without the bit in `run` that keeps ksmd and writers of knobs
 * off the trees. Its nodes are removed without ksm_thread_mutex, for the bit stands
 * in for that: now a walk may be under way, and hold on to a node that goes.
 */
export const NO_OFFLINE_BIT: Variant = {
  name: "no-offline-bit",
  title: "ksmd is not kept off the trees while memory goes offline",
  kind: "broken",
  hooks: () => ({ *goingOffline() {} }),
};
