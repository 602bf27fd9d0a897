/**
 * Whether two variants are equivalent: whether they come to the same, over all
 * schedules.
 *
 * @module
 */
import {
  search,
  type SearchOptions,
  type SearchResult,
} from "../sim/explore/mod.ts";
import { printPlace } from "./place.ts";
import type { Case, Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/mod.ts";
import type { Variant } from "./variants/mod.ts";

/** An outcome that one of two variants has and the other has not. */
export interface Difference {
  /** Where. */
  readonly scenario: Scenario;
  /** On which machine. */
  readonly case: Case;
  /** Which variant has it. */
  readonly variant: Variant;
  /** The outcome. */
  readonly outcome: string;
  /** A schedule that comes to it, for `parsePlace`. */
  readonly schedule: string;
}

/** How two variants compare on one machine. */
export interface Comparison {
  /** Where. */
  readonly scenario: Scenario;
  /** On which machine. */
  readonly case: Case;
  /** Schedules that were run, of both. */
  readonly schedules: number;
  /** Outcomes that both have. */
  readonly common: number;
  /** Whether every schedule of both was covered. */
  readonly exhaustive: boolean;
  /** Outcomes that one of them has. */
  readonly differences: readonly Difference[];
}

/** The scenarios that are asked of both variants. */
export function scenariosOfBoth(first: Variant, second: Variant): Scenario[] {
  return SCENARIOS.filter(({ variants }) =>
    variants.includes(first) && variants.includes(second)
  );
}

/** What one machine comes to under a variant, over all schedules, whether well or not. */
export function outcomesOf(
  which: Case,
  variant: Variant,
  options: SearchOptions = {},
): SearchResult {
  return search(which.program(variant), { ...options, stopAtFirst: false });
}

/** A variant, and what one machine has come to under it. */
export interface Searched {
  /** The variant. */
  readonly variant: Variant;
  /** What {@linkcode outcomesOf} has found. */
  readonly result: SearchResult;
}

/** Compares what one machine comes to under two variants. */
export function compareOutcomes(
  scenario: Scenario,
  which: Case,
  first: Searched,
  second: Searched,
): Comparison {
  const both = [first, second];
  const differences: Difference[] = [];
  both.forEach(({ variant, result }, at) => {
    const other = both[1 - at].result.outcomes;
    for (const [outcome, choices] of result.outcomes) {
      if (other.has(outcome)) continue;
      const schedule = printPlace(scenario, variant, which, choices);
      differences.push({ scenario, case: which, variant, outcome, schedule });
    }
  });
  const outcomes = [...first.result.outcomes.keys()];
  return {
    scenario,
    case: which,
    schedules: first.result.schedules + second.result.schedules,
    common: outcomes.filter((each) => second.result.outcomes.has(each)).length,
    exhaustive: first.result.exhaustive && second.result.exhaustive,
    differences,
  };
}
