/** What a source over a machine answers to questions. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Driver, Machine } from "../../src/machine/mod.ts";
import { describeReason, MachineSource } from "../../src/observe/mod.ts";
import { openWorkload, workload } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { workloads } from "../property/random_ops.ts";
import { differences, machineCells } from "./machine_cells.ts";

/** Two guests with the same four pages, merged, and the same page that is not offered. */
function source(): MachineSource {
  const pair = workload("pair", function* (box) {
    for (const name of ["a", "b"]) {
      const guest = box.process(name);
      const ram = guest.mmap("ram", 4, { mergeable: true });
      ram.fill({ kind: "seq", base: 1 });
      guest.mmap("stack", 1).fill({ kind: "const", byte: 9 });
    }
    yield* box.scanPasses(2);
  });
  const machine = new Machine({ timed: { seed: 1 } });
  const made = new MachineSource(
    "pair",
    new Driver(machine, openWorkload(pair, { seed: 1 })),
  );
  while (made.advance("end") !== "end");
  return made;
}

Deno.test("a source tells why a page is not merged, in numbers and in words", () => {
  const made = source();
  const why = made.detail("page", { process: "a", region: "stack", page: 0 });
  assert.ok(why);
  assert.deepEqual(why.place, { process: "a", region: "stack", page: 0 });
  assert.equal(why.first.reason, "not-mergeable");
  assert.match(describeReason(why.first).nextStep, /MADV_MERGEABLE/);
  const merged = made.detail("page", { process: "a", region: "ram", page: 1 });
  assert.ok(merged?.first.reason === "merged");
  assert.deepEqual(merged.first.others, [
    { process: "b", region: "ram", page: 1 },
  ]);
  const gone = { process: "c", region: "ram", page: 1 };
  assert.equal(made.detail("page", gone), undefined);
});

for (const byClock of [false, true]) {
  const how = byClock ? "by the clock" : "in turns";
  Deno.test(`where ksmd works ${how}, the next visit is told from the middle of a batch`, () => {
    const lone = workload("lone", function* (box) {
      box.knob("smart_scan", 0);
      box.knob("pages_to_scan", 3);
      box.knob("run", 1);
      const guest = box.process("a");
      const ram = guest.mmap("ram", 5, { mergeable: true });
      ram.fill({ kind: "seq", base: 1 });
      if (byClock) box.live();
      yield* box.scanPasses(2);
    });
    const machine = new Machine({ timed: { seed: 1 } });
    const driver = new Driver(machine, openWorkload(lone, { seed: 1 }));
    const made = new MachineSource("lone", driver);
    while (machine.ksm.pagesScanned === 0) made.advance("page");
    assert.equal(driver.live !== undefined, byClock);
    const visit = (page: number) =>
      made.detail("page", { process: "a", region: "ram", page })?.forecast;
    // Page 0 has been visited, and two of three visits are left in the batch.
    const now = { batches: 1, passes: 0, millis: 0 };
    assert.deepEqual(visit(1), { ...now, visits: 0 });
    assert.deepEqual(visit(2), { ...now, visits: 1 });
    // The next batch comes after ksmd's sleep of 20 ms, and finds the end of the pass.
    const next = { batches: 2, passes: 0, millis: 20 };
    assert.deepEqual(visit(3), { ...next, visits: 2 });
    assert.deepEqual(visit(4), { ...next, visits: 3 });
    assert.deepEqual(visit(0), {
      visits: 4,
      batches: 3,
      passes: 1,
      millis: 40,
    });
  });
}

Deno.test("a source draws its trees, and tells who shares with whom", () => {
  const made = source();
  const trees = made.detail("trees", { levels: 2 });
  assert.deepEqual(
    trees?.stable.map(({ nodes, depths }) => [nodes, depths]),
    [[4, [1, 2, 1]]],
  );
  const { stableTree } = made.snapshot();
  assert.equal(stableTree?.nodes, 4);
  const sharing = made.detail("sharing", {});
  assert.deepEqual(sharing?.shared, [[0, 4], [4, 0]]);
});

Deno.test("a source tells what would come of a knob as a shell writes it", () => {
  const made = source();
  assert.deepEqual(made.detail("knob", { knob: "run", text: "2" }), {
    outcome: "accepted",
    value: "2",
    isSame: false,
  });
  const busy = made.detail("knob", { knob: "max_page_sharing", text: "8" });
  assert.ok(busy?.outcome === "refused");
  assert.deepEqual([busy.name, busy.why], ["EBUSY", "pages-shared"]);
  const empty = made.detail("knob", { knob: "run", text: "" });
  assert.ok(empty?.outcome === "refused");
  assert.equal(empty.why, "not-a-number");
  assert.equal(made.snapshot().knobs.run, "1");
});

Deno.test("answers are plain data that JSON keeps", () => {
  const made = source();
  const answers = [
    made.detail("page", { process: "a", region: "ram", page: 0 }),
    made.detail("trees", { levels: 4 }),
    made.detail("sharing", {}),
    made.detail("knob", { knob: "run", text: "7" }),
  ];
  for (const answer of answers) {
    assert.ok(answer !== undefined);
    assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
  }
});

Deno.test("asking changes nothing", () => {
  fc.assert(
    fc.property(workloads(40), (ops) => {
      const machine = new Machine();
      drive(machine, ops);
      const before = machineCells(machine);
      const nothing = {
        name: "none",
        title: "none",
        endless: false,
        next: () => undefined,
      };
      const made = new MachineSource("asked", new Driver(machine, nothing));
      for (const { name, regions } of machine.processes.all()) {
        for (const [region, { pages }] of regions) {
          for (let page = 0; page < pages; page++) {
            assert.ok(made.detail("page", { process: name, region, page }));
          }
        }
      }
      made.detail("trees", { levels: 6 });
      made.detail("sharing", {});
      made.detail("knob", { knob: "run", text: "2" });
      assert.deepEqual(differences(before, machineCells(machine)), []);
    }),
    { numRuns: 30 },
  );
});
