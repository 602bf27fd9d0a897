/** Prices come from measurements, and predict others. */
import assert from "node:assert/strict";
import { price, PRICES } from "../../src/machine/costs.ts";
import { fitPrices, FITTED } from "./fit.ts";
import { type PhaseRow, predictAll } from "./prediction.ts";
import { SIZES } from "./workloads.ts";

/** A compare of pages that are alike for long is at the mercy of caches: such passes differ by a third among themselves. */
const MOST_PERCENT_OFF = { tails: 40, others: 25 };
const MEDIAN_PERCENT_OFF = 12;

function percentOff({ errorPercent }: PhaseRow): number {
  return Math.abs(errorPercent);
}

Deno.test("ksmd's processor time is predicted for four times the pages that prices come from", () => {
  const checked = predictAll().filter(({ pages }) => pages === SIZES.checked);
  for (const row of checked) {
    const { workload, phase } = row;
    const most = MOST_PERCENT_OFF[workload === "tails" ? "tails" : "others"];
    assert.ok(
      percentOff(row) <= most,
      `${workload} ${phase}: ${percentOff(row)}`,
    );
  }
  const sorted = checked.map(percentOff).sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  assert.ok(median <= MEDIAN_PERCENT_OFF, `${median}`);
});

Deno.test("the prices of ksmd's work are what fits the passes over fewer pages; else run tests/bench/fit_costs.ts", () => {
  fitPrices().forEach((fitted, at) => {
    const { cost, part } = FITTED[at];
    const listed = PRICES[cost][part];
    // Listed in whole nanoseconds, or for a byte with three digits.
    const digits = listed < 1 ? 4 : 0;
    assert.equal(listed, Number(fitted.toFixed(digits)), `${cost} ${part}`);
  });
});

Deno.test("a price is in whole nanoseconds, once and for each unit", () => {
  // 61 once and 0.0805 for each of 4096 bytes: 390.7.
  assert.equal(price("compare", 4096), 391);
  // 0.0805 for one byte is lost in the rounding.
  assert.equal(price("compare", 1), 61);
  assert.equal(price("zap", 3), 3 * 113);
  assert.equal(price("hole", 511), 715);
});
