import assert from "node:assert/strict";
import type { Counters } from "../../src/engine/ksm/counters.ts";
import { Driver, Machine } from "../../src/machine/mod.ts";
import { BUILTINS, images } from "../../src/workload/builtin/mod.ts";
import { demoVms } from "../../src/workload/builtin/demo_vms.ts";
import { isTimedOp } from "../../src/workload/live_op.ts";
import { opsOf, traceOf } from "../../src/workload/save.ts";
import { openWorkload } from "../../src/workload/script.ts";
import { parseTrace, printTrace } from "../../src/workload/trace.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

function noFiles(path: string): never {
  throw new Error(`no file ${path} here`);
}

Deno.test("the built-in workloads have names of their own and say what to watch", () => {
  const names = BUILTINS.map(({ name }) => name);
  assert.deepEqual(names, [
    "demo-vms",
    "ksmpages",
    "fifty-two-xp",
    "volatile",
    "chains",
    "zero",
    "smart-scan",
    "contention",
    "fork-storm",
    "exit-storm",
    "numa",
    "migrate",
    "offline",
    "stale-tree",
  ]);
  for (const { name, title } of BUILTINS) assert.notEqual(title, name);
});

/** Scenes that go by the virtual clock, which no trace can hold. */
const LIVE = [
  "demo-vms",
  "contention",
  "fork-storm",
  "exit-storm",
  "numa",
  "migrate",
  "offline",
];

for (const builtin of BUILTINS.filter(({ name }) => LIVE.includes(name))) {
  Deno.test(`${builtin.name} goes by the virtual clock`, () => {
    const source = openWorkload(builtin);
    let op = source.next();
    while (op !== undefined && !isTimedOp(op)) op = source.next();
    assert.equal(op?.op, "live");
  });
}

const STEPPED = BUILTINS.filter(({ name }) => !LIVE.includes(name));

for (const builtin of STEPPED.filter(({ endless }) => !endless)) {
  Deno.test(`${builtin.name} ends, and is a trace`, () => {
    const trace = traceOf(builtin, opsOf(builtin, 1), noFiles);
    assert.deepEqual(parseTrace(printTrace(trace), "x"), trace);
    assert.equal(trace.ops.at(-1)?.op, "sample");
  });
}

/** The scene at its sample of this label, and time and counters at each before. */
function demoUntil(
  label: string,
  seed: number,
): [Driver, [timeMillis: number, Counters][]] {
  const machine = new Machine({ timed: { seed } });
  const driver = new Driver(machine, openWorkload(demoVms, { seed }));
  const samples: [number, Counters][] = [];
  while (driver.label !== label) {
    assert.equal(driver.advance("end"), "sample");
    samples.push([machine.timeMillis, machine.counters()]);
  }
  return [driver, samples];
}

Deno.test("demo-vms goes on, the same for the same seed", () => {
  const [, once] = demoUntil("vm-c boots", 3);
  assert.deepEqual(demoUntil("vm-c boots", 3)[1], once);
  assert.notDeepEqual(demoUntil("vm-c boots", 4)[1], once);
});

Deno.test("demo-vms is never still: guests boot, share, and another boots where one exits", () => {
  const [driver, samples] = demoUntil("vm-a exits", 1);
  const names = Array.from(
    driver.machine.processes.all(),
    ({ name }) => name.replace(/\d+$/, ""),
  );
  assert.deepEqual(new Set(names), new Set(["vm-a", "vm-b", "vm-c"]));
  // Two guests of 1024 pages of image and cache each share them with the third.
  const [, { pagesSharing }] = samples[samples.length - 1];
  assert.ok(pagesSharing > 1500, `${pagesSharing} pages saved`);
  const { simulation } = driver.machine;
  assert.ok(simulation);
  const waits = simulation.locks.view(simulation.now).classes
    .find(({ name }) => name === "&mm->mmap_lock");
  assert.ok(waits && waits.exclusive.contentions > 0);
});

Deno.test("images make one guest of each file", () => {
  const ops = opsOf(
    images([
      { path: "/x/a.img", bytes: 8192 },
      { path: "C:\\x\\a.img", bytes: 8193 },
      { path: "a.img-2", bytes: 1 },
    ]),
    1,
  );
  assert.deepEqual(
    ops.flatMap((op) => op.op === "mmap" ? [[op.proc, op.pages]] : []),
    [["a.img", 2], ["a.img-2", 3], ["a.img-2-2", 1]],
  );
  assert.deepEqual(
    ops.flatMap((op) => op.op === "fill" ? [op.pattern] : []),
    [
      { kind: "file", path: "/x/a.img" },
      { kind: "file", path: "C:\\x\\a.img" },
      { kind: "file", path: "a.img-2" },
    ],
  );
});

Deno.test("images need bytes", () => {
  assert.throws(() => images([]), TraceError);
  assert.throws(
    () => images([{ path: "void", bytes: 0 }]),
    /Cannot make a guest of "void": the file is empty/,
  );
});
