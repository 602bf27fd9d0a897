/** Batches, the volatile rule, and which pages are visited. */
import assert from "node:assert/strict";
import { all, KsmBox, UNIQUE } from "./ksm_box.ts";

for (
  const { pages, budget, batches } of [
    { pages: 10, budget: 3, batches: 4 },
    { pages: 9, budget: 3, batches: 4 },
    { pages: 8, budget: 3, batches: 3 },
    { pages: 0, budget: 3, batches: 1 },
  ]
) {
  Deno.test(`${pages} visits in batches of ${budget}: ${batches} batches a pass`, () => {
    const box = new KsmBox(budget);
    box.start("a", 10, UNIQUE);
    if (pages < 10) box.advise("a", "dontneed", pages);
    const scanned: number[] = [];
    while (box.machine.counters().fullScans === 0) {
      const { pagesScanned } = box.machine.counters();
      box.batch();
      scanned.push(box.machine.counters().pagesScanned - pagesScanned);
    }
    assert.equal(scanned.length, batches);
    assert.equal(scanned.at(-1), pages % budget);
    assert.ok(scanned.slice(0, -1).every((visits) => visits === budget));
  });
}

Deno.test("a batch never spans two passes", () => {
  const box = new KsmBox(100);
  box.start("a", 10, UNIQUE);
  box.batch();
  const { pagesScanned, fullScans } = box.machine.counters();
  assert.deepEqual([pagesScanned, fullScans], [10, 1]);
});

Deno.test("with 0 pages to scan nothing is scanned, and no pass ends", () => {
  const box = new KsmBox(0);
  box.start("a", 2, UNIQUE);
  for (let batch = 0; batch < 5; batch++) box.batch();
  const { pagesScanned, fullScans } = box.machine.counters();
  assert.deepEqual([pagesScanned, fullScans], [0, 0]);
  assert.deepEqual(box.counts(), [0, 0, 0, 0]);
});

Deno.test("a new batch size counts from the next batch on", () => {
  const box = new KsmBox(2);
  box.start("a", 10, UNIQUE);
  box.batch();
  box.knob("pages_to_scan", "5");
  box.batch();
  assert.equal(box.machine.counters().pagesScanned, 7);
});

Deno.test("even a page equal to a KSM page is volatile on its first visit", () => {
  const box = new KsmBox(100);
  box.start("a", 2, all("a"));
  box.pass();
  box.pass();
  box.start("b", 1, all("a"));
  assert.deepEqual(box.pass(), [1, 1, 0, 1]);
  assert.deepEqual(box.pass(), [1, 2, 0, 0]);
});

Deno.test("a page that changes in every pass stays volatile", () => {
  const box = new KsmBox(100);
  box.start("a", 1, UNIQUE);
  for (let pass = 0; pass < 4; pass++) {
    assert.deepEqual(box.pass(), [0, 0, 0, 1]);
    box.fill("a", { kind: "seq", base: 100 + pass });
  }
});

/** XXH64 of this page, zero but for its last eight bytes, is 0x350e773700000000: its lower half, the checksum, is 0. */
const CHECKSUM_0 = { kind: "tail", base: 14796097624, m: 1, byte: 0 } as const;

Deno.test("a page whose checksum is 0, as that of a page never seen, enters the unstable tree on its first visit", () => {
  const box = new KsmBox(100);
  box.start("a", 1, CHECKSUM_0);
  assert.deepEqual(box.pass(), [0, 0, 1, 0]);
});

Deno.test("and two such pages merge on the first visit of the second", () => {
  const box = new KsmBox(100);
  box.start("a", 2, CHECKSUM_0);
  assert.deepEqual(box.pass(), [1, 1, 0, 0]);
});

Deno.test("a page read but never written maps the zero page, which ksmd does not visit", () => {
  const box = new KsmBox(100);
  box.start("a", 4, UNIQUE);
  box.advise("a", "dontneed");
  box.do({ op: "read", proc: "a", region: "r" });
  assert.equal(box.mm("a").pages.present, 4);
  box.pass();
  assert.equal(box.machine.counters().pagesScanned, 0);
  assert.equal(box.stat("a").rmapItems, 0);
});

Deno.test("written zeros are pages like any other", () => {
  const box = new KsmBox(100);
  box.start("a", 3, { kind: "zero" });
  box.pass();
  assert.deepEqual(box.pass(), [1, 2, 0, 0]);
});

Deno.test("pages are visited and merged whatever their protection", () => {
  for (const prot of ["r", "none"] as const) {
    const box = new KsmBox(100);
    box.start("a", 3, all("a"));
    box.do({ op: "mprotect", proc: "a", region: "r", prot });
    box.pass();
    assert.deepEqual(box.pass(), [1, 2, 0, 0], prot);
    box.do({ op: "mprotect", proc: "a", region: "r", prot: "rw" });
    box.fill("a", all("b"), 1, 1);
    assert.deepEqual(box.bytes("a", 0), new Uint8Array(4096).fill(97));
    assert.deepEqual(box.pass(), [1, 1, 0, 1], prot);
  }
});

Deno.test("holes cost no visit, in areas however long", () => {
  const box = new KsmBox(100);
  const r = { proc: "a", region: "r" };
  box.do(
    { op: "proc", proc: "a" },
    { op: "mmap", ...r, slot: 0, pages: 2 ** 27 },
    { op: "madvise", ...r, advice: "mergeable" },
  );
  box.fill("a", all("a"), 0, 1);
  box.fill("a", all("a"), 2 ** 26, 1);
  box.fill("a", all("a"), 2 ** 27 - 1, 1);
  box.pass();
  assert.deepEqual(box.pass(), [1, 2, 0, 0]);
  assert.equal(box.machine.counters().pagesScanned, 6);
});

Deno.test("only mergeable areas are visited, and in the order of addresses", () => {
  const box = new KsmBox(1);
  box.start("a", 6, UNIQUE);
  box.advise("a", "unmergeable", 2, 2);
  const pages: number[] = [];
  for (let visit = 0; visit < 4; visit++) {
    box.batch();
    const { behind } = box.ksm.cursor;
    assert.ok(behind !== 0);
    pages.push(box.ksm.items.vpn[behind] % 512);
  }
  assert.deepEqual(pages, [0, 1, 4, 5]);
});
