import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { scalarPageBytes } from "../../src/engine/lib/page_bytes.ts";
import { PAGE_BYTES } from "../../src/engine/lib/page_size.ts";
import { memcmp, pageAt } from "../unit/page_bytes_suite.ts";

/** A page as one background byte with some single bytes changed, at some alignment. */
const page = fc.record({
  skew: fc.nat({ max: 15 }),
  byte: fc.constantFrom(0, 0, 90, 255),
  changes: fc.array(
    fc.tuple(fc.nat({ max: PAGE_BYTES - 1 }), fc.nat({ max: 255 })),
    { maxLength: 3 },
  ),
}).map(({ skew, byte, changes }) => {
  const bytes = pageAt(skew, byte);
  for (const [offset, value] of changes) bytes[offset] = value;
  return bytes;
});

Deno.test("scalar page bytes order pages as memcmp does", () => {
  fc.assert(
    fc.property(page, page, (a, b) => {
      const order = scalarPageBytes.compare(a, b);
      assert.equal(order, memcmp(a, b));
      assert.equal(Math.sign(order), Buffer.compare(a, b));
      assert.equal(scalarPageBytes.compare(b, a), memcmp(b, a));
    }),
    { numRuns: 1000 },
  );
});

Deno.test("scalar page bytes find pages of zeros", () => {
  fc.assert(
    fc.property(page, (bytes) => {
      const isZero = bytes.every((byte) => byte === 0);
      assert.equal(scalarPageBytes.isZero(bytes), isZero);
    }),
    { numRuns: 1000 },
  );
});
