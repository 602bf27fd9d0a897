import assert from "node:assert/strict";
import { pageContent } from "../../src/workload/content.ts";
import type { Pattern } from "../../src/workload/pattern.ts";
import { Fnv1a64 } from "../../src/workload/fnv1a64.ts";
import { produce } from "../../src/workload/produce.ts";

function noFiles(path: string): Uint8Array {
  throw new Error(`no file ${path} here`);
}

function bytesOf(pattern: Pattern, i: number): Uint8Array {
  const page = new Uint8Array(4096);
  produce(pageContent(pattern, i), page, noFiles);
  return page;
}

function hashOf(bytes: Uint8Array): string {
  const hash = new Fnv1a64();
  hash.update(bytes);
  return hash.hex();
}

/** The table of test vectors of the trace format. */
const VECTORS: readonly [Pattern, number, string][] = [
  [{ kind: "zero" }, 0, "b93a0c83ce3b6325"],
  [{ kind: "const", byte: 65 }, 0, "914b441997857325"],
  [{ kind: "seq", base: 254 }, 5, "887369606f50f8a1"],
  [{ kind: "mod", base: 7, m: 4 }, 5, "ca52f8a8e6bd632d"],
  [
    { kind: "tail", base: "0xfeffffffffffff00", m: 4 },
    5,
    "3eb719c680a91ac0",
  ],
  [
    {
      kind: "at",
      byte: 255,
      offset: 2000,
      base: "0xfffffffffffffffe",
      m: 5,
    },
    4,
    "cda89981f0d1e92f",
  ],
  [{ kind: "prng", seed: 42, m: 4 }, 5, "b800a491404c57d8"],
  [{ kind: "text", seed: 7, m: 0 }, 5, "2857cdfa17fdc91a"],
];

for (const [pattern, i, hash] of VECTORS) {
  Deno.test(`page ${i} of ${JSON.stringify(pattern)} hashes to ${hash}`, () => {
    assert.equal(hashOf(bytesOf(pattern, i)), hash);
  });
}

Deno.test("equal pages of different patterns have one description", () => {
  const zero = pageContent({ kind: "zero" }, 0);
  assert.deepEqual(zero, { kind: "run", byte: 0, offset: 0, low: 0, high: 0 });
  assert.deepEqual(pageContent({ kind: "seq", base: 0 }, 0), zero);
  assert.deepEqual(pageContent({ kind: "tail", base: 0, byte: 0 }, 0), zero);
  assert.deepEqual(
    pageContent({ kind: "at", byte: 0, offset: 9, base: 0x20000 }, 0),
    pageContent({ kind: "at", byte: 0, offset: 10, base: 0x200 }, 0),
  );
  assert.deepEqual(pageContent({ kind: "const", byte: 7 }, 3), {
    kind: "run",
    byte: 7,
    offset: 0,
    low: 0x07070707,
    high: 0x07070707,
  });
});

Deno.test("a value that begins late keeps to the last eight bytes", () => {
  assert.deepEqual(
    pageContent({ kind: "tail", base: "0x0100000000000000", byte: 0 }, 0),
    { kind: "run", byte: 0, offset: 4088, low: 0, high: 0x01000000 },
  );
});

Deno.test("pages of a file begin at any byte, and end with zeros", () => {
  const file = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
  const pattern: Pattern = { kind: "file", path: "disk.img", offset: 3 };
  const page = new Uint8Array(4096).fill(0xee);
  const asked: string[] = [];
  const files = (path: string) => (asked.push(path), file);

  produce(pageContent(pattern, 0), page, files);
  assert.deepEqual(page, file.slice(3, 4099));
  produce(pageContent(pattern, 1), page, files);
  assert.deepEqual(page.subarray(0, 901), file.slice(4099));
  assert.ok(page.subarray(901).every((byte) => byte === 0));
  produce(pageContent(pattern, 2), page, files);
  assert.ok(page.every((byte) => byte === 0));
  assert.deepEqual(asked, ["disk.img", "disk.img", "disk.img"]);
});

Deno.test("a page is written to the place where the array begins, and no further", () => {
  const memory = new Uint8Array(3 * 4096).fill(0xee);
  produce(
    pageContent({ kind: "text", seed: 1 }, 0),
    memory.subarray(4099, 9000),
    noFiles,
  );
  assert.ok(memory.subarray(0, 4099).every((byte) => byte === 0xee));
  assert.ok(memory.subarray(8195).every((byte) => byte === 0xee));
});

Deno.test("a hash does not depend on how the bytes are cut", () => {
  const page = bytesOf({ kind: "prng", seed: 42, m: 4 }, 5);
  const hash = new Fnv1a64();
  hash.update(page.subarray(0, 1));
  hash.update(page.subarray(1, 1000));
  hash.update(page.subarray(1000));
  assert.equal(hash.hex(), "b800a491404c57d8");
});

Deno.test("a pattern's number must fit into 64 bits", () => {
  for (const base of [-1, 0.5, 2 ** 53, "0x10000000000000000", "1e3", ""]) {
    assert.throws(() => pageContent({ kind: "seq", base }, 0), RangeError);
  }
});
