/** Prices come from measurements, and predict others. */
import assert from "node:assert/strict";
import { PAGE_BYTES } from "../../src/engine/lib/page_size.ts";
import type { Cost } from "../../src/engine/lib/step.ts";
import { LATENCIES, price, PRICES } from "../../src/machine/costs.ts";
import { Machine } from "../../src/machine/mod.ts";
import { ksmdOf } from "../../src/machine/timed.ts";
import { pathOf } from "../tidy/sources.ts";
import calibration from "./calibration.json" with { type: "json" };
import { withCosts } from "./costs_table.ts";
import { fitPrices, FITTED } from "./fit.ts";
import calls from "./memory_costs.json" with { type: "json" };
import { nanosOf, type PhaseRow, predictAll } from "./prediction.ts";
import {
  PASSES,
  prepare,
  scanPass,
  SIZES,
  spentInPasses,
  WORKLOADS,
} from "./workloads.ts";

/** A compare of pages that are alike for long is at the mercy of caches: such passes differ by a third among themselves. */
const MOST_PERCENT_OFF = { tails: 40, others: 25 };
const MEDIAN_PERCENT_OFF = 12;

/** As many as make a tree of many levels. */
const FEW_PAGES = 4096;

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

Deno.test("README.md says what is predicted; else run deno task readme", () => {
  const readme = Deno.readTextFileSync(pathOf("README.md"));
  assert.equal(withCosts(readme, predictAll()), readme);
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
  assert.equal(price("zap", 3), 357);
  assert.equal(price("hole", 511), 767);
});

Deno.test("the prices of calls are what was measured", () => {
  const { median: fault } = calls.readFault;
  const derived: Partial<Record<Cost, number>> = {
    hole: calls.scanHole.median,
    fault,
    reuse: calls.reuseFault.median - fault,
    "zero fill": calls.writeFault.median - fault,
    copy: calls.unmergePage.median,
    zap: calls.unmapPage.median,
    "fork entry": calls.forkPage.median,
    "mprotect entry": calls.protectPage.median,
    "move entry": calls.movePage.median,
    area: calls.mapCall.median,
    fork: calls.forkCall.median,
    schedule: calls.contextSwitch.median,
  };
  for (const cost of Object.keys(PRICES) as Cost[]) {
    if (cost === "store") continue;
    const nanos = derived[cost];
    const isFitted = FITTED.some((fitted) => fitted.cost === cost);
    assert.equal(nanos === undefined, isFitted, cost);
    if (nanos === undefined) continue;
    const amount = cost === "copy" ? PAGE_BYTES : 1;
    assert.equal(price(cost, amount), Math.round(nanos), cost);
  }
  assert.deepEqual(PRICES.store, { once: 0, each: PRICES.copy.each });
  const { once, each } = PRICES.copy;
  assert.equal(each, Number((calls.copyPage.median / PAGE_BYTES).toFixed(3)));
  for (const { median } of [calls.copyFault, calls.ksmCopyFault]) {
    const predicted = fault + once + each * PAGE_BYTES;
    assert.ok(Math.abs(predicted / median - 1) < 0.1);
  }
  const transfer = Math.round(calls.cacheLineTransfer.median);
  const wakeUp = Math.round(calls.contextSwitch.median);
  assert.deepEqual(LATENCIES, {
    wakeNanos: wakeUp,
    timerSlackNanos: 50_000,
    sleepingHandoffNanos: wakeUp,
    spinningHandoffNanos: transfer,
    relaxNanos: transfer,
  });
});

Deno.test("new pages are filled in the same time on both machines that were measured", () => {
  const { fill } = calibration.workloads.unique[SIZES.derived];
  const nanosThere = fill * 1e9 / SIZES.derived;
  assert.ok(Math.abs(calls.writeFault.median / nanosThere - 1) < 0.03);
});

Deno.test("the simulation charges ksmd with the prices of what it spends, and no more", () => {
  for (const workload of WORKLOADS) {
    const machine = new Machine({ timed: {} });
    const { simulation } = machine;
    assert.ok(simulation !== undefined);
    const ksmd = ksmdOf(simulation);
    prepare(machine, workload, FEW_PAGES);
    const charged = PASSES.map(() => {
      const before = ksmd.cpuNanos;
      scanPass(machine);
      return ksmd.cpuNanos - before;
    });
    const spent = spentInPasses(workload, FEW_PAGES);
    assert.deepEqual(charged, spent.map(nanosOf), workload);
  }
});
