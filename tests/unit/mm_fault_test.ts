/** What reads and writes do to page tables. */
import assert from "node:assert/strict";
import { alone, Bug } from "../../src/engine/lib/mod.ts";
import {
  contentAt,
  exitMm,
  forkMm,
  mapArea,
  Memory,
  type Mm,
  patchPage,
  protectArea,
  pteFrame,
  pteWritable,
  readPage,
  writePage,
  ZERO_PTE,
} from "../../src/engine/mm/mod.ts";
import { unsharePage } from "../../src/engine/mm/fault.ts";
import { vmaAt } from "../../src/engine/mm/vma.ts";

/** A memory with one process of eight pages from page 100 on. */
function oneProcess(): { memory: Memory; mm: Mm } {
  const memory = new Memory();
  const mm = memory.mms.create(1);
  alone.run(mapArea(memory, mm, 100, 108, "rw"));
  return { memory, mm };
}

function write(
  memory: Memory,
  mm: Mm,
  vpn: number,
  byte: number,
): boolean {
  const content = memory.contents.ofRun(byte, 0, 0, 0);
  return alone.run(writePage(memory, mm, vpn, content));
}

function byteAt(memory: Memory, mm: Mm, vpn: number, offset: number): number {
  return memory.contents.byteAt(contentAt(memory, mm, vpn), offset);
}

function fork(memory: Memory, mm: Mm): Mm {
  return alone.run(forkMm(memory, mm, 2));
}

Deno.test("a read of an untouched page maps the zero page, which is no frame", () => {
  const { memory, mm } = oneProcess();
  assert.equal(alone.run(readPage(memory, mm, 100)), memory.contents.zero);
  assert.equal(mm.pages.get(100), ZERO_PTE);
  assert.equal(pteFrame(ZERO_PTE), 0);
  assert.equal(memory.frames.live, 0);
  assert.equal(mm.vmas[0].anonVma, 0);
});

Deno.test("the first write makes a page of zeros to write into, whether read before or not", () => {
  const { memory, mm } = oneProcess();
  alone.run(readPage(memory, mm, 100));
  for (const vpn of [100, 101]) {
    alone.run(patchPage(memory, mm, vpn, 10, Uint8Array.of(1, 2)));
    const bytes = [9, 10, 11, 12].map((at) => byteAt(memory, mm, vpn, at));
    assert.deepEqual(bytes, [0, 1, 2, 0]);
    assert.ok(pteWritable(mm.pages.get(vpn)));
  }
  assert.notEqual(mm.pages.get(100), mm.pages.get(101));
  assert.equal(memory.frames.live, 2);
  assert.notEqual(mm.vmas[0].anonVma, 0);
});

Deno.test("after a fork both map one frame, and the first to write gets a copy; the last one keeps it", () => {
  const { memory, mm } = oneProcess();
  write(memory, mm, 100, 1);
  const frame = pteFrame(mm.pages.get(100));
  const child = fork(memory, mm);
  assert.equal(pteFrame(child.pages.get(100)), frame);
  for (const side of [mm, child]) {
    assert.equal(pteWritable(side.pages.get(100)), false);
  }
  assert.equal(memory.frames.mapcount[frame], 2);

  write(memory, mm, 100, 2);
  assert.notEqual(pteFrame(mm.pages.get(100)), frame);
  assert.equal(byteAt(memory, child, 100, 50), 1);
  write(memory, child, 100, 3);
  assert.equal(pteFrame(child.pages.get(100)), frame);
  assert.equal(byteAt(memory, mm, 100, 50), 2);
  assert.equal(byteAt(memory, child, 100, 50), 3);
  assert.equal(memory.cowKsm, 0);
});

Deno.test("fork leaves the zero page for the child to read again", () => {
  const { memory, mm } = oneProcess();
  alone.run(readPage(memory, mm, 100));
  assert.equal(fork(memory, mm).pages.present, 0);
});

Deno.test("exit frees every frame that nobody else maps", () => {
  const { memory, mm } = oneProcess();
  for (const vpn of [100, 101, 102]) write(memory, mm, vpn, vpn);
  const child = fork(memory, mm);
  write(memory, child, 100, 9);
  assert.equal(memory.frames.live, 4);
  alone.run(exitMm(memory, mm));
  assert.equal(memory.frames.live, 3);
  alone.run(exitMm(memory, child));
  assert.deepEqual(
    [memory.frames.live, memory.anonVmas.live, memory.contents.live],
    [0, 0, 1],
  );
  assert.throws(() => memory.mms.of(mm.id), Bug);
});

Deno.test("what a process may not write or read is left alone, and it is told", () => {
  const { memory, mm } = oneProcess();
  assert.equal(write(memory, mm, 99, 1), false);
  assert.equal(alone.run(readPage(memory, mm, 108)), 0);
  assert.equal(write(memory, mm, 100, 1), true);
  alone.run(protectArea(memory, mm, 100, 108, "r"));
  assert.equal(write(memory, mm, 100, 2), false);
  assert.equal(mm.pages.present, 1);
  assert.equal(byteAt(memory, mm, 100, 4095), 1);
  alone.run(protectArea(memory, mm, 100, 108, "rw"));
  const frame = pteFrame(mm.pages.get(100));
  write(memory, mm, 100, 2);
  assert.equal(pteFrame(mm.pages.get(100)), frame);
});

Deno.test("an unshare request copies a KSM page, and nothing else", () => {
  const { memory, mm } = oneProcess();
  write(memory, mm, 100, 1);
  const vma = vmaAt(mm, 100);
  assert.ok(vma);
  const frame = pteFrame(mm.pages.get(100));
  for (const vpn of [100, 101]) {
    alone.run(unsharePage(memory, mm, vma, vpn, mm.task));
  }
  assert.equal(pteFrame(mm.pages.get(100)), frame);
  assert.equal(mm.pages.present, 1);

  assert.ok(frame !== 0);
  memory.frames.setStableNode(frame, 0);
  alone.run(unsharePage(memory, mm, vma, 100, mm.task));
  assert.notEqual(pteFrame(mm.pages.get(100)), frame);
  assert.equal(byteAt(memory, mm, 100, 4095), 1);
  assert.equal(memory.cowKsm, 1);
  assert.equal(memory.frames.live, 1);
});
