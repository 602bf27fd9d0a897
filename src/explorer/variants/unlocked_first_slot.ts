import { enterSlot } from "../../engine/ksm/cursor.ts";
import type { Ksm } from "../../engine/ksm/mod.ts";
import { lockMmlist, unlockMmlist } from "../../engine/ksm/scan.ts";
import type { Suspends } from "../../engine/lib/step.ts";
import type { Variant } from "./variant.ts";

/**
 * CVE-2011-2183, fixed in Linux 3.0: ksmd looks whether the list of slots is empty
 * before it takes ksm_mmlist_lock, and not again. If the last process exits in
 * between, the "first slot" is the list's head, which has no address space.
 */
export const UNLOCKED_FIRST_SLOT: Variant = {
  name: "unlocked-first-slot",
  title:
    "the list is taken to have a first slot, as it had before (CVE-2011-2183)",
  kind: "broken",
  protocol: () => ({ takeFirstSlot }),
};

function* takeFirstSlot(ksm: Ksm): Suspends<boolean> {
  yield* lockMmlist(ksm, "scan_get_next_rmap_item:first");
  enterSlot(ksm, ksm.slots.list.next(0));
  yield* unlockMmlist(ksm, "scan_get_next_rmap_item:first");
  return true;
}
