/** What a real kernel showed, visit by visit, on small cases with smart scan off. */
import assert from "node:assert/strict";
import { all, type Counts, KsmBox, UNIQUE } from "./ksm_box.ts";

/** pages_scanned, full_scans, and the four page counts. */
function row(box: KsmBox): number[] {
  const { pagesScanned, fullScans } = box.machine.counters();
  return [pagesScanned, fullScans, ...box.counts()];
}

/** Rows after each of `batches` batches. */
function rows(box: KsmBox, batches: number): number[][] {
  return Array.from({ length: batches }, () => {
    box.batch();
    return row(box);
  });
}

/** A process with six merged pages of 'a', and room for one more. */
function sixMerged(pagesToScan: number): KsmBox {
  const box = new KsmBox(pagesToScan);
  box.start("A", 7, all("a"));
  box.advise("A", "dontneed", 6, 1);
  return box;
}

Deno.test("six equal pages, one visit a batch", () => {
  const box = sixMerged(1);
  assert.deepEqual(rows(box, 14), [
    [1, 0, 0, 0, 0, 1],
    [2, 0, 0, 0, 0, 2],
    [3, 0, 0, 0, 0, 3],
    [4, 0, 0, 0, 0, 4],
    [5, 0, 0, 0, 0, 5],
    [6, 0, 0, 0, 0, 6],
    [6, 1, 0, 0, 0, 6],
    [7, 1, 0, 0, 1, 5],
    [8, 1, 1, 1, 0, 4],
    [9, 1, 1, 2, 0, 3],
    [10, 1, 1, 3, 0, 2],
    [11, 1, 1, 4, 0, 1],
    [12, 1, 1, 5, 0, 0],
    [12, 2, 1, 5, 0, 0],
  ]);
  const profit = { global: 5 * 4096 - 6 * 64, process: 6 * 4096 - 6 * 64 };
  assert.equal(box.machine.counters().generalProfit, profit.global);
  assert.deepEqual(box.stat("A"), {
    rmapItems: 6,
    zeroPages: 0,
    mergingPages: 6,
    processProfit: profit.process,
    mergeAny: false,
    mergeable: true,
  });
});

Deno.test("the frame that survives is the scanned one's, not the tree's", () => {
  const box = sixMerged(1);
  const frames = [0, 1, 2, 3, 4, 5].map((page) => box.frame("A", page));
  rows(box, 14);
  for (const page of [0, 1, 2, 3, 4, 5]) {
    assert.equal(box.frame("A", page), frames[1]);
  }
  for (const page of [0, 2, 3, 4, 5]) {
    assert.equal(box.memory.frames.isLive(frames[page]), false);
  }
});

Deno.test("a seventh page joins on its second visit; a written one leaves on its next; an exit shows at the next batch", () => {
  const box = sixMerged(1);
  rows(box, 14);
  box.fill("A", all("a"), 6);
  assert.deepEqual(rows(box, 7).at(-1), [19, 2, 1, 5, 0, 1]);
  assert.deepEqual(rows(box, 8).at(-1), [26, 3, 1, 6, 0, 0]);
  rows(box, 1);
  box.fill("A", all("x"), 2, 1);
  assert.deepEqual(rows(box, 2).at(-1), [28, 4, 1, 6, 0, 0]);
  assert.deepEqual(rows(box, 1).at(-1), [29, 4, 1, 5, 0, 1]);
  box.pass();
  const before = row(box);
  box.do({ op: "exit", proc: "A" });
  assert.deepEqual(row(box), before);
  const [scanned, full] = before;
  assert.deepEqual(rows(box, 1), [[scanned, full + 1, 0, 0, 0, 0]]);
});

Deno.test("of pages shared by fork the parent's stand in the unstable tree, and the child's stay volatile", () => {
  const box = new KsmBox(1);
  box.start("parent", 2, UNIQUE);
  box.do({ op: "fork", proc: "parent", child: "child" });
  assert.deepEqual(box.pass(), [0, 0, 0, 4]);
  assert.deepEqual([box.batch(), box.batch(), box.batch(), box.batch()], [
    [0, 0, 1, 3],
    [0, 0, 2, 2],
    [0, 0, 2, 2],
    [0, 0, 2, 2],
  ]);
  box.pass();
  for (let pass = 0; pass < 3; pass++) {
    assert.deepEqual(box.pass(), [0, 0, 2, 2]);
  }
  box.do({ op: "exit", proc: "child" });
  assert.deepEqual(box.pass(), [0, 0, 2, 0]);
});

Deno.test("KSM pages inherited by fork are counted at the child's first visit", () => {
  const box = new KsmBox(1);
  box.start("parent", 2, all("a"));
  box.pass();
  assert.deepEqual(box.pass(), [1, 1, 0, 0]);
  box.do({ op: "fork", proc: "parent", child: "child" });
  assert.deepEqual(box.counts(), [1, 1, 0, 0]);
  const { rmapItems, mergingPages, zeroPages } = box.stat("child");
  assert.deepEqual([rmapItems, mergingPages, zeroPages], [0, 0, 0]);
  assert.deepEqual([box.batch(), box.batch(), box.batch(), box.batch()], [
    [1, 1, 0, 0],
    [1, 1, 0, 0],
    [1, 2, 0, 0],
    [1, 3, 0, 0],
  ]);
  assert.equal(box.stat("parent").mergingPages, 2);
  assert.equal(box.stat("child").mergingPages, 2);

  box.do(
    { op: "run", value: 0 },
    { op: "exit", proc: "child" },
    { op: "exit", proc: "parent" },
  );
  assert.deepEqual(box.counts(), [1, 3, 0, 0]);
  box.do({ op: "run", value: 1 });
  assert.deepEqual(box.batch(), [0, 0, 0, 0]);
});

Deno.test("three processes of 256 pages in four phases, two batches a pass", () => {
  const box = new KsmBox(768);
  box.knob("max_page_sharing", "768");
  const twoPasses = (): [Counts, Counts] => {
    const { pagesScanned, fullScans } = box.machine.counters();
    const first = [box.batch(), box.batch()];
    const second = [box.batch(), box.batch()];
    assert.deepEqual(row(box).slice(0, 2), [
      pagesScanned + 1536,
      fullScans + 2,
    ]);
    assert.deepEqual(first[0], first[1]);
    assert.deepEqual(second[0], second[1]);
    return [first[0], second[0]];
  };
  box.start("0", 256, all("c"));
  box.start("1", 256, all("a"));
  box.start("2", 256, all("a"));
  assert.deepEqual(twoPasses(), [[0, 0, 0, 768], [2, 766, 0, 0]]);

  box.fill("1", all("b"));
  assert.deepEqual(twoPasses(), [[2, 510, 0, 256], [3, 765, 0, 0]]);

  for (const proc of ["0", "1", "2"]) box.fill(proc, all("d"));
  assert.deepEqual(twoPasses(), [[0, 0, 0, 768], [1, 767, 0, 0]]);

  for (const proc of ["0", "1", "2"]) box.fill(proc, all("d"));
  const last = { page: 255, offset: 4095, bytes: "65" };
  box.do({ op: "write", proc: "1", region: "r", ...last });
  assert.deepEqual(twoPasses(), [[1, 766, 0, 1], [1, 766, 1, 0]]);

  box.do({ op: "run", value: 2 });
  assert.deepEqual(row(box).slice(1), [0, 0, 0, 0, 0]);
});

Deno.test("the item of a vanished page goes when the next higher page is reached", () => {
  const box = new KsmBox(1);
  box.start("A", 6, all("a"));
  box.pass();
  assert.deepEqual(box.pass(), [1, 5, 0, 0]);
  box.do({ op: "munmap", proc: "A", region: "r", start: 1, count: 1 });
  box.advise("A", "dontneed", 3, 1);
  assert.deepEqual(box.counts(), [1, 5, 0, 0]);
  assert.deepEqual(rows(box, 4).map((row) => row.slice(2, 4)), [
    [1, 5],
    [1, 4],
    [1, 3],
    [1, 3],
  ]);
});

for (const pinned of [0, 1]) {
  const which = ["first", "second"][pinned];
  Deno.test(`two equal pages do not merge while the ${which} is pinned`, () => {
    const box = new KsmBox(100);
    box.start("A", 2, all("a"));
    const frame = box.mappedFrame("A", pinned);
    box.memory.frames.get(frame);
    assert.deepEqual(box.pass(), [0, 0, 0, 2]);
    for (let pass = 0; pass < 3; pass++) {
      assert.deepEqual(box.pass(), [0, 0, 1, 1]);
    }
    box.memory.frames.put(frame);
    assert.deepEqual(box.pass(), [1, 1, 0, 0]);
  });
}

Deno.test("an exited process is emptied next after the one at the cursor", () => {
  const box = new KsmBox(1);
  box.start("a", 4, { kind: "seq", base: 1 });
  box.start("b", 4, { kind: "seq", base: 101 });
  box.start("c", 4, { kind: "seq", base: 201 });
  box.pass();
  assert.deepEqual(box.pass(), [0, 0, 12, 0]);
  box.batch();
  box.do({ op: "exit", proc: "c" });
  const unshared = Array.from({ length: 4 }, () => box.batch()[2]);
  assert.deepEqual(unshared, [12, 12, 12, 8]);
});
