import assert from "node:assert/strict";
import fc from "fast-check";
import { Machine } from "../../src/machine/mod.ts";
import type { Op } from "../../src/workload/mod.ts";
import { Granting } from "../conformance/granting.ts";
import { drive } from "./drive.ts";
import { checkReads } from "./memory_reads.ts";
import { NaiveMemory } from "./naive_memory.ts";
import { workloads } from "./random_ops.ts";

/** Runs operations against the model; returns what the `hash` operations answered. */
function hashes(machine: Machine, ops: readonly Op[]): unknown[] {
  const model = new NaiveMemory();
  const events = drive(machine, ops, {
    afterOp(op) {
      model.perform(op);
      checkReads(machine, model);
    },
  });
  return events.filter(({ op }) => op === "hash");
}

function neverStarted(op: Op): Op {
  if (op.op === "run") return { ...op, value: 0 };
  return op;
}

Deno.test("every process reads exactly what it wrote, whether ksmd runs or never did", () => {
  fc.assert(
    fc.property(workloads(60), (ops) => {
      const stopped = new Machine();
      assert.deepEqual(
        hashes(new Machine(), ops),
        hashes(stopped, ops.map(neverStarted)),
      );
      assert.equal(stopped.counters().pagesScanned, 0);
    }),
    { numRuns: 120 },
  );
});

Deno.test("every step taken or none, the answers are the same", () => {
  fc.assert(
    fc.property(workloads(60), (ops) => {
      const granted = new Machine({ interpreter: new Granting() });
      const alone = new Machine();
      const counters = (machine: Machine, list: unknown[]) => () => {
        list.push(machine.counters(), machine.memory.cowKsm);
      };
      const seen: [unknown[], unknown[]] = [[], []];
      assert.deepEqual(
        drive(granted, ops, { afterOp: counters(granted, seen[0]) }),
        drive(alone, ops, { afterOp: counters(alone, seen[1]) }),
      );
      assert.deepEqual(seen[0], seen[1]);
      assert.deepEqual(granted.log.last(), alone.log.last());
    }),
    { numRuns: 80 },
  );
});
