/**
 * What the search answers the review of version 1, in three sentences. Each is made
 * of what was found, and says so where that is something else.
 *
 * @module
 */
import type { Difference } from "./compare.ts";
import {
  type Evidence,
  findsNone,
  flawsOf,
  namesOf,
  sumOf,
  verdictsOn,
} from "./evidence.ts";

/** The three sentences: on RCU, on the proposed functions, on frozen counts. */
export function closing(evidence: Evidence): readonly string[] {
  return [
    aboutRcu(evidence),
    aboutProposal(evidence),
    aboutFreezing(evidence),
  ];
}

function aboutRcu({ rcu, verdicts }: Evidence): string {
  const { common, differences, machines } = sumOf(rcu);
  const answer = differences.length > 0
    ? `it makes a difference: ${told(differences[0])}`
    : `identical outcomes, ${common} on ${machines}`;
  const control = verdicts.filter(({ scenario }) =>
    scenario.name === "rcu-control"
  );
  const isSeen = control.some(({ verdict }) => verdict === "holds") &&
    control.some(({ verdict }) => verdict === "violated");
  const check = isSeen
    ? "where a section does matter, in rcu-control, the search sees it"
    : "but the control does not show that the search would see a difference";
  return `RCU or no RCU around the look-up: ${answer}; ${check}.`;
}

function aboutProposal({ corrected, proposed }: Evidence): string {
  const { differences, machines } = sumOf(proposed);
  const kept = differences.filter(isKept);
  const answer = differences.length === 0
    ? `identical outcomes on ${machines}`
    : kept.length === differences.length
    ? `exactly one difference: ${told(kept[0])}`
    : `${differences.length} differences: ` +
      told(differences.find((each) => !isKept(each)) ?? differences[0]);
  const after = sumOf(corrected).differences;
  const correction = after.length === 0
    ? "with the correction, identical"
    : `with the correction, ${told(after[0])}`;
  return `v1 against get_lock_ksm_page() as proposed: ${answer}; ${correction}.`;
}

/** In an outcome the look-up says what became of the node where it has found no page. */
export function isKept({ outcome }: Difference): boolean {
  return outcome.includes("node kept");
}

/** A difference in words. */
export function told(difference: Difference): string {
  const { outcome, schedule, variant } = difference;
  const what = isKept(difference)
    ? "where the page has changed by the time it is locked, the node is kept, not removed"
    : `${variant.name} alone comes to "${outcome}"`;
  return `${what} (${schedule})`;
}

function aboutFreezing(evidence: Evidence): string {
  const { v1 } = evidence.moments;
  const nulls = v1.filter((moment) => moment.atOnce && findsNone(moment));
  if (nulls.length === 0) {
    return "The freeze anomaly: v1 finds the page at every moment of a migration.";
  }
  const [{ failure, schedule }] = nulls;
  const last = nulls[nulls.length - 1].after;
  const again = v1.some((moment) =>
    moment.after > last && moment.outcome !== undefined && !findsNone(moment)
  );
  const reach = `no page at one moment (${schedule})` +
    `${again ? " and the page at a later one" : ""}`;
  const harm = failure === undefined
    ? "and harmless there"
    : "and removes the node of a live page there";
  return `The freeze anomaly, ${reach}, is reachable in v1 ${harm}: ` +
    `${whereHarmful(evidence)}; ${laterOnes(evidence)}.`;
}

/** Where v1 holds, and where not; whether that is a matter of pages that live on. */
function whereHarmful(evidence: Evidence): string {
  const own = verdictsOn(evidence, "v1");
  const bad = own.filter(({ verdict }) => verdict === "violated");
  const good = own.filter(({ verdict }) => verdict === "holds");
  if (bad.length === 0) return `it is harmless, v1 holds in ${namesOf(good)}`;
  if (good.length === 0) return `v1 is violated in ${namesOf(bad)}`;
  const isOfLife = bad.every(({ scenario }) => scenario.outlives) &&
    !good.some(({ scenario }) => scenario.outlives);
  return isOfLife
    ? `harmless where a frozen page can only go (v1 holds in ` +
      `${namesOf(good)}), and not where it lives on (it is violated in ` +
      `${namesOf(bad)})`
    : `v1 holds in ${namesOf(good)}, and is violated in ${namesOf(bad)}`;
}

function laterOnes(evidence: Evidence): string {
  const each = ["v2", "v4"].map((name) => {
    const bad = verdictsOn(evidence, name).filter(({ verdict }) =>
      verdict === "violated"
    );
    return bad.length === 0
      ? `${name} holds`
      : `${name} is violated in ${namesOf(bad)}`;
  });
  return `${each.join(", ")}${flawsOf(evidence)}`;
}
