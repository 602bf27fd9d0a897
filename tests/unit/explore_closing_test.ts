/** The sentences that answer the review say what was found, whatever it is. */
import assert from "node:assert/strict";
import { complaints } from "../../src/cli/explore/asking.ts";
import {
  closing,
  type Comparison,
  type Evidence,
  type Moment,
  type Scenario,
  type Variant,
  type VariantKind,
  type Verdict,
} from "../../src/explorer/mod.ts";
import { explain } from "../../src/explorer/explain.ts";

function variant(name: string, kind: VariantKind = "historic"): Variant {
  return { name, title: `title of ${name}`, kind };
}

function scenario(name: string): Scenario {
  const title = `title of ${name}`;
  const outlives = name === "migration";
  const empty = { cases: [], variants: [], safety: [], claims: [] };
  return { name, title, outlives, ...empty };
}

/** `unmap v1` holds; with a property at the end it does not. */
function verdict(
  where: string,
  who: string,
  property?: string,
  kind?: VariantKind,
): Verdict {
  const counts = { schedules: 5, steps: 50, exhaustive: true };
  const about = { scenario: scenario(where), variant: variant(who, kind) };
  if (property === undefined) return { ...about, ...counts, verdict: "holds" };
  const schedule = `${where}/${who}/1:ab`;
  const failure = { property, message: property, schedule, steps: 2 };
  return { ...about, ...counts, verdict: "violated", failure };
}

/** Two outcomes in common, and these of one variant alone. */
function comparison(who: string, ...outcomes: string[]): Comparison {
  const place = { scenario: scenario("unmap"), case: CASE };
  return {
    ...place,
    schedules: 9,
    common: 2,
    exhaustive: true,
    differences: outcomes.map((outcome) => ({
      ...place,
      variant: variant(who),
      outcome,
      schedule: `unmap/${who}/1:ba`,
    })),
  };
}

const CASE = {
  name: "a case",
  program: () => {
    throw new Error("nothing is run here");
  },
};

function moment(after: number, answer: string, failure?: string): Moment {
  return {
    after,
    before: [],
    atOnce: true,
    outcome: `ksmd: ${answer}; shared 1`,
    failure,
    schedule: `locked-migration/v1/2:b${after + 1}a`,
  };
}

const CONTROL = [
  verdict("rcu-control", "read-section"),
  verdict("rcu-control", "no-read-section", "nothing freed is used"),
];

const GONE = "no live node is removed";

/** What the review and its answer expected. */
const EXPECTED: Evidence = {
  verdicts: [
    verdict("unmap", "v1"),
    verdict("migration", "v1", GONE),
    verdict("unmap", "v2"),
    verdict("unmap", "v4"),
    ...CONTROL,
  ],
  rcu: [comparison("v1-rcu"), comparison("v1-rcu")],
  proposed: [comparison("get-lock", "ksmd: none, node kept; shared 1")],
  corrected: [comparison("get-lock-corrected")],
  moments: {
    v1: [moment(0, "page"), moment(1, "none", GONE), moment(2, "page")],
    v2: [moment(0, "page")],
    v4: [moment(0, "page")],
  },
};

Deno.test("where all is as expected, the sentences say so", () => {
  assert.deepEqual(closing(EXPECTED), [
    "RCU or no RCU around the look-up: identical outcomes, 4 on 2 machines; " +
    "where a section does matter, in rcu-control, the search sees it.",
    "v1 against get_lock_ksm_page() as proposed: exactly one difference: " +
    "where the page has changed by the time it is locked, the node is kept, " +
    "not removed (unmap/get-lock/1:ba); with the correction, identical.",
    "The freeze anomaly, no page at one moment (locked-migration/v1/2:b2a) " +
    "and the page at a later one, is reachable in v1 and removes the node of " +
    "a live page there: harmless where a frozen page can only go (v1 holds in " +
    "unmap), and not where it lives on (it is violated in migration); v2 " +
    "holds, v4 holds.",
  ]);
});

Deno.test("where RCU makes a difference, or the control does not, that is said", () => {
  const odd = comparison("v1-rcu", "ksmd: page; shared 7");
  const [first] = closing({ ...EXPECTED, rcu: [odd], verdicts: [CONTROL[0]] });
  assert.equal(
    first,
    "RCU or no RCU around the look-up: it makes a difference: v1-rcu alone " +
      'comes to "ksmd: page; shared 7" (unmap/v1-rcu/1:ba); but the control ' +
      "does not show that the search would see a difference.",
  );
});

Deno.test("where the functions differ in another way, that is said", () => {
  const proposed = [comparison("get-lock", "ksmd: none, node kept", "x")];
  const corrected = [comparison("v1", "y")];
  const [, differing] = closing({ ...EXPECTED, proposed, corrected });
  assert.match(differing, /: 2 differences: get-lock alone comes to "x"/);
  assert.match(differing, /; with the correction, v1 alone comes to "y"/);
  const equal = closing({ ...EXPECTED, proposed: [comparison("v1")] })[1];
  assert.match(equal, /as proposed: identical outcomes on 1 machine; /);
});

Deno.test("where freezing is seen otherwise, that is said", () => {
  const third = (change: Partial<Evidence>) =>
    closing({ ...EXPECTED, ...change })[2];
  const { moments } = EXPECTED;
  const always = { ...moments, v1: [moment(0, "page")] };
  assert.match(third({ moments: always }), /finds the page at every moment/);
  const harmless = { ...moments, v1: [moment(0, "none")] };
  assert.match(
    third({ moments: harmless }),
    /b1a\), is reach.* harmless there/,
  );
  const verdicts = [verdict("unmap", "v1", GONE), verdict("unmap", "v4", GONE)];
  assert.match(
    third({ verdicts }),
    /v1 is violated in unmap; v2 holds, v4 is v/,
  );
  const flaw = verdict("stale-tree", "reset-in-use", "P", "flaw");
  assert.match(
    third({ verdicts: [...EXPECTED.verdicts, flaw] }),
    /v4 holds, but for what today's code does wrong in stale-tree\.$/,
  );
  const mixed = [verdict("migration", "v1"), verdict("unmap", "v1", GONE)];
  assert.match(
    third({ verdicts: mixed }),
    /: v1 holds in migration, and is violated in unmap; /,
  );
});

Deno.test("the story says what is violated, not what should be", () => {
  const verdicts = [verdict("exit", "v4", GONE, "own")];
  const [first, pin] = explain({ ...EXPECTED, verdicts });
  assert.equal(first.paragraphs.at(-1), "Today's protocol goes wrong in exit.");
  assert.equal(pin.schedule, undefined);
  const caught = [
    verdict("match", "no-check-after-pin"),
    verdict("unmap", "no-check-after-pin", "P"),
    verdict("exit", "no-check-after-pin", "P"),
  ];
  const [, again] = explain({ ...EXPECTED, verdicts: caught });
  assert.equal(
    again.paragraphs[1],
    'Without it, no-check-after-pin breaks "P" in unmap and exit, and holds ' +
      "in match.",
  );
  assert.equal(again.schedule, "unmap/no-check-after-pin/1:ab");
});

Deno.test("complaints: the own protocol violated, and a broken one never caught", () => {
  const caught = [
    verdict("unmap", "v4", undefined, "own"),
    verdict("unmap", "bad", undefined, "broken"),
    verdict("match", "bad", "P", "broken"),
    verdict("match", "old", "P", "historic"),
    verdict("match", "flawed", "P", "flaw"),
  ];
  assert.deepEqual(complaints(caught, [], true), []);
  const missed = caught.slice(0, 2);
  assert.deepEqual(complaints(missed, [], false), []);
  const claim = { text: "It ends.", variant: "v4", outcome: /e/ };
  const always = { ...claim, reachable: true };
  const never = { ...claim, reachable: false };
  const about = { scenario: scenario("exit"), exhaustive: true };
  const claims = [
    { ...about, claim: always, schedule: undefined },
    { ...about, claim: always, schedule: undefined, exhaustive: false },
    { ...about, claim: always, schedule: "exit/v4/1:a" },
    { ...about, claim: never, schedule: undefined },
  ];
  assert.deepEqual(complaints(caught, claims, true), [
    "Not so in exit, v4: It ends.",
  ]);
  const reached = { ...about, claim: never, schedule: "exit/v4/1:a" };
  assert.deepEqual(complaints([], [reached], false), [
    "Not so in exit, v4: It ends.",
  ]);
  assert.deepEqual(complaints(missed, [], true), [
    "No scenario catches the broken variant bad",
  ]);
  const own = [verdict("exit", "v4", GONE, "own")];
  assert.deepEqual(complaints(own, [], false), [
    "The engine's own protocol is violated in exit",
  ]);
});
