/**
 * The fit of ksmd's prices to what was measured.
 *
 * Each pass of each workload over 65 536 pages gives one equation: what the model
 * spends in the pass, times the prices, is the time that was measured. The prices
 * make the squares of the relative errors smallest, together with a small share
 * for each price's distance from what one would expect of it: passes cannot tell
 * protecting from replacing, since hardly any does the one without the other.
 */
import type { Cost } from "../../src/engine/lib/step.ts";
import {
  measured,
  SIZES,
  spentInPasses,
  type Tally,
  WORKLOADS,
} from "./workloads.ts";

/** A price that is fitted: what is paid once for a work, or for each unit of it. */
export interface FittedPrice {
  /** Which work. */
  readonly cost: Cost;
  /** Which of its two prices. */
  readonly part: "once" | "each";
  /** What one would expect, in nanoseconds. */
  readonly expected: number;
}

/** All fitted prices. Expected is what cache misses (60 to 80 ns), hot loops (10 GB/s) and TLB flushes take on such machines. */
export const FITTED: readonly FittedPrice[] = [
  { cost: "walk", part: "each", expected: 15 },
  { cost: "visit", part: "each", expected: 250 },
  { cost: "item alloc", part: "each", expected: 80 },
  { cost: "item free", part: "each", expected: 80 },
  { cost: "checksum", part: "each", expected: 0.1 },
  { cost: "compare", part: "once", expected: 60 },
  { cost: "compare", part: "each", expected: 0.1 },
  { cost: "stable node", part: "each", expected: 60 },
  { cost: "unstable node", part: "each", expected: 200 },
  { cost: "protect", part: "each", expected: 800 },
  { cost: "replace", part: "each", expected: 800 },
  { cost: "stable insert", part: "each", expected: 300 },
];

/** How much a price that is off by its whole expected value counts, next to a pass that is off by its whole time. */
const EXPECTATION_WEIGHT = 0.01;

/** The fitted prices, in the order of {@linkcode FITTED}, unrounded. */
export function fitPrices(): number[] {
  const equations = WORKLOADS.flatMap((workload) => {
    const { passes } = measured(workload, SIZES.derived);
    return spentInPasses(workload, SIZES.derived).map((spent, pass) =>
      FITTED.map((fitted) => unitsOf(fitted, spent) / passes[pass])
    );
  });
  const wanted = equations.map(() => 1);
  const weight = Math.sqrt(EXPECTATION_WEIGHT);
  FITTED.forEach(({ expected }, at) => {
    equations.push(
      FITTED.map((_, other) => other === at ? weight / expected : 0),
    );
    wanted.push(weight);
  });
  return leastSquares(equations, wanted);
}

/** How many units of a fitted price are spent. */
function unitsOf({ cost, part }: FittedPrice, spent: Tally): number {
  let units = 0;
  for (const [amount, times] of spent.get(cost) ?? []) {
    units += part === "once" ? times : times * amount;
  }
  return units;
}

/** The x for which the squares of `rows * x - wanted` are smallest, by the normal equations. */
function leastSquares(
  rows: readonly (readonly number[])[],
  wanted: readonly number[],
): number[] {
  const size = rows[0].length;
  const normal = Array.from({ length: size }, (_, i) => [
    ...Array.from(
      { length: size },
      (_, j) => sum(rows, (row) => row[i] * row[j]),
    ),
    sum(rows, (row, at) => row[i] * wanted[at]),
  ]);
  return solve(normal);
}

/** Solves linear equations, each with its right side as last column; the matrix is positive definite. */
function solve(equations: number[][]): number[] {
  const size = equations.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = equations[row][pivot] / equations[pivot][pivot];
      for (let column = pivot; column <= size; column++) {
        equations[row][column] -= factor * equations[pivot][column];
      }
    }
  }
  return equations.map((row, at) => row[size] / row[at]);
}

function sum(
  rows: readonly (readonly number[])[],
  of: (row: readonly number[], at: number) => number,
): number {
  return rows.reduce((total, row, at) => total + of(row, at), 0);
}
