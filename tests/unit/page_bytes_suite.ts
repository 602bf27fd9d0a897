/** The cases that every implementation of `PageBytes` must pass; `registerPageBytesSuite` runs them against one. */
import assert from "node:assert/strict";
import type { PageBytes } from "../../src/engine/lib/page_bytes.ts";
import { PAGE_BYTES } from "../../src/engine/lib/page_size.ts";

/** Places in a page where a loop by words, vectors or blocks could slip. */
export const EDGES: readonly number[] = [
  0,
  1,
  2,
  3,
  4,
  7,
  8,
  15,
  16,
  31,
  32,
  63,
  64,
  2047,
  2048,
  4087,
  4088,
  4092,
]
  .concat([PAGE_BYTES - 3, PAGE_BYTES - 2, PAGE_BYTES - 1]);

/** A page of `byte` that starts `skew` bytes into its buffer. */
export function pageAt(skew: number, byte = 0): Uint8Array<ArrayBuffer> {
  const buffer = new Uint8Array(PAGE_BYTES + 16);
  return buffer.subarray(skew, skew + PAGE_BYTES).fill(byte);
}

/** What comparing two pages must answer: the order, times how many bytes it takes to tell. */
export function memcmp(a: Uint8Array, b: Uint8Array): number {
  const offset = a.findIndex((byte, index) => byte !== b[index]);
  return offset === -1 ? 0 : Math.sign(a[offset] - b[offset]) * (offset + 1);
}

/** Registers one test for each case. */
export function registerPageBytesSuite(name: string, bytes: PageBytes): void {
  Deno.test(`${name}: equal pages compare as 0, at any alignment`, () => {
    for (let skew = 0; skew < 16; skew++) {
      assert.equal(bytes.compare(pageAt(0, 90), pageAt(skew, 90)), 0);
      assert.equal(bytes.compare(pageAt(skew, 90), pageAt(skew, 90)), 0);
    }
  });

  Deno.test(`${name}: the first byte that differs decides, as an unsigned number`, () => {
    for (const skew of [0, 1, 4, 8]) {
      for (const offset of EDGES) {
        const lower = pageAt(0, 90);
        const higher = pageAt(skew, 90);
        lower[offset] = 0x7f;
        higher[offset] = 0x80;
        // What follows must not count, and is the other way round.
        if (offset + 1 < PAGE_BYTES) lower[offset + 1] = 0xff;
        assert.equal(bytes.compare(lower, higher), -offset - 1);
        assert.equal(bytes.compare(higher, lower), offset + 1);
      }
    }
  });

  Deno.test(`${name}: compares no byte beyond the page`, () => {
    const whole = new Uint8Array(2 * PAGE_BYTES + 16).fill(1);
    const other = new Uint8Array(2 * PAGE_BYTES + 16).fill(2);
    const [a, b] = [whole, other].map((buffer) =>
      buffer.subarray(8, 8 + PAGE_BYTES).fill(3)
    );
    assert.equal(bytes.compare(a, b), 0);
  });

  Deno.test(`${name}: the checksum is the lower half of XXH64`, () => {
    for (let skew = 0; skew < 16; skew++) {
      // XXH64 of the zero page is ac869b6f32d8bbdb.
      assert.equal(bytes.checksum(pageAt(skew)), 0x32d8bbdb);
    }
  });

  Deno.test(`${name}: the checksum depends on every byte`, () => {
    const sums = EDGES.map((offset) => {
      const page = pageAt(0);
      page[offset] = 1;
      return bytes.checksum(page);
    });
    assert.equal(new Set(sums).size, EDGES.length);
  });

  Deno.test(`${name}: a page is zero if no byte is set`, () => {
    for (const skew of [0, 1, 4, 8]) {
      assert.equal(bytes.isZero(pageAt(skew)), true);
      for (const offset of EDGES) {
        const page = pageAt(skew);
        page[offset] = 0x80;
        assert.equal(bytes.isZero(page), false, `offset ${offset}`);
      }
    }
  });
}
