import assert from "node:assert/strict";
import {
  nodeText,
  tellingBytes,
  treePicture,
} from "../../src/dashboard/tree_picture.ts";
import type { TreeNodeView } from "../../src/observe/detail.ts";
import { TREES } from "./dashboard_details.ts";

const [{ root: ROOT }] = TREES.stable;

function root(): TreeNodeView {
  if (ROOT === undefined) throw new Error("no root");
  return ROOT;
}

/** An item without children. */
function leaf(
  lead: string | undefined,
  tail = "00000000000000ff",
  isRed = false,
): TreeNodeView {
  const content = lead === undefined
    ? {}
    : { content: { lead, tail, checksum: 1 } };
  const place = { process: "vm-a", region: "ram", page: 0 };
  const entry = { kind: "item" as const, place, ...content };
  return { id: 1, isRed, size: 1, height: 1, entry };
}

Deno.test("a node says its colour, bytes, what it stands for and its size, as far as there is room", () => {
  const forms = [40, 25, 24, 17, 16, 12, 11, 9, 8, 6, 5, 3, 2, 1].map((room) =>
    nodeText(root(), "lead", room)
  );
  assert.deepEqual(forms, [
    "B 80aa000000000000 12s 8n",
    "B 80aa000000000000 12s 8n",
    "B 80aa0000 12s 8n",
    "B 80aa0000 12s 8n",
    "B 80aa 12s 8n",
    "B 80aa 12s",
    "B 80aa 12s",
    "B 80aa",
    "B 80aa",
    "B 80aa",
    "B80aa",
    "B80",
    "B",
    "B",
  ]);
  assert.equal(
    nodeText(leaf("12ab".repeat(4), "", true), "lead", 9),
    "R 12ab 1n",
  );
  assert.equal(nodeText(leaf(undefined), "lead", 20), "B ???? gone 1n");
});

Deno.test("where all bytes begin alike, the last ones are shown", () => {
  const left = leaf("00".repeat(8), "00000000000000a1");
  const right = leaf("00".repeat(8), "00000000000000b2");
  const all = { ...leaf("00".repeat(8), "00000000000000aa"), left, right };
  assert.equal(tellingBytes(all, 2), "tail");
  assert.equal(tellingBytes(root(), 4), "lead");
  assert.equal(tellingBytes(left, 1), "lead");
  const [, below] = treePicture(all, 30, 3);
  assert.deepEqual(
    below.nodes.map(({ text }) => text),
    ["B 000000a1 1n", "B 000000b2 1n"],
  );
});

Deno.test("a level has twice the places of the one above, and lines go from middle to middle", () => {
  const [first, second, third, fourth] = treePicture(root(), 64, 7);
  assert.deepEqual(first.branches, [{ from: 32, left: 16, right: 48 }]);
  assert.deepEqual(second.branches, [
    { from: 16, left: 8, right: 24 },
    { from: 48, left: 40, right: 56 },
  ]);
  assert.deepEqual(third.branches, [{ from: 56, left: undefined, right: 60 }]);
  assert.deepEqual(fourth.branches, []);
  assert.deepEqual(
    [first, second, third, fourth].map(({ nodes }) =>
      nodes.map(({ node }) => node.id)
    ),
    [[10], [5, 40], [2, 7, 12, 15], [16]],
  );
});

Deno.test("there are as many levels as rows and columns allow, and no line leads to none", () => {
  const levels = (columns: number, rows: number) =>
    treePicture(root(), columns, rows).length;
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 20].map((rows) => levels(80, rows)), [
    1,
    1,
    2,
    2,
    3,
    3,
    4,
    4,
  ]);
  // Three columns a place at least.
  assert.deepEqual(
    [1, 5, 6, 11, 12, 24].map((columns) => levels(columns, 20)),
    [
      1,
      1,
      2,
      2,
      3,
      4,
    ],
  );
  const cut = treePicture(root(), 80, 3).at(-1);
  assert.deepEqual(cut?.branches, []);
});

Deno.test("neighbours never touch, and nothing stands outside", () => {
  for (let columns = 1; columns <= 200; columns++) {
    for (const { nodes } of treePicture(root(), columns, 20)) {
      let end = -1;
      for (const { left, text } of nodes) {
        assert.ok(left > end, `${columns} columns: ${text} at ${left}`);
        end = left + text.length;
      }
      assert.ok(end <= columns);
    }
  }
});
