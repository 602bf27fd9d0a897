/**
 * Rules of the scan: batches, passes, slots, items, smart scan.
 *
 * @module
 */
import type { Mutant } from "./mutant.ts";

const KSMD = "src/engine/ksm/ksmd.ts";
const SCAN = "src/engine/ksm/scan.ts";
const SMART = "src/engine/ksm/smart_scan.ts";
const REGISTRATION = "src/engine/ksm/registration.ts";

/** The mutants of the scan. */
export const SCAN_MUTANTS: readonly Mutant[] = [
  {
    rule: "a batch never spans two passes",
    section: "3.2",
    file: KSMD,
    from: `    if (item === 0) {
      batch.budget = 0;`,
    to: `    if (item === 0) {
      if (ksm.items.live > 0) continue;
      batch.budget = 0;`,
  },
  {
    rule: "a batch that a pass fills exactly does not end the pass",
    section: "3.2",
    file: KSMD,
    from: `  if (batch.budget > 0) return false;`,
    to: `  if (batch.budget > 0) return false;
  if (cursor.slot !== 0 && ksm.slots.list.next(cursor.slot) === 0) {
    const { pages } = ksm.mmOfSlot(cursor.slot);
    const end = Number.MAX_SAFE_INTEGER;
    if (pages.next(cursor.vpn, end) === -1) yield* nextRmapItem(ksm);
  }`,
  },
  {
    rule: "a visit counts as scanned whatever comes of it",
    section: "2.1",
    file: KSMD,
    from: `    ksm.pagesScanned++;`,
    to: `    if (ksm.items.state[item] !== 0) ksm.pagesScanned++;`,
  },
  {
    rule: "items go when the next page present is reached, not before",
    section: "4.1",
    file: SCAN,
    from:
      `  if (found !== 0 && items.vpn[found] === vpn) return cursor.behind = found;`,
    to: `  if (found !== 0 && items.vpn[found] === vpn) {
    let stay = items.next.get(found);
    while (stay !== 0 && pteFrame(mm.pages.get(items.vpn[stay])) === 0) {
      stay = items.next.get(stay);
    }
    cursor.behind = found;
    yield* freeItemsAhead(ksm, stay);
    return found;
  }`,
  },
  {
    rule: "an address space resumed in its middle keeps its slot",
    section: "3.5",
    file: SCAN,
    from: `  const dropped = cursor.vpn === 0;`,
    to: `  const dropped = !mm.vmas.some((vma) => vma.mergeable);`,
  },
  {
    rule: "a slot without a mergeable area goes at the end of its turn",
    section: "3.5",
    file: SCAN,
    from: `  const dropped = cursor.vpn === 0;`,
    to: `  const dropped = mm.exiting;`,
  },
  {
    rule: "a mergeable area without pages keeps the slot",
    section: "3.5",
    file: SCAN,
    from: `  const dropped = cursor.vpn === 0;`,
    to: `  const dropped = mm.ksmRmapItems === 0;`,
  },
  {
    rule: "an exiting process loses the items behind the cursor too",
    section: "3.5",
    file: SCAN,
    from: `  if (mm.exiting) enterSlot(ksm, slot);`,
    to: ``,
  },
  {
    rule: "a new slot comes before the cursor's, not after it",
    section: "3.4",
    file: REGISTRATION,
    from:
      `  slots.list.insertBefore(slot, ksm.knobs.run === 2 ? 0 : cursor.slot);`,
    to: `  slots.list.insertAfter(slot, cursor.slot);`,
  },
  {
    rule: "a new slot comes before the cursor's, not at the tail",
    section: "3.4",
    file: REGISTRATION,
    from:
      `  slots.list.insertBefore(slot, ksm.knobs.run === 2 ? 0 : cursor.slot);`,
    to: `  slots.list.insertBefore(slot, 0);`,
  },
  {
    rule: "an exiting slot comes right behind the cursor's, not at the tail",
    section: "16.5",
    file: REGISTRATION,
    from: `    else slots.list.insertAfter(slot, cursor.slot);`,
    to: `    else slots.list.insertBefore(slot, 0);`,
  },
  {
    rule: "an exiting process without items loses its slot at once",
    section: "16.5",
    file: REGISTRATION,
    from: ` && slots.rmapList.get(slot) === 0;`,
    to: ` && false;`,
  },
  {
    rule: "a skipped page leaves its tree",
    section: "5",
    file: SMART,
    from: `  yield* removeRmapItemFromTree(ksm, item);
  return true;`,
    to: `  return true;`,
  },
  {
    rule: "at age 3 one visit is skipped",
    section: "5",
    file: SMART,
    from: `  if (age <= 3) return 1;`,
    to: ``,
  },
  {
    rule: "at age 5 two visits are skipped",
    section: "5",
    file: SMART,
    from: `  if (age <= 5) return 2;`,
    to: ``,
  },
  {
    rule: "at age 8 four visits are skipped",
    section: "5",
    file: SMART,
    from: `  if (age <= 8) return 4;`,
    to: ``,
  },
  {
    rule: "from age 13 on it stays at eight visits",
    section: "5",
    file: SMART,
    from: `  return 8;`,
    to: `  return age < 200 ? 8 : 16;`,
  },
  {
    rule: "the first visit that may be skipped is the fifth",
    section: "5",
    file: SMART,
    from: `const FIRST_SKIPPING_AGE = 3;`,
    to: `const FIRST_SKIPPING_AGE = 2;`,
  },
  {
    rule: "the age stays at 255",
    section: "5",
    file: SMART,
    from: `  if (age < MAX_AGE) items.age[item]++;`,
    to: `  items.age[item]++;`,
  },
  {
    rule: "a page ages on skipped visits too",
    section: "5",
    file: SMART,
    from: `  items.remainingSkips[item]--;`,
    to: `  items.remainingSkips[item]--;
  items.age[item] = age;`,
  },
  {
    rule: "KSM pages are never skipped and do not age",
    section: "5",
    file: SMART,
    from: ` || ksm.frames.isKsm(page)) return false;`,
    to: `) return false;`,
  },
];
