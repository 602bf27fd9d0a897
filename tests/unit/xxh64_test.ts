import assert from "node:assert/strict";
import { Xxh64 } from "../../src/engine/lib/xxh64.ts";

/** Published values of XXH64 with seed 0. */
const VECTORS: readonly (readonly [text: string, hash: string])[] = [
  ["", "ef46db3751d8e999"],
  ["a", "d24ec4f1a98c6e5b"],
  ["abc", "44bc2cf5ad770999"],
  ["xxhash", "32dd38952c4bc720"],
  ["Nobody inspects the spammish repetition", "fbcea83c8a378bf1"],
];

function hexOf(bytes: Uint8Array): string {
  const hasher = new Xxh64();
  hasher.hash(bytes);
  return [hasher.high, hasher.low]
    .map((half) => half.toString(16).padStart(8, "0")).join("");
}

for (const [text, hash] of VECTORS) {
  Deno.test(`XXH64 of "${text}"`, () => {
    assert.equal(hexOf(new TextEncoder().encode(text)), hash);
  });
}

Deno.test("XXH64 of a page of zeros", () => {
  assert.equal(hexOf(new Uint8Array(4096)), "ac869b6f32d8bbdb");
});

Deno.test("XXH64 of several inputs in a row: nothing is left from the one before", () => {
  const hasher = new Xxh64();
  hasher.hash(new Uint8Array(4096).fill(7));
  hasher.hash(new TextEncoder().encode("abc"));
  assert.deepEqual([hasher.high, hasher.low], [0x44bc2cf5, 0xad770999]);
});
