/**
 * What is said to come of a scenario, and whether it does.
 *
 * @module
 */
import type { SearchResult } from "../sim/explore/mod.ts";
import { printPlace } from "./place.ts";
import type { Claim, Scenario } from "./scenario.ts";
import type { Variant } from "./variants/mod.ts";

/** A claim, and what the search says of it. */
export interface WeighedClaim {
  /** Where it is made. */
  readonly scenario: Scenario;
  /** The claim. */
  readonly claim: Claim;
  /** The first schedule that comes to such an outcome, for `parsePlace`; undefined if none does. */
  readonly schedule: string | undefined;
  /** Whether every schedule was covered, without a bound. */
  readonly exhaustive: boolean;
}

/** What the outcomes of a scenario's machines, in their order and up to a bound, say of a claim about a variant. */
export function weigh(
  scenario: Scenario,
  variant: Variant,
  claim: Claim,
  results: readonly SearchResult[],
  bound: number | undefined,
): WeighedClaim {
  const exhaustive = bound === undefined &&
    results.every((result) => result.exhaustive);
  for (const [at, { outcomes }] of results.entries()) {
    for (const [outcome, choices] of outcomes) {
      if (!claim.outcome.test(outcome)) continue;
      const which = scenario.cases[at];
      const schedule = printPlace(scenario, variant, which, choices);
      return { scenario, claim, schedule, exhaustive };
    }
  }
  return { scenario, claim, schedule: undefined, exhaustive };
}

/** Whether a claim turns out wrong; one that needs a schedule may be right where not all were run. */
export function isRefuted(
  { claim, schedule, exhaustive }: WeighedClaim,
): boolean {
  if (schedule !== undefined) return !claim.reachable;
  return claim.reachable && exhaustive;
}
