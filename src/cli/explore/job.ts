/**
 * Searches as jobs, whose questions and answers can be sent to another thread.
 *
 * @module
 */
import { assert } from "../../engine/lib/assert.ts";
import {
  judge,
  outcomesOf,
  type Scenario,
  SCENARIOS,
  type Variant,
  type Verdict,
} from "../../explorer/mod.ts";
import type { SearchOptions, SearchResult } from "../../sim/explore/mod.ts";

/** One search: whether a variant holds in a scenario, or what one machine comes to under it. */
export interface Job {
  /** Name of the scenario. */
  readonly scenario: string;
  /** Name of the variant. */
  readonly variant: string;
  /** Number of the machine, from 0, to learn its outcomes; the verdict over all of them is wanted when missing. */
  readonly case?: number;
  /** How far to search. */
  readonly options: SearchOptions;
}

/** What a job has come to, with names in place of what they name. */
export type Answer =
  | {
    readonly kind: "verdict";
    readonly verdict: Omit<Verdict, "scenario" | "variant">;
    readonly seconds: number;
  }
  | { readonly kind: "outcomes"; readonly result: SearchResult };

/** Does a job. */
export function perform(job: Job): Answer {
  const scenario = named(SCENARIOS, job.scenario);
  const variant = named<Variant>(scenario.variants, job.variant);
  if (job.case !== undefined) {
    const result = outcomesOf(scenario.cases[job.case], variant, job.options);
    return { kind: "outcomes", result };
  }
  const start = performance.now();
  const { scenario: _, variant: __, ...verdict } = judge(
    scenario,
    variant,
    job.options,
  );
  const seconds = (performance.now() - start) / 1000;
  return { kind: "verdict", verdict, seconds };
}

/** The one of this name. */
function named<T extends Scenario | Variant>(
  all: readonly T[],
  name: string,
): T {
  const found = all.find((each) => each.name === name);
  assert(found !== undefined, `Nothing is called ${name}`);
  return found;
}
