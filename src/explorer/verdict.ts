/**
 * Whether a variant holds in a scenario.
 *
 * @module
 */
import { search, type SearchOptions, shrink } from "../sim/explore/mod.ts";
import { printPlace } from "./place.ts";
import type { Scenario } from "./scenario.ts";
import type { Variant } from "./variants/mod.ts";

/** What the search of one scenario under one variant has come to. */
export interface Verdict {
  /** The scenario. */
  readonly scenario: Scenario;
  /** The variant. */
  readonly variant: Variant;
  /** Schedules that were run, over all cases. */
  readonly schedules: number;
  /** Steps that were made for the first time, not to get where another schedule branches off. */
  readonly steps: number;
  /** Whether every schedule was covered, within the bound if there was one. */
  readonly exhaustive: boolean;
  /** `violated` where something went wrong in a case; the cases after it were not searched then. */
  readonly verdict: "holds" | "violated";
  /** What went wrong first. */
  readonly failure?: Failure;
}

/** A schedule that goes wrong, and in which no pre-emption can be left out. */
export interface Failure {
  /** What had to hold. */
  readonly property: string;
  /** What was found. */
  readonly message: string;
  /** The schedule, for {@linkcode parsePlace}. */
  readonly schedule: string;
  /** Its steps. */
  readonly steps: number;
}

/** Searches all cases of a scenario under a variant, up to the first that goes wrong. */
export function judge(
  scenario: Scenario,
  variant: Variant,
  options: SearchOptions = {},
): Verdict {
  let schedules = 0;
  let steps = 0;
  let exhaustive = true;
  for (const which of scenario.cases) {
    const program = which.program(variant);
    const result = search(program, { ...options, stopAtFirst: true });
    schedules += result.schedules;
    steps += result.steps;
    exhaustive &&= result.exhaustive;
    const [finding] = result.findings;
    if (finding === undefined) continue;
    const { property, message, schedule } = shrink(program, finding);
    const failure = {
      property,
      message,
      schedule: printPlace(scenario, variant, which, schedule),
      steps: schedule.length,
    };
    const counts = { schedules, steps, exhaustive: false };
    return { scenario, variant, ...counts, verdict: "violated", failure };
  }
  const counts = { schedules, steps, exhaustive };
  return { scenario, variant, ...counts, verdict: "holds" };
}
