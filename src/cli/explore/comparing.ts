/**
 * Two variants compared.
 *
 * @module
 */
import {
  compareOutcomes,
  type Comparison,
  type Scenario,
  scenariosOfBoth,
  type Variant,
} from "../../explorer/mod.ts";
import { groupDigits } from "../../observe/mod.ts";
import { UserError } from "../user_error.ts";
import { type Page, wrap } from "./page.ts";
import type { Searchers } from "./searchers.ts";

/** Compares two variants on all machines of the scenarios, in their order. */
export async function* compareVariants(
  first: Variant,
  second: Variant,
  scenarios: readonly Scenario[],
  searchers: Searchers,
): AsyncGenerator<Comparison, void, void> {
  const pairs = scenarios.flatMap((scenario) =>
    scenario.cases.map((which) => ({
      scenario,
      which,
      results: [first, second].map((each) =>
        searchers.outcomes(scenario, which, each)
      ),
    }))
  );
  for (const { scenario, which, results } of pairs) {
    const [ofFirst, ofSecond] = await Promise.all(results);
    yield compareOutcomes(
      scenario,
      which,
      { variant: first, result: ofFirst },
      { variant: second, result: ofSecond },
    );
  }
}

/**
 * The scenarios in which two variants can be compared.
 *
 * @throws {UserError} There are none.
 */
export function comparable(
  first: Variant,
  second: Variant,
  only: Scenario | undefined,
): Scenario[] {
  const both = scenariosOfBoth(first, second);
  const scenarios = both.filter((each) => only === undefined || each === only);
  if (scenarios.length > 0) return scenarios;
  const names = both.map(({ name }) => name).join(", ");
  throw new UserError(
    `Cannot compare ${first.name} and ${second.name}` +
      (only === undefined
        ? ": no scenario is asked of both"
        : ` in ${only.name}; ` +
          (names === "" ? "no scenario is" : `${names} are`) +
          " asked of both"),
  );
}

/** One machine, and how the variants differ there. */
export function printComparison(comparison: Comparison, page: Page): string {
  const { case: which, common, differences, exhaustive, scenario, schedules } =
    comparison;
  const verdict = differences.length === 0
    ? "identical"
    : `${differences.length} ${
      differences.length === 1 ? "difference" : "differences"
    }`;
  const head = `${scenario.name} (${which.name}): ${verdict}; ` +
    `${common} ${common === 1 ? "outcome" : "outcomes"} in common, ` +
    `${groupDigits(schedules)} schedules${exhaustive ? "" : ", not all"}`;
  const lines = differences.flatMap(({ outcome, schedule, variant }) => [
    wrap(`  only ${variant.name}: ${outcome}`, page.columns, "    "),
    `    ${schedule}\n`,
  ]);
  return wrap(head, page.columns, "  ") + lines.join("");
}

/** The comparisons as a JSON document. */
export function printComparisons(
  [first, second]: readonly [Variant, Variant],
  comparisons: readonly Comparison[],
): string {
  const machines = comparisons.map((comparison) => {
    const { case: which, differences, scenario } = comparison;
    return JSON.stringify({
      scenario: scenario.name,
      case: which.name,
      schedules: comparison.schedules,
      exhaustive: comparison.exhaustive,
      common: comparison.common,
      identical: differences.length === 0,
      differences: differences.map(({ outcome, schedule, variant }) => ({
        variant: variant.name,
        outcome,
        schedule,
      })),
    });
  });
  const head = JSON.stringify([first.name, second.name]);
  return `{"variants":${head},"comparisons":[\n${machines.join(",\n")}\n]}\n`;
}
