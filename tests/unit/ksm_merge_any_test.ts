/** All of a process's memory offered by prctl, and what fork, exec and exit make of that. */
import assert from "node:assert/strict";
import { performOp } from "../../src/machine/ops.ts";
import { exec } from "./exec.ts";
import { all, KsmBox } from "./ksm_box.ts";

/** A process with two areas of four pages of 'a', of which the first is offered if told. */
function twoAreas(offered: boolean): KsmBox {
  const box = new KsmBox(100);
  box.do({ op: "proc", proc: "A" });
  map(box, "A", "r", 0);
  map(box, "A", "s", 1);
  if (offered) box.advise("A", "mergeable");
  return box;
}

function map(box: KsmBox, proc: string, region: string, slot: number): void {
  box.do(
    { op: "mmap", proc, region, slot, pages: 4 },
    { op: "fill", proc, region, pattern: all("a") },
  );
}

/** Calls prctl, which always succeeds; what it says is set then. */
function prctl(box: KsmBox, proc: string, mergeAny: boolean): number {
  const event = box.machine.run(
    performOp(box.machine, { op: "prctl", proc, mergeAny }, 0),
  );
  assert.ok(event?.op === "prctl");
  assert.equal(event.errno, 0);
  return event.get;
}

/** Which areas of a process are mergeable. */
function mergeable(box: KsmBox, proc: string): boolean[] {
  return box.mm(proc).vmas.map((vma) => vma.mergeable);
}

Deno.test("off does nothing where it was not on, not even to memory offered by madvise", () => {
  const box = twoAreas(true);
  box.pass();
  assert.deepEqual(box.pass(), [1, 3, 0, 0]);
  assert.equal(prctl(box, "A", false), 0);
  assert.deepEqual(mergeable(box, "A"), [true, false]);
  assert.equal(box.memory.cowKsm, 0);
  assert.deepEqual(box.pass(), [1, 3, 0, 0]);
});

Deno.test("on offers all areas, registers the process once, and can be said again", () => {
  const box = twoAreas(false);
  assert.equal(prctl(box, "A", true), 1);
  assert.equal(prctl(box, "A", true), 1);
  assert.deepEqual(mergeable(box, "A"), [true, true]);
  assert.equal(box.ksm.slots.live, 1);
  box.pass();
  assert.deepEqual(box.pass(), [1, 7, 0, 0]);
  assert.deepEqual(box.stat("A"), {
    rmapItems: 8,
    zeroPages: 0,
    mergingPages: 8,
    processProfit: 8 * 4096 - 8 * 64,
    mergeAny: true,
    mergeable: true,
  });
});

Deno.test("what is mapped later is offered from the start", () => {
  const box = twoAreas(false);
  prctl(box, "A", true);
  map(box, "A", "late", 2);
  assert.deepEqual(mergeable(box, "A"), [true, true, true]);
  box.pass();
  assert.deepEqual(box.pass(), [1, 11, 0, 0]);
});

Deno.test("off gives private copies at once, also of memory offered by madvise; counters follow when ksmd comes by", () => {
  const box = twoAreas(true);
  prctl(box, "A", true);
  box.pass();
  box.pass();
  assert.equal(prctl(box, "A", false), 0);
  assert.deepEqual(mergeable(box, "A"), [false, false]);
  assert.equal(box.memory.cowKsm, 8);
  assert.equal(box.memory.frames.live, 8);
  assert.deepEqual(box.counts(), [1, 7, 0, 0]);
  assert.equal(box.stat("A").mergingPages, 8);
  box.batch();
  assert.deepEqual(box.counts(), [0, 0, 0, 0]);
  assert.equal(box.ksm.slots.live, 0);
  map(box, "A", "late", 2);
  assert.deepEqual(mergeable(box, "A"), [false, false, false]);
});

Deno.test("unmergeable takes a part out of it, and what is mapped later is offered still", () => {
  const box = twoAreas(false);
  prctl(box, "A", true);
  box.advise("A", "unmergeable");
  map(box, "A", "late", 2);
  assert.deepEqual(mergeable(box, "A"), [false, true, true]);
  assert.equal(box.stat("A").mergeAny, true);
  box.pass();
  assert.deepEqual(box.pass(), [1, 7, 0, 0]);
});

Deno.test("a process that lost its slot for want of memory gets one with its next mapping, at the end", () => {
  const box = new KsmBox(100);
  box.do({ op: "proc", proc: "A" });
  prctl(box, "A", true);
  assert.equal(box.ksm.slots.live, 1);
  box.start("B", 1, all("b"));
  box.pass();
  assert.deepEqual([box.mm("A").registered, box.mm("A").mergeAny], [
    false,
    true,
  ]);
  // Set as it is, it brings no slot.
  prctl(box, "A", true);
  assert.equal(box.mm("A").registered, false);
  map(box, "A", "r", 0);
  assert.equal(box.mm("A").registered, true);
  const { list } = box.ksm.slots;
  const order = [list.next(0), list.previous(0)].map((slot) => {
    assert.ok(slot !== 0);
    return box.ksm.mmOfSlot(slot);
  });
  assert.deepEqual(order, [box.mm("B"), box.mm("A")]);
  box.pass();
  assert.deepEqual(box.pass(), [1, 3, 1, 0]);
});

Deno.test("a child has it too, with a slot and none of the parent's counts", () => {
  const box = twoAreas(false);
  prctl(box, "A", true);
  box.pass();
  box.pass();
  box.do({ op: "fork", proc: "A", child: "B" });
  assert.equal(box.ksm.slots.live, 2);
  assert.deepEqual(box.stat("B"), {
    rmapItems: 0,
    zeroPages: 0,
    mergingPages: 0,
    processProfit: 0,
    mergeAny: true,
    mergeable: true,
  });
  map(box, "B", "late", 2);
  assert.deepEqual(mergeable(box, "B"), [true, true, true]);
  // Off in the child leaves the parent as it is.
  prctl(box, "B", false);
  assert.equal(box.stat("A").mergeAny, true);
  assert.deepEqual(mergeable(box, "A"), [true, true]);
  assert.deepEqual(mergeable(box, "B"), [false, false, false]);
});

Deno.test("the child of a process that has it but no slot has no slot either, until it maps something", () => {
  const box = new KsmBox(100);
  box.do({ op: "proc", proc: "A" });
  prctl(box, "A", true);
  box.batch();
  box.do({ op: "fork", proc: "A", child: "B" });
  assert.equal(box.ksm.slots.live, 0);
  assert.equal(box.stat("B").mergeAny, true);
  map(box, "B", "r", 0);
  assert.equal(box.mm("B").registered, true);
});

Deno.test("a child inherits what madvise has offered, and nothing more", () => {
  const box = twoAreas(true);
  box.do({ op: "fork", proc: "A", child: "B" });
  assert.deepEqual(mergeable(box, "B"), [true, false]);
  assert.equal(box.stat("B").mergeAny, false);
  assert.equal(box.ksm.slots.live, 2);
});

Deno.test("it lives through an exec, which registers the new program at once", () => {
  const box = twoAreas(false);
  prctl(box, "A", true);
  box.pass();
  assert.deepEqual(box.pass(), [1, 7, 0, 0]);
  exec(box.machine, "A");
  assert.deepEqual([box.mm("A").mergeAny, box.mm("A").registered], [
    true,
    true,
  ]);
  assert.deepEqual(box.stat("A").rmapItems, 0);
  // The old program's pages are gone, and counted until ksmd comes by.
  assert.equal(box.memory.frames.live, 0);
  assert.equal(box.ksm.slots.live, 2);
  assert.deepEqual(box.counts(), [1, 7, 0, 0]);
  map(box, "A", "r", 0);
  assert.deepEqual(box.pass(), [0, 0, 0, 4]);
  assert.equal(box.ksm.slots.live, 1);
  assert.deepEqual(box.pass(), [1, 3, 0, 0]);
});

Deno.test("what madvise has offered ends with an exec", () => {
  const box = twoAreas(true);
  exec(box.machine, "A");
  assert.deepEqual([box.mm("A").mergeAny, box.mm("A").registered], [
    false,
    false,
  ]);
  // ksmd had not seen the old program yet, so that nothing is left of it.
  assert.equal(box.ksm.slots.live, 0);
  map(box, "A", "r", 0);
  assert.deepEqual(mergeable(box, "A"), [false]);
});

Deno.test("merging pages of all processes are those shared and sharing; profits exceed the whole by the pages kept", () => {
  const box = new KsmBox(100);
  box.knob("use_zero_pages", "1");
  const patterns = [all("a"), all("b"), {
    kind: "mod",
    base: 1,
    m: 2,
  }] as const;
  patterns.forEach((pattern, index) => box.start(`P${index}`, 6, pattern));
  box.start("same", 5, all("a"));
  box.start("zeros", 3, { kind: "zero" });
  box.start("alone", 1, { kind: "seq", base: 77 });
  for (let pass = 0; pass < 3; pass++) box.pass();
  const { pagesShared, pagesSharing, generalProfit } = box.machine.counters();
  assert.deepEqual([pagesShared, pagesSharing], [4, 19]);
  const stats = [...box.machine.processes.all()].map(({ name }) =>
    box.stat(name)
  );
  const sum = (field: "mergingPages" | "processProfit" | "zeroPages") =>
    stats.reduce((total, stat) => total + stat[field], 0);
  assert.equal(sum("mergingPages"), 4 + 19);
  assert.equal(sum("zeroPages"), 3);
  assert.equal(generalProfit, (19 + 3) * 4096 - 24 * 64);
  assert.equal(sum("processProfit"), generalProfit + 4 * 4096);
  assert.equal(box.stat("alone").processProfit, -64);
});
