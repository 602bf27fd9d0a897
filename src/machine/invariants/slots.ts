/**
 * Invariants of slots, of the items on them, and of the cursor that goes through
 * both.
 *
 * @module
 */
import type { MmSlot, RmapItem } from "../../engine/ksm/mod.ts";
import type { Machine } from "../machine.ts";
import { broken } from "./invariant.ts";

/** What holds of slots and of the cursor after every step. */
export function checkSlots(machine: Machine): void {
  const { slots } = machine.ksm;
  const order = slotsInOrder(machine);
  for (const slot of order) {
    const mm = slots.mm.get(slot);
    const known = mm === 0 ? 0 : slots.of(mm);
    if (known !== slot) {
      broken("slot mm", `slot ${slot} is of mm ${mm}, which has slot ${known}`);
    }
  }
  checkCursor(machine, order);
  checkLists(machine, order);
}

/** What holds of items where no actor is inside an operation. */
export function checkSlotsAtRest(machine: Machine): void {
  const { items } = machine.ksm;
  let listed = 0;
  for (const slot of slotsInOrder(machine)) {
    listed += itemsOf(machine, slot).length;
  }
  if (items.live !== listed) {
    broken("listed items at rest", `${listed} of ${items.live} are`);
  }
}

/** Slots in the order of a pass. */
function slotsInOrder({ ksm: { slots } }: Machine): MmSlot[] {
  const { list } = slots;
  const order: MmSlot[] = [];
  let before: MmSlot | 0 = 0;
  for (let slot = list.next(0); slot !== 0; slot = list.next(slot)) {
    if (!slots.isLive(slot) || order.length === slots.live) {
      broken("slot list", `slot ${slot} behind ${before} is gone or met twice`);
    }
    if (list.previous(slot) !== before) {
      broken(
        "slot list",
        `slot ${slot} has ${list.previous(slot)} before it, expected ${before}`,
      );
    }
    order.push(slot);
    before = slot;
  }
  if (list.previous(0) !== before || order.length !== slots.live) {
    broken(
      "slot list",
      `${order.length} of ${slots.live} up to ${before}, the last is ${
        list.previous(0)
      }`,
    );
  }
  return order;
}

/** The items on a slot's list. */
function itemsOf({ ksm: { items, slots } }: Machine, slot: MmSlot): RmapItem[] {
  const list: RmapItem[] = [];
  let item = slots.rmapList.get(slot);
  for (; item !== 0; item = items.next.get(item)) {
    const before = list.at(-1);
    if (!items.isLive(item)) {
      broken("rmap list", `slot ${slot} has dead rmap item ${item}`);
    }
    if (before !== undefined && items.vpn[before] >= items.vpn[item]) {
      broken(
        "rmap list",
        `slot ${slot} has page ${items.vpn[item]} behind ${items.vpn[before]}`,
      );
    }
    list.push(item);
  }
  return list;
}

function checkCursor(machine: Machine, order: readonly MmSlot[]): void {
  const { items, cursor: { slot, vpn, behind } } = machine.ksm;
  if (slot !== 0 && !order.includes(slot)) {
    broken("cursor slot", `slot ${slot} is on no list`);
  }
  if (behind === 0) return;
  if (slot === 0 || !itemsOf(machine, slot).includes(behind)) {
    broken("cursor item", `rmap item ${behind} is not on slot ${slot}`);
  }
  if (items.vpn[behind] >= vpn) {
    broken(
      "cursor item",
      `rmap item ${behind} of page ${items.vpn[behind]} is not before ${vpn}`,
    );
  }
}

/** The scan takes an item off its list before it frees it, and may have to wait in between; there is one scan. */
function checkLists(machine: Machine, order: readonly MmSlot[]): void {
  const { items, slots } = machine.ksm;
  let listed = 0;
  for (const slot of order) {
    for (const item of itemsOf(machine, slot)) {
      listed++;
      if (items.mm.get(item) === slots.mm.get(slot)) continue;
      broken(
        "rmap list owner",
        `rmap item ${item} is of mm ${items.mm.get(item)}, on slot ${slot}`,
      );
    }
  }
  if (items.live - listed > 1) {
    broken("listed items", `${listed} of ${items.live} are`);
  }
}
