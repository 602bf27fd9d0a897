import { lookup } from "./lookup.ts";
import { V1_RULES } from "./v1.ts";
import type { Variant } from "./variant.ts";

/**
 * Version 1 with the RCU read section that it removed: steps 1 to 4 of
 * {@linkcode "./v1.ts"} happen in one. The lock is taken after it, since nobody may
 * sleep inside.
 *
 * Frames are freed without a grace period, so that nobody waits for such a section
 * to end.
 */
export const V1_RCU: Variant = {
  name: "v1-rcu",
  title: "v1, and steps 1 to 4 in an RCU read section",
  kind: "historic",
  protocol: (_machine, rcu) => ({
    getFolio: lookup({ ...V1_RULES, section: (work) => rcu.read(work) }),
    matchMode: "nolock",
  }),
};
