import assert from "node:assert/strict";
import fc from "fast-check";
import { Xxh64 } from "../../src/engine/lib/xxh64.ts";

const MASK = (1n << 64n) - 1n;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

function rotated(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & MASK;
}

function round(accumulator: bigint, word: bigint): bigint {
  return rotated((accumulator + word * P2) & MASK, 31n) * P1 & MASK;
}

/** XXH64 with seed 0, step by step as the specification tells it. */
function plainXxh64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let sum = P5;
  if (bytes.length >= 32) {
    const lanes = [P1 + P2 & MASK, P2, 0n, -P1 & MASK];
    for (; at + 32 <= bytes.length; at += 32) {
      lanes.forEach((lane, index) =>
        lanes[index] = round(lane, view.getBigUint64(at + 8 * index, true))
      );
    }
    sum = rotated(lanes[0], 1n) + rotated(lanes[1], 7n) +
        rotated(lanes[2], 12n) + rotated(lanes[3], 18n) & MASK;
    for (const lane of lanes) sum = (sum ^ round(0n, lane)) * P1 + P4 & MASK;
  }
  sum = sum + BigInt(bytes.length) & MASK;
  for (; at + 8 <= bytes.length; at += 8) {
    sum ^= round(0n, view.getBigUint64(at, true));
    sum = rotated(sum, 27n) * P1 + P4 & MASK;
  }
  for (; at + 4 <= bytes.length; at += 4) {
    sum ^= BigInt(view.getUint32(at, true)) * P1 & MASK;
    sum = rotated(sum, 23n) * P2 + P3 & MASK;
  }
  for (; at < bytes.length; at++) {
    sum ^= BigInt(bytes[at]) * P5 & MASK;
    sum = rotated(sum, 11n) * P1 & MASK;
  }
  sum = (sum ^ sum >> 33n) * P2 & MASK;
  sum = (sum ^ sum >> 29n) * P3 & MASK;
  return sum ^ sum >> 32n;
}

Deno.test("XXH64 in halves agrees with XXH64 in BigInt, at any length and alignment", () => {
  const hasher = new Xxh64();
  const input = fc.uint8Array({ maxLength: 300, size: "max" });
  fc.assert(
    fc.property(input, fc.nat({ max: 40 }), (bytes, skipped) => {
      const part = bytes.subarray(Math.min(skipped, bytes.length));
      hasher.hash(part);
      const hash = BigInt(hasher.high) << 32n | BigInt(hasher.low);
      assert.equal(hash, plainXxh64(part));
    }),
    { numRuns: 2000 },
  );
});
