/** Pages of zeros merged with the kernel's zero page, and the one counter that follows page tables at once. */
import assert from "node:assert/strict";
import { pteFrame } from "../../src/engine/mm/mod.ts";
import { all, KsmBox } from "./ksm_box.ts";

const ZEROS = { kind: "zero" } as const;
const ZERO_BYTES = new Uint8Array(4096);

/** A machine that merges with the zero page. */
function zeroing(): KsmBox {
  const box = new KsmBox(100);
  box.knob("use_zero_pages", "1");
  return box;
}

/** The same with a process A of four pages of zeros, and one of 'a', after two passes. */
function fourPlaced(): KsmBox {
  const box = zeroing();
  box.start("A", 5, ZEROS);
  box.fill("A", all("a"), 4, 1);
  box.pass();
  box.pass();
  assert.equal(zeroPages(box), 4);
  return box;
}

function zeroPages(box: KsmBox): number {
  return box.machine.counters().ksmZeroPages;
}

Deno.test("four pages of zeros and another one, pass by pass", () => {
  const box = zeroing();
  box.start("A", 5, ZEROS);
  box.fill("A", all("a"), 4, 1);
  assert.deepEqual(box.pass(), [0, 0, 0, 5]);
  assert.equal(zeroPages(box), 0);
  assert.deepEqual(box.pass(), [0, 0, 1, 4]);
  assert.equal(zeroPages(box), 4);
  assert.equal(box.machine.counters().generalProfit, 4 * 4096 - 5 * 64);
  assert.equal(box.stat("A").rmapItems, 5);
  const { pagesScanned } = box.machine.counters();
  assert.deepEqual(box.pass(), [0, 0, 1, 0]);
  assert.equal(box.machine.counters().pagesScanned, pagesScanned + 1);
  assert.equal(box.machine.counters().generalProfit, 4 * 4096 - 64);
  assert.deepEqual(box.stat("A"), {
    rmapItems: 1,
    zeroPages: 4,
    mergingPages: 0,
    processProfit: 4 * 4096 - 64,
    mergeAny: false,
    mergeable: true,
  });
});

Deno.test("the pages' frames are free, and the process reads zeros", () => {
  const box = fourPlaced();
  assert.equal(box.memory.frames.live, 1);
  for (let page = 0; page < 4; page++) {
    assert.equal(box.frame("A", page), 0);
    assert.deepEqual(box.bytes("A", page), ZERO_BYTES);
  }
});

Deno.test("the counter falls at once with a write, a discard, an unmap and an exit, and rises with a fork", () => {
  const box = fourPlaced();
  box.fill("A", all("b"), 0, 1);
  assert.equal(zeroPages(box), 3);
  box.do({ op: "fork", proc: "A", child: "B" });
  assert.deepEqual(
    [zeroPages(box), box.stat("A").zeroPages, box.stat("B").zeroPages],
    [6, 3, 3],
  );
  box.advise("B", "dontneed", 1, 1);
  assert.deepEqual([zeroPages(box), box.stat("B").zeroPages], [5, 2]);
  box.do({ op: "munmap", proc: "B", region: "r", start: 2, count: 1 });
  assert.equal(zeroPages(box), 4);
  assert.equal(box.stat("A").zeroPages, 3);
  box.do({ op: "exit", proc: "B" });
  assert.equal(zeroPages(box), 3);
});

Deno.test("a write gets a page of zeros to write into, and is no copy of a KSM page", () => {
  const box = fourPlaced();
  const bytes = "ff";
  box.do({ op: "write", proc: "A", region: "r", page: 2, offset: 9, bytes });
  const expected = ZERO_BYTES.slice();
  expected[9] = 0xff;
  assert.deepEqual(box.bytes("A", 2), expected);
  assert.deepEqual(box.bytes("A", 1), ZERO_BYTES);
  assert.equal(box.memory.cowKsm, 0);
});

Deno.test("a read leaves a zero page that KSM has put, and makes none of its own count", () => {
  const box = fourPlaced();
  const read = { op: "read", proc: "A", region: "r" } as const;
  box.do({ ...read, start: 0, count: 1 });
  assert.equal(zeroPages(box), 4);
  box.advise("A", "dontneed", 0, 1);
  box.do({ ...read, start: 0, count: 1 });
  assert.equal(zeroPages(box), 3);
  box.fill("A", all("b"), 0, 1);
  assert.equal(zeroPages(box), 3);
});

Deno.test("unmergeable, and run 2, give every place a page of its own again", () => {
  for (const undo of ["unmergeable", "run 2"]) {
    const box = fourPlaced();
    if (undo === "run 2") box.do({ op: "run", value: 2 });
    else box.advise("A", "unmergeable");
    assert.equal(zeroPages(box), 0, undo);
    const frames = [0, 1, 2, 3].map((page) => box.mappedFrame("A", page));
    assert.equal(new Set(frames).size, 4);
    assert.deepEqual(box.bytes("A", 3), ZERO_BYTES);
    assert.equal(box.memory.cowKsm, 0);
  }
});

Deno.test("unmergeable on a part leaves the zero pages of the rest", () => {
  const box = fourPlaced();
  box.advise("A", "unmergeable", 1, 2);
  assert.equal(zeroPages(box), 2);
});

Deno.test("a move takes the pages off the zero page; at the new place they merge with it afresh", () => {
  const box = fourPlaced();
  box.do({ op: "mremap", proc: "A", region: "r", slot: 1 });
  assert.equal(zeroPages(box), 0);
  const { mm, regions } = box.machine.processes.named("A");
  const start = regions.get("r")?.start ?? 0;
  assert.notEqual(pteFrame(mm.pages.get(start)), 0);
  box.pass();
  box.pass();
  assert.equal(zeroPages(box), 4);
});

Deno.test("the switch counts at the next visit only: what is merged stays as it is", () => {
  const placed = fourPlaced();
  placed.knob("use_zero_pages", "0");
  placed.pass();
  assert.equal(zeroPages(placed), 4);

  const shared = new KsmBox(100);
  shared.start("A", 4, ZEROS);
  shared.pass();
  assert.deepEqual(shared.pass(), [1, 3, 0, 0]);
  assert.equal(zeroPages(shared), 0);
  shared.knob("use_zero_pages", "1");
  assert.deepEqual(shared.pass(), [1, 3, 0, 0]);
  assert.equal(zeroPages(shared), 0);
  shared.start("B", 1, ZEROS);
  shared.pass();
  // A new one goes to the zero page, though there is a KSM page of zeros.
  assert.deepEqual(shared.pass(), [1, 3, 0, 1]);
  assert.equal(zeroPages(shared), 1);
});

Deno.test("a page that somebody has pinned or locked stays, goes on as any other, and merges once it is let go", () => {
  const hindrances = [
    (box: KsmBox, by: number) => {
      const frame = box.mappedFrame("A", 0);
      if (by > 0) box.memory.frames.get(frame);
      else box.memory.frames.put(frame);
    },
    (box: KsmBox, by: number) => {
      box.memory.frames.locked[box.mappedFrame("A", 0)] = by > 0 ? 1 : 0;
    },
  ];
  for (const hinder of hindrances) {
    const box = zeroing();
    box.start("A", 2, ZEROS);
    hinder(box, 1);
    box.pass();
    // It waits in the unstable tree, but its twin goes to the zero page before it looks there.
    assert.deepEqual(box.pass(), [0, 0, 1, 1]);
    assert.equal(zeroPages(box), 1);
    assert.deepEqual(box.pass(), [0, 0, 1, 0]);
    hinder(box, -1);
    assert.deepEqual(box.pass(), [0, 0, 0, 1]);
    assert.equal(zeroPages(box), 2);
    assert.deepEqual(box.pass(), [0, 0, 0, 0]);
  }
});

Deno.test("pages of zeros shared by fork go to the zero page each on its own visit", () => {
  const box = zeroing();
  box.start("A", 1, ZEROS);
  box.do({ op: "fork", proc: "A", child: "B" });
  box.pass();
  box.pass();
  assert.deepEqual([box.stat("A").zeroPages, box.stat("B").zeroPages], [1, 1]);
  assert.equal(box.memory.frames.live, 0);
});
