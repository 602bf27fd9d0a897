/**
 * Invariants of counters: each is what a recount gives.
 *
 * @module
 */
import { ITEM_STATE, RMAP_ITEM_BYTES } from "../../engine/ksm/mod.ts";
import { KSM_ZERO_PTE } from "../../engine/mm/mod.ts";
import { PAGE_BYTES } from "../../engine/lib/page_size.ts";
import type { Machine } from "../machine.ts";
import type { Entry } from "./entries.ts";
import { requireEqual } from "./invariant.ts";
import { itemsOn } from "./items.ts";

/** What holds of counters after every step. */
export function checkCounters(
  machine: Machine,
  entries: readonly Entry[],
): void {
  const { items, nodes } = machine.ksm;
  const found = machine.counters();
  const zeroPages = checkZeroPages(machine, entries);
  const states = { unstable: 0, stable: 0, neither: 0 };
  for (const item of items.each()) {
    const state = items.state[item];
    if (state === ITEM_STATE.unstable) states.unstable++;
    else if (state === ITEM_STATE.stable) states.stable++;
    else states.neither++;
  }
  let shared = 0;
  for (const node of nodes.each()) {
    if (itemsOn(machine, node).length > 0) shared++;
  }
  const sharing = states.stable - shared;
  const profit = (sharing + zeroPages) * PAGE_BYTES -
    items.live * RMAP_ITEM_BYTES;
  const subject = "KSM";
  requireEqual("pages shared", subject, found.pagesShared, shared);
  requireEqual("pages sharing", subject, found.pagesSharing, sharing);
  requireEqual("pages unshared", subject, found.pagesUnshared, states.unstable);
  requireEqual("pages volatile", subject, found.pagesVolatile, states.neither);
  requireEqual("general profit", subject, found.generalProfit, profit);
}

/** Counts the entries that KSM has put on the zero page. */
function checkZeroPages(
  { memory }: Machine,
  entries: readonly Entry[],
): number {
  const byMm = new Map<number, number>();
  let all = 0;
  for (const { mm, pte } of entries) {
    if (pte !== KSM_ZERO_PTE) continue;
    byMm.set(mm.id, (byMm.get(mm.id) ?? 0) + 1);
    all++;
  }
  for (const mm of memory.mms.each()) {
    const own = byMm.get(mm.id) ?? 0;
    requireEqual("zero pages", `mm ${mm.id}`, mm.ksmZeroPages, own);
  }
  requireEqual("zero pages", "the machine", memory.ksmZeroPages, all);
  return all;
}
