/** Why a page is not merged although others are like it: each reason, worked out by hand. */
import assert from "node:assert/strict";
import { pteFrame } from "../../src/engine/mm/mod.ts";
import { Machine, pageWhy, slotVpn } from "../../src/machine/mod.ts";
import { drive } from "../property/drive.ts";
import { all, UNIQUE } from "./ksm_box.ts";
import { at, WhyBox } from "./why_box.ts";

Deno.test("a full KSM page takes nobody; with one more equal page there are two of them", () => {
  const box = new WhyBox();
  box.knob("max_page_sharing", 2);
  box.start("A", 3, all("x"));
  box.passes(2);
  assert.deepEqual(box.first("A", 2), {
    reason: "node-full",
    pages: 1,
    limit: 2,
    with: at("A", 1),
  });
  assert.deepEqual(box.names("A", 2), ["node-full"]);
  box.start("B", 1, all("x"));
  box.passes(1);
  assert.deepEqual(box.names("B", 0), ["unproven", "waits-for-twin"]);
  box.passes(1);
  const first = box.first("B", 0);
  assert.ok(first.reason === "merged");
  assert.deepEqual([first.dups, first.sharers], [2, 2]);
});

Deno.test("a KSM page that only an uncounted child maps takes nobody", () => {
  const box = new WhyBox({ batch: 2 });
  box.start("A", 2, all("x"));
  box.passes(2);
  // The child is registered when it forks, and visited last.
  box.do({ op: "fork", proc: "A", child: "B" });
  box.fill("A", UNIQUE, 0, 2);
  box.start("C", 1, all("x"));
  const { root } = box.machine.ksm.stableTrees[0];
  box.batches(1);
  // Both pages of A have left the node; the child's still map its page.
  assert.deepEqual(box.why("C", 0).further, [
    { reason: "node-uncounted", node: root },
  ]);
});

Deno.test("a KSM page that is left to memory that ksmd does not scan never takes anybody, but two make one beside it", () => {
  const box = new WhyBox();
  box.start("A", 2, all("x"));
  box.advise("A", "unmergeable", 0);
  box.do({ op: "fork", proc: "A", child: "B" });
  box.advise("B", "mergeable", 0);
  // B's first page finds A's second one in the unstable tree: it is the one that
  // is visited, so that its frame becomes the KSM page, and A's first page maps
  // that too, since the fork.
  box.passes(2);
  const shared = box.first("A", 0);
  assert.ok(shared.reason === "merged");
  assert.deepEqual([shared.counted, shared.sharers], [false, 3]);
  assert.equal(box.why("A", 0).forecast, undefined);
  box.do({ op: "exit", proc: "B" });
  box.fill("A", UNIQUE, 1);
  box.passes(1);
  box.fill("A", all("x"), 1);
  box.passes(4);
  assert.deepEqual(box.why("A", 1).first, {
    reason: "node-uncounted",
    node: shared.node,
  });
  assert.deepEqual(box.names("A", 1), ["node-uncounted"]);
  box.start("C", 1, all("x"));
  box.passes(2);
  const beside = box.first("A", 1);
  assert.ok(beside.reason === "merged");
  assert.deepEqual([beside.sharers, beside.dups], [2, 2]);
  assert.deepEqual(beside.others, [at("C", 0)]);
});

Deno.test("pages of two NUMA nodes are not compared when merge_across_nodes is 0", () => {
  const box = new WhyBox({ nodes: 2 });
  box.knob("merge_across_nodes", 0);
  box.start("A", 1, all("x"), 0);
  box.start("B", 1, all("x"), 1);
  box.passes(2);
  assert.deepEqual(box.first("A", 0), {
    reason: "other-node",
    nid: 0,
    twinNid: 1,
    twin: at("B", 0),
  });
  box.start("C", 1, all("x"), 1);
  box.passes(2);
  assert.ok(box.isMerged("C", 0));
  assert.deepEqual(box.names("A", 0), ["other-node"]);
});

Deno.test("a KSM page that has moved here has no place in this node's tree yet", () => {
  const box = new WhyBox({ nodes: 2 });
  box.knob("merge_across_nodes", 0);
  box.start("A", 2, all("x"), 0);
  box.passes(2);
  box.do({
    op: "move",
    proc: "A",
    region: "r",
    start: 0,
    count: 2,
    node: 1,
    all: true,
  });
  box.start("B", 1, all("x"), 1);
  const { further } = box.why("B", 0);
  assert.deepEqual(further, [{
    reason: "waits-for-twin",
    twin: { place: at("A", 1), state: "exiled" },
    twins: 1,
    forecast: { visits: 1, batches: 1, passes: 0, millis: 20 },
  }]);
  box.passes(1);
  assert.deepEqual(box.why("B", 0).further, [
    { reason: "due", with: "ksm-page", twin: at("A", 1) },
  ]);
});

Deno.test("of two KSM pages that take sharers, the search may meet the one that has left the node", () => {
  const box = new WhyBox({ nodes: 2 });
  box.knob("merge_across_nodes", 0);
  box.knob("max_page_sharing", 3);
  box.start("B", 1, UNIQUE, 0);
  box.start("A", 5, all("x"), 0);
  box.passes(2);
  // Pages 0 to 2 have the first KSM page, 3 and 4 the second, which stands first on the chain.
  box.fill("A", { kind: "seq", base: 50 }, 0);
  box.fill("B", all("x"), 0);
  box.passes(1);
  assert.deepEqual(box.names("B", 0), ["unproven", "due"]);
  box.do({
    op: "move",
    proc: "A",
    region: "r",
    start: 3,
    count: 2,
    node: 1,
    all: true,
  });
  assert.deepEqual(box.why("B", 0).further, [{
    reason: "waits-for-twin",
    twin: { place: at("A", 2), state: "ksm-page" },
    twins: 1,
    forecast: { visits: 3, batches: 1, passes: 0, millis: 20 },
  }, {
    reason: "other-node",
    nid: 0,
    twinNid: 1,
    twin: at("A", 4),
  }]);
  box.passes(1);
  assert.equal(box.isMerged("B", 0), false);
  assert.deepEqual(box.names("B", 0), ["due"]);
  box.passes(1);
  assert.ok(box.isMerged("B", 0));
});

Deno.test("a page that meets itself in the tree since a fork waits for its twin", () => {
  const box = new WhyBox({ batch: 1 });
  box.start("A", 1, all("x"));
  box.do({ op: "fork", proc: "A", child: "B" });
  box.start("C", 1, all("x"));
  box.passes(1);
  box.batches(1);
  assert.deepEqual(box.why("B", 0).further, [{
    reason: "waits-for-twin",
    twin: { place: at("C", 0), state: "ready" },
    twins: 1,
    forecast: { visits: 1, batches: 2, passes: 0, millis: 40 },
  }]);
  box.batches(1);
  assert.equal(box.isMerged("B", 0), false);
  // C meets the page of A; what B maps is the same one.
  box.batches(1);
  assert.deepEqual(
    ["A", "B", "C"].map((name) => box.isMerged(name, 0)),
    [true, false, true],
  );
  assert.deepEqual(box.names("B", 0), ["due"]);
});

Deno.test("pages shared by a fork are one frame already", () => {
  const box = new WhyBox();
  box.start("A", 1, UNIQUE);
  box.do({ op: "fork", proc: "A", child: "B" });
  box.passes(2);
  const shared = { reason: "fork-shared", mappings: 2 };
  assert.deepEqual(box.first("A", 0), { ...shared, with: at("B", 0) });
  assert.deepEqual(box.first("B", 0), { ...shared, with: at("A", 0) });
  // One is in the unstable tree, and the other met it there.
  assert.equal(box.machine.counters().pagesUnshared, 1);
  assert.equal(box.machine.counters().pagesVolatile, 1);
});

Deno.test("a page that somebody holds cannot be protected, nor can its twin", () => {
  const box = new WhyBox();
  box.start("A", 2, all("x"));
  const frame = box.frame("A", 1);
  const { frames } = box.machine.memory;
  frames.get(frame);
  box.passes(2);
  const pinned = { reason: "pinned", frame, extra: 1, isolated: false };
  assert.deepEqual(box.why("A", 0).further, []);
  assert.deepEqual(box.first("A", 0), { ...pinned, whose: "twin" });
  assert.deepEqual(box.names("A", 1), ["waits-for-twin", "pinned"]);
  assert.deepEqual(box.why("A", 1).further, [{ ...pinned, whose: "page" }]);
  frames.put(frame);
  assert.ok(frames.isolate(frame));
  assert.deepEqual(box.first("A", 0), {
    ...pinned,
    isolated: true,
    whose: "twin",
  });
  frames.putback(frame);
  box.passes(1);
  assert.ok(box.isMerged("A", 0));
});

Deno.test("a page whose lock is held is passed by", () => {
  const box = new WhyBox();
  box.start("A", 2, all("x"));
  const frame = box.frame("A", 1);
  box.machine.run(box.machine.memory.frames.lock(frame, "test:lock"));
  box.passes(2);
  assert.deepEqual(box.first("A", 0), {
    reason: "page-locked",
    whose: "twin",
    frame,
  });
  assert.deepEqual(box.names("A", 1), ["waits-for-twin", "page-locked"]);
});

Deno.test("where machines have actors, the one that holds a page's lock is named", () => {
  const machine = new Machine({ timed: {} });
  const part = { proc: "A", region: "r" };
  drive(machine, [
    { op: "proc", proc: "A" },
    { op: "mmap", ...part, slot: 0, pages: 2 },
    { op: "madvise", ...part, advice: "mergeable" },
    { op: "fill", ...part, pattern: all("x") },
    { op: "run", value: 1 },
    { op: "scanPasses", n: 2 },
  ]);
  const { mm } = machine.processes.named("A");
  const frame = pteFrame(mm.pages.get(slotVpn(0, 0)));
  assert.ok(frame !== 0);
  machine.run(machine.memory.frames.lock(frame, "test:lock"));
  drive(machine, [
    { op: "proc", proc: "B" },
    { op: "mmap", proc: "B", region: "r", slot: 0, pages: 1 },
    { op: "madvise", proc: "B", region: "r", advice: "mergeable" },
    { op: "fill", proc: "B", region: "r", pattern: all("x") },
  ]);
  const locked = pageWhy(machine, { process: "B", region: "r", page: 0 });
  assert.deepEqual(locked?.further, [
    { reason: "page-locked", whose: "twin", frame, holder: "script" },
  ]);
});

Deno.test("an entry whose page is gone ends all searches that pass it, for this pass", () => {
  const box = new WhyBox({ batch: 1 });
  box.start("A", 4, { kind: "seq", base: 1 });
  box.start("B", 1, { kind: "seq", base: 3 });
  box.passes(1);
  // Pages 0 to 2 are in the tree, page 1 at its root; then 3, below page 2.
  box.batches(4);
  assert.equal(box.names("B", 0).at(-1), "due");
  box.advise("A", "dontneed", 1);
  assert.deepEqual(box.why("B", 0).further, [
    { reason: "tree-rotten", cause: "gone", entry: at("A", 1) },
  ]);
  box.passes(1);
  assert.equal(box.isMerged("B", 0), false);
  box.passes(1);
  assert.ok(box.isMerged("B", 0));
});

Deno.test("a page that changes in the tree may lead searches astray, for this pass", () => {
  const box = new WhyBox({ batch: 1 });
  box.start("A", 4, { kind: "seq", base: 1 });
  box.start("B", 1, { kind: "seq", base: 3 });
  box.passes(1);
  box.batches(4);
  // Page 1 is the root; with greater bytes than all others it sends searches to the left.
  box.fill("A", { kind: "const", byte: 0xff }, 1);
  assert.deepEqual(box.why("B", 0).further, [
    { reason: "tree-rotten", cause: "astray" },
  ]);
  box.passes(1);
  assert.equal(box.isMerged("B", 0), false);
  box.passes(1);
  assert.ok(box.isMerged("B", 0));
});

Deno.test("an equal entry that has moved to another node is no match there", () => {
  const box = new WhyBox({ nodes: 2, batch: 1 });
  box.knob("merge_across_nodes", 0);
  box.start("A", 1, all("x"), 0);
  box.start("D", 1, all("x"), 0);
  box.start("B", 1, all("x"), 0);
  box.passes(1);
  box.batches(1);
  box.do({ op: "move", proc: "A", region: "r", start: 0, count: 1, node: 1 });
  // A is in the tree of node 0, and its page on node 1; D and B are to come.
  assert.deepEqual(box.why("B", 0).further, [
    { reason: "tree-rotten", cause: "moved", entry: at("A", 0) },
  ]);
  box.passes(1);
  assert.equal(box.isMerged("B", 0), false);
  box.passes(1);
  assert.ok(box.isMerged("B", 0));
});

Deno.test("a merge that failed half way may leave a child a KSM page of no node", () => {
  const box = new WhyBox();
  box.start("T", 1, all("x"));
  box.start("A", 1, all("x"));
  box.do({ op: "fork", proc: "A", child: "B" });
  const { frames } = box.machine.memory;
  const twin = box.frame("T", 0);
  frames.get(twin);
  const frame = box.frame("B", 0);
  box.passes(2);
  assert.deepEqual(box.first("B", 0), {
    reason: "orphaned",
    whose: "page",
    frame,
  });
  assert.notEqual(box.frame("A", 0), frame);
});

Deno.test("the nearest twin is told with what it waits for", () => {
  const box = new WhyBox({ batch: 1 });
  box.start("A", 1, all("x"));
  box.passes(1);
  box.batches(1);
  box.start("B", 1, all("x"));
  const twin = () => {
    const { first } = box.why("A", 0);
    assert.ok(first.reason === "waits-for-twin");
    return [first.twin.place.process, first.twin.state, first.twins];
  };
  assert.deepEqual(twin(), ["B", "not-visited", 1]);
  // The end of this pass, the visit of A, and that of B.
  box.batches(3);
  box.fill("B", all("y"), 0);
  box.passes(2);
  box.fill("B", all("x"), 0);
  assert.deepEqual(twin(), ["B", "changed", 1]);
  box.start("C", 1, all("x"));
  assert.deepEqual(twin(), ["B", "changed", 2]);
});
