/**
 * What holds of a machine, recounted from page tables, frames, items and nodes,
 * and nothing believed.
 *
 * Some of it holds after every step of every actor: while ksmd is in the middle
 * of a visit and holds pins and locks, while a fault is under way, while an
 * address space is half forked or half gone. The rest holds at rest only, where
 * no actor is inside an operation. Where something is untrue for a moment, the
 * check says why, and asks for what makes that harmless.
 *
 * ```ts ignore
 * checkAfterStep(machine); // throws a BrokenInvariant, which is a Bug
 * ```
 *
 * @module
 */
import type { Machine } from "../machine.ts";
import {
  checkAddressSpaces,
  checkAddressSpacesAtRest,
} from "./address_spaces.ts";
import {
  checkAnonVmas,
  checkAnonVmasAtRest,
  checkReverseMap,
} from "./anon_vmas.ts";
import { checkContents, checkContentsAtRest } from "./contents.ts";
import { checkCounters } from "./counters.ts";
import {
  allEntries,
  checkEntries,
  checkEntriesAtRest,
  entriesByFrame,
} from "./entries.ts";
import { checkFrames, checkFramesAtRest, type Pins } from "./frames.ts";
import { checkItems, checkItemsAtRest } from "./items.ts";
import { checkSlots, checkSlotsAtRest } from "./slots.ts";
import { checkStableTrees } from "./stable_trees.ts";
import { checkUnstableTrees } from "./unstable_trees.ts";

export type { Pins } from "./frames.ts";
export { BrokenInvariant, type Invariant, INVARIANTS } from "./invariant.ts";

const NO_PINS: Pins = new Map();

/**
 * Checks what holds after every step of every actor. `pins` are references that
 * somebody outside of the engine holds.
 *
 * @throws {BrokenInvariant} Something does not hold.
 */
export function checkAfterStep(machine: Machine, pins: Pins = NO_PINS): void {
  const entries = allEntries(machine);
  const mapped = entriesByFrame(entries);
  checkAddressSpaces(machine, entries);
  checkEntries(machine, entries);
  checkFrames(machine, mapped, pins);
  checkContents(machine);
  checkReverseMap(machine, mapped);
  checkAnonVmas(machine);
  checkSlots(machine);
  checkItems(machine);
  checkCounters(machine, entries);
  checkStableTrees(machine);
  checkUnstableTrees(machine);
}

/**
 * Checks what holds where no actor is inside an operation, also between two pages
 * of a batch: what holds after every step, and that nobody holds a pin, a lock of
 * a page, or an item. `pins` as in {@linkcode checkAfterStep}.
 *
 * @throws {BrokenInvariant} Something does not hold.
 */
export function checkAtRest(machine: Machine, pins: Pins = NO_PINS): void {
  checkAfterStep(machine, pins);
  const entries = allEntries(machine);
  checkAddressSpacesAtRest(machine);
  checkEntriesAtRest(entries);
  checkFramesAtRest(machine, entriesByFrame(entries), pins);
  checkContentsAtRest(machine);
  checkAnonVmasAtRest(machine);
  checkSlotsAtRest(machine);
  checkItemsAtRest(machine);
}
