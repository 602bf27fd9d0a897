/** How sharing ends: by writes, unmapping, moving, advice, and the switch. */
import assert from "node:assert/strict";
import { ITEM_STATE } from "../../src/engine/ksm/mod.ts";
import { all, KsmBox, UNIQUE } from "./ksm_box.ts";

/** Processes A and B with two pages each, all four merged. */
function fourMerged(): KsmBox {
  const box = new KsmBox(1);
  box.start("A", 2, all("a"));
  box.start("B", 2, all("a"));
  box.pass();
  assert.deepEqual(box.pass(), [1, 3, 0, 0]);
  return box;
}

Deno.test("a write to a KSM page copies it, and no counter but cow_ksm changes before ksmd's visit", () => {
  const box = fourMerged();
  const kpage = box.mappedFrame("A", 0);
  box.fill("A", all("x"), 0, 1);
  assert.notEqual(box.frame("A", 0), kpage);
  assert.equal(box.frame("A", 1), kpage);
  assert.equal(box.memory.frames.mapcount[kpage], 3);
  assert.equal(box.memory.cowKsm, 1);
  assert.deepEqual(box.counts(), [1, 3, 0, 0]);
  assert.deepEqual(box.bytes("A", 1), new Uint8Array(4096).fill(97));
  assert.deepEqual(box.batch(), [1, 2, 0, 1]);
});

Deno.test("cow_ksm counts no copy of a page that only fork shares", () => {
  const box = new KsmBox(1);
  box.start("A", 1, all("a"));
  box.do({ op: "fork", proc: "A", child: "B" });
  const frame = box.frame("A", 0);
  box.fill("B", all("b"));
  assert.notEqual(box.frame("B", 0), frame);
  assert.equal(box.memory.cowKsm, 0);
});

Deno.test("a KSM page is copied for a write even by its only mapper", () => {
  const box = fourMerged();
  const kpage = box.mappedFrame("A", 0);
  box.do({ op: "exit", proc: "B" });
  box.advise("A", "dontneed", 1, 1);
  assert.equal(box.memory.frames.mapcount[kpage], 1);
  box.fill("A", all("x"), 0, 1);
  assert.notEqual(box.frame("A", 0), kpage);
  assert.equal(box.memory.frames.isLive(kpage), false);
  assert.equal(box.memory.cowKsm, 1);
});

Deno.test("a write of the same bytes copies too, and the page merges again at its next visit", () => {
  const box = fourMerged();
  box.fill("A", all("a"), 0, 1);
  assert.equal(box.memory.cowKsm, 1);
  assert.equal(box.isMerged("A", 0), false);
  assert.deepEqual(box.batch(), [1, 3, 0, 0]);
  assert.equal(box.frame("A", 0), box.frame("B", 0));
});

Deno.test("pages_shared falls with the last sharer, whichever that is", () => {
  const box = fourMerged();
  const counts = [];
  for (
    const [proc, page] of [["B", 1], ["A", 0], ["B", 0], ["A", 1]] as const
  ) {
    box.fill(proc, { kind: "seq", base: 1000 + counts.length }, page, 1);
    counts.push(box.pass().slice(0, 2));
  }
  assert.deepEqual(counts, [[1, 2], [1, 1], [1, 0], [0, 0]]);
});

Deno.test("a dead KSM page takes the counts of all its sharers along, in every process, at the first visit of one", () => {
  const box = fourMerged();
  box.fill("A", { kind: "seq", base: 1000 });
  box.fill("B", { kind: "seq", base: 2000 });
  assert.equal(box.memory.cowKsm, 4);
  assert.deepEqual(box.counts(), [1, 3, 0, 0]);
  assert.deepEqual(box.batch(), [0, 0, 0, 4]);
  for (const proc of ["A", "B"]) {
    assert.equal(box.stat(proc).mergingPages, 0);
    assert.equal(box.stat(proc).rmapItems, 2);
  }
  assert.equal(box.ksm.items.state[box.item("B", 1)], ITEM_STATE.neither);
  assert.equal(box.ksm.nodes.live, 0);
  assert.equal(box.ksm.stableTrees[0].size, 0);
});

Deno.test("a walk through the tree buries a dead node on its way to another place", () => {
  const box = new KsmBox(1);
  box.start("walker", 1, all("z"));
  box.start("dead", 2, all("m"));
  box.pass();
  assert.deepEqual(box.pass(), [1, 1, 1, 0]);
  box.advise("dead", "dontneed");
  assert.equal(box.ksm.stableTrees[0].size, 1);
  assert.deepEqual(box.batch(), [0, 0, 1, 2]);
  assert.equal(box.ksm.stableTrees[0].size, 0);
  assert.equal(box.stat("dead").mergingPages, 0);
});

Deno.test("a KSM page that is mapped but not counted any more is nobody's match, until it is counted again", () => {
  const box = new KsmBox(1);
  box.start("parent", 2, all("a"));
  box.pass();
  box.start("late", 1, all("a"));
  assert.deepEqual(box.pass(), [1, 1, 0, 1]);
  box.do({ op: "fork", proc: "parent", child: "child" });
  box.fill("parent", UNIQUE);
  const visits = Array.from({ length: 5 }, () => box.batch());
  assert.deepEqual(visits, [
    [1, 0, 0, 2], // parent's pages leave their node
    [0, 0, 0, 3],
    [0, 0, 1, 2], // late is not merged with the child's page
    [1, 0, 1, 2], // the child's are counted
    [1, 1, 1, 2],
  ]);
  assert.equal(box.isMerged("late", 0), false);
});

Deno.test("moving a region breaks its sharing; at the new place its pages merge afresh", () => {
  const box = new KsmBox(100);
  box.start("A", 2, all("a"));
  box.pass();
  box.pass();
  box.do({ op: "mremap", proc: "A", region: "r", slot: 1 });
  assert.deepEqual(box.counts(), [1, 1, 0, 0]);
  assert.equal(box.memory.cowKsm, 2);
  assert.equal(box.stat("A").mergeable, true);
  assert.deepEqual(box.pass(), [0, 0, 0, 2]);
  assert.deepEqual(box.pass(), [1, 1, 0, 0]);
});

Deno.test("unmergeable gives private copies at once; the counters follow when ksmd comes by", () => {
  const box = fourMerged();
  box.advise("A", "unmergeable");
  assert.deepEqual([box.isMerged("A", 0), box.isMerged("A", 1)], [
    false,
    false,
  ]);
  assert.notEqual(box.frame("A", 0), box.frame("A", 1));
  assert.equal(box.memory.cowKsm, 2);
  assert.deepEqual(box.counts(), [1, 3, 0, 0]);
  assert.deepEqual(box.stat("A"), {
    rmapItems: 2,
    zeroPages: 0,
    mergingPages: 2,
    processProfit: 2 * 4096 - 2 * 64,
    mergeAny: false,
    mergeable: false,
  });
  assert.deepEqual(box.pass(), [1, 1, 0, 0]);
  assert.equal(box.stat("A").rmapItems, 0);
});

Deno.test("discarded and filled again before ksmd comes by, a page goes on with its old checksum", () => {
  const box = fourMerged();
  box.advise("A", "dontneed", 0, 1);
  box.fill("A", all("a"), 0, 1);
  assert.equal(box.memory.cowKsm, 0);
  assert.deepEqual(box.counts(), [1, 3, 0, 0]);
  assert.deepEqual(box.batch(), [1, 3, 0, 0]);
  assert.equal(box.isMerged("A", 0), true);
});

Deno.test("run 2 undoes all and counts full scans from 0; what was scanned and skipped stays counted", () => {
  const box = fourMerged();
  box.start("C", 3, UNIQUE);
  box.pass();
  assert.deepEqual(box.pass(), [1, 3, 3, 0]);
  const { pagesScanned, pagesSkipped } = box.machine.counters();
  box.do({ op: "run", value: 2 });
  assert.deepEqual(box.machine.counters(), {
    pagesScanned,
    fullScans: 0,
    pagesShared: 0,
    pagesSharing: 0,
    pagesUnshared: 0,
    pagesVolatile: 0,
    pagesSkipped,
    ksmZeroPages: 0,
    stableNodeChains: 0,
    stableNodeDups: 0,
    generalProfit: 0,
  });
  assert.equal(box.memory.cowKsm, 4);
  assert.equal(box.ksm.nodes.live, 0);
  assert.deepEqual(box.stat("A").rmapItems, 0);
  assert.equal(box.stat("A").mergeable, true);
  assert.equal(box.ksm.slots.live, 3);
  box.do({ op: "run", value: 1 });
  assert.deepEqual(box.pass(), [0, 0, 0, 7]);
  assert.deepEqual(box.pass(), [1, 3, 3, 0]);
});

Deno.test("run 2 in the middle of a pass sends the cursor to the beginning", () => {
  const box = fourMerged();
  box.batch();
  box.do({ op: "run", value: 2 }, { op: "run", value: 1 });
  const { pagesScanned } = box.machine.counters();
  assert.deepEqual(box.pass(), [0, 0, 0, 4]);
  const { fullScans, pagesScanned: after } = box.machine.counters();
  assert.deepEqual([fullScans, after - pagesScanned], [1, 4]);
});

Deno.test("a second 2 in a row does nothing", () => {
  const box = fourMerged();
  box.do({ op: "run", value: 2 });
  box.ksm.seqnr = 9;
  box.do({ op: "run", value: 2 });
  assert.equal(box.machine.counters().fullScans, 9);
});

Deno.test("run 0 keeps the place in the pass, and what is merged", () => {
  const box = fourMerged();
  box.batch();
  box.do({ op: "run", value: 0 });
  assert.equal(box.isMerged("A", 0), true);
  box.do({ op: "run", value: 1 });
  const { pagesScanned } = box.machine.counters();
  box.pass();
  assert.equal(box.machine.counters().pagesScanned, pagesScanned + 3);
});
