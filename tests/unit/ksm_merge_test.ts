/** Merges that fail, and what is left of them. */
import assert from "node:assert/strict";
import { ITEM_STATE } from "../../src/engine/ksm/mod.ts";
import type { Frame } from "../../src/engine/mm/mod.ts";
import { all, KsmBox } from "./ksm_box.ts";

/** Two equal pages that ksmd has seen once, with the first of them in the unstable tree: the next batch would merge them. */
function aboutToMerge(): KsmBox {
  const box = new KsmBox(1);
  box.start("A", 2, all("a"));
  box.pass();
  assert.deepEqual(box.batch(), [0, 0, 1, 1]);
  return box;
}

/** Two merged pages, and a third one that ksmd has seen once. */
function aboutToJoin(): KsmBox {
  const box = new KsmBox(1);
  box.start("A", 2, all("a"));
  box.pass();
  box.pass();
  box.start("B", 1, all("a"));
  assert.deepEqual(box.pass(), [1, 1, 0, 1]);
  box.batch();
  box.batch();
  return box;
}

function states(box: KsmBox): number[] {
  return [0, 1].map((page) => box.ksm.items.state[box.item("A", page)]);
}

/** Two items in the states of a failed merge: tree's and scanned one's. */
const APART = [ITEM_STATE.unstable, ITEM_STATE.neither];

/** The two ways in which a page is in use by somebody else. */
const HINDRANCES = [
  {
    name: "pinned",
    begin: ({ memory: { frames } }: KsmBox, frame: Frame) => frames.get(frame),
    end: ({ memory: { frames } }: KsmBox, frame: Frame) => frames.put(frame),
  },
  {
    name: "locked",
    begin: ({ memory: { frames } }: KsmBox, frame: Frame) => {
      frames.locked[frame] = 1;
    },
    end: ({ memory: { frames } }: KsmBox, frame: Frame) => {
      frames.locked[frame] = 0;
    },
  },
];

for (const { name, begin, end } of HINDRANCES) {
  Deno.test(`a scanned page that is ${name} does not merge, and stays itself`, () => {
    const box = aboutToMerge();
    const frame = box.mappedFrame("A", 1);
    begin(box, frame);
    assert.deepEqual(box.batch(), [0, 0, 1, 1]);
    assert.deepEqual(states(box), APART);
    assert.equal(box.frame("A", 1), frame);
    assert.equal(box.isMerged("A", 1), false);
    assert.equal(box.memory.cowKsm, 0);
    end(box, frame);
    box.pass();
    assert.deepEqual(box.pass(), [1, 1, 0, 0]);
  });

  Deno.test(`a tree page that is ${name} does not merge, and the scanned one is copied`, () => {
    const box = aboutToMerge();
    const treeFrame = box.mappedFrame("A", 0);
    const scanned = box.mappedFrame("A", 1);
    begin(box, treeFrame);
    assert.deepEqual(box.batch(), [0, 0, 1, 1]);
    assert.deepEqual(states(box), APART);
    assert.equal(box.frame("A", 0), treeFrame);
    assert.notEqual(box.frame("A", 1), scanned);
    assert.equal(box.memory.frames.isLive(scanned), false);
    assert.deepEqual(
      [box.isMerged("A", 0), box.isMerged("A", 1)],
      [false, false],
    );
    assert.deepEqual(box.bytes("A", 1), new Uint8Array(4096).fill(97));
    assert.equal(box.memory.cowKsm, 1);
    end(box, treeFrame);
    box.pass();
    assert.deepEqual(box.pass(), [1, 1, 0, 0]);
  });

  Deno.test(`a page that is ${name} does not join a KSM page, nor the unstable tree`, () => {
    const box = aboutToJoin();
    const frame = box.mappedFrame("B", 0);
    begin(box, frame);
    assert.deepEqual(box.batch(), [1, 1, 0, 1]);
    assert.equal(box.frame("B", 0), frame);
    assert.equal(box.ksm.unstableTrees[0].size, 0);
    end(box, frame);
    assert.deepEqual(box.pass(), [1, 1, 0, 1]);
    assert.deepEqual(box.pass(), [1, 2, 0, 0]);
  });
}

Deno.test("both merges done: the scanned page has a node, with the tree's item behind the scanned one's", () => {
  const box = aboutToMerge();
  assert.deepEqual(box.batch(), [1, 1, 0, 0]);
  const { items, nodes } = box.ksm;
  const [node] = nodes.each();
  const first = nodes.hlist.get(node);
  assert.equal(first, box.item("A", 1));
  assert.ok(first !== 0);
  assert.equal(items.hlistNext.get(first), box.item("A", 0));
  assert.equal(nodes.rmapHlistLen[node], 2);
  assert.equal(nodes.kpfn.get(node), box.frame("A", 1));
  assert.equal(box.memory.cowKsm, 0);
});

Deno.test("while another holds the lock of the matching KSM page the visit is given up", () => {
  const box = aboutToJoin();
  const { frames } = box.memory;
  const kpage = box.mappedFrame("A", 0);
  frames.locked[kpage] = 1;
  assert.deepEqual(box.batch(), [1, 1, 0, 1]);
  assert.equal(box.ksm.items.state[box.item("B", 0)], ITEM_STATE.neither);
  assert.equal(frames.refcount[kpage], 2);
  assert.equal(box.isMerged("B", 0), false);
  assert.equal(box.ksm.unstableTrees[0].size, 0);
  frames.locked[kpage] = 0;
  assert.deepEqual(box.pass(), [1, 1, 0, 1]);
  assert.deepEqual(box.pass(), [1, 2, 0, 0]);
  assert.equal(box.frame("B", 0), kpage);
});

Deno.test("a twin whose memory is not mergeable any more ends the search, and the page stays out of the tree", () => {
  const box = aboutToMerge();
  box.advise("A", "unmergeable", 0, 1);
  assert.deepEqual(box.batch(), [0, 0, 1, 1]);
  assert.equal(box.ksm.unstableTrees[0].size, 1);
  assert.equal(box.memory.cowKsm, 0);
});

Deno.test("a twin that has changed since it came is compared as it is now", () => {
  const box = aboutToMerge();
  box.fill("A", all("b"), 0, 1);
  assert.deepEqual(box.batch(), [0, 0, 2, 0]);
  assert.equal(box.isMerged("A", 1), false);
});

Deno.test("a page that differs in its last byte alone does not merge", () => {
  const box = new KsmBox(100);
  box.start("A", 2, all("a"));
  const bytes = "62";
  box.do({ op: "write", proc: "A", region: "r", page: 1, offset: 4095, bytes });
  for (let pass = 0; pass < 3; pass++) box.pass();
  assert.deepEqual(box.counts(), [0, 0, 2, 0]);
});

Deno.test("the reference of the swap cache does not keep a page from merging", () => {
  const box = new KsmBox(100);
  box.start("A", 2, all("x"));
  const { frames } = box.memory;
  for (const page of [0, 1]) {
    const frame = box.mappedFrame("A", page);
    frames.get(frame);
    frames.swapCache[frame] = 1;
  }
  box.pass();
  assert.deepEqual(box.pass(), [1, 1, 0, 0]);
});
