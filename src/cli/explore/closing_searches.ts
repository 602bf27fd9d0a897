/**
 * The searches behind the sentences that answer the review.
 *
 * @module
 */
import {
  closing,
  type Comparison,
  momentsOf,
  scenariosOfBoth,
  type Verdict,
} from "../../explorer/mod.ts";
import type { Comparer } from "./comparing.ts";
import { scenarioNamed, variantNamed } from "./questions.ts";

/** The sentences, for the verdicts of the small table. */
export async function closingOf(
  verdicts: readonly Verdict[],
  comparer: Comparer,
): Promise<readonly string[]> {
  const v1 = variantNamed("v1");
  const against = (name: string): Promise<Comparison[]> => {
    const other = variantNamed(name);
    const scenarios = scenariosOfBoth(v1, other);
    return Array.fromAsync(comparer.compare(v1, other, scenarios));
  };
  const [rcu, proposed, corrected] = await Promise.all([
    against("v1-rcu"),
    against("get-lock"),
    against("get-lock-corrected"),
  ]);
  const migration = scenarioNamed("locked-migration");
  const [, inSwapCache] = migration.cases;
  const frozen = momentsOf(migration, inSwapCache, v1, 0, 1);
  return closing({ verdicts, rcu, proposed, corrected, frozen });
}
