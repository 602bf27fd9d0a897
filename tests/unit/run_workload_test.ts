import assert from "node:assert/strict";
import { alone } from "../../src/engine/lib/alone.ts";
import { type Machine, runWorkload } from "../../src/machine/mod.ts";
import { workload } from "../../src/workload/mod.ts";

Deno.test("a workload runs to its end, and its machine can be asked", () => {
  const machine = runWorkload(workload("pairs", function* (box) {
    const ram = box.process("vm").mmap("ram", 12, { mergeable: true });
    ram.fill({ kind: "mod", base: 1, m: 4 });
    yield* box.scanPasses(2);
  }));
  // Twelve pages of four kinds: four are kept, eight are saved.
  assert.equal(machine.counters().pagesShared, 4);
  assert.equal(machine.counters().pagesSharing, 8);
});

Deno.test("a workload runs on a machine with as many nodes as it says", () => {
  const onNodes = (nodes: 1 | 2) =>
    workload("twins", function* (box) {
      box.knob("merge_across_nodes", 0);
      for (const name of ["a", "b"]) {
        const vm = box.process(name);
        if (name === "b" && nodes === 2) vm.bind(1);
        const ram = vm.mmap("ram", 4, { mergeable: true });
        ram.fill({ kind: "seq", base: 1 });
      }
      yield* box.scanPasses(3);
    }, { nodes });
  assert.equal(onNodes(2).nodes, 2);
  // On one node each page has its twin; on two the twin is on the other.
  assert.equal(runWorkload(onNodes(1)).counters().pagesSharing, 4);
  assert.equal(runWorkload(onNodes(2)).counters().pagesSharing, 0);
  assert.equal(
    runWorkload(onNodes(1), { nodes: 2 }).counters().pagesSharing,
    4,
  );
});

Deno.test("a workload of one node cannot use the other", () => {
  const lost = workload("lost", function* (box) {
    box.process("a").bind(1);
    yield* box.scanPasses(1);
  });
  assert.equal(lost.nodes, 1);
  assert.throws(
    () => runWorkload(lost),
    /^RefusedOp: Cannot run op 1 \(bind\)/,
  );
});

Deno.test("there is no machine with three nodes", () => {
  const options = JSON.parse('{ "nodes": 3 }');
  assert.throws(
    () => workload("many", function* () {}, options),
    /^ScriptError: many: Cannot run on a machine with 3 NUMA nodes: there are machines with 1 and with 2$/,
  );
});

Deno.test("the seed reaches the script", () => {
  const first = (seed: number) => {
    let drawn = -1;
    runWorkload(
      workload("dice", function* (box) {
        drawn = box.randomInt(1_000_000);
        yield* box.scanPasses(1);
      }),
      { seed },
    );
    return drawn;
  };
  assert.equal(first(7), first(7));
  assert.notEqual(first(7), first(8));
});

Deno.test("an endless workload is refused", () => {
  const endless = workload("spin", function* (box) {
    for (;;) yield* box.scanBatches(1);
  }, { endless: true });
  assert.throws(
    () => runWorkload(endless),
    /^RangeError: Cannot run "spin" to its end: it is endless, use a Driver$/,
  );
});

/** A guest that writes and asks for merging while ksmd scans. */
const busy = workload("busy", function* (box) {
  const guest = box.process("guest");
  const ram = guest.mmap("ram", 64, { mergeable: true });
  ram.fill({ kind: "mod", base: 1, m: 8 });
  guest.every(0.1, "writer", (turn) => ram.write(turn.randomInt(64), 0, "ff"));
  guest.every(0.1, "adviser", (turn) => {
    ram.madvise(turn.number % 2 === 0 ? "unmergeable" : "mergeable");
  });
  yield* box.scanPasses(10);
});

Deno.test("a live workload runs by a virtual clock, and its machine tells of locks", () => {
  const lockStat = (seed: number) =>
    runWorkload(busy, { seed }).simulation?.locks.lockStat();
  assert.equal(lockStat(3), lockStat(3));
  assert.notEqual(lockStat(3), lockStat(4));

  const delays = new Map([["ksm_madvise:mmap_lock", 1e6]]);
  const waits = (machine: Machine) =>
    machine.locks()?.classes.find(({ name }) => name === "&mm->mmap_lock")
      ?.shared?.waitTotalNanos ?? NaN;
  const delayed = runWorkload(busy, { seed: 3, timed: { delays } });
  assert.ok(waits(delayed) > waits(runWorkload(busy, { seed: 3 })));
});

Deno.test("a machine without a virtual clock has no locks to tell of, and runs nothing live", () => {
  const still = workload("still", function* (box) {
    yield* box.scanPasses(1);
  });
  const options = { interpreter: alone };
  assert.equal(runWorkload(still, options).locks(), undefined);
  assert.throws(
    () => runWorkload(busy, options),
    /^RefusedOp: .*has no virtual clock/,
  );
});

Deno.test("a live script does not wait for ever for a ksmd that is switched off", () => {
  const off = (startAt: number) =>
    workload("off", function* (box) {
      const guest = box.process("guest");
      const ram = guest.mmap("ram", 8, { mergeable: true });
      ram.fill({ kind: "const", byte: 1 });
      box.run(0);
      guest.every(1000, "writer", () => ram.write(0, 0, "ff"));
      box.every(1000, "admin", (turn) => {
        if (turn.number === startAt) box.run(1);
      });
      const { counters } = yield* box.scanPasses(1);
      assert.equal(counters.fullScans, startAt < 60 ? 1 : 0);
    });
  assert.equal(Math.floor(runWorkload(off(50)).timeMillis / 1000), 50);
  assert.equal(Math.floor(runWorkload(off(70)).timeMillis / 1000), 60);
});
