/** The Linux Test Project's ksm06: equal pages on each NUMA node, merged across nodes and then node by node. */
import assert from "node:assert/strict";
import type { Machine } from "../../src/machine/mod.ts";
import { workload } from "../../src/workload/mod.ts";
import { framesOf, runStaged } from "./staged.ts";

const NODES = [0, 1] as const;

/** Passes that the program waits for before it looks. */
const PASSES = 3;

/** What each area is filled with. */
const BYTE = 10;

function across(pages: number) {
  const all = pages * NODES.length;
  return workload("ksm06", function* (box) {
    box.knob("smart_scan", 0);
    const program = box.process("ksm06");
    for (const node of NODES) {
      const area = program.mmap(`area ${node}`, pages, { mergeable: true });
      area.mbind(node);
      area.fill({ kind: "const", byte: BYTE });
    }
    box.knob("sleep_millisecs", 0);
    box.knob("pages_to_scan", all);
    box.run(2);
    box.knob("max_page_sharing", all);
    box.knob("merge_across_nodes", 1);
    box.run(1);
    yield* box.scanPasses(PASSES);
    box.sample("across");
    box.run(2);
    box.knob("merge_across_nodes", 0);
    box.run(1);
    yield* box.scanPasses(PASSES);
    box.sample("by node");
  }, { nodes: 2 });
}

/** pages_shared, pages_sharing, pages_volatile, pages_unshared, sleep_millisecs, pages_to_scan. */
function figures(machine: Machine): number[] {
  const { pagesShared, pagesSharing, pagesVolatile, pagesUnshared } = machine
    .counters();
  const { sleepMillisecs, pagesToScan } = machine.ksm.knobs;
  return [
    pagesShared,
    pagesSharing,
    pagesVolatile,
    pagesUnshared,
    sleepMillisecs,
    pagesToScan,
  ];
}

for (const pages of [10, 100, 8000]) {
  Deno.test(`ksm06 with ${pages} pages on each node`, () => {
    const all = pages * NODES.length;
    runStaged(across(pages), [
      ["across", (machine) => {
        assert.deepEqual(figures(machine), [1, all - 1, 0, 0, 0, all]);
      }],
      ["by node", (machine) => {
        assert.deepEqual(figures(machine), [2, all - 2, 0, 0, 0, all]);
        const { nid } = machine.memory.frames;
        for (const node of NODES) {
          const frames = framesOf(machine, "ksm06", `area ${node}`);
          assert.deepEqual([...new Set(frames)].map((f) => nid[f]), [node]);
        }
      }],
    ]);
  });
}
