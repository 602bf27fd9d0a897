/** Areas: how they split and join, move, grow and go. */
import assert from "node:assert/strict";
import { alone } from "../../src/engine/lib/mod.ts";
import {
  discardPages,
  mapArea,
  mappingsOf,
  Memory,
  type Mm,
  moveArea,
  protectArea,
  pteFrame,
  unmapArea,
  writePage,
} from "../../src/engine/mm/mod.ts";
import { firstVmaAfter, isCovered, vmaAt } from "../../src/engine/mm/vma.ts";

class Space {
  readonly memory = new Memory();
  readonly mm: Mm = this.memory.mms.create(1);

  map(start: number, end: number): boolean {
    return alone.run(mapArea(this.memory, this.mm, start, end, "rw"));
  }

  unmap(start: number, end: number): void {
    alone.run(unmapArea(this.memory, this.mm, start, end));
  }

  move(start: number, end: number, to: number, pages = end - start): string {
    return alone.run(moveArea(this.memory, this.mm, start, end, to, pages));
  }

  write(...vpns: number[]): void {
    for (const vpn of vpns) {
      const content = this.memory.contents.ofRun(vpn & 0xff, 0, vpn, 0);
      alone.run(writePage(this.memory, this.mm, vpn, content));
    }
  }

  /** Each area as `start-end`. */
  get areas(): string {
    return this.mm.vmas.map(({ start, end }) => `${start}-${end}`).join(" ");
  }

  /** The frames of pages, 0 for none. */
  frames(...vpns: number[]): number[] {
    return vpns.map((vpn) => pteFrame(this.mm.pages.get(vpn)));
  }
}

Deno.test("neighbours that differ in nothing are one area", () => {
  const space = new Space();
  assert.ok(space.map(10, 20));
  assert.ok(space.map(30, 40));
  assert.ok(space.map(20, 30));
  assert.equal(space.areas, "10-40");
});

Deno.test("a taken place is refused", () => {
  const space = new Space();
  space.map(10, 20);
  assert.equal(space.map(19, 25), false);
  assert.equal(space.map(5, 11), false);
  assert.equal(space.map(12, 13), false);
  assert.equal(space.map(5, 10), true);
  assert.equal(space.areas, "5-20");
});

Deno.test("look-ups know where areas begin and end", () => {
  const space = new Space();
  space.map(10, 20);
  space.map(30, 40);
  const { mm } = space;
  assert.equal(vmaAt(mm, 9), undefined);
  assert.equal(vmaAt(mm, 10), mm.vmas[0]);
  assert.equal(vmaAt(mm, 19), mm.vmas[0]);
  assert.equal(vmaAt(mm, 20), undefined);
  assert.equal(vmaAt(mm, 39), mm.vmas[1]);
  assert.deepEqual([0, 19, 20, 39, 40].map((vpn) => firstVmaAfter(mm, vpn)), [
    0,
    0,
    1,
    1,
    2,
  ]);
  assert.deepEqual(
    [
      isCovered(mm, 10, 20),
      isCovered(mm, 10, 21),
      isCovered(mm, 9, 20),
      isCovered(mm, 15, 35),
    ],
    [true, false, false, false],
  );
});

Deno.test("unmapping cuts a hole, and its frames are freed", () => {
  const space = new Space();
  space.map(10, 20);
  space.write(11, 12, 13, 14);
  space.unmap(12, 14);
  assert.equal(space.areas, "10-12 14-20");
  assert.equal(space.memory.frames.live, 2);
  assert.deepEqual(space.frames(12, 13), [0, 0]);
  space.unmap(0, 100);
  assert.equal(space.areas, "");
  assert.equal(space.memory.frames.live, 0);
  assert.equal(space.memory.anonVmas.live, 0);
});

Deno.test("a hole that is mapped anew is not joined to pages that were written before", () => {
  const space = new Space();
  space.map(10, 20);
  space.write(11);
  space.unmap(15, 20);
  space.map(15, 20);
  assert.equal(space.areas, "10-15 15-20");
});

Deno.test("protection splits an area, and its return joins it", () => {
  const space = new Space();
  space.map(10, 20);
  space.write(10, 15, 19);
  alone.run(protectArea(space.memory, space.mm, 12, 16, "none"));
  assert.equal(space.areas, "10-12 12-16 16-20");
  alone.run(protectArea(space.memory, space.mm, 12, 16, "rw"));
  assert.equal(space.areas, "10-20");
});

Deno.test("discarded pages are gone, the area stays; a hole in the range is told", () => {
  const space = new Space();
  space.map(10, 20);
  space.write(10, 15);
  const discard = (start: number, end: number) =>
    alone.run(discardPages(space.memory, space.mm, start, end));
  assert.equal(discard(12, 20), true);
  assert.equal(space.areas, "10-20");
  assert.notEqual(space.frames(10)[0], 0);
  assert.equal(space.frames(15)[0], 0);
  assert.equal(discard(5, 12), false);
  assert.equal(space.frames(10)[0], 0);
});

Deno.test("a moved area takes its frames along", () => {
  const space = new Space();
  space.map(10, 20);
  space.write(10, 15);
  const [a, b] = space.frames(10, 15);
  assert.equal(space.move(10, 20, 1000), "moved");
  assert.equal(space.areas, "1000-1010");
  assert.deepEqual(space.frames(10, 15, 1000, 1005), [0, 0, a, b]);
});

Deno.test("what was mapped at the new place is gone", () => {
  const space = new Space();
  space.map(10, 20);
  space.map(1005, 1020);
  space.write(10, 1005, 1015);
  space.move(10, 20, 1000);
  assert.equal(space.areas, "1000-1010 1010-1020");
  assert.equal(space.memory.frames.live, 2);
  assert.equal(space.frames(1005)[0], 0);
});

Deno.test("a move may cut an area off, or lengthen it by untouched pages", () => {
  const space = new Space();
  space.map(10, 20);
  space.write(10, 19);
  const [first] = space.frames(10);
  assert.equal(space.move(10, 20, 1000, 5), "moved");
  assert.equal(space.areas, "1000-1005");
  assert.equal(space.memory.frames.live, 1);
  assert.equal(space.move(1000, 1005, 2000, 15), "moved");
  assert.equal(space.areas, "2000-2015");
  assert.deepEqual(space.frames(2000, 2014), [first, 0]);
});

Deno.test("holes move along, but none at the start, and only a single area to another length", () => {
  const space = new Space();
  space.map(10, 20);
  space.write(10);
  alone.run(protectArea(space.memory, space.mm, 15, 20, "r"));
  assert.equal(space.move(10, 20, 1000, 11), "several areas");
  assert.equal(space.move(10, 20, 1000, 6), "several areas");
  assert.equal(space.move(10, 20, 1000), "moved");
  assert.equal(space.areas, "1000-1005 1005-1010");
  space.unmap(1003, 1004);
  assert.equal(space.move(1000, 1010, 2000, 9), "hole");
  assert.equal(space.move(1003, 1010, 2000), "hole");
  assert.equal(space.areas, "1000-1003 1004-1005 1005-1010");
  assert.equal(space.move(1000, 1010, 2000), "moved");
  assert.equal(space.areas, "2000-2003 2004-2005 2005-2010");
  assert.notEqual(space.frames(2000)[0], 0);
  space.unmap(2005, 2010);
  assert.equal(space.move(2000, 2010, 3000), "moved");
  assert.equal(space.areas, "3000-3003 3004-3005");
  assert.equal(space.move(3000, 3010, 10, 2), "moved");
  assert.equal(space.areas, "10-12");
});

Deno.test("neighbours whose pages do not follow on each other stay apart, and their pages are found", () => {
  const space = new Space();
  space.map(10, 20);
  space.write(10, 15);
  space.move(10, 15, 20);
  assert.equal(space.areas, "15-20 20-25");
  for (const vpn of [15, 20]) {
    const frame = pteFrame(space.mm.pages.get(vpn));
    assert.ok(frame !== 0);
    assert.deepEqual(mappingsOf(space.memory, frame), [{ mm: space.mm, vpn }]);
  }
  space.move(20, 25, 10);
  assert.equal(space.areas, "10-20");
});
