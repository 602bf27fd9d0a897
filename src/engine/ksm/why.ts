/**
 * Why a page is not merged: which of the {@linkcode "./reason.ts"} hold, in the
 * order in which ksmd would meet them.
 *
 * Nothing is changed by asking, and nobody is waited for. What is said of a page
 * is true of this moment, and of the future if no process does anything.
 *
 * @module
 */
import type { Frame } from "../mm/frames.ts";
import type { Mm } from "../mm/mm.ts";
import {
  migratingFrame,
  NO_PTE,
  pteFrame,
  ZERO_PTE,
} from "../mm/page_table.ts";
import type { Mapping } from "../mm/rmap.ts";
import { vmaAt } from "../mm/vma.ts";
import {
  type EqualKsmPage,
  type EqualPages,
  equalPages,
  extraReferences,
} from "./equal_pages.ts";
import { forecast } from "./forecast.ts";
import type { Ksm } from "./ksm.ts";
import type { Batch } from "./ksmd.ts";
import { mergedReason } from "./merged_page.ts";
import type {
  Forecast,
  Memo,
  Party,
  Reason,
  TwinState,
  Why,
} from "./reason.ts";
import { ITEM_STATE, type RmapItem } from "./rmap_item.ts";
import { isInTree, itemOf } from "./scanned_pages.ts";
import { isLeftOut } from "./smart_scan.ts";
import { walkUnstableTree } from "./unstable_walk.ts";

type Reasons = Reason<Mapping>[];

/** A page that maps a frame, and what is known of it. */
interface Page {
  readonly mm: Mm;
  readonly vpn: number;
  readonly frame: Frame;
  readonly item: RmapItem | 0;
  readonly forecast: Forecast | undefined;
  /** The batch that is under way, if one is. */
  readonly present: Readonly<Batch> | undefined;
}

/**
 * Why the page at `vpn` of `mm` is not merged, or how it is.
 *
 * A page in the unstable tree of the present pass has been visited in this pass:
 * there the search comes first, and after that what its next visit meets.
 *
 * `present` is the batch that is under way, if one is: without it, the next visit
 * is foretold as if a batch were to begin.
 */
export function whyNotMerged(
  ksm: Ksm,
  mm: Mm,
  vpn: number,
  present?: Readonly<Batch>,
): Why<Mapping> {
  const item = itemOf(ksm, mm, vpn);
  const frame = pteFrame(mm.pages.get(vpn));
  const next = forecast(ksm, mm, vpn, present);
  const merged = mergedReason(ksm, mm, vpn, item);
  const reasons = merged === undefined
    ? [
      ...standstill(ksm),
      ...absence(ksm, mm, vpn),
      ...(frame === 0 ? [] : [
        ...ofPage(ksm, { mm, vpn, frame, item, forecast: next, present }),
      ]),
    ]
    : [merged];
  const [first, ...further] = reasons;
  return {
    first,
    further,
    ...(next && { forecast: next }),
    ...(item !== 0 && { memo: memoOf(ksm, item) }),
  };
}

function memoOf(ksm: Ksm, item: RmapItem): Memo {
  const { items } = ksm;
  const { state, visits } = items;
  return {
    state: state[item] === ITEM_STATE.stable
      ? "stable"
      : state[item] === ITEM_STATE.unstable
      ? "unstable"
      : "neither",
    visits: visits[item],
    changesInRow: changesInRow(ksm, item),
    oldchecksum: items.oldchecksum[item],
    age: items.age[item],
    remainingSkips: items.remainingSkips[item],
  };
}

/** Visits in a row that found other bytes than the visit before: the very first visit had none before it. */
function changesInRow({ items }: Ksm, item: RmapItem): number {
  const changes = items.changes[item];
  return changes === items.visits[item] ? Math.max(0, changes - 1) : changes;
}

/** Why ksmd visits no page at all. */
function standstill({ knobs }: Ksm): Reasons {
  const reasons: Reasons = [];
  if (knobs.run === 0) reasons.push({ reason: "stopped" });
  if (knobs.run === 2) reasons.push({ reason: "unmerged" });
  if (knobs.offlining) reasons.push({ reason: "offlining" });
  if (knobs.pagesToScan === 0) reasons.push({ reason: "no-budget" });
  return reasons;
}

/** Why ksmd finds no page there. */
function absence(ksm: Ksm, mm: Mm, vpn: number): Reasons {
  const reasons: Reasons = [];
  if (mm.exiting) reasons.push({ reason: "exiting" });
  else if (ksm.slots.of(mm.id) === 0) {
    reasons.push({ reason: "not-registered" });
  }
  const vma = vmaAt(mm, vpn);
  if (vma === undefined) return [...reasons, { reason: "not-mapped" }];
  if (!vma.mergeable) reasons.push({ reason: "not-mergeable" });
  const pte = mm.pages.get(vpn);
  const frame = migratingFrame(pte);
  if (pte === NO_PTE) reasons.push({ reason: "never-touched" });
  else if (pte === ZERO_PTE) reasons.push({ reason: "zero-page-mapped" });
  else if (frame !== 0) reasons.push({ reason: "migrating", frame });
  return reasons;
}

/** Why a page that is there is not merged. */
function ofPage(ksm: Ksm, page: Page): Reasons {
  const { item } = page;
  const skipped = skipReasons(ksm, page);
  const changed = changeReasons(ksm, page);
  const search = searchReasons(ksm, page);
  return isInTree(ksm, item)
    ? [...changed, ...search, ...skipped]
    : [...skipped, ...changed, ...search];
}

function skipReasons(ksm: Ksm, { frame, item }: Page): Reasons {
  const { frames, items, knobs } = ksm;
  if (item === 0 || !knobs.smartScan || frames.isKsm(frame)) return [];
  const age = items.age[item];
  const passes = items.remainingSkips[item];
  if (!isLeftOut(age, passes)) return [];
  return [{ reason: "skipped", passes, untilVisit: age + passes + 1 }];
}

/** What the checksum says. */
function changeReasons(ksm: Ksm, { frame, item }: Page): Reasons {
  if (item === 0) return [{ reason: "not-visited" }];
  const { frames, items, memory } = ksm;
  const numbers = {
    inRow: changesInRow(ksm, item),
    visits: items.visits[item],
  };
  const checksum = memory.contents.checksum(frames.contentOf(frame));
  if (checksum !== items.oldchecksum[item]) {
    return [{ reason: "changed", ...numbers }];
  }
  return items.changes[item] === 0 && items.visits[item] > 0
    ? []
    : [{ reason: "unproven", ...numbers }];
}

/** What the search for an equal page would come to, and the merge with it. */
function searchReasons(ksm: Ksm, page: Page): Reasons {
  const { frames, knobs, memory } = ksm;
  const { mm, vpn, frame, item } = page;
  const own = useReasons(ksm, frame, "page");
  const orphaned = orphanReasons(ksm, frame, "page");
  if (orphaned.length > 0) return [...orphaned, ...own];
  if (knobs.useZeroPages && memory.contents.isZero(frames.contentOf(frame))) {
    return own.length > 0 ? own : [{ reason: "due", with: "zero-page" }];
  }
  const equal = equalPages(ksm, mm, vpn, frame, item);
  const { isHidden, joinable } = equal;
  if (joinable !== undefined && !isHidden) {
    const busy = [...lockReasons(ksm, joinable.frame, "twin"), ...own];
    const { with: twin } = joinable;
    const due: Reason<Mapping> = {
      reason: "due",
      with: "ksm-page",
      ...(twin && { twin }),
    };
    return busy.length > 0 ? busy : [due];
  }
  return [...pairReasons(ksm, page, equal, own), ...own];
}

/** What comes of it if no KSM page is there to join. */
function pairReasons(
  ksm: Ksm,
  page: Page,
  equal: EqualPages,
  own: Reasons,
): Reasons {
  const { nearest, twins } = equal;
  const { present } = page;
  if (nearest === undefined) return lonelyReasons(ksm, page, equal);
  const met = meetingReasons(ksm, page, nearest.state, own);
  if (met !== undefined) return met;
  const { place, state, frame } = nearest;
  const busy = useReasons(ksm, frame, "twin");
  if (busy.length > 0) return busy;
  const visit = forecast(ksm, place.mm, place.vpn, present);
  return [{
    reason: "waits-for-twin",
    twin: { place, state },
    twins: twins.size,
    ...(visit && { forecast: visit }),
  }];
}

/** What comes of the search in the unstable tree, if the page is visited in the present pass and the search meets anything that decides it. */
function meetingReasons(
  ksm: Ksm,
  { frame, item, forecast: visit }: Page,
  nearest: TwinState,
  own: Reasons,
): Reasons | undefined {
  const searches = ksm.cursor.slot !== 0 && visit?.passes === 0 &&
    !isInTree(ksm, item);
  if (!searches) return undefined;
  const { end, entry, page } = walkUnstableTree(ksm, frame);
  if (end === "match") {
    const busy = [
      ...orphanReasons(ksm, page, "twin"),
      ...useReasons(ksm, page, "twin"),
    ];
    const due: Reason<Mapping> = { reason: "due", with: "twin", twin: entry };
    return busy.length + own.length > 0 ? busy : [due];
  }
  if (end === "same-page" || end === "none" && nearest !== "in-tree") {
    return undefined;
  }
  return end === "none"
    ? [{ reason: "tree-rotten", cause: "astray" }]
    : [{ reason: "tree-rotten", cause: end, ...(entry && { entry }) }];
}

/** Why there is nothing to merge with. */
function lonelyReasons(ksm: Ksm, page: Page, equal: EqualPages): Reasons {
  const { frames, knobs } = ksm;
  const { arriving, elsewhere, full, mate, uncounted, unoffered } = equal;
  const { present } = page;
  const reasons = pendingReasons(ksm, equal.joinable, "ksm-page", present);
  if (full.length > 0) {
    const place = full[0].with;
    reasons.push({
      reason: "node-full",
      pages: full.length,
      limit: knobs.maxPageSharing,
      ...(place && { with: place }),
    });
  }
  if (uncounted !== undefined) {
    reasons.push({ reason: "node-uncounted", node: uncounted.node });
  }
  reasons.push(...pendingReasons(ksm, arriving, "exiled", present));
  if (elsewhere !== undefined) {
    reasons.push({
      reason: "other-node",
      nid: frames.nid[page.frame],
      twinNid: elsewhere.nid,
      twin: elsewhere.place,
    });
  }
  if (mate !== undefined) {
    reasons.push({
      reason: "fork-shared",
      mappings: frames.mapcount[page.frame],
      with: mate,
    });
  }
  if (reasons.length > 0) return reasons;
  return [{
    reason: "unique",
    inTree: isInTree(ksm, page.item),
    ...(unoffered && { unoffered }),
  }];
}

/** A KSM page that can be joined once another visit has put things right. */
function pendingReasons(
  ksm: Ksm,
  page: EqualKsmPage | undefined,
  state: TwinState,
  present: Readonly<Batch> | undefined,
): Reasons {
  const place = page?.with;
  if (place === undefined) return [];
  const visit = forecast(ksm, place.mm, place.vpn, present);
  return [{
    reason: "waits-for-twin",
    twin: { place, state },
    twins: 1,
    ...(visit && { forecast: visit }),
  }];
}

/** A page that is a KSM page where none should be. */
function orphanReasons({ frames }: Ksm, frame: Frame, whose: Party): Reasons {
  return frames.isKsm(frame) ? [{ reason: "orphaned", whose, frame }] : [];
}

/** Who keeps a page from being protected. */
function useReasons(ksm: Ksm, frame: Frame, whose: Party): Reasons {
  const extra = extraReferences(ksm, frame);
  const isolated = ksm.frames.isolated[frame] === 1;
  return [
    ...lockReasons(ksm, frame, whose),
    ...(extra === 0
      ? []
      : [{ reason: "pinned", whose, frame, extra, isolated } as const]),
  ];
}

function lockReasons({ frames }: Ksm, frame: Frame, whose: Party): Reasons {
  return frames.locked[frame] === 0
    ? []
    : [{ reason: "page-locked", whose, frame }];
}
