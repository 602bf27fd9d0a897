/**
 * Where ksmd is in its pass: the slot, and the place in that slot's list of
 * items.
 *
 * ```
 *   slot -> item -> item -> item -> item
 *                   behind  ahead
 * ```
 *
 * @module
 */
import type { Ksm } from "./ksm.ts";
import type { MmSlot } from "./mm_slot.ts";
import type { RmapItem } from "./rmap_item.ts";

/** Puts the cursor at the beginning of a slot, or, with 0, between two passes. */
export function enterSlot(ksm: Ksm, slot: MmSlot | 0): void {
  ksm.cursor.slot = slot;
  ksm.cursor.vpn = 0;
  ksm.cursor.behind = 0;
}

/** The first item that the cursor has not passed. */
export function itemAhead(ksm: Ksm): RmapItem | 0 {
  const { cursor, items, slots } = ksm;
  if (cursor.behind !== 0) return items.next.get(cursor.behind);
  return cursor.slot === 0 ? 0 : slots.rmapList.get(cursor.slot);
}

/** Makes `item`, and what follows it, the items that the cursor has not passed. */
export function setItemAhead(ksm: Ksm, item: RmapItem | 0): void {
  const { cursor, items, slots } = ksm;
  if (cursor.behind !== 0) items.next.set(cursor.behind, item);
  else if (cursor.slot !== 0) slots.rmapList.set(cursor.slot, item);
}
