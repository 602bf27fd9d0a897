/** Why a page is not merged: each reason, worked out by hand. */
import assert from "node:assert/strict";
import { whyNotMerged } from "../../src/engine/ksm/mod.ts";
import { pageWhy, slotVpn } from "../../src/machine/mod.ts";
import { all, UNIQUE } from "./ksm_box.ts";
import { at, WhyBox } from "./why_box.ts";

Deno.test("a page that is not there is not asked about", () => {
  const box = new WhyBox();
  box.start("A", 4, UNIQUE);
  const ask = (process: string, region: string, page: number) =>
    pageWhy(box.machine, { process, region, page });
  assert.equal(ask("B", "r", 0), undefined);
  assert.equal(ask("A", "s", 0), undefined);
  assert.equal(ask("A", "r", 4), undefined);
  assert.equal(ask("A", "r", -1), undefined);
  assert.equal(ask("A", "r", 0.5), undefined);
  assert.ok(ask("A", "r", 3));
});

Deno.test("run is 0 or 2, or a batch has no pages: ksmd visits nothing", () => {
  const box = new WhyBox();
  box.start("A", 2, all("x"));
  box.do({ op: "run", value: 0 });
  assert.deepEqual(box.names("A", 0), [
    "stopped",
    "not-visited",
    "waits-for-twin",
  ]);
  box.do({ op: "run", value: 2 });
  assert.equal(box.first("A", 0).reason, "unmerged");
  box.do({ op: "run", value: 1 });
  box.knob("pages_to_scan", 0);
  assert.deepEqual(box.names("A", 0).slice(0, 2), ["no-budget", "not-visited"]);
  assert.equal(box.why("A", 0).forecast, undefined);
  box.machine.ksm.knobs.offlining = true;
  assert.deepEqual(box.names("A", 0).slice(0, 2), ["offlining", "no-budget"]);
});

Deno.test("a process that offers nothing is not registered, and its pages are not mergeable", () => {
  const box = new WhyBox();
  box.start("B", 1, all("x"));
  const part = { proc: "A", region: "r" };
  box.do(
    { op: "proc", proc: "A" },
    { op: "mmap", ...part, slot: 0, pages: 2 },
    { op: "fill", ...part, count: 1, pattern: all("x") },
  );
  const why = box.why("A", 0);
  assert.equal(why.forecast, undefined);
  assert.deepEqual(box.names("A", 0), [
    "not-registered",
    "not-mergeable",
    "not-visited",
    "waits-for-twin",
  ]);
  box.advise("A", "mergeable", 1);
  assert.deepEqual(box.names("A", 0).slice(0, 2), [
    "not-mergeable",
    "not-visited",
  ]);
  assert.deepEqual(box.first("B", 0), { reason: "not-visited" });
  assert.deepEqual(box.why("B", 0).further, [
    { reason: "unique", inTree: false, unoffered: at("A", 0) },
  ]);
});

Deno.test("what is not there, or was only read, cannot be merged", () => {
  const box = new WhyBox();
  box.start("A", 4, UNIQUE);
  box.advise("A", "dontneed", 1, 2);
  box.do({ op: "read", proc: "A", region: "r", start: 2, count: 1 });
  box.do({ op: "munmap", proc: "A", region: "r", start: 3, count: 1 });
  assert.deepEqual(box.names("A", 1), ["never-touched"]);
  assert.deepEqual(box.names("A", 2), ["zero-page-mapped"]);
  assert.deepEqual(box.names("A", 3), ["not-mapped"]);
});

Deno.test("an address space whose process exits is not scanned any more", () => {
  const box = new WhyBox();
  box.start("A", 1, UNIQUE);
  const mm = box.mm("A");
  box.do({ op: "exit", proc: "A" });
  const { first } = whyNotMerged(box.machine.ksm, mm, slotVpn(0, 0));
  assert.deepEqual(first, { reason: "exiting" });
});

Deno.test("a page never visited has so many batches to go", () => {
  const box = new WhyBox({ batch: 3 });
  box.start("A", 4, UNIQUE);
  box.start("B", 4, { kind: "seq", base: 100 });
  // Seven pages come before it: two whole batches, and one visit.
  assert.deepEqual(box.why("B", 3), {
    place: at("B", 3),
    first: { reason: "not-visited" },
    further: [{ reason: "unique", inTree: false }],
    forecast: { visits: 7, batches: 3, passes: 0, millis: 60 },
  });
  box.batches(1);
  // A new process comes before the cursor, and is met in the next pass: five
  // visits end this one, in two batches; then A and five of its own pages.
  box.start("C", 6, { kind: "seq", base: 200 });
  assert.deepEqual(box.why("C", 5).forecast, {
    visits: 5 + 5,
    batches: 2 + 2,
    passes: 1,
    millis: 80,
  });
});

Deno.test("a pass that fills its last batch exactly takes one more, which is counted", () => {
  const box = new WhyBox({ batch: 4 });
  box.start("A", 8, UNIQUE);
  box.batches(1);
  // Four visits, then an empty batch, then the first of the next pass.
  assert.deepEqual(box.why("A", 0).forecast, {
    visits: 4,
    batches: 3,
    passes: 1,
    millis: 60,
  });
  const { visits } = box.machine.ksm.items;
  const item = box.machine.ksm.slots.rmapList.get(
    box.machine.ksm.slots.of(box.mm("A").id) || assert.fail(),
  );
  box.batches(2);
  assert.equal(visits[item], 1);
  box.batches(1);
  assert.equal(visits[item], 2);
});

Deno.test("a page that was seen once, and one that keeps changing", () => {
  const box = new WhyBox();
  box.start("A", 1, all("a"));
  box.passes(1);
  assert.deepEqual(box.first("A", 0), {
    reason: "unproven",
    inRow: 0,
    visits: 1,
  });
  for (const [n, text] of ["b", "c", "d"].entries()) {
    box.fill("A", all(text), 0);
    assert.deepEqual(box.first("A", 0), {
      reason: "changed",
      inRow: n,
      visits: n + 1,
    });
    box.passes(1);
  }
  assert.deepEqual(box.first("A", 0), {
    reason: "unproven",
    inRow: 3,
    visits: 4,
  });
  box.passes(1);
  assert.deepEqual(box.first("A", 0), { reason: "unique", inTree: false });
  assert.deepEqual(box.why("A", 0).memo, {
    state: "unstable",
    visits: 5,
    changesInRow: 0,
    oldchecksum: box.machine.memory.contents.checksum(
      box.machine.memory.frames.contentOf(box.frame("A", 0)),
    ),
    age: 0,
    remainingSkips: 0,
  });
});

Deno.test("a unique page waits in the tree of the pass", () => {
  const box = new WhyBox({ batch: 1 });
  box.start("A", 2, UNIQUE);
  box.passes(1);
  box.batches(1);
  assert.deepEqual(box.names("A", 0), ["unique"]);
  assert.deepEqual(box.first("A", 0), { reason: "unique", inTree: true });
});

Deno.test("one of two equal pages waits for the other, which is due", () => {
  const box = new WhyBox({ batch: 1 });
  box.start("A", 2, all("x"));
  box.passes(1);
  box.batches(1);
  const forecast = { visits: 0, batches: 1, passes: 0, millis: 20 };
  assert.deepEqual(box.first("A", 0), {
    reason: "waits-for-twin",
    twin: { place: at("A", 1), state: "ready" },
    twins: 1,
    forecast,
  });
  // The second page has been seen once, and is unchanged; the tree has its twin.
  assert.deepEqual(box.why("A", 1).first, {
    reason: "unproven",
    inRow: 0,
    visits: 1,
  });
  assert.deepEqual(box.why("A", 1).further, [
    { reason: "due", with: "twin", twin: at("A", 0) },
  ]);
  assert.deepEqual(box.why("A", 1).forecast, forecast);
  box.batches(1);
  const frame = box.frame("A", 0);
  const common = {
    reason: "merged",
    frame,
    nid: 0,
    node: box.machine.ksm.stableTrees[0].root,
    counted: true,
    sharers: 2,
    limit: 256,
    dups: 1,
  };
  assert.deepEqual(box.first("A", 0), { ...common, others: [at("A", 1)] });
  assert.deepEqual(box.first("A", 1), { ...common, others: [at("A", 0)] });
  box.do({ op: "fork", proc: "A", child: "B" });
  assert.deepEqual(box.first("B", 0), {
    ...common,
    counted: false,
    // The page that was being visited stands before the one of the tree.
    others: [at("A", 1), at("A", 0)],
  });
});

Deno.test("a page with the bytes of a KSM page is due with that", () => {
  const box = new WhyBox();
  box.start("A", 2, all("x"));
  box.passes(2);
  box.start("B", 1, all("x"));
  // The page that was visited last stands first among the sharers.
  const due = { reason: "due", with: "ksm-page", twin: at("A", 1) };
  assert.deepEqual(box.why("B", 0).first, { reason: "not-visited" });
  assert.deepEqual(box.why("B", 0).further, [due]);
  box.passes(1);
  assert.deepEqual(box.names("B", 0), ["unproven", "due"]);
  box.passes(1);
  assert.ok(box.isMerged("B", 0));
});

Deno.test("zeros are due with the zero page, whoever has zeros besides", () => {
  const box = new WhyBox();
  box.knob("use_zero_pages", 1);
  box.start("A", 2, { kind: "zero" });
  box.passes(1);
  assert.deepEqual(box.why("A", 1).further, [
    { reason: "due", with: "zero-page" },
  ]);
  box.passes(1);
  assert.deepEqual(box.first("A", 1), { reason: "merged-with-zero-page" });
});

Deno.test("smart scan: after four visits one is left out, after six two", () => {
  const box = new WhyBox();
  box.knob("smart_scan", 1);
  box.start("A", 1, UNIQUE);
  box.passes(3);
  assert.deepEqual(box.names("A", 0), ["unique"]);
  box.passes(1);
  assert.deepEqual(box.names("A", 0), ["skipped", "unique"]);
  assert.deepEqual(box.first("A", 0), {
    reason: "skipped",
    passes: 1,
    untilVisit: 6,
  });
  // This pass leaves it out and visits nothing; then it is the first visit.
  assert.deepEqual(box.why("A", 0).forecast, {
    visits: 0,
    batches: 2,
    passes: 1,
    millis: 40,
  });
  box.passes(2);
  assert.deepEqual(box.first("A", 0), {
    reason: "skipped",
    passes: 2,
    untilVisit: 9,
  });
});

Deno.test("in the tree of the pass, what the next visit leaves out comes last", () => {
  const box = new WhyBox({ batch: 1 });
  box.knob("smart_scan", 1);
  box.start("A", 2, UNIQUE);
  box.passes(3);
  box.batches(1);
  assert.deepEqual(box.names("A", 0), ["unique", "skipped"]);
  assert.deepEqual(box.names("A", 1), ["unique"]);
});
