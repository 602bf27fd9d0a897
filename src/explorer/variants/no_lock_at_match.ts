import type { Variant } from "./variant.ts";

/**
 * The search pins the page that it matches, and does not take its lock. But a
 * migration that has compared the count before does not see the pin: the old page
 * gets one mapping more while its contents move away. To take the lock, if only
 * for a moment, means that the migration has either ended, and the page is found
 * under its new number, or has yet to compare the count.
 */
export const NO_LOCK_AT_MATCH: Variant = {
  name: "no-lock-at-match",
  title: "a search does not lock the page it matches",
  kind: "broken",
  protocol: () => ({ matchMode: "nolock" }),
};
