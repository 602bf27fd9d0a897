/**
 * What searches have found, as the story of the page protocol needs it.
 *
 * @module
 */
import type { Comparison } from "./compare.ts";
import type { Moment } from "./moments.ts";
import type { Verdict } from "./verdict.ts";

/** What was found. */
export interface Evidence {
  /** Of all scenarios under all variants. */
  readonly verdicts: readonly Verdict[];
  /** v1 and v1 with an RCU read section. */
  readonly rcu: readonly Comparison[];
  /** v1 and the proposed pair of functions. */
  readonly proposed: readonly Comparison[];
  /** v1 and that pair as corrected. */
  readonly corrected: readonly Comparison[];
  /** What a look-up comes to at each moment of a migration of a page in the swap cache: in v1, v2 and v4. */
  readonly moments: Readonly<Record<"v1" | "v2" | "v4", readonly Moment[]>>;
}

/** The verdicts on a variant. */
export function verdictsOn(
  { verdicts }: Pick<Evidence, "verdicts">,
  name: string,
): readonly Verdict[] {
  return verdicts.filter(({ variant }) => variant.name === name);
}

/** What a variant breaks and where, and where it holds, as clauses. */
export function fateOf(
  evidence: Pick<Evidence, "verdicts">,
  name: string,
): string {
  const verdicts = verdictsOn(evidence, name);
  const good = verdicts.filter(({ verdict }) => verdict === "holds");
  const bad = Map.groupBy(
    verdicts.filter(({ failure }) => failure !== undefined),
    ({ failure }) => failure?.property,
  );
  const broken = Array.from(
    bad,
    ([property, where]) => `"${property}" in ${namesOf(where)}`,
  );
  return [
    ...(broken.length === 0 ? [] : [`breaks ${broken.join(", ")}`]),
    ...(good.length === 0 ? [] : [`holds in ${namesOf(good)}`]),
  ].join(", and ");
}

/** The shortest schedule in which a variant goes wrong; undefined if there is none. */
export function worstOf(
  evidence: Pick<Evidence, "verdicts">,
  name: string,
): string | undefined {
  return verdictsOn(evidence, name)
    .flatMap(({ failure }) => failure === undefined ? [] : [failure])
    .toSorted((a, b) => a.steps - b.steps)
    .at(0)?.schedule;
}

/** Names of scenarios, as in `unmap, match and removal`. */
export function namesOf(verdicts: readonly Verdict[]): string {
  return listed(verdicts.map(({ scenario }) => scenario.name));
}

/** What today's code does wrong nevertheless, as a clause; empty where nothing was seen. */
export function flawsOf({ verdicts }: Pick<Evidence, "verdicts">): string {
  const flaws = verdicts.filter(({ variant, verdict }) =>
    variant.kind === "flaw" && verdict === "violated"
  );
  return flaws.length === 0
    ? ""
    : `, but for what today's code does wrong in ${namesOf(flaws)}`;
}

/** Words as a clause lists them. */
export function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)]
    .filter((part) => part !== "").join(" and ");
}

/** Comparisons taken together. */
export interface ComparisonSum {
  /** Outcomes that one variant alone has. */
  readonly differences: Comparison["differences"];
  /** Outcomes in common. */
  readonly common: number;
  /** Machines, as words. */
  readonly machines: string;
}

/** Takes comparisons together. */
export function sumOf(comparisons: readonly Comparison[]): ComparisonSum {
  const exhaustive = comparisons.every(({ exhaustive }) => exhaustive);
  const { length } = comparisons;
  const count = `${length} ${length === 1 ? "machine" : "machines"}`;
  return {
    differences: comparisons.flatMap(({ differences }) => differences),
    common: comparisons.reduce((sum, { common }) => sum + common, 0),
    machines: exhaustive ? count : `${count}, as far as was searched`,
  };
}

/** Whether the look-up, whose actor is the first one, has found no page. */
export function findsNone({ outcome }: Moment): boolean {
  return outcome !== undefined && /^\w+: none/.test(outcome);
}
