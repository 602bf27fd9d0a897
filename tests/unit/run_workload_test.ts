import assert from "node:assert/strict";
import { runWorkload } from "../../src/machine/mod.ts";
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
