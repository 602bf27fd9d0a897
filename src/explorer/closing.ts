/**
 * What the search answers the review of version 1, in three sentences. Each is made
 * of what was found, and says so where that is something else.
 *
 * @module
 */
import type { Comparison, Difference } from "./compare.ts";
import type { Moment } from "./moments.ts";
import type { Verdict } from "./verdict.ts";

/** What the sentences are made of. */
export interface Findings {
  /** Of the small table. */
  readonly verdicts: readonly Verdict[];
  /** v1 and v1 with an RCU read section. */
  readonly rcu: readonly Comparison[];
  /** v1 and the proposed pair of functions. */
  readonly proposed: readonly Comparison[];
  /** v1 and that pair as corrected. */
  readonly corrected: readonly Comparison[];
  /** What v1's look-up comes to at each moment of a migration of a page in the swap cache. */
  readonly frozen: readonly Moment[];
}

/** The three sentences. */
export function closing(found: Findings): readonly string[] {
  return [aboutRcu(found), aboutProposal(found), aboutFreezing(found)];
}

function aboutRcu({ rcu, verdicts }: Findings): string {
  const { differences, machines, outcomes } = sumOf(rcu);
  const control = verdicts.filter(({ scenario }) =>
    scenario.name === "rcu-control"
  );
  const isSeen = control.some(({ verdict }) => verdict === "holds") &&
    control.some(({ verdict }) => verdict === "violated");
  const answer = differences.length > 0
    ? `it makes a difference: ${told(differences[0])}`
    : `identical outcomes, ${outcomes} on ${machines}`;
  const check = isSeen
    ? "where a section does matter, in rcu-control, the search sees it"
    : "but the control did not show that the search would see a difference";
  return `RCU or no RCU around the look-up: ${answer}; ${check}.`;
}

function aboutProposal({ corrected, proposed }: Findings): string {
  const { differences, machines } = sumOf(proposed);
  const kinds = new Set(differences.map(({ outcome }) => outcome));
  const answer = kinds.size === 0
    ? `identical outcomes on ${machines}`
    : `${
      kinds.size === 1 ? "exactly one difference" : `${kinds.size} differences`
    }: ` +
      told(differences[0]);
  const after = sumOf(corrected).differences;
  const correction = after.length === 0
    ? "with the correction, identical"
    : `with the correction, ${told(after[0])}`;
  return `v1 against get_lock_ksm_page() as proposed: ${answer}; ${correction}.`;
}

/** In a difference the look-up says what became of the node where it found none. */
function told({ outcome, schedule, variant }: Difference): string {
  const what = outcome.includes("node kept")
    ? "where the page has changed by the time it is locked, the node is kept, not removed"
    : `${variant.name} alone comes to "${outcome}"`;
  return `${what} (${schedule})`;
}

function aboutFreezing({ frozen, verdicts }: Findings): string {
  const nulls = frozen.filter((moment) => moment.atOnce && findsNone(moment));
  const [first] = nulls;
  if (first === undefined) {
    return "The freeze anomaly: not reachable in v1, which finds the page at every moment.";
  }
  const last = nulls[nulls.length - 1].after;
  const again = frozen.some((moment) =>
    moment.after > last && moment.outcome !== undefined && !findsNone(moment)
  );
  const reach =
    `The freeze anomaly, no page at one moment (${first.schedule})` +
    `${again ? " and the page at a later one" : ""}, is reachable in v1`;
  const own = verdicts.filter(({ variant }) => variant.name === "v1");
  const bad = own.filter(({ verdict }) => verdict === "violated");
  const good = own.filter(({ verdict }) => verdict === "holds");
  const harm = first.failure === undefined
    ? "and harmless there"
    : "and removes the node of a live page there";
  const before = good.length === 0
    ? "it is harmless nowhere"
    : `without migration it is harmless (v1 holds in ${names(good)})`;
  return `${reach} ${harm}: ${before}` +
    `${bad.length === 0 ? "" : `, with it v1 is violated in ${names(bad)}`}; ` +
    `${laterOnes(verdicts)}.`;
}

function laterOnes(verdicts: readonly Verdict[]): string {
  return ["v2", "v4"].map((name) => {
    const bad = verdicts.filter(({ variant, verdict }) =>
      variant.name === name && verdict === "violated"
    );
    return bad.length === 0
      ? `${name} holds`
      : `${name} is violated in ${names(bad)}`;
  }).join(", ");
}

/** Names of scenarios, as in `unmap, match and removal`. */
function names(verdicts: readonly Verdict[]): string {
  const all = verdicts.map(({ scenario }) => scenario.name);
  return [all.slice(0, -1).join(", "), ...all.slice(-1)]
    .filter((part) => part !== "").join(" and ");
}

/** Whether the look-up, which acts first, has found no page. */
function findsNone({ outcome }: Moment): boolean {
  return outcome !== undefined && /^\w+: none/.test(outcome);
}

function sumOf(comparisons: readonly Comparison[]) {
  const exhaustive = comparisons.every(({ exhaustive }) => exhaustive);
  const differences = comparisons.flatMap(({ differences }) => differences);
  const outcomes = comparisons.reduce((sum, { common }) => sum + common, 0);
  const count = `${comparisons.length} machines`;
  const machines = exhaustive ? count : `${count}, as far as was searched`;
  return { differences, machines, outcomes };
}
