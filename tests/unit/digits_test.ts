/** Numbers as people read them. */
import assert from "node:assert/strict";
import { groupDigits } from "../../src/observe/digits.ts";

Deno.test("digits stand in groups of three, decimals do not", () => {
  assert.equal(groupDigits(0), "0");
  assert.equal(groupDigits(999), "999");
  assert.equal(groupDigits(1000), "1 000");
  assert.equal(groupDigits(-123456), "-123 456");
  assert.equal(groupDigits(1234567.891, 3), "1 234 567.891");
  assert.equal(groupDigits(12.3456, 2), "12.35");
});
