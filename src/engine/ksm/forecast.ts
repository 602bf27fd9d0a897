/**
 * When ksmd will visit a page.
 *
 * The pages are gone through as ksmd would, pass by pass, with the visits that
 * smart scan leaves out; nothing is done with them. What processes do meanwhile
 * cannot be known, nor which pages merge: a merged page is never left out, and
 * one that is merged with the zero page is not met again. So it is a good guess
 * for later passes, and exact for the present one, but for a page that smart scan
 * would leave out while a merge makes a KSM page of the frame that it shares with
 * another since a fork.
 *
 * In the middle of a batch the asker says which batch that is: what that may still
 * visit comes first, and batches of the knob's size follow.
 *
 * @module
 */
import type { Mm } from "../mm/mm.ts";
import type { Ksm } from "./ksm.ts";
import type { Batch } from "./ksmd.ts";
import type { Forecast } from "./reason.ts";
import { eachPage } from "./scanned_pages.ts";
import { isLeftOut, skipAge } from "./smart_scan.ts";

/** Passes that are looked ahead; smart scan leaves out eight visits at most. */
const PASSES_MAX = 10;

/** All pages that a pass meets, in its order. */
interface Plan {
  /** Visits under smart scan so far; -1 for a page that is never left out. */
  readonly ages: number[];
  /** Coming visits that are left out. */
  readonly skips: number[];
  /** Index of the first page that is still to come in the present pass; between two passes 0. */
  ahead: number;
  /** Index of the page that is asked about; -1 if no pass meets it. */
  target: number;
}

/**
 * When ksmd visits the page at `vpn`, if it is left to do so; missing where it never
 * will as things are, since the page is not offered or `pages_to_scan` is 0.
 * `present` is the batch that is under way, if one is.
 */
export function forecast(
  ksm: Ksm,
  mm: Mm,
  vpn: number,
  present?: Readonly<Batch>,
): Forecast | undefined {
  const { pagesToScan, sleepMillisecs } = ksm.knobs;
  const plan = planOf(ksm, mm, vpn);
  if (plan.target === -1) return undefined;
  let visits = 0;
  const begun = present === undefined ? 0 : 1;
  let budget = present?.budget ?? 0;
  let batches = 0;
  for (let passes = 0; passes < PASSES_MAX; passes++) {
    const from = passes === 0 ? plan.ahead : 0;
    const { count, found } = goThrough(plan, from);
    visits += count;
    const beyond = count - budget;
    // No batch spans two passes: each pass ends one, and the visit is in one.
    if (beyond >= 0) {
      if (pagesToScan === 0) return undefined;
      batches += Math.floor(beyond / pagesToScan) + 1;
    }
    if (found) {
      const millis = batches * sleepMillisecs;
      return { visits, batches: begun + batches, passes, millis };
    }
    budget = 0;
  }
  return undefined;
}

/** Visits of one pass from a page on, up to the target if that is visited. */
function goThrough(
  plan: Plan,
  from: number,
): { count: number; found: boolean } {
  let count = 0;
  for (let index = from; index < plan.ages.length; index++) {
    if (!isVisited(plan, index)) continue;
    if (index === plan.target) return { count, found: true };
    count++;
  }
  return { count, found: false };
}

/** Meets a page as smart scan does; says whether it is visited. */
function isVisited({ ages, skips }: Plan, index: number): boolean {
  const age = ages[index];
  if (age < 0) return true;
  ages[index] = age + 1;
  if (isLeftOut(age, skips[index])) {
    skips[index]--;
    return false;
  }
  if (isLeftOut(age, 1)) skips[index] = skipAge(age);
  return true;
}

function planOf(ksm: Ksm, mm: Mm, vpn: number): Plan {
  const { cursor, frames, items, knobs, memory, slots } = ksm;
  const plan: Plan = { ages: [], skips: [], ahead: -1, target: -1 };
  let isPassed = cursor.slot !== 0;
  let slot = slots.list.next(0);
  for (; slot !== 0; slot = slots.list.next(slot)) {
    const isAt = slot === cursor.slot;
    if (isAt) isPassed = false;
    const space = memory.mms.of(slots.mm.get(slot));
    if (space.exiting) continue;
    const firstAhead = isAt ? cursor.vpn : 0;
    eachPage(ksm, space, (at, frame, item, vma) => {
      if (!vma.mergeable) return;
      if (plan.ahead === -1 && !isPassed && at >= firstAhead) {
        plan.ahead = plan.ages.length;
      }
      if (space === mm && at === vpn) plan.target = plan.ages.length;
      const ages = knobs.smartScan && !frames.isKsm(frame);
      plan.ages.push(!ages ? -1 : item === 0 ? 0 : items.age[item]);
      plan.skips.push(item === 0 ? 0 : items.remainingSkips[item]);
    });
  }
  if (plan.ahead === -1) plan.ahead = plan.ages.length;
  return plan;
}
