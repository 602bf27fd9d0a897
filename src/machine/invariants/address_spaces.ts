/**
 * Invariants of address spaces: their areas, their references, and whether KSM
 * knows of them.
 *
 * @module
 */
import { type Mm, pteFrame } from "../../engine/mm/mod.ts";
import type { Machine } from "../machine.ts";
import type { Entry } from "./entries.ts";
import { broken } from "./invariant.ts";

/** What holds of address spaces after every step. */
export function checkAddressSpaces(
  machine: Machine,
  entries: readonly Entry[],
): void {
  const { memory, processes } = machine;
  const all = new Set(memory.mms.each());
  for (const { name, mm } of processes.all()) {
    if (!all.has(mm)) broken("process mm", `process ${name}, mm ${mm.id}`);
  }
  for (const mm of all) {
    checkAreas(mm);
    checkReferences(machine, mm);
    checkRegistered(machine, mm);
  }
  checkPageCounts(machine, entries);
}

/** What holds of address spaces where no actor is inside an operation. */
export function checkAddressSpacesAtRest(machine: Machine): void {
  for (const mm of machine.memory.mms.each()) {
    if (mm.exiting && (mm.vmas.length > 0 || mm.pages.present > 0)) {
      broken("exiting mm at rest", leftOf(mm));
    }
    const hasSlot = machine.ksm.slots.of(mm.id) !== 0;
    if (mm.registered !== hasSlot) {
      broken(
        "registered mm at rest",
        `mm ${mm.id} is registered: ${mm.registered}, has a slot: ${hasSlot}`,
      );
    }
    const expected = mm.users + (hasSlot ? 1 : 0);
    if (mm.count !== expected) {
      broken(
        "mm references at rest",
        `mm ${mm.id} has ${mm.count}, expected ${expected}`,
      );
    }
  }
}

function checkAreas(mm: Mm): void {
  let end = 0;
  for (const vma of mm.vmas) {
    if (vma.start < end || vma.start >= vma.end) {
      broken(
        "areas",
        `mm ${mm.id} has one from ${vma.start} to ${vma.end} behind ${end}`,
      );
    }
    end = vma.end;
  }
}

function checkPageCounts(
  { memory }: Machine,
  entries: readonly Entry[],
): void {
  const present = new Map<Mm, number>();
  const frames = new Map<Mm, number>();
  for (const { mm, pte } of entries) {
    present.set(mm, (present.get(mm) ?? 0) + 1);
    if (pteFrame(pte) !== 0) frames.set(mm, (frames.get(mm) ?? 0) + 1);
  }
  for (const mm of memory.mms.each()) {
    const { pages } = mm;
    const found = [pages.present, pages.frames, pages.framesIn(0, Infinity)];
    const mapped = frames.get(mm) ?? 0;
    const expected = [present.get(mm) ?? 0, mapped, mapped];
    if (found.every((number, index) => number === expected[index])) continue;
    broken(
      "page table counters",
      `mm ${mm.id} has entries, frames, frames by table ${found.join()}, expected ${expected.join()}`,
    );
  }
}

/**
 * The users together hold one reference, which an exit drops last: so an address
 * space that still has pages, though its process exits, still has that one. KSM
 * holds one from the end of the registration, behind the slot's appearance, until
 * after the slot's end.
 */
function checkReferences({ ksm }: Machine, mm: Mm): void {
  const ofKsm = mm.registered && ksm.slots.of(mm.id) !== 0 ? 1 : 0;
  const least = Math.max(1, mm.users + ofKsm);
  if (mm.count < least || mm.users < 0) {
    broken(
      "mm references",
      `mm ${mm.id} has ${mm.count} for ${mm.users} users and ${ofKsm} slots`,
    );
  }
  const isLeft = mm.vmas.length > 0 || mm.pages.present > 0;
  if (mm.exiting && isLeft && mm.count < 1 + ofKsm) {
    broken("exiting mm", leftOf(mm));
  }
}

/**
 * A slot appears before its address space is marked as registered, and ksmd may
 * come to it in between; the mmap_lock, which who registers holds, keeps ksmd
 * from remembering a page. A slot goes before the mark does only at an exit.
 */
function checkRegistered(machine: Machine, mm: Mm): void {
  const { slots } = machine.ksm;
  const slot = slots.of(mm.id);
  if (mm.registered && slot === 0 && !mm.exiting) {
    broken("registered mm", `mm ${mm.id} is registered without a slot`);
  }
  if (!mm.registered && slot !== 0 && slots.rmapList.get(slot) !== 0) {
    broken("registered mm", `mm ${mm.id} has items before it is registered`);
  }
  if (mm.registered || mm.exiting) return;
  const area = mm.vmas.find((vma) => vma.mergeable);
  if (area === undefined) return;
  broken("mergeable area", `mm ${mm.id} has one at page ${area.start}`);
}

function leftOf(mm: Mm): string {
  return `mm ${mm.id} has ${mm.vmas.length} areas, ${mm.pages.present} pages and ${mm.count} references`;
}
