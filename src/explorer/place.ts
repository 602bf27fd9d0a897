/**
 * Schedules with all that is needed to run them again, as short texts: scenario,
 * variant, number of the case, and who went on, as in `migration/v1/2:ab32a2`.
 *
 * @module
 */
import {
  parseSchedule,
  printSchedule,
  type Program,
  ScheduleError,
} from "../sim/explore/mod.ts";
import type { Case, Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/mod.ts";
import type { Variant } from "./variants/mod.ts";

/** A schedule of one machine. */
export interface Place {
  /** What is asked. */
  readonly scenario: Scenario;
  /** Of which variant. */
  readonly variant: Variant;
  /** On which machine. */
  readonly case: Case;
  /** The machine. */
  readonly program: Program;
  /** Who goes on, one number for each step. */
  readonly schedule: readonly number[];
}

/** The text of a place; cases are numbered from 1. */
export function printPlace(
  scenario: Scenario,
  variant: Variant,
  which: Case,
  schedule: readonly number[],
): string {
  const number = scenario.cases.indexOf(which) + 1;
  const choices = printSchedule(schedule);
  return `${scenario.name}/${variant.name}/${number}:${choices}`;
}

/**
 * The place that a text says.
 *
 * @throws {ScheduleError} It says none, or one that does not exist.
 */
export function parsePlace(text: string): Place {
  const found = /^([^/]*)\/([^/]*)\/(\d+):(.*)$/.exec(text);
  if (found === null) {
    throw new ScheduleError(
      `Cannot read the schedule "${text}": it takes SCENARIO/VARIANT/CASE:STEPS, ` +
        `such as "unmap/v1/1:ab5c9"`,
    );
  }
  const [, scenarioName, variantName, number, steps] = found;
  const scenario = scenarioNamed(scenarioName, text);
  const variant = scenario.variants.find(({ name }) => name === variantName);
  const which: Case | undefined = scenario.cases[Number(number) - 1];
  if (variant === undefined) {
    const names = scenario.variants.map(({ name }) => name).join(", ");
    throw new ScheduleError(
      `Cannot read the schedule "${text}": scenario ${scenario.name} has no variant "${variantName}", but ${names}`,
    );
  }
  if (which === undefined) {
    throw new ScheduleError(
      `Cannot read the schedule "${text}": scenario ${scenario.name} has cases 1 to ${scenario.cases.length}, not ${number}`,
    );
  }
  const program = which.program(variant);
  const schedule = parseSchedule(steps, program.actors.length);
  return { scenario, variant, case: which, program, schedule };
}

function scenarioNamed(name: string, text: string): Scenario {
  const scenario = SCENARIOS.find((each) => each.name === name);
  if (scenario !== undefined) return scenario;
  const names = SCENARIOS.map((each) => each.name).join(", ");
  throw new ScheduleError(
    `Cannot read the schedule "${text}": there is no scenario "${name}", but ${names}`,
  );
}
