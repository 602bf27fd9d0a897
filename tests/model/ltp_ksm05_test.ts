/**
 * The Linux Test Project's ksm05 (CVE-2011-2183): children that offer a page and
 * die at once, while ksmd scans. It forks for 10 seconds and passes if the system
 * lives; scaled to 300 children for each place that ksmd can be at. The race of
 * two processors is for other tests: here a child dies between two batches.
 */
import assert from "node:assert/strict";
import { checkAtRest } from "../../src/machine/invariants/mod.ts";
import { type Box, workload } from "../../src/workload/mod.ts";
import { checkNothingLeft } from "../property/nothing_left.ts";
import { runStaged } from "./staged.ts";

const CHILDREN = 300;

/** A child that has offered one page, which it has touched. */
function* child(box: Box, name: string, batchesOfLife: number) {
  const process = box.process(name);
  process.mmap("page", 1, { mergeable: true }).fill({ kind: "zero" });
  if (batchesOfLife > 0) yield* box.scanBatches(batchesOfLife);
  process.exit();
}

for (const batchesOfLife of [0, 1, 2, 3]) {
  const life = batchesOfLife === 0
    ? "before its first batch"
    : `after ${batchesOfLife} batches of one page`;
  Deno.test(`ksm05, ${CHILDREN} children instead of 10 seconds: each dies ${life}`, () => {
    const deaths = workload("deaths", function* (box) {
      box.knob("smart_scan", 0);
      box.knob("pages_to_scan", 1);
      box.run(1);
      for (let count = 0; count < CHILDREN; count++) {
        yield* child(box, `child ${count}`, batchesOfLife);
        yield* box.scanBatches(count % 2);
      }
      yield* box.scanBatches(10);
      box.sample("all dead");
    });
    runStaged(deaths, [["all dead", (machine) => {
      checkAtRest(machine);
      checkNothingLeft(machine);
      // One that dies before its first batch is never visited.
      const { pagesScanned } = machine.counters();
      assert.equal(pagesScanned === 0, batchesOfLife === 0);
    }]]);
  });
}
