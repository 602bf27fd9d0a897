/**
 * The searches behind what is told of the review.
 *
 * @module
 */
import {
  type Comparison,
  type Evidence,
  type Moment,
  momentsOf,
  scenariosOfBoth,
  type Verdict,
} from "../../explorer/mod.ts";
import { compareVariants } from "./comparing.ts";
import { scenarioNamed, variantNamed } from "./questions.ts";
import type { Searchers } from "./searchers.ts";

/** Adds to verdicts what else there is to tell. */
export async function evidenceFor(
  verdicts: readonly Verdict[],
  searchers: Searchers,
): Promise<Evidence> {
  const v1 = variantNamed("v1");
  const against = (name: string): Promise<Comparison[]> => {
    const other = variantNamed(name);
    const scenarios = scenariosOfBoth(v1, other);
    return Array.fromAsync(compareVariants(v1, other, scenarios, searchers));
  };
  const [rcu, proposed, corrected] = await Promise.all([
    against("v1-rcu"),
    against("get-lock"),
    against("get-lock-corrected"),
  ]);
  const moments = {
    v1: momentsUnder("v1"),
    v2: momentsUnder("v2"),
    v4: momentsUnder("v4"),
  };
  return { verdicts, rcu, proposed, corrected, moments };
}

/** A locked look-up at each moment of the migration of a page in the swap cache. */
function momentsUnder(name: string): Moment[] {
  const scenario = scenarioNamed("locked-migration");
  const [, inSwapCache] = scenario.cases;
  return momentsOf(scenario, inSwapCache, variantNamed(name), 0, 1);
}
