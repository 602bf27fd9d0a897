/**
 * Why a page is not merged, in lines: what stops it, what else would, when ksmd
 * comes by, and what it remembers.
 *
 * @module
 */
import { groupDigits } from "../observe/digits.ts";
import type {
  Forecast,
  Memo,
  PagePlace,
  PageWhy,
  Reason,
  TwinState,
} from "../observe/detail.ts";

/** One line of an answer, which may take several rows. */
export interface WhyLine {
  /** What it is about; empty for the answer itself. */
  readonly label: string;
  /** What there is to say. */
  readonly text: string;
}

/** A page by name. */
export function placeText({ process, region, page }: PagePlace): string {
  return region === undefined
    ? `${process} page ${page}`
    : `${process} ${region}+${page}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${groupDigits(count)} ${count === 1 ? one : many}`;
}

/** When ksmd comes by. */
function forecastText(forecast: Forecast): string {
  const { visits, batches, passes, millis } = forecast;
  const scans = passes === 0
    ? "in this scan"
    : `after ${counted(passes, "end of a scan", "ends of scans")}`;
  const ahead = counted(visits, "page");
  return `${counted(batches, "batch", "batches")} or ${
    groupDigits(millis)
  } ms to go, ${ahead} before it, ${scans}`;
}

/** Places of rmap items in words. */
const MEMO_STATES = {
  neither: "in no tree",
  unstable: "in the unstable tree",
  stable: "on a stable node",
} as const;

function memoLines(memo: Memo): WhyLine[] {
  const { state, visits, changesInRow, oldchecksum, age } = memo;
  const skips = memo.remainingSkips === 0
    ? "no skips left"
    : `${counted(memo.remainingSkips, "skip")} left`;
  const checksum = (oldchecksum >>> 0).toString(16).padStart(8, "0");
  return [
    {
      label: "remembered",
      text: `${MEMO_STATES[state]}, ${counted(visits, "visit")}, ${
        counted(changesInRow, "change")
      } in a row`,
    },
    { label: "checksum", text: `${checksum}, age ${age}, ${skips}` },
  ];
}

/** How an equal page stands. */
const TWIN_STATES: Readonly<Record<TwinState, string>> = {
  "ksm-page": "a KSM page that takes sharers",
  exiled: "a KSM page that has moved to another node",
  "in-tree": "in the unstable tree",
  ready: "unchanged, to be visited",
  "not-visited": "not visited yet",
  changed: "changed since its last visit",
  skipped: "left out by smart scan",
  "page-locked": "its page lock is held",
  pinned: "somebody holds a reference on it",
};

/** What there is to say of an equal page. */
function twinLines(reason: Reason<PagePlace>): WhyLine[] {
  switch (reason.reason) {
    case "waits-for-twin": {
      const { twin: { place, state }, twins, forecast } = reason;
      const when = forecast === undefined
        ? []
        : [{ label: "its visit", text: forecastText(forecast) }];
      const others = counted(twins, "equal frame");
      const text = `${placeText(place)}, ${TWIN_STATES[state]}; ${others}`;
      return [{ label: "twin", text }, ...when];
    }
    case "other-node": {
      const { twin, twinNid } = reason;
      const text = `${placeText(twin)} on NUMA node ${twinNid}`;
      return [{ label: "twin", text }];
    }
    case "due":
      return reason.twin === undefined
        ? []
        : [{ label: "twin", text: placeText(reason.twin) }];
    case "merged": {
      const { sharers, limit, dups, frame, node, nid, others } = reason;
      const page = `frame ${frame} on NUMA node ${nid}, stable node ${node}`;
      const chain = dups > 1 ? `, one of ${counted(dups, "dup")}` : "";
      const text = `${groupDigits(sharers)} of ${groupDigits(limit)}${chain}`;
      const with_ = others.map(placeText).join(", ");
      return [
        { label: "KSM page", text: page },
        { label: "sharers", text },
        ...(with_ === "" ? [] : [{ label: "others", text: with_ }]),
      ];
    }
    default:
      return [];
  }
}

/** A reason in a few words. */
export function reasonText({ reason }: Reason<PagePlace>): string {
  return reason.replaceAll("-", " ");
}

/** The lines of an answer, the most needed first. */
export function whyLines(why: PageWhy): WhyLine[] {
  const { first, further, forecast, memo } = why;
  const also = further.map((reason) => ({
    label: "also",
    text: reasonText(reason),
  }));
  return [
    { label: "", text: reasonText(first) },
    ...twinLines(first),
    ...also,
    ...(forecast === undefined
      ? []
      : [{ label: "next visit", text: forecastText(forecast) }]),
    ...(memo === undefined ? [] : memoLines(memo)),
  ];
}
