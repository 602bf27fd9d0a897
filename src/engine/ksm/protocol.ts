/**
 * Where KSM has decided how to live with a race, and could have decided otherwise.
 *
 * Nothing but the explorer decides otherwise: it searches what a rule is for by
 * leaving it out. What KSM does when mm calls is not here, since that can be
 * exchanged where mm has it, in `Memory.ksm`.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import type { Frame, StableNode } from "../mm/frames.ts";
import type { Pte } from "../mm/page_table.ts";
import { getFolio, type GetFolioMode } from "./get_folio.ts";
import type { Ksm } from "./ksm.ts";
import { isSameEntry, sameBytes } from "./merge.ts";
import { treesInUse } from "./numa_trees.ts";
import { isUnmapped } from "./remove_all.ts";
import { takeFirstSlot } from "./scan.ts";

/** The decisions. */
export interface Protocol {
  /**
   * The page of a node that holds no reference to it: pinned, and locked as the
   * mode says. 0: the page is gone, and the node with it. `busy`: `trylock` found
   * the page locked.
   */
  getFolio(
    ksm: Ksm,
    node: StableNode,
    mode: GetFolioMode,
  ): Suspends<Frame | 0 | "busy">;
  /** How the search looks up the page that it has found equal, before others are merged with it. */
  readonly matchMode: GetFolioMode;
  /** Puts the cursor on the first slot of the list, from which slots may go at any time; says whether there is one. */
  takeFirstSlot(ksm: Ksm): Suspends<boolean>;
  /** How many unstable trees, from that of NUMA node 0 on, are emptied when a pass begins. */
  treesToForget(ksm: Ksm): number;
  /** Whether the bytes of `page`, which has just been write-protected, are those of the page that is to replace it. */
  sameBytes(
    ksm: Ksm,
    page: Frame,
    kpage: Frame | "zero page",
  ): Suspends<boolean>;
  /** Whether the page table entry is still as it was when it was protected. */
  isSameEntry(now: Pte, expected: Pte): boolean;
  /** Whether a node is given up by an unmerge or a change of the trees, although its locked page is still there. */
  mayGiveUp(ksm: Ksm, frame: Frame): boolean;
}

/** As Linux 6.18 decides. */
export const LINUX_PROTOCOL: Protocol = {
  getFolio,
  matchMode: "trylock",
  takeFirstSlot,
  treesToForget: treesInUse,
  sameBytes,
  isSameEntry,
  mayGiveUp: isUnmapped,
};
