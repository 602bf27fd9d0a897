/**
 * Invariants of the anonymous reverse map: who refers to an anon_vma, and what it
 * finds.
 *
 * @module
 */
import {
  type AnonVma,
  type Frame,
  mappingsOf,
  type Mm,
} from "../../engine/mm/mod.ts";
import type { Machine } from "../machine.ts";
import { type Entry, placeOf } from "./entries.ts";
import { broken } from "./invariant.ts";

/**
 * What holds of anon_vmas after every step. A fault that makes one holds a
 * reference until the area is joined to it, so that there may be more than areas
 * and items account for.
 */
export function checkAnonVmas(machine: Machine): void {
  const { anonVmas } = machine.memory;
  const users = usersOf(machine);
  for (const anonVma of users.keys()) {
    if (!anonVmas.isLive(anonVma)) {
      broken("anon_vma references", `anon_vma ${anonVma} is gone while in use`);
    }
  }
  for (const anonVma of anonVmas.each()) {
    const refcount = anonVmas.refcount[anonVma];
    const known = users.get(anonVma) ?? 0;
    if (refcount < Math.max(1, known)) {
      broken(
        "anon_vma references",
        `anon_vma ${anonVma} has ${refcount}, known are ${known}`,
      );
    }
  }
  checkFamilies(machine);
}

/** What holds of anon_vmas where no actor is inside an operation. */
export function checkAnonVmasAtRest(machine: Machine): void {
  const { anonVmas } = machine.memory;
  const users = usersOf(machine);
  for (const anonVma of anonVmas.each()) {
    const refcount = anonVmas.refcount[anonVma];
    const known = users.get(anonVma) ?? 0;
    if (refcount === known) continue;
    broken(
      "anon_vma references at rest",
      `anon_vma ${anonVma} has ${refcount}, known are ${known}`,
    );
  }
}

/** What holds of the reverse map after every step: it finds the mappings that a walk over all page tables finds, and each once. */
export function checkReverseMap(
  { memory }: Machine,
  mapped: ReadonlyMap<Frame, Entry[]>,
): void {
  for (const [frame, entries] of mapped) {
    if (memory.frames.isKsm(frame)) continue;
    const found = mappingsOf(memory, frame);
    const isFound = ({ mm, vpn }: Entry) =>
      found.some((mapping) => mapping.mm === mm && mapping.vpn === vpn);
    if (found.length === entries.length && entries.every(isFound)) continue;
    broken(
      "reverse map",
      `frame ${frame} is found at ${found.map(placeOf).join()}, is at ${
        entries.map(placeOf).join()
      }`,
    );
  }
}

/** How many areas and items point at each anon_vma. */
function usersOf({ memory, ksm: { items } }: Machine): Map<AnonVma, number> {
  const users = new Map<AnonVma, number>();
  const count = (anonVma: AnonVma | 0) => {
    if (anonVma !== 0) users.set(anonVma, (users.get(anonVma) ?? 0) + 1);
  };
  for (const mm of memory.mms.each()) {
    for (const vma of mm.vmas) count(vma.anonVma);
  }
  for (const item of items.each()) count(items.anonVma.get(item));
  return users;
}

function checkFamilies({ memory: { anonVmas, mms } }: Machine): void {
  const families = new Map<AnonVma, Set<Mm>>();
  for (const mm of mms.each()) {
    for (const { anonVma } of mm.vmas) {
      if (anonVma === 0) continue;
      const family = families.get(anonVma);
      if (family === undefined) families.set(anonVma, new Set([mm]));
      else family.add(mm);
    }
  }
  for (const anonVma of anonVmas.each()) {
    const known = new Set(anonVmas.family(anonVma));
    const expected = families.get(anonVma) ?? new Set();
    const both = [...known].filter((mm) => expected.has(mm));
    if (both.length === known.size && both.length === expected.size) continue;
    broken(
      "anon_vma family",
      `anon_vma ${anonVma} knows mms ${idsOf(known)}, expected ${
        idsOf(expected)
      }`,
    );
  }
}

function idsOf(mms: Iterable<Mm>): string {
  return Array.from(mms, ({ id }) => id).join(" ");
}
