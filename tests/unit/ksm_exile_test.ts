/** Stable nodes whose pages have left their NUMA node: what each visit does with them, worked out by hand. */
import assert from "node:assert/strict";
import { NODE_ROLE } from "../../src/engine/ksm/mod.ts";
import { pteFrame, type StableNode } from "../../src/engine/mm/mod.ts";
import { checkAtRest } from "../../src/machine/invariants/mod.ts";
import { Machine, slotVpn } from "../../src/machine/mod.ts";
import type { Op } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { all } from "./ksm_box.ts";

const PASS: Op = { op: "scanPasses", n: 1 };

/** One visit a batch. */
const BY_ONE: Op = { op: "knob", name: "pages_to_scan", value: "1" };

/** A process on a node whose pages are all mergeable, and full of `x`. */
function process(proc: string, node: 0 | 1, pages: number): Op[] {
  const part = { proc, region: "r" };
  return [
    { op: "proc", proc },
    { op: "bind", proc, node },
    { op: "mmap", ...part, slot: 0, pages },
    { op: "madvise", ...part, advice: "mergeable" },
    { op: "fill", ...part, pattern: all("x") },
  ];
}

function move(proc: string, start: number, count: number, node: 0 | 1): Op {
  return { op: "move", proc, region: "r", start, count, node, all: true };
}

/** A machine with trees for each node, and `sharers` as max_page_sharing. */
class Exile {
  readonly machine = new Machine({ nodes: 2 });

  constructor(sharers: number, ...ops: Op[]) {
    this.do(
      { op: "knob", name: "smart_scan", value: "0" },
      { op: "knob", name: "merge_across_nodes", value: "0" },
      { op: "knob", name: "max_page_sharing", value: `${sharers}` },
      { op: "run", value: 1 },
      ...ops,
    );
  }

  /** Does operations; pages_shared, pages_sharing, pages_unshared, stable_node_chains, stable_node_dups then. */
  do(...ops: Op[]): number[] {
    drive(this.machine, ops);
    checkAtRest(this.machine);
    const c = this.machine.counters();
    return [
      c.pagesShared,
      c.pagesSharing,
      c.pagesUnshared,
      c.stableNodeChains,
      c.stableNodeDups,
    ];
  }

  /** The stable node of the KSM page that a page maps. */
  node(proc: string, page: number): StableNode {
    const { frames } = this.machine.memory;
    const { mm } = this.machine.processes.named(proc);
    const frame = pteFrame(mm.pages.get(slotVpn(0, page)));
    const node = frame === 0 ? 0 : frames.stableNode.get(frame);
    assert.ok(frame !== 0 && frames.isKsm(frame) && node !== 0);
    return node;
  }

  /** The role of a node and the number of its items. */
  state(node: StableNode): [role: string, items: number] {
    const { role, rmapHlistLen } = this.machine.ksm.nodes;
    const name = Object.entries(NODE_ROLE).find(([, r]) => r === role[node]);
    return [name?.[0] ?? "none", rmapHlistLen[node]];
  }

  /** The node at the root of a tree. */
  root(nid: 0 | 1): StableNode | 0 {
    return this.machine.ksm.stableTrees[nid].root;
  }
}

Deno.test("a full dup whose page has left gets a place of its own, and its first page rejoins it a pass later", () => {
  const box = new Exile(2, ...process("A", 0, 4), PASS, PASS);
  assert.deepEqual(box.do(), [2, 2, 0, 1, 2]);
  const left = box.node("A", 0);
  assert.notEqual(left, box.node("A", 2));
  box.do(move("A", 0, 2, 1));
  // Page 0 finds its node a place in node 1's empty tree, but takes no sharer any more: its item
  // goes, and it stands in the unstable tree as a KSM page. The chain is left with one dup.
  assert.deepEqual(box.do(PASS), [2, 1, 1, 1, 1]);
  assert.deepEqual(box.state(left), ["regular", 1]);
  assert.equal(box.root(1), left);
  // No search comes by the chain.
  assert.deepEqual(box.do(PASS), [2, 2, 0, 1, 1]);
  assert.deepEqual(box.state(left), ["regular", 2]);
});

Deno.test("a full node that meets a full chain becomes one more dup of it, in front", () => {
  const box = new Exile(
    2,
    ...process("A", 0, 2),
    ...process("B", 1, 4),
    PASS,
    PASS,
  );
  assert.deepEqual(box.do(), [3, 3, 0, 1, 2]);
  const moved = box.node("A", 0);
  const chain = box.root(1);
  assert.ok(chain !== 0);
  assert.deepEqual(box.do(move("A", 0, 2, 1), PASS), [3, 2, 1, 1, 3]);
  assert.deepEqual(box.state(moved), ["dup", 1]);
  assert.equal(box.machine.ksm.nodes.firstDup.get(chain), moved);
  assert.equal(box.root(0), 0);
  assert.deepEqual(box.do(PASS), [3, 3, 0, 1, 3]);
});

Deno.test("an exiled node takes the place of one that has left, in its chain too", () => {
  // B is scanned first. Of A's pages 0 to 2 are one KSM page and 3 and 4 another, which has room.
  for (const pages of [2, 5]) {
    const box: Exile = new Exile(
      3,
      ...process("B", 0, 2),
      ...process("A", 1, pages),
      PASS,
      PASS,
    );
    const isChain = pages === 5;
    assert.deepEqual(
      box.do(),
      isChain ? [3, 4, 0, 1, 2] : [2, 2, 0, 0, 0],
    );
    const left = box.node("A", pages - 1);
    const comes = box.node("B", 0);
    box.do(
      { op: "munmap", proc: "B", region: "r", start: 1, count: 1 },
      move("B", 0, 1, 1),
      move("A", pages - 2, 2, 0),
      BY_ONE,
      { op: "scanBatches", n: 1 },
    );
    assert.deepEqual(box.state(left), ["migrating", 2]);
    // It has the item of the page that is unmapped as long as that is not reached.
    assert.deepEqual(box.state(comes), [isChain ? "dup" : "regular", 2]);
    assert.equal(box.machine.ksm.nodes.nid[comes], 1);
    // The one that has left is put into the empty tree of node 0.
    assert.deepEqual(
      box.do(PASS),
      isChain ? [3, 3, 0, 1, 2] : [2, 1, 0, 0, 0],
    );
    assert.deepEqual(box.state(comes), [isChain ? "dup" : "regular", 1]);
    assert.equal(box.root(0), left);
  }
});

/**
 * C's page is plain, A's first three are a full KSM page, the next ones another; all
 * on node 1 and equal. The last ones have moved to node 0, and ksmd visits C.
 */
function metByPlainPage(pages: 2 | 5): { box: Exile; left: StableNode } {
  const c: Op = { op: "fill", proc: "C", region: "r", pattern: all("c") };
  const x: Op = { ...c, pattern: all("x") };
  const box = new Exile(
    3,
    ...process("C", 1, 1),
    c,
    ...process("A", 1, pages),
    PASS,
    PASS,
    x,
    PASS,
  );
  const left = box.node("A", pages - 1);
  box.do(move("A", pages - 2, 2, 0), BY_ONE, { op: "scanBatches", n: 1 });
  assert.deepEqual(box.state(left), ["migrating", 2]);
  return { box, left };
}

Deno.test("a plain page takes one that has left out of its chain, and finds nothing", () => {
  const { box, left } = metByPlainPage(5);
  assert.deepEqual(box.do(), [2, 3, 1, 1, 1]);
  assert.deepEqual(box.do(PASS), [2, 3, 1, 1, 1]);
  assert.deepEqual(box.state(left), ["regular", 2]);
  assert.equal(box.root(0), left);
  // C's next search comes by the chain, whose one dup takes its place.
  assert.deepEqual(box.do(PASS), [2, 3, 1, 0, 0]);
});

Deno.test("an unmerge gives up exiled nodes", () => {
  const { box } = metByPlainPage(2);
  assert.deepEqual(box.do(), [1, 1, 1, 0, 0]);
  assert.equal(box.root(1), 0);
  assert.deepEqual(box.do({ op: "run", value: 2 }), [0, 0, 0, 0, 0]);
  assert.equal(box.machine.ksm.nodes.live, 0);
  const across: Op = { op: "knob", name: "merge_across_nodes", value: "1" };
  const [event] = drive(box.machine, [across]);
  assert.ok(event.op === "knob" && event.errno === 0);
});

Deno.test("an exiled node whose pages have all gone is dropped with all its counts", () => {
  const { box } = metByPlainPage(2);
  box.do({ op: "exit", proc: "A" });
  assert.deepEqual(box.do(), [1, 1, 1, 0, 0]);
  assert.deepEqual(box.do(PASS), [0, 0, 1, 0, 0]);
  assert.equal(box.machine.ksm.nodes.live, 0);
});
