/**
 * Today's look-up with one of its rules left out, to see what the rule is for. The
 * numbers are those of {@linkcode "./v4.ts"}.
 *
 * @module
 */
import { lookup, type LookupRules } from "./lookup.ts";
import type { Variant } from "./variant.ts";

function without(
  name: string,
  title: string,
  rules: Partial<LookupRules>,
): Variant {
  const getFolio = lookup(rules);
  return { name, title, kind: "broken", protocol: () => ({ getFolio }) };
}

/**
 * Without 4: once pinned, the page is taken for the node's. But between the look at
 * it and the pin it may have been freed, and have a new owner.
 */
export const NO_CHECK_AFTER_PIN: Variant = without(
  "no-check-after-pin",
  "a pinned page is not looked at again",
  { checksPinned: false },
);

/**
 * Without 6: once locked, the page is taken for the node's. But a pin does not stop
 * a migration that has compared the count already, and while one waits for the
 * lock the node may get another page.
 */
export const NO_CHECK_AFTER_LOCK: Variant = without(
  "no-check-after-lock",
  "a locked page is not looked at again",
  { checksLocked: false },
);

/**
 * Without the second look at the frame number in 8: a page that does not point back
 * is gone. But it may have been migrated, and then the node is alive.
 */
export const NO_REREAD: Variant = without(
  "no-reread",
  "a node whose page has moved is stale",
  { readsAgain: false },
);

/**
 * 3 raises a count of 0 as any other. But that is a page which has been freed, or
 * is frozen by somebody who relies on nobody raising it.
 */
export const PIN_FROM_ZERO: Variant = without(
  "pin-from-zero",
  "a count of 0 is raised",
  { refusesZero: false },
);

/**
 * 3 takes a frozen page of the swap cache for gone. But a migration freezes such a
 * page while it lives.
 */
export const NO_FROZEN_WAIT: Variant = without(
  "no-frozen-wait",
  "a frozen page of the swap cache is stale",
  { waitsWhileFrozen: false },
);

/**
 * 3 looks again at every page whose count is 0, without asking for the swap cache.
 * But the count of a page that has been freed need not change again.
 */
export const SPIN_ON_FREED: Variant = without(
  "spin-on-freed",
  "a freed page is waited for as a frozen one",
  { givesUpFreed: false },
);

/**
 * 5 takes a page for stale whose lock `trylock` does not get. But that says nothing
 * about the page; with `busy` the node is left alone.
 */
export const REMOVE_WHEN_BUSY: Variant = without(
  "remove-when-busy",
  "the node of a page that somebody else has locked is removed",
  { keepsBusyNode: false },
);

/**
 * 5 waits for the lock where none is wanted, and lets it go after the look of 6. A
 * walk then sleeps at every node, and that of an insertion does so while it has
 * the new page locked: one page's lock is waited for inside another's, in the order
 * of the tree, which is no order among locks.
 */
export const LOCK_IN_WALK: Variant = without(
  "lock-in-walk",
  "a walk of the tree waits for the lock of each page",
  { walksWithoutLock: false },
);

/** 4 and 6 keep the reference on a page that is not the node's: it is never freed. */
export const LEAK_ON_STALE: Variant = without(
  "leak-on-stale",
  "a page that is not the node's any more stays pinned",
  { dropsMismatch: false },
);

/** 6 keeps the lock of a page that is not the node's: who wants it next waits for ever. */
export const LOCK_LEFT: Variant = without(
  "lock-left",
  "a page that is not the node's any more stays locked",
  { unlocksMismatch: false },
);
