import { lookup } from "./lookup.ts";
import { V1_RULES } from "./v1.ts";
import type { Variant } from "./variant.ts";

/**
 * What Linux did up to 3.8, before the review: steps 1 to 4 of version 1, in an RCU
 * read section, and no way to ask for the lock. Who needed the page locked locked
 * it afterwards, and did not look whether it was still the node's.
 */
export const V0: Variant = {
  name: "v0",
  title: "as up to Linux 3.8: an RCU section, and no look under the lock",
  kind: "historic",
  protocol: (_machine, rcu) => ({
    getFolio: lookup({
      ...V1_RULES,
      section: (work) => rcu.read(work),
      checksLocked: false,
    }),
    matchMode: "nolock",
  }),
};
