import assert from "node:assert/strict";
import type { Counters } from "../../src/engine/ksm/counters.ts";
import {
  openWorkload,
  RememberedSource,
  type ThreadOp,
  UnrepeatableScript,
  type Workload,
  workload,
  type WorkloadOp,
} from "../../src/workload/mod.ts";

function counted(pagesSharing: number): { counters: Counters } {
  const counters: Counters = {
    pagesScanned: 0,
    fullScans: 0,
    pagesShared: 0,
    pagesSharing,
    pagesUnshared: 0,
    pagesVolatile: 0,
    pagesSkipped: 0,
    ksmZeroPages: 0,
    stableNodeChains: 0,
    stableNodeDups: 0,
    generalProfit: -64,
  };
  return { counters };
}

/** A script that adds up what it is told, with a thread that names what it makes by what was there before. */
const adding: Workload = workload("adding", function* (box) {
  let sum = 0;
  let processes = 0;
  box.every(1, "maker", () => {
    box.process(`made-${processes++}`);
  });
  for (;;) {
    const { counters } = yield* box.scanBatches(1);
    sum += counters.pagesSharing;
    box.sample(`sum ${sum}, profit ${counters.generalProfit}`);
  }
}, { endless: true });

/** Takes operations up to the next scan; what is asked first is told `sharing`. */
function toScan(source: RememberedSource, sharing: number): WorkloadOp[] {
  const ops: WorkloadOp[] = [];
  for (;;) {
    const op = source.next(counted(sharing));
    assert.ok(op);
    ops.push(op);
    if (op.op === "scanBatches") return ops;
  }
}

function labels(ops: readonly WorkloadOp[]): unknown[] {
  return ops.filter((op) => op.op === "sample").map(({ label }) => label);
}

function threadIn(ops: readonly WorkloadOp[]): ThreadOp {
  const thread = ops.find((op) => op.op === "thread");
  assert.ok(thread);
  return thread;
}

Deno.test("answers are read again, and the script goes on where they end", () => {
  const source = new RememberedSource(() => openWorkload(adding));
  assert.equal(source.name, "adding");
  assert.equal(source.endless, true);
  const maker = threadIn(toScan(source, 0));
  const { place } = source;
  const first = [toScan(source, 3), maker.turn(0), toScan(source, 4)];
  const end = source.place;
  for (let again = 0; again < 2; again++) {
    source.goTo(place);
    // What it is told now does not matter: it is what it was.
    const second = [toScan(source, 99), maker.turn(0), toScan(source, 99)];
    assert.deepEqual(second, first);
    assert.deepEqual(source.place, end);
  }
  assert.deepEqual(labels(first.flat()), [
    "sum 3, profit -64",
    "sum 7, profit -64",
  ]);
  assert.deepEqual(labels(toScan(source, 1)), ["sum 8, profit -64"]);
  assert.deepEqual(maker.turn(1), [{ op: "proc", proc: "made-1" }]);
});

Deno.test("threads that are started again are the same ones", () => {
  const source = new RememberedSource(() => openWorkload(adding));
  const { place } = source;
  const maker = threadIn(toScan(source, 0));
  source.goTo(place);
  assert.equal(threadIn(toScan(source, 0)), maker);
});

Deno.test("on a branch the script goes on from what it knew there", () => {
  const source = new RememberedSource(() => openWorkload(adding));
  const maker = threadIn(toScan(source, 0));
  toScan(source, 3);
  maker.turn(0);
  const { place } = source;
  toScan(source, 10);
  maker.turn(1);
  source.goTo(place);
  source.branch();
  assert.deepEqual(labels(toScan(source, 2)), ["sum 5, profit -64"]);
  assert.deepEqual(maker.turn(1), [{ op: "proc", proc: "made-1" }]);
  source.goTo(place);
  assert.deepEqual(labels(toScan(source, 99)), ["sum 5, profit -64"]);
});

Deno.test("a branch is undone with all that followed", () => {
  const source = new RememberedSource(() => openWorkload(adding));
  const maker = threadIn(toScan(source, 0));
  const { place } = source;
  const future = [toScan(source, 10), maker.turn(0), toScan(source, 20)];
  source.goTo(place);
  const undo = source.branch();
  toScan(source, 5);
  maker.turn(0);
  undo();
  source.goTo(place);
  assert.deepEqual(
    [toScan(source, 0), maker.turn(0), toScan(source, 0)],
    future,
  );
  assert.deepEqual(labels(toScan(source, 1)), ["sum 31, profit -64"]);
  assert.deepEqual(maker.turn(1), [{ op: "proc", proc: "made-1" }]);
});

Deno.test("a branch at the end asks nobody anything", () => {
  let opened = 0;
  const source = new RememberedSource(() => {
    opened++;
    return openWorkload(adding);
  });
  toScan(source, 0);
  source.branch();
  assert.equal(opened, 1);
});

Deno.test("a script that does not do the same again cannot branch", () => {
  let runs = 0;
  const unlike = workload("unlike", function* (box) {
    runs++;
    box.process(`run-${runs}`);
    for (;;) yield* box.scanBatches(1);
  }, { endless: true });
  const source = new RememberedSource(() => openWorkload(unlike));
  toScan(source, 0);
  const { place } = source;
  toScan(source, 0);
  source.goTo(place);
  assert.throws(() => source.branch(), (error) => {
    assert.ok(error instanceof UnrepeatableScript);
    assert.match(error.message, /^Cannot go on from the past: "unlike" does/);
    return true;
  });
});

Deno.test("old answers are forgotten, and all questions when they are too many", () => {
  const source = new RememberedSource(() => openWorkload(adding), {
    answerBytes: 65_536,
    questionBytes: 65_536,
  });
  const maker = threadIn(toScan(source, 0));
  let number = 0;
  // An answer of a turn takes 5 bytes or more, and a question 1.
  for (; number < 20_000; number++) maker.turn(number);
  assert.equal(source.firstAnswer, 0);
  assert.equal(source.isTooLong, true);
  source.forget();
  assert.equal(source.firstAnswer, 65_536);
  assert.equal(source.isTooLong, false);
  assert.equal(source.isBranchable, true);
  const { place } = source;
  const answer = maker.turn(number);
  source.goTo(place);
  assert.equal(source.isBranchable, true);
  assert.deepEqual(maker.turn(number), answer);
  for (number++; number < 66_000; number++) maker.turn(number);
  // While they are gone through again none is forgotten.
  const { place: behind } = source;
  source.goTo(place);
  assert.equal(source.isTooLong, false);
  source.forget();
  assert.equal(source.firstAnswer, 65_536);
  source.goTo(behind);
  source.forget();
  assert.ok(source.firstAnswer >= 4 * 65_536, `${source.firstAnswer}`);
  const { place: late } = source;
  maker.turn(number);
  assert.equal(source.isBranchable, true);
  source.goTo(late);
  assert.equal(source.isBranchable, false);
  assert.ok(source.bytes <= 2 * 65_536, `${source.bytes} bytes`);
});
