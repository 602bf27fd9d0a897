/** Reasons in words. */
import assert from "node:assert/strict";
import {
  describeReason,
  forecastText,
  type PagePlace,
  placeText,
  type Reason,
  type ReasonName,
} from "../../src/observe/mod.ts";

const TWIN: PagePlace = { process: "vm-b", region: "ram", page: 7 };
const NEXT = { visits: 1999, batches: 21, passes: 0, millis: 1420 };

/** One reason of each kind, and what is said of it. */
const SAMPLES: {
  readonly [Name in ReasonName]: readonly [
    Extract<Reason<PagePlace>, { reason: Name }>,
    RegExp,
  ];
} = {
  merged: [
    {
      reason: "merged",
      frame: 93,
      nid: 0,
      node: 7,
      counted: true,
      sharers: 3,
      limit: 256,
      dups: 2,
      others: [TWIN],
    },
    /3 sharers of at most 256, one of 2 equal ones .* with vm-b ram\+7/,
  ],
  "merged-with-zero-page": [{ reason: "merged-with-zero-page" }, /zero page/],
  orphaned: [{ reason: "orphaned", whose: "page", frame: 93 }, /half way/],
  stopped: [{ reason: "stopped" }, /run is 0/],
  unmerged: [{ reason: "unmerged" }, /run is 2/],
  offlining: [{ reason: "offlining" }, /going offline/],
  "no-budget": [{ reason: "no-budget" }, /pages_to_scan is 0/],
  exiting: [{ reason: "exiting" }, /exiting/],
  "not-registered": [{ reason: "not-registered" }, /does not know/],
  "not-mapped": [{ reason: "not-mapped" }, /Nothing is mapped/],
  "not-mergeable": [{ reason: "not-mergeable" }, /not been offered/],
  "never-touched": [{ reason: "never-touched" }, /never touched/],
  "zero-page-mapped": [{ reason: "zero-page-mapped" }, /only read/],
  migrating: [{ reason: "migrating", frame: 93 }, /being migrated/],
  "not-visited": [
    { reason: "not-visited" },
    /in 21 batches, with 1 420 ms of sleep/,
  ],
  skipped: [
    { reason: "skipped", passes: 1, untilVisit: 6 },
    /for 1 pass more, until visit 6/,
  ],
  changed: [
    { reason: "changed", inRow: 3, visits: 9 },
    /as it had at 3 visits in a row/,
  ],
  unproven: [
    { reason: "unproven", inRow: 1, visits: 9 },
    /changed at 1 visit in a row/,
  ],
  "node-full": [
    { reason: "node-full", pages: 4, limit: 256, with: TWIN },
    /All 4 KSM pages .* 256 sharers/,
  ],
  "node-uncounted": [{ reason: "node-uncounted", node: 7 }, /lost all/],
  "other-node": [
    { reason: "other-node", nid: 0, twinNid: 1, twin: TWIN },
    /vm-b ram\+7, is on NUMA node 1, it is on node 0/,
  ],
  "fork-shared": [
    { reason: "fork-shared", mappings: 3, with: TWIN },
    /3 entries map the same frame, such as that of vm-b ram\+7/,
  ],
  unique: [
    { reason: "unique", inTree: true, unoffered: TWIN },
    /ksmd scans has its bytes, but vm-b ram\+7 does/,
  ],
  "page-locked": [
    { reason: "page-locked", whose: "twin", frame: 93, holder: "migrate" },
    /The equal page is locked by migrate/,
  ],
  pinned: [
    { reason: "pinned", whose: "page", frame: 93, extra: 2, isolated: true },
    /The page is pinned: 2 references .* of a migration/,
  ],
  "tree-rotten": [
    { reason: "tree-rotten", cause: "gone", entry: TWIN },
    /ends at vm-b ram\+7, which has no page/,
  ],
  "waits-for-twin": [
    {
      reason: "waits-for-twin",
      twin: { place: TWIN, state: "not-visited" },
      twins: 1,
      forecast: { ...NEXT, batches: 1, millis: 20 },
    },
    /waits for vm-b ram\+7, which has not been visited yet/,
  ],
  due: [
    { reason: "due", with: "twin", twin: TWIN },
    /Nothing is in its way: vm-b ram\+7/,
  ],
};

for (const [name, [reason, said]] of Object.entries(SAMPLES)) {
  Deno.test(`"${name}" has a sentence with its numbers, and a next step`, () => {
    const { sentence, nextStep } = describeReason(reason, NEXT);
    assert.match(sentence, said);
    for (const text of [sentence, nextStep]) {
      assert.match(text, /^[A-Zk].*[^ .]\.$/);
      assert.doesNotMatch(text, /undefined|NaN|\n| {2}/);
    }
  });
}

Deno.test("a page has a name also where it is in no region", () => {
  assert.equal(placeText(TWIN), "vm-b ram+7");
  assert.equal(placeText({ process: "vm-b", page: 9 }), "vm-b page 9");
});

Deno.test("what is never visited is said to be", () => {
  assert.equal(forecastText(undefined), "never, as things are");
  const { nextStep } = describeReason({
    reason: "unproven",
    inRow: 0,
    visits: 1,
  });
  assert.match(nextStep, /never/);
  const { nextStep: whenCounted } = describeReason({
    reason: "merged",
    frame: 93,
    nid: 0,
    node: 7,
    counted: false,
    sharers: 0,
    limit: 256,
    dups: 1,
    others: [],
  });
  assert.match(whenCounted, /counts it never, as things are/);
});

Deno.test("sharers beyond max_page_sharing are said to come of forks", () => {
  const [merged] = SAMPLES.merged;
  const sentence = (sharers: number) =>
    describeReason({ ...merged, sharers, limit: 20, dups: 1 }).sentence;
  assert.match(
    sentence(20),
    /with 20 sharers of at most 20, with vm-b ram\+7\.$/,
  );
  assert.match(
    sentence(46),
    /with 46 sharers, more than max_page_sharing 20 \(fork adds without asking\), with vm-b ram\+7\.$/,
  );
});
