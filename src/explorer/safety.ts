/**
 * What must hold in every order of steps.
 *
 * @module
 */

/** The properties that scenarios look at themselves. */
export const SAFETY = {
  /** Of each look-up. */
  inUse: "no freed frame is used",
  /** Of each look-up. */
  rightBytes: "a page that is found has the node's bytes",
  /** Of each look-up that locks. */
  rightPage: "a page that is found and locked is the node's",
  /** At the end. */
  liveNode: "no live node is removed",
  /** Of each process. */
  ownBytes: "processes read what they wrote",
  /** Of who gives nodes up. */
  unmapped: "a node is given up only when nobody maps its page",
  /** At the end of an unmerge. */
  unmerged: "nothing stays merged after an unmerge",
  /** At the end. */
  nothingLeft:
    "no reference and no lock is left, and all counts are right at the end",
  /** Of the control. */
  notFreed: "nothing is used after it is freed",
} as const;

/**
 * What is looked at in all of them: that nobody waits for ever, that no assertion of
 * the engine fails, and, at the end, that no reference or lock is left and that
 * trees, lists and counters agree with a recount.
 */
export const ALWAYS: readonly string[] = [
  "nobody waits for ever",
  "no assertion of the engine fails",
  SAFETY.nothingLeft,
];
