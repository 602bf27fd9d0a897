import assert from "node:assert/strict";
import { sectionRows } from "../../src/dashboard/views/sections.tsx";
import { leastHeight } from "../../src/dashboard/views/node_trees.tsx";

Deno.test("sections have what they want where there is room, with an empty row between", () => {
  assert.deepEqual(sectionRows([2, 5, 4], 13), [2, 5, 4]);
  assert.deepEqual(sectionRows([2, 5, 4], 100), [2, 5, 4]);
});

Deno.test("where there is less, each keeps three rows before the first gets more", () => {
  assert.deepEqual(sectionRows([2, 5, 4], 12), [2, 5, 3]);
  assert.deepEqual(sectionRows([9, 9], 8), [4, 3]);
});

Deno.test("what has no three rows is not there, and what needs fewer may be", () => {
  assert.deepEqual(sectionRows([9, 9], 6), [6, 0]);
  assert.deepEqual(sectionRows([9, 9, 2], 6), [3, 0, 2]);
  assert.deepEqual(sectionRows([9], 2), [0]);
  assert.deepEqual(sectionRows([2, 2], 0), [0, 0]);
});

Deno.test("a red-black tree is at least as high as a full one with as many nodes", () => {
  // Full trees have 1, 3, 7 and 1023 nodes.
  const cases = [[0, 0], [1, 1], [2, 2], [3, 2], [4, 3], [7, 3], [1023, 10]];
  for (const [nodes, height] of cases) {
    assert.equal(leastHeight(nodes), height, String(nodes));
  }
  assert.equal(leastHeight(1024), 11);
});
