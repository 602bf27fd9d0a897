/** Memory offered and taken back. */
import assert from "node:assert/strict";
import { all, KsmBox, UNIQUE } from "./ksm_box.ts";

const ENOMEM = 12;

/** Ten pages, not offered, with a hole at pages 3 and 4. */
function holed(): KsmBox {
  const box = new KsmBox(100);
  box.start("a", 10, all("a"));
  box.advise("a", "unmergeable");
  box.do({ op: "munmap", proc: "a", region: "r", start: 3, count: 2 });
  return box;
}

Deno.test("advice over a hole is followed on both sides, and answers ENOMEM", () => {
  const box = holed();
  assert.equal(box.advise("a", "mergeable"), ENOMEM);
  box.pass();
  assert.deepEqual(box.pass(), [1, 7, 0, 0]);
  assert.equal(box.advise("a", "unmergeable", 2, 3), ENOMEM);
  assert.equal(box.isMerged("a", 2), false);
  assert.equal(box.isMerged("a", 5), true);
  assert.equal(box.advise("a", "dontneed", 3, 3), ENOMEM);
  assert.equal(box.frame("a", 5), 0);
  assert.notEqual(box.frame("a", 6), 0);
});

Deno.test("advice on a hole alone answers ENOMEM and registers nobody", () => {
  const box = holed();
  assert.equal(box.ksm.slots.live, 1);
  box.pass();
  assert.equal(box.ksm.slots.live, 0);
  assert.equal(box.advise("a", "mergeable", 3, 2), ENOMEM);
  assert.equal(box.ksm.slots.live, 0);
});

Deno.test("advice within one side of a hole succeeds, as does advice on nothing", () => {
  const box = holed();
  assert.equal(box.advise("a", "mergeable", 0, 3), 0);
  assert.equal(box.advise("a", "unmergeable", 5), 0);
  assert.equal(box.advise("a", "mergeable", 3, 0), 0);
});

Deno.test("advice given twice changes nothing", () => {
  const box = new KsmBox(100);
  box.start("a", 4, all("a"));
  box.pass();
  box.pass();
  assert.equal(box.advise("a", "mergeable"), 0);
  assert.deepEqual(box.counts(), [1, 3, 0, 0]);
  assert.equal(box.ksm.slots.live, 1);
  box.advise("a", "unmergeable");
  const { cowKsm } = box.memory;
  assert.equal(cowKsm, 4);
  assert.equal(box.advise("a", "unmergeable"), 0);
  assert.equal(box.memory.cowKsm, cowKsm);
});

Deno.test("advice splits an area, and joins it again when taken back", () => {
  const box = new KsmBox(100);
  box.start("a", 10, UNIQUE);
  const areas = () =>
    box.mm("a").vmas.map((
      { start, end, mergeable },
    ) => [start % 512, end % 512, mergeable]);
  assert.deepEqual(areas(), [[0, 10, true]]);
  box.advise("a", "unmergeable", 3, 4);
  assert.deepEqual(areas(), [[0, 3, true], [3, 7, false], [7, 10, true]]);
  box.advise("a", "mergeable", 3, 4);
  assert.deepEqual(areas(), [[0, 10, true]]);
});

Deno.test("unmergeable on some pages leaves the sharing of the others", () => {
  const box = new KsmBox(100);
  box.start("a", 6, all("a"));
  box.pass();
  box.pass();
  box.advise("a", "unmergeable", 0, 2);
  assert.equal(box.memory.cowKsm, 2);
  const kpage = box.mappedFrame("a", 2);
  assert.equal(box.memory.frames.mapcount[kpage], 4);
  assert.deepEqual(box.counts(), [1, 5, 0, 0]);
  assert.deepEqual(box.pass(), [1, 3, 0, 0]);
});

Deno.test("an area offered before it has any page is scanned once it has some", () => {
  const box = new KsmBox(100);
  box.do(
    { op: "proc", proc: "a" },
    { op: "mmap", proc: "a", region: "r", slot: 0, pages: 4 },
  );
  assert.equal(box.advise("a", "mergeable"), 0);
  box.pass();
  box.fill("a", all("a"));
  box.pass();
  assert.deepEqual(box.pass(), [1, 3, 0, 0]);
});
