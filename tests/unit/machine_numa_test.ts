/** A machine with two NUMA nodes: where pages come from, and what move_pages says. */
import assert from "node:assert/strict";
import { nodeForPage, pageStatus } from "../../src/engine/mm/mod.ts";
import { checkAtRest, Machine } from "../../src/machine/mod.ts";
import type { Op, Pattern } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { all, UNIQUE } from "./ksm_box.ts";

const PASS: Op = { op: "scanPasses", n: 1 };

/** Trees for each node, no smart scan, ksmd at work. */
const START: Op[] = [
  { op: "knob", name: "smart_scan", value: "0" },
  { op: "knob", name: "merge_across_nodes", value: "0" },
  { op: "run", value: 1 },
];

/** A process on a node whose pages are all mergeable. */
function process(
  proc: string,
  node: 0 | 1,
  pages: number,
  pattern: Pattern,
): Op[] {
  const part = { proc, region: "r" };
  return [
    { op: "proc", proc },
    { op: "bind", proc, node },
    { op: "mmap", ...part, slot: 0, pages },
    { op: "madvise", ...part, advice: "mergeable" },
    { op: "fill", ...part, pattern },
  ];
}

function started(...ops: Op[]): Machine {
  const machine = new Machine({ nodes: 2 });
  drive(machine, ops);
  checkAtRest(machine);
  return machine;
}

/** The node of each page of a process, or the errno in its place. */
function nodesOf(machine: Machine, proc: string): number[] {
  const { mm, regions } = machine.processes.named(proc);
  const region = regions.get("r");
  assert.ok(region);
  return Array.from(
    { length: region.pages },
    (_, page) => pageStatus(machine.memory, mm, region.start + page),
  );
}

/** What a move of a process's pages answers. */
function move(
  machine: Machine,
  proc: string,
  node: 0 | 1,
  all = false,
): [left: number, status: string] {
  const [event] = drive(machine, [{
    op: "move",
    proc,
    region: "r",
    node,
    all,
  }]);
  assert.ok(event.op === "move");
  assert.equal(event.errno, 0);
  checkAtRest(machine);
  return [event.left, event.status];
}

Deno.test("the area's policy goes first, then the task's, then where the task runs", () => {
  const vma = {
    start: 0,
    end: 1,
    protection: "rw",
    mergeable: false,
    anonVma: 0,
    pageOffset: 0,
  } as const;
  const rows: [
    area: number | undefined,
    task: number | undefined,
    is: number,
  ][] = [[1, 2, 1], [1, undefined, 1], [undefined, 2, 2], [
    undefined,
    undefined,
    3,
  ]];
  for (const [area, task, expected] of rows) {
    const node = nodeForPage(
      { ...vma, boundTo: area },
      { boundTo: task, home: 3 },
    );
    assert.equal(node, expected);
  }
});

Deno.test("areas with unlike policies are not joined, and a fork copies them", () => {
  const machine = started(
    ...process("A", 0, 4, UNIQUE),
    { op: "mbind", proc: "A", region: "r", start: 1, count: 2, node: 1 },
  );
  const bound = (proc: string) =>
    machine.processes.named(proc).mm.vmas.map(({ boundTo }) => boundTo);
  assert.deepEqual(bound("A"), [undefined, 1, undefined]);
  const whole: Op = { op: "mbind", proc: "A", region: "r", node: 1 };
  drive(machine, [{ op: "fork", proc: "A", child: "B" }, whole]);
  assert.deepEqual(bound("A"), [1]);
  assert.deepEqual(bound("B"), [undefined, 1, undefined]);
  // Only what is new follows a policy, and the child's is its own.
  assert.deepEqual(nodesOf(machine, "A"), [0, 0, 0, 0]);
  drive(machine, [
    { op: "fill", proc: "B", region: "r", pattern: UNIQUE },
  ]);
  assert.deepEqual(nodesOf(machine, "B"), [0, 1, 1, 0]);
});

Deno.test("a KSM page moves as a whole, and its further mappings are met on the way", () => {
  const machine = started(
    ...START,
    ...process("A", 0, 4, all("x")),
    PASS,
    PASS,
  );
  assert.deepEqual(move(machine, "A", 1), [0, "-13*4"]);
  // The second mapping meets the page in the list, which moves then; the others find it moved.
  assert.deepEqual(move(machine, "A", 1, true), [0, "1 -16 1*2"]);
  assert.deepEqual(nodesOf(machine, "A"), [1, 1, 1, 1]);
  assert.equal(machine.counters().pagesSharing, 3);
});

/**
 * A has a KSM page on node 1 that no rmap item leads to: it was the only mapping
 * left, moved beside B's equal page, and ksmd tried to merge the two.
 */
function unreachable(...ops: Op[]): Machine {
  return started(
    ...START,
    ...process("A", 0, 2, all("x")),
    ...process("B", 1, 2, all("x")),
    PASS,
    PASS,
    { op: "munmap", proc: "A", region: "r", start: 1, count: 1 },
    { op: "move", proc: "A", region: "r", start: 0, count: 1, node: 1 },
    ...ops,
    PASS,
  );
}

Deno.test("a call gives up at a page that stays, and does not tell of its list", () => {
  const machine = unreachable();
  const { memory } = machine;
  assert.equal(memory.frames.isKsm(frameOf(machine, "A", 0)), true);
  // The list ends at page 1, which is unmapped; nothing comes after it.
  assert.deepEqual(move(machine, "A", 0), [1, "-999 -14"]);
  assert.deepEqual(nodesOf(machine, "A"), [1, -14]);
});

function frameOf(machine: Machine, proc: string, page: number) {
  const { mm, regions } = machine.processes.named(proc);
  const region = regions.get("r");
  assert.ok(region);
  const frame = mm.pages.get(region.start + page) >>> 3;
  const found = [...machine.memory.frames.each()].find((f) => f === frame);
  assert.ok(found !== undefined);
  return found;
}

Deno.test("what ksmd breaks again comes from its own node, unless the area is bound", () => {
  for (const bound of [false, true]) {
    const mbind: Op = { op: "mbind", proc: "C", region: "r", node: 1 };
    const machine = unreachable(
      ...process("C", 1, 1, all("x")),
      ...(bound ? [mbind] : []),
    );
    assert.deepEqual(nodesOf(machine, "C"), [1]);
    // B's page goes. A's finds its place in node 1's tree again, but has no item and takes no
    // sharer: it goes on to the unstable tree. There C's equal page meets it, and is made a KSM
    // page to which A's cannot follow.
    drive(machine, [{ op: "exit", proc: "B" }]);
    const cows = machine.memory.cowKsm;
    drive(machine, [PASS]);
    checkAtRest(machine);
    assert.equal(machine.memory.cowKsm, cows + 1);
    assert.deepEqual(nodesOf(machine, "C"), [bound ? 1 : 0]);
    const { pagesShared, pagesUnshared, pagesVolatile } = machine.counters();
    assert.deepEqual([pagesShared, pagesUnshared, pagesVolatile], [0, 1, 1]);
  }
});

Deno.test("a child's KSM page is found through its parent, a parent's not through its child", () => {
  const merged = [...START, ...process("A", 0, 2, all("x")), PASS, PASS];
  const fork: Op = { op: "fork", proc: "A", child: "C" };
  const rewrite = (proc: string): Op[] => [
    { op: "fill", proc, region: "r", pattern: UNIQUE },
    PASS,
  ];
  // The child is not scanned before the move: only the parent's items lead to its pages.
  const unscanned = started(...merged, fork);
  assert.deepEqual(move(unscanned, "C", 1, true), [0, "1 -16"]);
  assert.deepEqual(nodesOf(unscanned, "A"), [1, 1]);
  // The parent has left the KSM page, and its items with it: the child's own items are enough.
  const left = started(...merged, fork, PASS, ...rewrite("A"));
  assert.deepEqual(move(left, "C", 1, true), [0, "1 -16"]);
});
