import assert from "node:assert/strict";
import { Bug } from "../../src/engine/lib/assert.ts";
import { RbLinks, RbTree } from "../../src/engine/lib/rbtree.ts";
import {
  drawing,
  insertNumber,
  keysInOrder,
  numberTree,
} from "./rbtree_shape.ts";

/** One worked example: the shapes were drawn by hand from the rules in rbtree.ts. */
interface ShapeCase {
  readonly rules: string;
  readonly insert: readonly number[];
  /** The drawing before the erasure. */
  readonly before?: string;
  readonly erase?: number;
  readonly shape: string;
  /** A removal that takes a successor has no mirror image. */
  readonly noMirror?: true;
}

const INSERTIONS: readonly ShapeCase[] = [
  { rules: "I1", insert: [10], shape: "10" },
  { rules: "I2", insert: [20, 10], shape: "20(10r .)" },
  // 30 > 20r > 10r leans to one side: 20 comes up.
  { rules: "I5", insert: [30, 20, 10], shape: "20(10r 30r)" },
  // 30 > 10r > 20r bends: straightened at 10 first.
  { rules: "I4 I5", insert: [30, 10, 20], shape: "20(10r 30r)" },
  // Below 20(10r 30r): 10 and 30 turn black, 20 red, and as root black again.
  { rules: "I3 I1", insert: [20, 10, 30, 40], shape: "20(10 30(. 40r))" },
  {
    rules: "I5 below a black node",
    insert: [20, 10, 30, 40, 50],
    shape: "20(10 40(30r 50r))",
  },
  {
    rules: "I3 I2",
    insert: [20, 10, 30, 40, 50, 60],
    shape: "20(10 40r(30 50(. 60r)))",
  },
  //   20(10 40r(30 60(50r 70r))) and 80 below 70:
  //   I3 reddens 60 below the red 40, whose sibling 10 is black: I5 lifts 40.
  {
    rules: "I3 I5",
    insert: [10, 20, 30, 40, 50, 60, 70, 80],
    shape: "40(20r(10 30) 60r(50 70(. 80r)))",
  },
  //   20(10 40r(30(25r 35r) 50)) and 27 below 25:
  //   I3 reddens 30, an inner grandchild of 20: I4 lifts it over 40, I5 over 20.
  {
    rules: "I3 I4 I5",
    insert: [10, 20, 30, 40, 50, 25, 35, 27],
    shape: "30(20r(10 25(. 27r)) 40r(35 50))",
  },
  //   40(20r(10 30) 60r(50 80(70r 90r))) and 95 below 90:
  //   I3 reddens 80 below the red 60, whose sibling 20 is red: I3 again, then I1.
  {
    rules: "I3 I3 I1",
    insert: [10, 20, 30, 40, 50, 60, 70, 80, 90, 95],
    shape: "40(20(10 30) 60(50 80r(70 90(. 95r))))",
  },
];

const REMOVALS: readonly ShapeCase[] = [
  {
    rules: "E1 at the root",
    insert: [10],
    before: "10",
    erase: 10,
    shape: ".",
  },
  {
    rules: "E1, red",
    insert: [20, 10, 30],
    before: "20(10r 30r)",
    erase: 10,
    shape: "20(. 30r)",
  },
  {
    rules: "E2",
    insert: [20, 10, 30, 40],
    before: "20(10 30(. 40r))",
    erase: 30,
    shape: "20(10 40)",
  },
  {
    rules: "E2 at the root",
    insert: [20, 10],
    before: "20(10r .)",
    erase: 20,
    shape: "10",
  },
  // R1 lifts 40 over 20, which is red then, with the childless 30 as sibling of the gap.
  {
    rules: "E1 R1 R2",
    insert: [10, 20, 30, 40, 50, 60],
    before: "20(10 40r(30 50(. 60r)))",
    erase: 10,
    shape: "40(20(. 30r) 50(. 60r))",
  },
  // After R1: 20r(. 30(25r .)). R3 lifts 25 over 30, R4 over 20.
  {
    rules: "E1 R1 R3 R4",
    insert: [10, 20, 30, 40, 50, 25],
    before: "20(10 40r(30(25r .) 50))",
    erase: 10,
    shape: "40(25r(20 30) 50)",
  },
  // After R1: 20r(. 30(. 35r)). R4 lifts 30 over 20.
  {
    rules: "E1 R1 R4",
    insert: [10, 20, 30, 40, 50, 35],
    before: "20(10 40r(30(. 35r) 50))",
    erase: 10,
    shape: "40(30r(20 35) 50)",
  },
  {
    rules: "E1 R3 R4",
    insert: [10, 20, 40, 30],
    before: "20(10 40(30r .))",
    erase: 10,
    shape: "30(20 40)",
  },
  // The near child 30 may be red as well: it only changes parents.
  {
    rules: "E1 R4",
    insert: [10, 20, 30, 40, 50],
    before: "20(10 40(30r 50r))",
    erase: 10,
    shape: "40(20(. 30r) 50)",
  },
  //   R2 at 20 (30 turns red) leaves the whole left side of 40 short.
  //   Its sibling 60 has a red far child 80: R4 lifts 60.
  {
    rules: "E1 R2 R4",
    insert: [10, 20, 30, 40, 50, 60, 70, 80, 90, 95],
    before: "40(20(10 30) 60(50 80r(70 90(. 95r))))",
    erase: 10,
    shape: "60(40(20(. 30r) 50) 80(70 90(. 95r)))",
  },
  // 30 is the right child itself.
  {
    rules: "E3, red successor next to it",
    insert: [20, 10, 30],
    before: "20(10r 30r)",
    erase: 20,
    shape: "30(10r .)",
    noMirror: true,
  },
  // 30 takes the place of 20 and turns black already; 40 takes the place of 30 as in E2.
  {
    rules: "E3 E2, successor next to it",
    insert: [20, 10, 30, 40],
    before: "20(10 30(. 40r))",
    erase: 20,
    shape: "30(10 40)",
    noMirror: true,
  },
  // 50 has to come from below 60; 55 takes its old place.
  {
    rules: "E3 E2, successor further down",
    insert: [10, 20, 30, 40, 50, 60, 70, 80, 55],
    before: "40(20r(10 30) 60r(50(. 55r) 70(. 80r)))",
    erase: 40,
    shape: "50(20r(10 30) 60r(55 70(. 80r)))",
    noMirror: true,
  },
  // The place of 50 stays empty: R4 lifts 70 over 60, in the red of 60.
  {
    rules: "E3 E1 R4",
    insert: [10, 20, 30, 40, 50, 60, 70, 80],
    before: "40(20r(10 30) 60r(50 70(. 80r)))",
    erase: 40,
    shape: "50(20r(10 30) 70r(60 80))",
    noMirror: true,
  },
  // The red node 60 is succeeded by 70, which turns red; 80 turns black in its old place.
  {
    rules: "E3 E2, the successor takes a red place",
    insert: [10, 20, 30, 40, 50, 60, 70, 80],
    before: "40(20r(10 30) 60r(50 70(. 80r)))",
    erase: 60,
    shape: "40(20r(10 30) 70r(50 80))",
    noMirror: true,
  },
  //   30 turns red in the place of 20, its own place stays empty. The sibling 10 is
  //   black and childless: R2 reddens it and blackens 30.
  {
    rules: "E3 E1 R2, the gap is below the successor",
    insert: [10, 20, 30, 40, 50, 60, 70, 80],
    before: "40(20r(10 30) 60r(50 70(. 80r)))",
    erase: 20,
    shape: "40(30(10r .) 60r(50 70(. 80r)))",
    noMirror: true,
  },
];

const MIRROR = 100;

function checkShape(example: ShapeCase, mirror: number): void {
  const key = (number: number) => mirror === 0 ? number : mirror - number;
  const tree = numberTree(MIRROR);
  for (const number of example.insert) insertNumber(tree, key(number));
  if (example.erase !== undefined) {
    assert.equal(drawing(tree, tree.root, mirror), example.before);
    tree.erase(key(example.erase));
  }
  assert.equal(drawing(tree, tree.root, mirror), example.shape);
}

for (const example of [...INSERTIONS, ...REMOVALS]) {
  Deno.test(`red-black tree: ${example.rules}`, () => {
    checkShape(example, 0);
    if (!example.noMirror) checkShape(example, MIRROR);
  });
}

Deno.test("red-black tree: R2 goes up to the root", () => {
  // 40(20(10 30) 60(50 80r(70 90(. 95r)))) is thinned until all are black.
  const tree = numberTree(MIRROR);
  for (const key of [10, 20, 30, 40, 50, 60, 70, 80, 90, 95]) {
    insertNumber(tree, key);
  }
  for (const key of [95, 90, 70]) tree.erase(key);
  assert.equal(drawing(tree, tree.root), "40(20(10 30) 60(50 80))");
  tree.erase(10);
  assert.equal(drawing(tree, tree.root), "40(20(. 30r) 60r(50 80))");
});

Deno.test("red-black tree: walks from left to right and counts its levels", () => {
  const tree = numberTree(MIRROR);
  assert.deepEqual([tree.size, tree.height(), tree.first()], [0, 0, 0]);
  for (const key of [10, 20, 30, 40, 50, 60, 70, 80]) insertNumber(tree, key);
  // 40(20r(10 30) 60r(50 70(. 80r)))
  assert.deepEqual([tree.size, tree.height()], [8, 4]);
  assert.deepEqual(keysInOrder(tree), [10, 20, 30, 40, 50, 60, 70, 80]);
  tree.erase(80);
  assert.deepEqual([tree.size, tree.height()], [7, 3]);
});

Deno.test("red-black tree: is empty after clear, and its nodes can be used again", () => {
  const tree = numberTree(MIRROR);
  for (const key of [10, 20, 30, 40]) insertNumber(tree, key);
  tree.clear();
  assert.deepEqual([tree.root, tree.size, tree.height(), tree.first()], [
    0,
    0,
    0,
    0,
  ]);
  for (const key of [30, 20, 10]) insertNumber(tree, key);
  assert.equal(drawing(tree, tree.root), "20(10r 30r)");
});

Deno.test("red-black tree: keeps its links when they get more room", () => {
  const links = new RbLinks(4);
  const tree = new RbTree<number>(links);
  for (const key of [2, 1, 3]) insertNumber(tree, key);
  links.ensure(10);
  insertNumber(tree, 9);
  assert.equal(drawing(tree, tree.root), "2(1 3(. 9r))");
  const before = links.left;
  links.ensure(8);
  assert.equal(links.left, before);
});

Deno.test("red-black tree: two trees share one arena of links", () => {
  const links = new RbLinks(MIRROR);
  const [one, other] = [new RbTree<number>(links), new RbTree<number>(links)];
  for (const key of [1, 2, 3]) insertNumber(one, key);
  for (const key of [6, 5, 4]) insertNumber(other, key);
  one.erase(2);
  insertNumber(other, 2);
  assert.equal(drawing(one, one.root), "3(1r .)");
  assert.equal(drawing(other, other.root), "5(4(2r .) 6)");
});

Deno.test("red-black tree: refuses a taken place and a foreign node", () => {
  const tree = numberTree(MIRROR);
  for (const key of [2, 1]) insertNumber(tree, key);
  assert.throws(() => tree.insert(3, 0, "left"), Bug);
  assert.throws(() => tree.insert(3, 2, "left"), Bug);
  assert.throws(() => tree.erase(7), Bug);
});
