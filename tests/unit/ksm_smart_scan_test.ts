/** Which visits smart scan leaves out. */
import assert from "node:assert/strict";
import { skipAge } from "../../src/engine/ksm/smart_scan.ts";
import { all, KsmBox, UNIQUE } from "./ksm_box.ts";

/** A process with `pages` unique pages under smart scan. */
function smart(pages: number): KsmBox {
  const box = new KsmBox(1000);
  box.knob("smart_scan", "1");
  box.start("a", pages, UNIQUE);
  return box;
}

/** One pass of a single page: S if it was scanned, k if it was left out. */
function visit(box: KsmBox): string {
  const { pagesScanned, pagesSkipped } = box.machine.counters();
  box.pass();
  const after = box.machine.counters();
  const scanned = after.pagesScanned - pagesScanned;
  const skipped = after.pagesSkipped - pagesSkipped;
  assert.equal(scanned + skipped, 1);
  return scanned === 1 ? "S" : "k";
}

function visits(box: KsmBox, count: number): string {
  return Array.from({ length: count }, () => visit(box)).join("");
}

const RHYTHM = "SSSS" + "k" + "S" + "kk" + "S" + "kkkk" + "S" +
  "kkkkkkkk" + "S" + "kkkkkkkk" + "S" + "kkkkkkkk" + "S";

Deno.test("how many visits follow that are left out", () => {
  const ages = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 254, 255];
  assert.deepEqual(ages.map(skipAge), [1, 1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8, 8]);
});

Deno.test("the rhythm of a page that never merges", () => {
  const box = smart(1);
  assert.equal(visits(box, RHYTHM.length), RHYTHM);
});

Deno.test("a page that is rewritten before every pass has the same rhythm", () => {
  const box = smart(1);
  let seen = "";
  for (let pass = 0; pass < RHYTHM.length; pass++) {
    box.fill("a", { kind: "seq", base: 1000 + pass });
    seen += visit(box);
  }
  assert.equal(seen, RHYTHM);
});

Deno.test("age stops at 255, and the rhythm goes on", () => {
  const box = smart(1);
  visits(box, 22);
  for (let round = 0; round < 30; round++) {
    assert.equal(visits(box, 9), "Skkkkkkkk");
  }
  assert.equal(box.ksm.items.age[box.item("a", 0)], 255);
  assert.equal(visits(box, 18), "SkkkkkkkkSkkkkkkkk");
});

Deno.test("a page counts as unshared where it is scanned, and as volatile where it is left out", () => {
  const box = smart(1);
  const seen = Array.from({ length: 9 }, () => box.pass());
  const volatile = [0, 0, 0, 1];
  const unshared = [0, 0, 1, 0];
  assert.deepEqual(seen, [
    volatile, // first sight
    unshared,
    unshared,
    unshared,
    volatile,
    unshared,
    volatile,
    volatile,
    unshared,
  ]);
});

Deno.test("visits left out use up nothing of a batch", () => {
  const box = smart(4);
  for (let pass = 0; pass < 4; pass++) box.pass();
  box.knob("pages_to_scan", "2");
  box.batch();
  const { pagesSkipped, pagesScanned, fullScans } = box.machine.counters();
  assert.deepEqual([pagesScanned, pagesSkipped, fullScans], [16, 4, 5]);
});

Deno.test("two old equal pages merge only in a pass in which both are scanned", () => {
  const box = smart(2);
  for (let pass = 0; pass < 4; pass++) box.pass();
  box.start("b", 1, { kind: "seq", base: 1 });
  // b is new, and a is left out in this pass.
  assert.deepEqual(box.pass(), [0, 0, 0, 3]);
  // Both are scanned: the page of b has not changed.
  assert.deepEqual(box.pass(), [1, 1, 1, 0]);
});

Deno.test("a page that is left out is no twin for a new one", () => {
  const box = smart(1);
  for (let pass = 0; pass < 5; pass++) box.pass();
  box.start("b", 1, UNIQUE);
  // a: S k k S, b: S S S S
  assert.deepEqual([box.pass(), box.pass(), box.pass(), box.pass()], [
    [0, 0, 1, 1],
    [0, 0, 1, 1],
    [0, 0, 1, 1],
    [1, 1, 0, 0],
  ]);
});

Deno.test("KSM pages are never left out and do not age; a copy goes on with its old age", () => {
  const box = smart(1);
  box.fill("a", all("a"));
  box.start("b", 1, all("a"));
  box.pass();
  assert.deepEqual(box.pass(), [1, 1, 0, 0]);
  for (let pass = 0; pass < 20; pass++) box.pass();
  assert.equal(box.machine.counters().pagesSkipped, 0);
  assert.equal(box.ksm.items.age[box.item("a", 0)], 2);
  box.do({ op: "exit", proc: "b" });
  box.fill("a", UNIQUE);
  // Its third visit and what follows.
  assert.equal(visits(box, RHYTHM.length - 2), RHYTHM.slice(2));
});

Deno.test("a stale place on a KSM page is given up also by a visit that is left out", () => {
  const box = smart(1);
  for (let pass = 0; pass < 3; pass++) box.pass();
  box.start("b", 1, UNIQUE);
  box.pass();
  // The fifth visit of a is left out; the sixth merges with b.
  box.pass();
  assert.deepEqual(box.pass(), [1, 1, 0, 0]);
  box.fill("a", all("x"));
  // Its age is 6 and the next two visits are left out.
  assert.equal(box.ksm.items.remainingSkips[box.item("a", 0)], 2);
  const { pagesSkipped } = box.machine.counters();
  assert.deepEqual(box.pass(), [1, 0, 0, 1]);
  assert.equal(box.machine.counters().pagesSkipped, pagesSkipped + 1);
});

Deno.test("switched off, nothing is left out and nothing ages; switched on, old ages count", () => {
  const box = smart(1);
  assert.equal(visits(box, 6), "SSSSkS");
  box.knob("smart_scan", "0");
  assert.equal(visits(box, 10), "SSSSSSSSSS");
  assert.equal(box.ksm.items.age[box.item("a", 0)], 6);
  box.knob("smart_scan", "1");
  assert.equal(visits(box, 8), "kkSkkkkS");
});

Deno.test("run 2 forgets ages", () => {
  const box = smart(1);
  assert.equal(visits(box, 5), "SSSSk");
  box.do({ op: "run", value: 2 }, { op: "run", value: 1 });
  assert.equal(visits(box, RHYTHM.length), RHYTHM);
});

Deno.test("idle pages are left out eight times of nine in the end", () => {
  const box = smart(10);
  for (let pass = 0; pass < 22; pass++) box.pass();
  const before = box.machine.counters();
  for (let pass = 0; pass < 90; pass++) box.pass();
  const after = box.machine.counters();
  assert.equal(after.pagesSkipped - before.pagesSkipped, 10 * 80);
  assert.equal(after.pagesScanned - before.pagesScanned, 10 * 10);
});
