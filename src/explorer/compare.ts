/**
 * Whether two variants are equivalent: whether they come to the same, over all
 * schedules.
 *
 * @module
 */
import { search, type SearchOptions } from "../sim/explore/mod.ts";
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

/** Compares two variants in all scenarios that are asked of both, one machine after the other. */
export function* compare(
  first: Variant,
  second: Variant,
  options: SearchOptions = {},
): Generator<Comparison, void, void> {
  for (const scenario of SCENARIOS) {
    const asked = scenario.variants.includes(first) &&
      scenario.variants.includes(second);
    if (!asked) continue;
    for (const which of scenario.cases) {
      yield compareCase(scenario, which, [first, second], options);
    }
  }
}

function compareCase(
  scenario: Scenario,
  which: Case,
  variants: readonly [Variant, Variant],
  options: SearchOptions,
): Comparison {
  const results = variants.map((variant) =>
    search(which.program(variant), { ...options, stopAtFirst: false })
  );
  const differences: Difference[] = [];
  variants.forEach((variant, at) => {
    const other = results[1 - at].outcomes;
    for (const [outcome, choices] of results[at].outcomes) {
      if (other.has(outcome)) continue;
      const schedule = printPlace(scenario, variant, which, choices);
      differences.push({ scenario, case: which, variant, outcome, schedule });
    }
  });
  const [{ outcomes }, second] = results;
  return {
    scenario,
    case: which,
    schedules: results.reduce((sum, { schedules }) => sum + schedules, 0),
    common: [...outcomes.keys()].filter((each) => second.outcomes.has(each))
      .length,
    exhaustive: results.every(({ exhaustive }) => exhaustive),
    differences,
  };
}
