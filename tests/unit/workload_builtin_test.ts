import assert from "node:assert/strict";
import { BUILTINS, images } from "../../src/workload/builtin/mod.ts";
import { isTimedOp } from "../../src/workload/live_op.ts";
import type { Op } from "../../src/workload/op.ts";
import { opsOf, traceOf } from "../../src/workload/save.ts";
import { openWorkload } from "../../src/workload/script.ts";
import { parseTrace, printTrace } from "../../src/workload/trace.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

function noFiles(path: string): never {
  throw new Error(`no file ${path} here`);
}

/** The first operations of a built-in workload, to the given number of batches. */
function opsFor(name: string, batches: number, seed: number): Op[] {
  const found = BUILTINS.find((builtin) => builtin.name === name);
  assert.ok(found);
  const source = openWorkload(found, { seed });
  const ops: Op[] = [];
  for (let done = 0; done < batches;) {
    const op = source.next();
    assert.ok(op);
    assert.ok(!isTimedOp(op));
    ops.push(op);
    if (op.op === "scanBatches") done += op.n;
  }
  return ops;
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

Deno.test("demo-vms goes on, the same for the same seed", () => {
  assert.deepEqual(opsFor("demo-vms", 200, 3), opsFor("demo-vms", 200, 3));
  assert.notDeepEqual(opsFor("demo-vms", 200, 3), opsFor("demo-vms", 200, 4));
});

Deno.test("demo-vms is never still: each guest boots, writes, exits, and another boots", () => {
  const ops = opsFor("demo-vms", 6000, 1);
  const booted = new Set<string>();
  let alive = 0;
  let written = 0;
  for (const op of ops) {
    if (op.op === "proc") {
      booted.add(op.proc);
      alive++;
    }
    if (op.op === "exit") alive--;
    if (op.op === "fill" || op.op === "write") written++;
    assert.ok(alive <= 3);
    if (op.op === "scanBatches") {
      assert.ok(written > 0, "a step without a write");
      written = 0;
    }
  }
  assert.equal(alive, 3);
  for (const name of ["vm-a", "vm-b", "vm-c", "vm-a2", "vm-b2", "vm-c2"]) {
    assert.ok(booted.has(name), name);
  }
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
