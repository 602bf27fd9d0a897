/**
 * Invariants of page table entries, and the entries by the frames that they map.
 *
 * @module
 */
import {
  type Frame,
  migratingFrame,
  type Mm,
  type Pte,
  pteFrame,
  pteWritable,
  vmaAt,
} from "../../engine/mm/mod.ts";
import type { Machine } from "../machine.ts";
import { broken, requireEqual } from "./invariant.ts";

/** An entry of a page table. */
export interface Entry {
  /** Whose. */
  readonly mm: Mm;
  /** Where. */
  readonly vpn: number;
  /** The entry. */
  readonly pte: Pte;
}

/** How messages name an entry. */
export function placeOf({ mm, vpn }: { mm: Mm; vpn: number }): string {
  return `mm ${mm.id} page ${vpn}`;
}

/** All entries of all page tables. */
export function allEntries({ memory }: Machine): Entry[] {
  const entries: Entry[] = [];
  for (const mm of memory.mms.each()) {
    const { pages } = mm;
    for (
      let vpn = pages.next(0, Infinity);
      vpn !== -1;
      vpn = pages.next(vpn + 1, Infinity)
    ) entries.push({ mm, vpn, pte: pages.get(vpn) });
  }
  return entries;
}

/** The entries that map each frame. */
export function entriesByFrame(
  entries: readonly Entry[],
): Map<Frame, Entry[]> {
  const byFrame = new Map<Frame, Entry[]>();
  for (const entry of entries) {
    const frame = pteFrame(entry.pte);
    if (frame === 0) continue;
    const mappings = byFrame.get(frame);
    if (mappings === undefined) byFrame.set(frame, [entry]);
    else mappings.push(entry);
  }
  return byFrame;
}

/** What holds of page table entries after every step: each maps what its area may have there, and writes reach nobody else's page. */
export function checkEntries(
  machine: Machine,
  entries: readonly Entry[],
): void {
  for (const entry of entries) checkEntry(machine, entry);
}

/**
 * What holds of page table entries where no actor is inside an operation. While
 * one is, mprotect takes the permission from the area first, and from its entries
 * one table after the other.
 */
export function checkEntriesAtRest(entries: readonly Entry[]): void {
  for (const { mm, vpn, pte } of entries) {
    if (migratingFrame(pte) !== 0) {
      broken("migration entry at rest", placeOf({ mm, vpn }));
    }
    const protection = vmaAt(mm, vpn)?.protection;
    if (pteWritable(pte) && protection !== "rw") {
      broken(
        "write permission at rest",
        `${placeOf({ mm, vpn })} is writable, its area "${protection}"`,
      );
    }
  }
}

function checkEntry({ memory: { frames } }: Machine, entry: Entry): void {
  const { mm, vpn, pte } = entry;
  const vma = vmaAt(mm, vpn);
  if (vma === undefined) broken("entry in area", placeOf(entry));
  const migrating = migratingFrame(pte);
  if (migrating !== 0) {
    const isUnderWay = frames.isLive(migrating) &&
      frames.locked[migrating] === 1;
    if (isUnderWay) return;
    broken("migration entry", `${placeOf(entry)} of frame ${migrating}`);
  }
  const frame = pteFrame(pte);
  if (frame === 0) {
    if (pteWritable(pte)) broken("zero page entry", placeOf(entry));
    return;
  }
  const subject = () => `${placeOf(entry)} maps frame ${frame}`;
  if (!frames.isLive(frame)) broken("entry frame", subject());
  const isKsm = frames.isKsm(frame);
  if (pteWritable(pte)) {
    if (isKsm) broken("writable KSM page", subject());
    const mapcount = frames.mapcount[frame];
    if (mapcount !== 1) {
      broken("writable shared page", `${subject()} of mapcount ${mapcount}`);
    }
  }
  if (isKsm) return;
  const anonVma = frames.anonVma.get(frame);
  if (anonVma === 0 || anonVma !== vma.anonVma) {
    broken(
      "entry anon_vma",
      `${subject()} of anon_vma ${anonVma}, its area has ${vma.anonVma}`,
    );
  }
  const index = vma.pageOffset + (vpn - vma.start);
  requireEqual("entry index", `frame ${frame}`, frames.index[frame], index);
}
