/**
 * Rules of KSM that no trace can hold, and why: breaking them changes no counter.
 *
 * @module
 */

/** One rule. */
export interface Unseen {
  /** The rule. */
  readonly rule: string;
  /** Where the KSM reference tells it. */
  readonly section: string;
  /** Why breaking it changes no counter of a trace. */
  readonly why: string;
}

/** All of them. */
export const UNSEEN: readonly Unseen[] = [
  {
    rule: "the tree's item is appended before the scanned one",
    section: "6 D",
    why:
      "the first append adds one to pages_shared and the second one to pages_sharing, whichever item it is, and which item goes last is never told by a counter; only the ksm_remove_rmap_item events are of other items",
  },
  {
    rule: "at ages 4, 6, 7 and 9 to 12 two, four and eight visits are skipped",
    section: "5",
    why:
      "every visit that counts makes a page one older, so that the number is asked for at ages 3, 5, 8, 13, 22 and so on only",
  },
  {
    rule: "run 2 written twice does nothing the second time",
    section: "15.1",
    why:
      "after the first time nothing is merged or remembered, and while run is 2 ksmd changes nothing",
  },
  {
    rule: "while run is 2 a new slot comes to the tail of the list",
    section: "3.4",
    why:
      "between the operations of a trace the cursor stands at the head then, and before the head is the tail",
  },
  {
    rule: "a page with a reference too many is not protected",
    section: "9.3",
    why: "no operation of a trace pins a page; a unit test does",
  },
  {
    rule: "an item stays on its node when that finds a place again",
    section: "6 C",
    why:
      "taken off and put on again, the item is counted as before, whether others are on the node or not",
  },
  {
    rule: "exiles are given up with all other nodes",
    section: "12.4",
    why:
      "nothing is shared then, so that exiles have no items left to count; an invariant asks that there be none",
  },
];
