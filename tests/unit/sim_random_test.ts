/** Seeded random numbers. */
import assert from "node:assert/strict";
import { SeededRandom } from "../../src/sim/mod.ts";

/** The first number of each seed's stream. */
function firsts(seeds: readonly number[]): number[] {
  return seeds.map((seed) => new SeededRandom(seed).next());
}

Deno.test("equal seeds give equal streams, and every bit of a seed counts", () => {
  const seeds = [0, 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
  assert.deepEqual(firsts(seeds), firsts(seeds));
  assert.equal(new Set(firsts([...seeds, 7])).size, seeds.length + 1);
});
