import { lookup } from "./lookup.ts";
import type { Variant } from "./variant.ts";

/**
 * What Linux 3.9 did, when KSM pages had learned to migrate: all steps of today,
 * with which a page that has moved is found again and a frozen one is waited for.
 * There was no trylock: at a match ksmd waited for the page's lock, and the visit
 * never ended with `busy`.
 */
export const V2: Variant = {
  name: "v2",
  title: "as in Linux 3.9: a search waits for the lock of the page it matches",
  kind: "historic",
  protocol: () => ({
    getFolio: lookup({ triesLock: false }),
    matchMode: "lock",
  }),
};
