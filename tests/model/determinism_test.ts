/** The same seed gives the same run to the last byte; another one gives another. */
import assert from "node:assert/strict";
import { Driver, Machine, type TimedOptions } from "../../src/machine/mod.ts";
import { MachineSource } from "../../src/observe/mod.ts";
import {
  openWorkload,
  type ScriptBody,
  workload,
} from "../../src/workload/mod.ts";
import { contentionWith } from "../../src/workload/builtin/contention.ts";

interface Run {
  /** All snapshots, as JSON. */
  readonly snapshots: string;
  readonly lockStat: string;
}

/** Runs a workload for so many virtual milliseconds, with a snapshot after each batch. */
function run(
  body: ScriptBody,
  millis: number,
  timed: TimedOptions,
  seed = 1,
): Run {
  const machine = new Machine({ timed });
  const source = new MachineSource(
    "test",
    new Driver(
      machine,
      openWorkload(workload("test", body, { endless: true }), { seed }),
    ),
  );
  const snapshots: string[] = [];
  while (machine.timeMillis < millis) {
    source.advance("batch");
    snapshots.push(JSON.stringify(source.snapshot(), textOfBigint));
  }
  assert.ok(machine.simulation !== undefined);
  return {
    snapshots: snapshots.join("\n"),
    lockStat: machine.simulation.locks.lockStat(),
  };
}

function textOfBigint(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

const scene = contentionWith(2).body;

Deno.test("the same seeds give the same snapshots and lock statistics", () => {
  const first = run(scene, 30, { seed: 5 }, 9);
  const second = run(scene, 30, { seed: 5 }, 9);
  assert.ok(first.snapshots.length > 10_000 && first.lockStat.length > 1000);
  assert.ok(first.snapshots === second.snapshots, "the snapshots differ");
  assert.equal(first.lockStat, second.lockStat);
});

Deno.test("how far a machine goes at a time makes no difference", () => {
  const [batches, pages] = (["batch", "page"] as const).map((stride) => {
    const machine = new Machine({ timed: { seed: 5 } });
    const driver = new Driver(machine, openWorkload(contentionWith(2)));
    while (driver.advance(stride) !== "sample");
    assert.ok(machine.simulation !== undefined);
    return [machine.counters(), machine.simulation.locks.lockStat()];
  });
  assert.deepEqual(pages, batches);
});

Deno.test("another seed of the timers alone gives another interleaving", () => {
  const texts = [1, 2, 3].map((seed) => run(scene, 20, { seed }));
  assert.equal(new Set(texts.map(({ lockStat }) => lockStat)).size, 3);
  assert.equal(new Set(texts.map(({ snapshots }) => snapshots)).size, 3);
});

Deno.test("another seed of the script gives another run", () => {
  const texts = [1, 2].map((seed) => run(scene, 20, { seed: 1 }, seed));
  assert.notEqual(texts[0].lockStat, texts[1].lockStat);
});

Deno.test("looking on after each step makes no difference", () => {
  let steps = 0;
  const [plain, watched] = [{}, { afterStep: () => steps++ }].map((watch) => {
    const machine = new Machine({ timed: { seed: 4, ...watch } });
    const driver = new Driver(machine, openWorkload(contentionWith(2)));
    while (machine.ksm.seqnr < 30) driver.advance("batch");
    assert.ok(machine.simulation !== undefined);
    const { locks } = machine.simulation;
    return [machine.counters(), machine.log.last(), locks.lockStat()];
  });
  assert.deepEqual(watched, plain);
  assert.ok(steps > 10_000, `${steps}`);
});
