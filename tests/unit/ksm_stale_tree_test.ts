/** Unstable trees that outlive their pass, and where following them ends. */
import assert from "node:assert/strict";
import { KernelDefect } from "../../src/engine/lib/mod.ts";
import { RESTING_HANDLES } from "../../src/engine/lib/arena.ts";
import { Machine } from "../../src/machine/mod.ts";
import type { Op } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";

/** A process on `node` with mergeable pages that all differ, also from those of another `base`. */
function process(proc: string, node: 0 | 1, pages: number, base: number): Op[] {
  const part = { proc, region: "r" };
  return [
    { op: "proc", proc },
    { op: "bind", proc, node },
    { op: "mmap", ...part, slot: 0, pages },
    { op: "fill", ...part, pattern: { kind: "seq", base } },
    { op: "madvise", ...part, advice: "mergeable" },
  ];
}

function across(value: 0 | 1): Op {
  return { op: "knob", name: "merge_across_nodes", value: `${value}` };
}

/** No smart scan, a tree for each node, and ksmd at work. */
const START: Op[] = [
  { op: "knob", name: "smart_scan", value: "0" },
  across(0),
  { op: "run", value: 1 },
];

/** The next pass visits so many pages, then the knob is 0 again for the rest of it. */
function backAfter(pages: number): Op[] {
  return [
    across(1),
    { op: "knob", name: "pages_to_scan", value: `${pages}` },
    { op: "scanBatches", n: 1 },
    across(0),
    { op: "knob", name: "pages_to_scan", value: "1000" },
  ];
}

/** pages_unshared and pages_volatile at the end. */
function left(ops: Op[]): [unshared: number, volatile: number] {
  const machine = new Machine({ nodes: 2 });
  drive(machine, ops);
  const { pagesUnshared, pagesVolatile } = machine.counters();
  return [pagesUnshared, pagesVolatile];
}

const PASS: Op = { op: "scanPasses", n: 1 };

Deno.test("a page that meets its own entry of an earlier pass is volatile for the rest of this one", () => {
  const ops = [
    ...START,
    ...process("A", 0, 4, 1),
    ...process("B", 1, 5, 100),
    PASS,
    PASS,
    ...backAfter(4),
    PASS,
  ];
  assert.deepEqual(left(ops), [4, 5]);
  assert.deepEqual(left([...ops, PASS]), [9, 0]);
});

Deno.test("a new page is put beside the old entries", () => {
  const ops = [
    ...START,
    ...process("A", 0, 4, 1),
    ...process("B", 1, 5, 100),
    PASS,
    ...process("C", 1, 3, 200),
    PASS,
    // C is new: it was volatile in that pass, and is last in the next.
    ...backAfter(4),
    PASS,
  ];
  assert.deepEqual(left(ops), [4 + 3, 5]);
});

Deno.test("entries that this pass has put into the tree of node 0 lead the search into that tree", () => {
  // All of B but the last page is in the tree of node 0 when the knob is set back.
  // The last one's search starts at what was the old root, and does not come to its own
  // old entry any more, to which no link leads.
  const ops = [
    ...START,
    ...process("A", 0, 6, 1),
    ...process("B", 1, 8, 100),
    PASS,
    PASS,
    ...backAfter(6 + 7),
    PASS,
  ];
  assert.deepEqual(left(ops), [14, 0]);
  assert.deepEqual(left([...ops, PASS]), [14, 0]);
});

Deno.test("a search that meets a freed entry ends with the defect's name, however many handles have been used since", () => {
  for (const pages of [RESTING_HANDLES / 4, 4 * RESTING_HANDLES]) {
    const ops = [
      ...START,
      ...process("B", 1, pages, 1),
      PASS,
      PASS,
      across(1),
      { op: "exit", proc: "B" } as const,
      PASS,
      ...process("C", 1, pages, 10_000),
      PASS,
      ...backAfter(pages / 2),
    ];
    assert.throws(() => left([...ops, PASS]), (error: unknown) => {
      assert.ok(error instanceof KernelDefect);
      assert.equal(error.defect, "stale-tree");
      assert.match(error.message, /rmap item \d+ after it was freed/);
      return true;
    });
  }
});

Deno.test("freed entries do no harm where no search comes to them", () => {
  const ops = [
    ...START,
    ...process("B", 1, 100, 1),
    PASS,
    PASS,
    across(1),
    { op: "exit", proc: "B" } as const,
    PASS,
    ...process("C", 1, 10, 10_000),
    PASS,
    // Set back between two passes, the knob has all trees emptied first.
    across(0),
    PASS,
    PASS,
  ];
  assert.deepEqual(left(ops), [10, 0]);
});

Deno.test("a search that goes on from an entry which was merged meanwhile ends with the defect's name", () => {
  // The old tree is B's page alone. C's first page is its twin, and merges with it there;
  // C's second page then comes to what is no entry any more, and would go on from it.
  const c = { proc: "C", region: "r" };
  const ops: Op[] = [
    ...START,
    ...process("A", 0, 4, 1),
    ...process("C", 1, 2, 100).filter(({ op }) => op !== "fill"),
    ...process("B", 1, 1, 100),
    PASS,
    { op: "fill", ...c, pattern: { kind: "seq", base: 100 } },
    PASS,
    ...backAfter(4),
  ];
  assert.throws(() => left([...ops, PASS]), {
    name: "KernelDefect",
    message: /rmap item \d+, which was put on a stable node/,
  });
});

Deno.test("on one node nothing outlives its pass", () => {
  const machine = new Machine();
  drive(machine, [
    { op: "knob", name: "smart_scan", value: "0" },
    across(0),
    { op: "run", value: 1 },
    ...process("A", 0, 4, 1).filter(({ op }) => op !== "bind"),
    PASS,
    PASS,
    ...backAfter(2),
    PASS,
  ]);
  assert.equal(machine.counters().pagesUnshared, 4);
});
