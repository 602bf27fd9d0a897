/** Machines with two NUMA nodes, on random workloads. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { KernelDefect } from "../../src/engine/lib/kernel_defect.ts";
import { pageStatus } from "../../src/engine/mm/mod.ts";
import { checkAtRest } from "../../src/machine/invariants/mod.ts";
import { Machine, RefusedOp, slotVpn } from "../../src/machine/mod.ts";
import type { NumaOp, Op } from "../../src/workload/mod.ts";
import { Granting } from "../conformance/granting.ts";
import { drive, type Watch } from "./drive.ts";
import { checkReads } from "./memory_reads.ts";
import { NaiveMemory } from "./naive_memory.ts";
import { NUMA_OPS } from "./random_numa_ops.ts";
import { workloads } from "./random_ops.ts";

/** Those that leave pages where they are. */
const STAYING: readonly NumaOp["op"][] = ["bind", "mbind"];

const numaWorkloads = workloads(60, { numa: NUMA_OPS });

/**
 * Runs operations as far as the kernel can tell what it does, or comes to an end
 * with taking memory offline; whether that is to the end.
 */
function driveAsFar(
  machine: Machine,
  ops: readonly Op[],
  watch: Watch = {},
): boolean {
  try {
    drive(machine, ops, watch);
    return true;
  } catch (error) {
    const endless = error instanceof RefusedOp &&
      error.index !== undefined && ops[error.index].op === "offline";
    if (endless || error instanceof KernelDefect) return false;
    throw error;
  }
}

Deno.test("on two nodes all that is counted is what a recount finds, after every operation and every page", () => {
  const most = { pagesSharing: 0, stableNodeDups: 0 };
  let ended = 0;
  fc.assert(
    fc.property(numaWorkloads, (ops) => {
      const machine = new Machine({ nodes: 2 });
      const check = () => {
        checkAtRest(machine);
        const { pagesSharing, stableNodeDups } = machine.counters();
        most.pagesSharing = Math.max(most.pagesSharing, pagesSharing);
        most.stableNodeDups = Math.max(most.stableNodeDups, stableNodeDups);
      };
      const watch = { afterOp: check, afterPage: check };
      if (driveAsFar(machine, ops, watch)) ended++;
    }),
    { numRuns: 60 },
  );
  // Workloads that reach little would show little.
  assert.ok(ended > 30, `${ended} of 60 ended`);
  const reached = JSON.stringify(most);
  assert.ok(most.pagesSharing > 8 && most.stableNodeDups > 1, reached);
});

Deno.test("on two nodes every process reads exactly what it wrote", () => {
  fc.assert(
    fc.property(numaWorkloads, (ops) => {
      const machine = new Machine({ nodes: 2 });
      const model = new NaiveMemory();
      driveAsFar(machine, ops, {
        afterOp(op) {
          model.perform(op);
          checkReads(machine, model);
        },
      });
    }),
    { numRuns: 60 },
  );
});

Deno.test("on two nodes every step taken or none, the answers are the same", () => {
  fc.assert(
    fc.property(numaWorkloads, (ops) => {
      const seen = [new Granting(), undefined].map((interpreter) => {
        const machine = new Machine({
          nodes: 2,
          ...(interpreter === undefined ? {} : { interpreter }),
        });
        const counters: unknown[] = [];
        driveAsFar(machine, ops, {
          afterOp: () => counters.push(machine.counters()),
        });
        return [counters, machine.log.last()];
      });
      assert.deepEqual(seen[0], seen[1]);
    }),
    { numRuns: 60 },
  );
});

/** The node of each page that has one, by process and page. */
function places(machine: Machine, model: NaiveMemory): Map<string, number> {
  const nodes = new Map<string, number>();
  for (const [name, { pages }] of model.processes) {
    const { mm } = machine.processes.named(name);
    for (const page of pages.keys()) {
      const node = pageStatus(machine.memory, mm, slotVpn(0, page));
      if (node >= 0) nodes.set(`${name} ${page}`, node);
    }
  }
  return nodes;
}

Deno.test("with merge_across_nodes 0 no merge takes a page to the other node", () => {
  let sharing = 0;
  const onNodes = [0, 0];
  fc.assert(
    fc.property(workloads(60, { numa: STAYING }), (ops) => {
      const machine = new Machine({ nodes: 2 });
      const model = new NaiveMemory();
      let before = places(machine, model);
      drive(machine, ops.filter((op) => !switchesBack(op)), {
        afterOp(op) {
          model.perform(op);
          const after = places(machine, model);
          if (op.op === "scanBatches" || op.op === "scanPasses") {
            for (const [page, node] of after) {
              assert.equal(before.get(page), node, page);
              onNodes[node]++;
            }
          }
          before = after;
          sharing = Math.max(sharing, machine.counters().pagesSharing);
        },
      });
    }),
    { numRuns: 60 },
  );
  assert.ok(sharing > 8, `${sharing} pages shared at most`);
  assert.ok(Math.min(...onNodes) > 100, `${onNodes} pages on the nodes`);
});

/** Whether an operation may set the knob to 1. */
function switchesBack(op: Op): boolean {
  return op.op === "knob" && op.name === "merge_across_nodes" &&
    op.value === "1";
}
