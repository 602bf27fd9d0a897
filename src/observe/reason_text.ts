/**
 * Why a page is not merged, in English: one sentence, and what one can do about it.
 *
 * @module
 */
import type {
  Forecast,
  PagePlace,
  Party,
  Reason,
  ReasonName,
  TwinState,
} from "../machine/mod.ts";
import { groupDigits } from "./digits.ts";

/** A reason for people to read. */
export interface ReasonText {
  /** What is the case, in one sentence. */
  readonly sentence: string;
  /** What to do about it, or what will come of it, in one sentence. */
  readonly nextStep: string;
}

/** A reason of one kind. */
type Of<Name extends ReasonName> = Extract<
  Reason<PagePlace>,
  { readonly reason: Name }
>;

/** How each kind of reason is put into words; `when` is when ksmd visits the page. */
type Wordings = {
  readonly [Name in ReasonName]: (
    reason: Of<Name>,
    when: string,
  ) => readonly [sentence: string, nextStep: string];
};

/** A page as people read it, such as `vm-a ram+12`. */
export function placeText({ process, region, page }: PagePlace): string {
  return region === undefined
    ? `${process} page ${page}`
    : `${process} ${region}+${page}`;
}

/** When ksmd comes by, such as `in 3 batches, with 60 ms of sleep`; without a forecast it never does. */
export function forecastText(forecast: Forecast | undefined): string {
  if (forecast === undefined) return "never, as things are";
  const { batches, millis } = forecast;
  return `in ${count(batches, "batch", "batches")}, with ${
    groupDigits(millis)
  } ms of sleep`;
}

/** The reason in words. `forecast` is when ksmd visits the page next, where that is known. */
export function describeReason(
  reason: Reason<PagePlace>,
  forecast?: Forecast,
): ReasonText {
  return inWords(reason, forecast);
}

function inWords<Name extends ReasonName>(
  reason: Of<Name>,
  forecast: Forecast | undefined,
): ReasonText {
  const wording: Wordings[Name] = WORDINGS[reason.reason];
  const [sentence, nextStep] = wording(reason, forecastText(forecast));
  return { sentence, nextStep };
}

function count(number: number, one: string, many: string): string {
  return `${groupDigits(number)} ${number === 1 ? one : many}`;
}

function owner(whose: Party): string {
  return whose === "page" ? "The page" : "The equal page";
}

/** How many share a KSM page. A child maps what its parent maps, also beyond the limit, and ksmd counts it all the same. */
function sharersText(sharers: number, limit: number): string {
  const has = count(sharers, "sharer", "sharers");
  const most = groupDigits(limit);
  return sharers > limit
    ? `${has}, more than max_page_sharing ${most} (fork adds without asking)`
    : `${has} of at most ${most}`;
}

/** How a twin stands with a merge. */
const TWIN_WORDS: Readonly<Record<TwinState, string>> = {
  "ksm-page": "is a KSM page behind one that has left this NUMA node",
  exiled: "is a KSM page that has just come to this NUMA node",
  "in-tree": "is in the unstable tree",
  ready: "is unchanged",
  "not-visited": "has not been visited yet",
  changed: "has changed since its last visit",
  skipped: "is left out by smart scan",
  "page-locked": "is locked",
  pinned: "is pinned",
};

const WORDINGS: Wordings = {
  merged: ({ counted, dups, limit, others, sharers }, when) => [
    `Merged: it maps a KSM page with ${sharersText(sharers, limit)}` +
    (dups > 1 ? `, one of ${groupDigits(dups)} equal ones on a chain` : "") +
    (others.length > 0 ? `, with ${placeText(others[0])}` : "") + ".",
    counted
      ? "A write to it makes a private copy again."
      : `It came by a fork; ksmd counts it ${when}.`,
  ],
  "merged-with-zero-page": () => [
    "Merged: it maps the kernel's zero page, and takes no memory.",
    "A write to it makes a private copy again.",
  ],
  orphaned: ({ whose }) => [
    `${
      owner(whose)
    } is a KSM page without a stable node, which a merge that failed half way has left.`,
    "Nothing merges it until it is written.",
  ],
  stopped: () => [
    "ksmd is stopped: run is 0.",
    "Write 1 to run.",
  ],
  unmerged: () => [
    "All merging has been undone: run is 2.",
    "Write 1 to run.",
  ],
  offlining: () => [
    "Memory is going offline, and ksmd waits for that.",
    "Wait until it is offline, or cannot be taken offline.",
  ],
  "no-budget": () => [
    "A batch has no pages: pages_to_scan is 0.",
    "Write a number to pages_to_scan, such as 100.",
  ],
  exiting: () => [
    "Its process is exiting.",
    "ksmd forgets its pages when it comes by.",
  ],
  "not-registered": () => [
    "ksmd does not know the process, which has offered no memory.",
    "Let it call madvise with MADV_MERGEABLE, or prctl with PR_SET_MEMORY_MERGE.",
  ],
  "not-mapped": () => [
    "Nothing is mapped there.",
    "There is nothing to merge.",
  ],
  "not-mergeable": () => [
    "The area has not been offered to ksmd.",
    "Let the process call madvise with MADV_MERGEABLE for it.",
  ],
  "never-touched": () => [
    "The page was never touched, and takes no memory.",
    "There is nothing to merge until it is written.",
  ],
  "zero-page-mapped": () => [
    "The page was only read, maps the kernel's zero page, and takes no memory.",
    "There is nothing to merge until it is written.",
  ],
  migrating: () => [
    "The page is being migrated, and ksmd steps over it.",
    "ksmd meets it again in the next pass.",
  ],
  "not-visited": (_, when) => [
    `ksmd has not visited it yet: it will ${when}.`,
    "A page merges on its second visit at the earliest; more pages_to_scan or less sleep_millisecs bring it sooner.",
  ],
  skipped: ({ passes, untilVisit }) => [
    `Smart scan leaves it out for ${
      count(passes, "pass", "passes")
    } more, until visit ${untilVisit}, since it has not merged for long.`,
    "Wait, or write 0 to smart_scan.",
  ],
  changed: ({ inRow }, when) => [
    "It has changed since ksmd's last visit" +
    (inRow > 0
      ? `, as it had at ${count(inRow, "visit", "visits")} in a row before.`
      : "."),
    `It has to stay the same between two visits; the next one is ${when}.`,
  ],
  unproven: ({ inRow }, when) => [
    inRow > 0
      ? `It was found changed at ${
        count(inRow, "visit", "visits")
      } in a row, and is the same since the last one.`
      : "ksmd has seen it once, and has to see it unchanged.",
    `If it stays the same, ksmd goes on with it ${when}.`,
  ],
  "node-full": ({ limit, pages }) => [
    `${
      pages === 1
        ? "The KSM page with its bytes has"
        : `All ${groupDigits(pages)} KSM pages with its bytes have`
    } ${groupDigits(limit)} sharers, as many as max_page_sharing allows.`,
    "One more equal page lets the two make another KSM page; a higher max_page_sharing needs run 2 first.",
  ],
  "node-uncounted": () => [
    "The KSM page with its bytes has lost all the sharers that ksmd had counted.",
    "It takes sharers again once ksmd visits one of those who map it since a fork; one more equal page lets the two make another KSM page.",
  ],
  "other-node": ({ nid, twin, twinNid }) => [
    `Its like, ${
      placeText(twin)
    }, is on NUMA node ${twinNid}, it is on node ${nid}, and merge_across_nodes is 0.`,
    "Bind both to one node, or write 1 to merge_across_nodes after run 2.",
  ],
  "fork-shared": ({ mappings, with: place }) => [
    `It is shared since a fork: ${
      count(mappings, "entry maps", "entries map")
    } the same frame, such as that of ${placeText(place)}.`,
    "There is nothing to gain until one of them writes to it.",
  ],
  unique: ({ unoffered }) => [
    unoffered === undefined
      ? "No other page has its bytes."
      : `No page that ksmd scans has its bytes, but ${
        placeText(unoffered)
      } does.`,
    unoffered === undefined
      ? "It merges when another page gets the same bytes."
      : "Let that process offer its memory, too.",
  ],
  "page-locked": ({ holder, whose }) => [
    `${owner(whose)} is locked${
      holder === undefined ? "" : ` by ${holder}`
    }, and ksmd does not wait for it.`,
    "It is tried again in the next pass.",
  ],
  pinned: ({ extra, isolated, whose }) => [
    `${owner(whose)} is pinned: ${
      count(extra, "reference", "references")
    } beyond its mappings${
      isolated
        ? ", one of them of a migration"
        : ", as of direct I/O or a page that ksmd is just at work on"
    }.`,
    "It cannot be protected until they are given back; then the next visit goes on.",
  ],
  "tree-rotten": ({ cause, entry }) => [
    cause === "astray"
      ? "Pages have changed in the unstable tree, and the search for its like goes astray."
      : `The search for its like ends at ${
        entry === undefined ? "an entry" : placeText(entry)
      }, which has ${
        cause === "gone" ? "no page any more" : "moved to another NUMA node"
      }.`,
    "The next pass makes a new tree.",
  ],
  "waits-for-twin": ({ forecast, twin: { place, state } }) => [
    `It waits for ${placeText(place)}, which ${TWIN_WORDS[state]}.`,
    `Both have to be visited in one pass; that page is, ${
      forecastText(forecast)
    }.`,
  ],
  due: ({ twin, with: partner }, when) => [
    partner === "zero-page"
      ? "Nothing is in its way: it holds zeros, for which there is the zero page."
      : `Nothing is in its way: ${
        twin === undefined ? "a KSM page" : placeText(twin)
      } has its bytes.`,
    `If it stays the same, it merges ${when}.`,
  ],
};
