/** What the model says ksmd's passes take, and how far that is from what was measured. */
import { price } from "../../src/machine/costs.ts";
import {
  measured,
  SIZES,
  spentInPasses,
  type Tally,
  type WorkloadName,
  WORKLOADS,
} from "./workloads.ts";

/** The phases that are told apart: the passes 3 to 5 do the same but for the pages that vanish, and count as one. */
export const PHASES = ["checksum", "merge", "steady"] as const;

/** One phase of one workload. */
export interface PhaseRow {
  /** Which workload. */
  readonly workload: WorkloadName;
  /** How many pages it has. */
  readonly pages: number;
  /** Which phase. */
  readonly phase: typeof PHASES[number];
  /** Nanoseconds, as the model says. */
  readonly predicted: number;
  /** Nanoseconds, as measured. */
  readonly measured: number;
  /** How much the prediction is above what was measured, in percent. */
  readonly errorPercent: number;
}

/** All phases, of the pages that prices are derived from and of those that check them. */
export function predictAll(): PhaseRow[] {
  return Object.values(SIZES).flatMap((pages) =>
    WORKLOADS.flatMap((workload) => predict(workload, pages))
  );
}

function predict(workload: WorkloadName, pages: number): PhaseRow[] {
  const [checksum, merge, ...steady] = spentInPasses(workload, pages).map(
    nanosOf,
  );
  const real = measured(workload, pages);
  const mean = steady.reduce((sum, pass) => sum + pass, 0) / steady.length;
  return [
    phaseRow(workload, pages, "checksum", checksum, real.passes[0]),
    phaseRow(workload, pages, "merge", merge, real.passes[1]),
    phaseRow(workload, pages, "steady", mean, real.steady),
  ];
}

/** The price of all that was spent. */
export function nanosOf(spent: Tally): number {
  let sum = 0;
  for (const [cost, amounts] of spent) {
    for (const [amount, times] of amounts) sum += times * price(cost, amount);
  }
  return sum;
}

function phaseRow(
  workload: WorkloadName,
  pages: number,
  phase: typeof PHASES[number],
  predicted: number,
  measured: number,
): PhaseRow {
  const errorPercent = 100 * (predicted / measured - 1);
  return { workload, pages, phase, predicted, measured, errorPercent };
}
