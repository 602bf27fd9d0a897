/**
 * Why a page is not merged, in lines: what stops it, what to do about it, what
 * else would stop it, when ksmd comes by, and what it remembers.
 *
 * @module
 */
import type {
  Forecast,
  Memo,
  PagePlace,
  PageWhy,
  Reason,
} from "../observe/detail.ts";
import { groupDigits } from "../observe/digits.ts";
import { describeReason, placeText } from "../observe/reason_text.ts";
import { plural } from "./figures.ts";

/** One line of an answer, which may take several rows. */
export interface WhyLine {
  /** What it is about; empty for the answer itself. */
  readonly label: string;
  /** What there is to say. */
  readonly text: string;
}

/** Batches, whose plural is not that of other words. */
function batches(count: number): string {
  return `${groupDigits(count)} ${count === 1 ? "batch" : "batches"}`;
}

/** When ksmd comes by, and what it does before. */
function forecastText(forecast: Forecast): string {
  const { visits, passes, millis } = forecast;
  const scans = passes === 0
    ? ""
    : `, after the end of ${plural(passes, "full scan")}`;
  return `${batches(forecast.batches)}, ${groupDigits(millis)} ms, ${
    plural(visits, "other page")
  } first${scans}`;
}

/** Places of rmap items in words. */
const MEMO_STATES = {
  neither: "in no tree",
  unstable: "in the unstable tree",
  stable: "on a stable node",
} as const;

function memoLines(memo: Memo): WhyLine[] {
  const { state, visits, changesInRow, oldchecksum, age } = memo;
  const checksum = (oldchecksum >>> 0).toString(16).padStart(8, "0");
  const changes = plural(changesInRow, "change");
  return [
    {
      label: "remembered",
      text: `${MEMO_STATES[state]}, ${
        plural(visits, "visit")
      }, ${changes} in a row`,
    },
    {
      label: "checksum",
      text: `${checksum}, age ${age}, skips left ${memo.remainingSkips}`,
    },
  ];
}

/** The figures that go with some reasons, which a sentence has no room for. */
function figureLines(reason: Reason<PagePlace>): WhyLine[] {
  switch (reason.reason) {
    case "waits-for-twin": {
      const { twins, forecast } = reason;
      const visit = forecast === undefined
        ? []
        : [{ label: "its visit", text: forecastText(forecast) }];
      return [
        { label: "equal", text: plural(twins, "other frame") },
        ...visit,
      ];
    }
    case "merged": {
      const { sharers, limit, dups, frame, node, nid, others } = reason;
      const count = groupDigits(sharers);
      const most = groupDigits(limit);
      const share = sharers > limit
        ? `${count}, more than the limit of ${most}`
        : `${count} of ${most}`;
      const chain = dups > 1 ? `, ${groupDigits(dups)} dups` : "";
      const also = others.map(placeText).join(", ");
      return [
        {
          label: "KSM page",
          text: `frame ${frame}, NUMA node ${nid}, stable node ${node}`,
        },
        { label: "sharers", text: share + chain },
        ...(also === "" ? [] : [{ label: "with", text: also }]),
      ];
    }
    default:
      return [];
  }
}

/** The lines of an answer, the most needed first. */
export function whyLines(why: PageWhy): WhyLine[] {
  const { first, further, forecast, memo } = why;
  const { sentence, nextStep } = describeReason(first, forecast);
  const also = further.map((reason) => ({
    label: "also",
    text: describeReason(reason, forecast).sentence,
  }));
  const visit = forecast === undefined
    ? []
    : [{ label: "next visit", text: forecastText(forecast) }];
  return [
    { label: "", text: sentence },
    { label: "next step", text: nextStep },
    ...visit,
    ...also,
    ...figureLines(first),
    ...(memo === undefined ? [] : memoLines(memo)),
  ];
}
