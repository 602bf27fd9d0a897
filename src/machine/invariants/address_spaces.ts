/**
 * Invariants of address spaces: their areas, their references, and whether KSM
 * knows of them.
 *
 * @module
 */
import type { Mm } from "../../engine/mm/mod.ts";
import type { Machine } from "../machine.ts";
import { broken } from "./invariant.ts";

/** What holds of address spaces after every step. */
export function checkAddressSpaces(machine: Machine): void {
  const { memory, processes } = machine;
  const all = new Set(memory.mms.each());
  for (const { name, mm } of processes.all()) {
    if (!all.has(mm)) broken("process mm", `process ${name}, mm ${mm.id}`);
  }
  for (const mm of all) {
    checkAreas(mm);
    checkPageCounts(mm);
    checkReferences(machine, mm);
    checkRegistered(machine, mm);
  }
}

/** What holds of address spaces where no actor is inside an operation. */
export function checkAddressSpacesAtRest(machine: Machine): void {
  for (const mm of machine.memory.mms.each()) {
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
    if (mm.exiting && (mm.vmas.length > 0 || mm.pages.present > 0)) {
      broken("exiting mm at rest", leftOf(mm));
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

function checkPageCounts(mm: Mm): void {
  const { pages } = mm;
  let present = 0;
  for (
    let vpn = pages.next(0, Infinity);
    vpn !== -1;
    vpn = pages.next(vpn + 1, Infinity)
  ) present++;
  let frames = 0;
  for (
    let vpn = pages.nextFrame(0, Infinity);
    vpn !== -1;
    vpn = pages.nextFrame(vpn + 1, Infinity)
  ) frames++;
  const byTable = pages.framesIn(0, Infinity);
  if (
    pages.present !== present || pages.frames !== frames || byTable !== frames
  ) {
    broken(
      "page table counters",
      `mm ${mm.id} says ${pages.present} with ${pages.frames} frames, ${byTable} by tables; found ${present} with ${frames}`,
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
