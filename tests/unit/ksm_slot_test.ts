/** The order in which processes are scanned; how they come and go. */
import assert from "node:assert/strict";
import { KsmBox, UNIQUE } from "./ksm_box.ts";

/** Which process each visit of one whole pass is made in. */
function order(box: KsmBox): string[] {
  const names: string[] = [];
  const { fullScans } = box.machine.counters();
  while (box.machine.counters().fullScans === fullScans) {
    box.batch();
    const { slot } = box.ksm.cursor;
    if (slot === 0) continue;
    const process = box.machine.processes.owning(box.ksm.mmOfSlot(slot));
    names.push(process?.name ?? "exited");
  }
  return names;
}

function started(box: KsmBox, ...names: string[]): void {
  for (const name of names) box.start(name, 2, UNIQUE);
}

Deno.test("between two passes a new process goes to the end of the order", () => {
  const box = new KsmBox(1);
  started(box, "a", "b");
  box.pass();
  started(box, "c");
  assert.deepEqual(order(box), ["a", "a", "b", "b", "c", "c"]);
});

Deno.test("in the middle of a pass new processes go before the one at the cursor, in their order, and wait for the next pass", () => {
  const box = new KsmBox(1);
  started(box, "a", "b");
  for (let visits = 0; visits < 3; visits++) box.batch();
  started(box, "c", "d");
  assert.deepEqual(order(box), ["b"]);
  assert.deepEqual(order(box), ["a", "a", "c", "c", "d", "d", "b", "b"]);
});

Deno.test("a child of a fork in the middle of a pass stands before the cursor too", () => {
  const box = new KsmBox(1);
  started(box, "a", "b");
  for (let visits = 0; visits < 3; visits++) box.batch();
  box.do({ op: "fork", proc: "a", child: "c" });
  assert.deepEqual(order(box), ["b"]);
  assert.deepEqual(order(box), ["a", "a", "c", "c", "b", "b"]);
});

Deno.test("while run is 2 new processes go to the end", () => {
  const box = new KsmBox(1);
  started(box, "a", "b");
  for (let visits = 0; visits < 3; visits++) box.batch();
  box.do({ op: "run", value: 2 });
  started(box, "c", "d");
  box.do({ op: "run", value: 1 });
  assert.deepEqual(order(box), ["a", "a", "b", "b", "c", "c", "d", "d"]);
});

Deno.test("a process whose memory was never offered has no slot, nor has its child", () => {
  const box = new KsmBox(1);
  box.do(
    { op: "proc", proc: "a" },
    { op: "mmap", proc: "a", region: "r", slot: 0, pages: 2 },
    { op: "fill", proc: "a", region: "r", pattern: UNIQUE },
    { op: "fork", proc: "a", child: "b" },
  );
  assert.equal(box.ksm.slots.live, 0);
});

Deno.test("advice taken back in the middle of a process: this pass frees what lies beyond the cursor, the next one the rest and the slot", () => {
  const box = new KsmBox(1);
  box.start("a", 3, UNIQUE);
  box.pass();
  assert.deepEqual(box.pass(), [0, 0, 3, 0]);
  box.batch();
  box.batch();
  box.advise("a", "unmergeable");
  assert.deepEqual(box.counts(), [0, 0, 3, 0]);
  assert.deepEqual(box.pass(), [0, 0, 2, 0]);
  assert.equal(box.ksm.slots.live, 1);
  assert.deepEqual(box.pass(), [0, 0, 0, 0]);
  assert.equal(box.ksm.slots.live, 0);
});

Deno.test("a process without a mergeable area loses its slot at its next turn, and comes back at the end", () => {
  const box = new KsmBox(1);
  started(box, "a", "b");
  box.pass();
  box.advise("a", "unmergeable");
  assert.deepEqual(order(box), ["b", "b"]);
  assert.equal(box.mm("a").registered, false);
  box.advise("a", "mergeable");
  assert.deepEqual(order(box), ["b", "b", "a", "a"]);
});

Deno.test("a mergeable area keeps the slot, even one without any page", () => {
  const box = new KsmBox(1);
  box.start("a", 2, UNIQUE);
  box.advise("a", "dontneed");
  box.pass();
  box.pass();
  assert.equal(box.ksm.slots.live, 1);
});

Deno.test("a process that exits before its first visit is forgotten at once", () => {
  const box = new KsmBox(1);
  started(box, "a", "b");
  box.do({ op: "exit", proc: "b" });
  assert.equal(box.ksm.slots.live, 1);
});

Deno.test("one that ksmd remembers pages of stays, with all its counts, until ksmd comes by", () => {
  const box = new KsmBox(100);
  started(box, "a", "b");
  box.pass();
  assert.deepEqual(box.pass(), [2, 2, 0, 0]);
  box.do({ op: "run", value: 0 }, { op: "exit", proc: "a" });
  assert.deepEqual(box.counts(), [2, 2, 0, 0]);
  assert.equal(box.ksm.slots.live, 2);
  box.do({ op: "run", value: 1 });
  assert.deepEqual(box.batch(), [2, 0, 0, 0]);
  assert.equal(box.ksm.slots.live, 1);
});

Deno.test("the process at the cursor stays at its place when it exits, and is emptied in the same pass", () => {
  const box = new KsmBox(1);
  box.start("a", 4, { kind: "seq", base: 1 });
  box.start("b", 1, { kind: "seq", base: 101 });
  box.pass();
  assert.deepEqual(box.pass(), [0, 0, 5, 0]);
  box.batch();
  box.do({ op: "exit", proc: "a" });
  assert.deepEqual(box.counts(), [0, 0, 5, 0]);
  // The batch that reaches b frees all items of a first.
  assert.deepEqual(box.batch(), [0, 0, 1, 0]);
  assert.equal(box.machine.counters().fullScans, 2);
});

Deno.test("a pass over dead processes alone counts, and leaves ksmd without work", () => {
  const box = new KsmBox(100);
  box.start("a", 2, UNIQUE);
  box.pass();
  box.do({ op: "exit", proc: "a" });
  const { pagesScanned } = box.machine.counters();
  box.batch();
  const counters = box.machine.counters();
  assert.equal(counters.fullScans, 2);
  assert.equal(counters.pagesScanned, pagesScanned);
  assert.equal(box.ksm.slots.live, 0);
  box.batch();
  assert.equal(box.machine.counters().fullScans, 2);
});
