import assert from "node:assert/strict";
import fc from "fast-check";
import {
  parseRuns,
  parseTrace,
  printRuns,
  printTrace,
  traceOf,
} from "../../src/workload/mod.ts";
import { runsDifference } from "../../src/workload/value_runs.ts";
import type { ValueRun } from "../../src/workload/value_runs.ts";
import { NUMA_OPS } from "./random_numa_ops.ts";
import { workloads } from "./random_ops.ts";

const values = fc.array(fc.constantFrom(0, 1, -2, -14, -999), {
  maxLength: 12,
});

/** The runs of a text that is one. */
function runsOf(text: string): readonly ValueRun[] {
  const runs = parseRuns(text);
  assert.ok(runs, text);
  return runs;
}

Deno.test("runs are read as they were written, and no two neighbours are alike", () => {
  fc.assert(
    fc.property(values, (values) => {
      const runs = runsOf(printRuns(values));
      const again = runs.flatMap(({ value, count }) =>
        new Array<number>(count).fill(value)
      );
      assert.deepEqual(again, values);
      for (const [n, { value }] of runs.slice(1).entries()) {
        assert.notEqual(value, runs[n].value);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("the first page that differs is that of the values, however runs are cut", () => {
  fc.assert(
    fc.property(values, values, fc.nat({ max: 12 }), (a, tail, kept) => {
      const b = [...a.slice(0, kept), ...tail];
      const uncut = b.join(" ");
      const length = Math.max(a.length, b.length);
      const page = Array.from({ length }, (_, n) => n)
        .find((n) => a.at(n) !== b.at(n));
      const expected = page === undefined
        ? undefined
        : { page, expected: a.at(page), found: b.at(page) };
      const runs = runsOf(printRuns(a));
      assert.deepEqual(runsDifference(runs, runsOf(printRuns(b))), expected);
      assert.deepEqual(runsDifference(runs, runsOf(uncut)), expected);
    }),
    { numRuns: 500 },
  );
});

Deno.test("a workload that knows of nodes reads back as it was saved", () => {
  const met = new Map<string, number>();
  fc.assert(
    fc.property(workloads(60, { numa: NUMA_OPS }), (ops) => {
      for (const { op } of ops) met.set(op, (met.get(op) ?? 0) + 1);
      const named = { name: "random", title: "random" };
      const trace = traceOf(named, ops, () => assert.fail("no file"));
      assert.equal(trace.format, "ksm-trace-numa/1");
      assert.deepEqual(parseTrace(printTrace(trace), "x"), trace);
    }),
    { numRuns: 100 },
  );
  for (const name of NUMA_OPS) {
    assert.ok((met.get(name) ?? 0) > 10, `${name}: ${met.get(name)}`);
  }
});
