/**
 * The slots of processes that fork and exit, without what keeps ksmd and `run=2`
 * from missing them, or from using them after they have gone.
 *
 * @module
 */
import type { Ksm } from "../../engine/ksm/mod.ts";
import { unlistExiting } from "../../engine/ksm/registration.ts";
import { lockMmlist, unlockMmlist } from "../../engine/ksm/scan.ts";
import type { Suspends } from "../../engine/lib/step.ts";
import type { Mm } from "../../engine/mm/mod.ts";
import type { Variant } from "./variant.ts";

/**
 * An exit leaves its slot to ksmd, and goes on to its pages at once, without taking
 * mmap_lock for a moment: ksmd may be at work in the address space meanwhile, having
 * seen before that it was not exiting. That does no harm: exit_mmap() itself takes
 * mmap_lock before areas go, and the page table lock for each page.
 */
export const NO_EXIT_HANDSHAKE: Variant = {
  name: "no-exit-handshake",
  title: "an exit does not wait until ksmd has left the address space",
  kind: "spare",
  hooks: (_own, { ksm }) => ({
    *exiting(mm) {
      if (!mm.registered) return;
      yield* unlistExiting(ksm, mm);
      ksm.observer?.({ event: "ksm_exit", mm });
    },
  }),
};

/**
 * An exit drops a slot without items also where the cursor is on it: ksmd goes on
 * from a slot that has been freed.
 */
export const EXIT_UNDER_CURSOR: Variant = {
  name: "exit-under-cursor",
  title: "an exit drops its slot although ksmd is there",
  kind: "broken",
  hooks: (own, { ksm }) => ({
    *exiting(mm) {
      if (!(yield* dropSlotWithoutItems(ksm, mm))) yield* own.exiting(mm);
    },
  }),
};

function* dropSlotWithoutItems(ksm: Ksm, mm: Mm): Suspends<boolean> {
  const { memory, slots } = ksm;
  yield* lockMmlist(ksm, "__ksm_exit:mmlist");
  const slot = slots.of(mm.id);
  const dropped = slot !== 0 && slots.rmapList.get(slot) === 0;
  if (dropped) {
    slots.list.remove(slot);
    slots.destroy(slot);
  }
  yield* unlockMmlist(ksm, "__ksm_exit:mmlist");
  if (dropped) {
    mm.registered = false;
    mm.mergeAny = false;
    memory.mms.put(mm);
    ksm.observer?.({ event: "ksm_exit", mm });
  }
  return dropped;
}

/**
 * A child's slot goes just before the cursor's also during `run=2`, which has passed
 * that place: the KSM pages that the child has inherited stay merged.
 */
export const FORK_BEHIND_CURSOR: Variant = {
  name: "fork-behind-cursor",
  title: "a child of a fork during run=2 is not met by the unmerge",
  kind: "broken",
  hooks: (_own, { ksm }) => ({
    *forked(parent, child) {
      child.mergeAny = parent.mergeAny;
      if (parent.registered) yield* enterBeforeCursor(ksm, child);
    },
  }),
};

function* enterBeforeCursor(ksm: Ksm, mm: Mm): Suspends<void> {
  const { cursor, memory, slots } = ksm;
  yield* lockMmlist(ksm, "__ksm_enter:mmlist");
  slots.list.insertBefore(slots.create(mm.id), cursor.slot);
  yield* unlockMmlist(ksm, "__ksm_enter:mmlist");
  mm.registered = true;
  memory.mms.get(mm);
  ksm.observer?.({ event: "ksm_enter", mm });
}
