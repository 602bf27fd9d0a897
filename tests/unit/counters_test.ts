import assert from "node:assert/strict";
import { COUNTERS } from "../../src/engine/ksm/counters.ts";

Deno.test("the counter table names each counter once", () => {
  assert.equal(new Set(COUNTERS.map((c) => c.sysfs)).size, COUNTERS.length);
  assert.equal(new Set(COUNTERS.map((c) => c.field)).size, COUNTERS.length);
});
