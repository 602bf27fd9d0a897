/** The trees as they are drawn, worked out by hand. */
import assert from "node:assert/strict";
import {
  Driver,
  Machine,
  type TreeNodeView,
  treesDrawing,
} from "../../src/machine/mod.ts";
import { BUILTINS, openWorkload } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { all, UNIQUE } from "./ksm_box.ts";
import { at, WhyBox } from "./why_box.ts";

/** A node as text: pages of its entries, red ones in brackets, with its children. */
function sketch(node: TreeNodeView | undefined): string {
  if (node === undefined) return "-";
  const { entry, isRed, left, right } = node;
  const name = entry.kind === "item" ? `${entry.place.page}` : entry.kind;
  const own = isRed ? `[${name}]` : name;
  return left || right ? `(${sketch(left)} ${own} ${sketch(right)})` : own;
}

Deno.test("the unstable tree is drawn with colours, sizes and depths", () => {
  const box = new WhyBox({ batch: 1 });
  box.start("A", 5, UNIQUE);
  box.passes(1);
  const empty = treesDrawing(box.machine, 6).unstable;
  // The entries of the pass before, until the next one begins.
  assert.deepEqual(empty.map(({ nodes }) => nodes), [0]);
  box.batches(5);
  const [tree] = treesDrawing(box.machine, 6).unstable;
  assert.equal(sketch(tree.root), "(0 1 ([2] 3 [4]))");
  assert.deepEqual(
    [tree.nid, tree.nodes, tree.height, tree.depths],
    [0, 5, 3, [1, 2, 2]],
  );
  const { root } = tree;
  assert.deepEqual([root?.size, root?.height], [5, 3]);
  assert.deepEqual([root?.left?.size, root?.left?.height], [1, 1]);
  assert.deepEqual([root?.right?.size, root?.right?.height], [3, 2]);
  const entry = root?.entry;
  assert.ok(entry?.kind === "item");
  assert.deepEqual(entry.place, at("A", 1));
  // The second page of the sequence is full of the number 2.
  assert.equal(entry.content?.lead.slice(0, 2), "02");
});

Deno.test("levels that are not drawn are counted", () => {
  const box = new WhyBox({ batch: 1 });
  box.start("A", 5, UNIQUE);
  box.passes(1);
  box.batches(5);
  const two = treesDrawing(box.machine, 2).unstable[0];
  assert.equal(sketch(two.root), "(0 1 3)");
  assert.deepEqual(two.root?.right?.size, 3);
  const none = treesDrawing(box.machine, 0).unstable[0];
  assert.equal(none.root, undefined);
  assert.deepEqual([none.height, none.depths], [3, [1, 2, 2]]);
});

Deno.test("chains are unfolded, with the sharers of each dup", () => {
  const box = new WhyBox();
  box.knob("max_page_sharing", 2);
  box.start("A", 7, all("x"));
  box.passes(2);
  const drawing = treesDrawing(box.machine, 3);
  const [tree] = drawing.stable;
  assert.deepEqual([tree.nodes, tree.height, tree.depths], [1, 1, [1]]);
  const entry = tree.root?.entry;
  assert.ok(entry?.kind === "chain");
  assert.deepEqual(
    [entry.dupCount, entry.sharers, entry.dups.map(({ sharers }) => sharers)],
    [3, 6, [2, 2, 2]],
  );
  // The newest dup comes first; of its two pages the one visited last.
  assert.deepEqual(entry.dups.map(({ sharer }) => sharer?.page), [5, 3, 1]);
  assert.equal(entry.content?.lead, "78".repeat(8));
  assert.equal(entry.content?.tail, "78".repeat(8));
  assert.equal(drawing.chainCount, 1);
  assert.equal(drawing.maxPageSharing, 2);
  const [chain] = drawing.chains;
  assert.deepEqual(
    { kind: "chain", ...chain },
    { ...entry, nid: 0, node: tree.root?.id },
  );
});

Deno.test("a KSM page has sharers, mappings, and may be gone", () => {
  const box = new WhyBox();
  box.start("A", 3, all("x"));
  box.passes(2);
  box.do({ op: "fork", proc: "A", child: "B" });
  const pageOf = () => {
    const entry = treesDrawing(box.machine, 1).stable[0].root?.entry;
    assert.ok(entry?.kind === "page");
    return entry;
  };
  const { page, content } = pageOf();
  assert.deepEqual(
    [page.sharers, page.mappings, page.isStale],
    [3, 6, false],
  );
  assert.equal(page.frame, box.frame("A", 0));
  assert.equal(
    content?.checksum,
    box.machine.memory.contents.checksum(
      box.machine.memory.frames.contentOf(box.frame("A", 0)),
    ),
  );
  box.do({ op: "exit", proc: "B" });
  box.fill("A", UNIQUE, 0, 3);
  const gone = pageOf();
  assert.deepEqual(
    [gone.page.sharers, gone.page.mappings, gone.page.isStale],
    [3, 0, true],
  );
  assert.equal(gone.content, undefined);
  assert.equal(gone.page.sharer, undefined);
});

Deno.test("compares are counted level by level where time is", () => {
  const machine = new Machine({ timed: {} });
  const part = { proc: "A", region: "r" };
  drive(machine, [
    { op: "proc", proc: "A" },
    { op: "mmap", ...part, slot: 0, pages: 3 },
    { op: "madvise", ...part, advice: "mergeable" },
    // They differ in the byte at 4088 and are equal before.
    { op: "fill", ...part, pattern: { kind: "tail", base: 1 } },
    { op: "knob", name: "smart_scan", value: "0" },
    { op: "run", value: 1 },
    { op: "scanPasses", n: 1 },
  ]);
  const none = { levels: [], count: 0, bytes: 0 };
  assert.deepEqual(treesDrawing(machine, 0).unstableCompares, none);
  drive(machine, [{ op: "scanPasses", n: 1 }]);
  const { unstableCompares, stableCompares, visits } = treesDrawing(machine, 0);
  // The second page meets the first; the third meets the first and the second.
  assert.deepEqual(unstableCompares, {
    levels: [{ count: 2, bytes: 2 * 4089 }, { count: 1, bytes: 4089 }],
    count: 3,
    bytes: 3 * 4089,
  });
  assert.deepEqual(stableCompares, none);
  assert.equal(visits, 6);
  assert.equal(
    treesDrawing(new WhyBox().machine, 0).unstableCompares,
    undefined,
  );
});

Deno.test("a search of the stable tree that finds its page has compared it whole", () => {
  const machine = new Machine({ timed: {} });
  const part = { proc: "A", region: "r" };
  drive(machine, [
    { op: "proc", proc: "A" },
    { op: "mmap", ...part, slot: 0, pages: 3 },
    { op: "madvise", ...part, advice: "mergeable" },
    { op: "fill", ...part, pattern: all("x") },
    { op: "knob", name: "smart_scan", value: "0" },
    { op: "run", value: 1 },
    { op: "scanPasses", n: 2 },
  ]);
  const { unstableCompares, stableCompares } = treesDrawing(machine, 0);
  assert.deepEqual(unstableCompares?.levels, [{ count: 1, bytes: 4096 }]);
  assert.deepEqual(stableCompares?.levels, [{ count: 1, bytes: 4096 }]);
});

Deno.test("each NUMA node has its trees", () => {
  const box = new WhyBox({ nodes: 2 });
  box.knob("merge_across_nodes", 0);
  box.start("A", 2, all("x"), 0);
  box.start("B", 2, all("x"), 1);
  box.passes(2);
  const { stable, unstable } = treesDrawing(box.machine, 1);
  assert.deepEqual(stable.map(({ nid, nodes }) => [nid, nodes]), [
    [0, 1],
    [1, 1],
  ]);
  assert.equal(unstable.length, 2);
});

Deno.test("trees that have outlived their pass are drawn as far as they can be", () => {
  const scene = BUILTINS.find(({ name }) => name === "stale-tree");
  assert.ok(scene);
  const machine = new Machine({ nodes: scene.nodes });
  const driver = new Driver(machine, openWorkload(scene, { seed: 1 }));
  const label = "merge_across_nodes is 0 again, in the middle of a pass";
  while (driver.label !== label) assert.equal(driver.advance("end"), "sample");
  const [, stale] = treesDrawing(machine, 8).unstable;
  assert.equal(stale.nodes, 200);
  // All its items are freed.
  assert.equal(stale.root, undefined);
});
