import assert from "node:assert/strict";
import fc from "fast-check";
import { nodesInOrder } from "../../src/machine/invariants/red_black.ts";
import {
  insertNumber,
  keysInOrder,
  type NumberTree,
  numberTree,
} from "../unit/rbtree_shape.ts";

const KEYS = 64;

Deno.test("red-black tree agrees with a sorted array, and keeps its rules after each operation", () => {
  const keys = fc.array(fc.integer({ min: 1, max: KEYS }), {
    minLength: 40,
    maxLength: 200,
  });
  fc.assert(
    fc.property(keys, (toggled) => {
      const tree = numberTree(KEYS + 1);
      const model = new Set<number>();
      for (const key of toggled) {
        if (model.delete(key)) {
          tree.erase(key);
        } else {
          model.add(key);
          insertNumber(tree, key);
        }
        nodesInOrder("the tree", tree);
        assert.deepEqual(keysInOrder(tree), [...model].sort((a, b) => a - b));
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("red-black tree keeps its rules wherever nodes are linked, sorted or not", () => {
  const descents = fc.array(
    fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
    {
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(descents, (turns) => {
      const tree = numberTree(turns.length + 1);
      turns.forEach((leftTurns, index) => {
        linkByTurns(tree, index + 1, leftTurns);
        nodesInOrder("the tree", tree);
      });
      for (let node = 1; node <= turns.length; node++) {
        tree.erase(node);
        nodesInOrder("the tree", tree);
      }
    }),
    { numRuns: 60 },
  );
});

function linkByTurns(
  tree: NumberTree,
  node: number,
  leftTurns: readonly boolean[],
): void {
  let parent = 0;
  let at = tree.root;
  let depth = 0;
  while (at !== 0) {
    parent = at;
    at = leftTurns[depth++] ? tree.left(at) : tree.right(at);
  }
  tree.insert(
    node,
    parent,
    leftTurns[Math.max(0, depth - 1)] ? "left" : "right",
  );
}

Deno.test("a red successor steps into the erased node's place and colour, and nothing else changes", () => {
  const keys = fc.uniqueArray(fc.integer({ min: 1, max: KEYS }), {
    minLength: 40,
  });
  let seen = 0;
  fc.assert(
    fc.property(keys, (inserted) => {
      const tree = numberTree(KEYS + 1);
      for (const key of inserted) insertNumber(tree, key);
      for (const key of inserted) {
        const successor = tree.left(key) !== 0 && tree.right(key) !== 0
          ? tree.next(key)
          : 0;
        const place = [tree.parent(key), tree.left(key), tree.isRed(key)];
        const needsNoRepair = successor !== 0 && tree.isRed(successor);
        tree.erase(key);
        if (!needsNoRepair) continue;
        seen++;
        assert.deepEqual(
          [tree.parent(successor), tree.left(successor), tree.isRed(successor)],
          place,
        );
      }
    }),
    { numRuns: 60, seed: 1 },
  );
  assert.ok(seen > 200, `Only ${seen} red successors came up`);
});
