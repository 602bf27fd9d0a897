import assert from "node:assert/strict";
import type { Box } from "../../src/workload/box.ts";
import type { Op } from "../../src/workload/op.ts";
import { QUEUE_LIMIT } from "../../src/workload/op_queue.ts";
import type { CounterName, ScanReply } from "../../src/workload/op_source.ts";
import { opsOf } from "../../src/workload/save.ts";
import {
  isWorkload,
  openWorkload,
  workload,
} from "../../src/workload/script.ts";
import type { ScriptBody, Workload } from "../../src/workload/script.ts";
import { ScriptError } from "../../src/workload/script_error.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

/** The operations of a script that scans nowhere. */
function opsWithoutScan(body: (box: Box) => void, seed = 1): Op[] {
  return opsOf(
    workload("w", function* (box) {
      body(box);
      yield* [];
    }),
    seed,
  );
}

function reply(pagesSharing: number): ScanReply {
  const zero: Record<CounterName, number> = {
    pagesScanned: 0,
    fullScans: 0,
    pagesShared: 0,
    pagesSharing: 0,
    pagesUnshared: 0,
    pagesVolatile: 0,
    pagesSkipped: 0,
    ksmZeroPages: 0,
    stableNodeChains: 0,
    stableNodeDups: 0,
    generalProfit: 0,
  };
  return { counters: { ...zero, pagesSharing } };
}

/** What a script throws. */
function thrownBy(body: ScriptBody): TraceError {
  return thrownByWorkload(workload("w", body));
}

function thrownByWorkload(workload: Workload): TraceError {
  const source = openWorkload(workload);
  try {
    while (source.next() !== undefined);
  } catch (error) {
    assert.ok(error instanceof TraceError, String(error));
    assert.equal(source.next(), undefined);
    return error;
  }
  throw new Error("nothing was thrown");
}

Deno.test("each call is one operation, with the fields of the trace format", () => {
  const A = { proc: "A", region: "r" };
  const ops = opsWithoutScan((box) => {
    const a = box.process("A");
    const r = a.mmap("r", 16, { mergeable: true, prot: "rw" });
    r.fill({ kind: "zero" });
    r.fill(2, 3, { kind: "seq", base: 1 });
    r.write(1, 5, "0aFF");
    r.write(1, 5, Uint8Array.of(10, 255));
    r.read();
    r.hash(1, 2);
    r.madvise("dontneed", 4);
    r.protect("r", 0, 1);
    r.unmap(15);
    box.knob("pages_to_scan", 50);
    box.knob("advisor_mode", "none");
    box.run(2);
    box.sample();
    box.sample("s", { knobs: true });
    box.sleep(3);
    a.mergeAny(true);
    a.fork("B").exit();
  });
  assert.deepEqual(ops, [
    { op: "proc", proc: "A" },
    { op: "mmap", ...A, slot: 0, pages: 16, prot: "rw" },
    { op: "madvise", ...A, start: 0, advice: "mergeable" },
    { op: "fill", ...A, start: 0, pattern: { kind: "zero" } },
    { op: "fill", ...A, start: 2, count: 3, pattern: { kind: "seq", base: 1 } },
    { op: "write", ...A, page: 1, offset: 5, bytes: "0aFF" },
    { op: "write", ...A, page: 1, offset: 5, bytes: "0aff" },
    { op: "read", ...A, start: 0 },
    { op: "hash", ...A, start: 1, count: 2 },
    { op: "madvise", ...A, start: 4, advice: "dontneed" },
    { op: "mprotect", ...A, start: 0, count: 1, prot: "r" },
    { op: "munmap", ...A, start: 15 },
    { op: "knob", name: "pages_to_scan", value: "50" },
    { op: "knob", name: "advisor_mode", value: "none" },
    { op: "run", value: 2 },
    { op: "sample" },
    { op: "sample", label: "s", knobs: true },
    { op: "sleep", ms: 3 },
    { op: "prctl", proc: "A", mergeAny: true },
    { op: "fork", proc: "A", child: "B" },
    { op: "exit", proc: "B" },
  ]);
});

Deno.test("calls on NUMA nodes are operations too", () => {
  const A = { proc: "A", region: "r" };
  const ops = opsWithoutScan((box) => {
    box.bind(1);
    const a = box.process("A");
    a.bind(1);
    const r = a.mmap("r", 16);
    r.mbind(0);
    r.mbind(1, { start: 3, count: 2 });
    r.movePages(1);
    r.movePages(0, { start: 4 });
    r.movePages(0, { count: 4, all: true });
    r.movePages(1, { all: false });
    box.offline(1);
    box.online(1);
  });
  assert.deepEqual(ops, [
    { op: "bind", node: 1 },
    { op: "proc", proc: "A" },
    { op: "bind", proc: "A", node: 1 },
    { op: "mmap", ...A, slot: 0, pages: 16 },
    { op: "mbind", ...A, start: 0, node: 0 },
    { op: "mbind", ...A, start: 3, count: 2, node: 1 },
    { op: "move", ...A, start: 0, node: 1 },
    { op: "move", ...A, start: 4, node: 0 },
    { op: "move", ...A, start: 0, count: 4, node: 0, all: true },
    { op: "move", ...A, start: 0, node: 1, all: false },
    { op: "offline", node: 1 },
    { op: "online", node: 1 },
  ]);
});

Deno.test("calls on NUMA nodes that cannot be done are told where they stand", () => {
  const offline = thrownBy(function* (box) {
    box.offline(0);
    yield* box.scanPasses(1);
  });
  assert.match(
    offline.message,
    /^w: op 0 \(offline\) at file:\S+workload_script_test\.ts:\d+:\d+: Cannot take memory of node 0 offline/,
  );
  const unmapped = thrownBy(function* (box) {
    const ram = box.process("A").mmap("r", 4);
    ram.unmap(1, 1);
    ram.mbind(1);
    yield* box.scanPasses(1);
  });
  assert.match(
    unmapped.message,
    /^w: op 3 \(mbind\) at file:.*: Cannot bind page 1 of region "r": it is not mapped$/,
  );
});

Deno.test("regions go to free slots of their process", () => {
  const ops = opsWithoutScan((box) => {
    const a = box.process("A");
    a.mmap("one", 262144);
    a.mmap("two", 262145);
    a.mmap("three", 1);
    a.mmap("far", 1, { at: { slot: 6, off: 7 } });
    a.region("two").move();
    const b = a.fork("B");
    b.mmap("four", 1);
    box.process("C").mmap("one", 1);
  });
  const slots = ops.flatMap((op) =>
    op.op === "mmap" || op.op === "mremap" ? [[op.region, op.slot]] : []
  );
  assert.deepEqual(slots, [
    ["one", 0],
    ["two", 1],
    ["three", 3],
    ["far", 6],
    ["two", 4],
    ["four", 1],
    ["one", 0],
  ]);
});

Deno.test("pids count from 1000 in the order of creation", () => {
  opsWithoutScan((box) => {
    const a = box.process("A");
    assert.equal(a.pid, 1000);
    assert.equal(a.fork("B").pid, 1001);
    assert.equal(box.process("C").pid, 1002);
  });
});

Deno.test("a script that never calls run starts ksmd with its first scan", () => {
  const scans = (body: ScriptBody) =>
    opsOf(workload("w", body), 1).map((op) => op.op);
  assert.deepEqual(
    scans(function* (box) {
      box.process("A");
      yield* box.scanPasses(1);
      yield* box.scanBatches(1);
    }),
    ["proc", "run", "scanPasses", "scanBatches"],
  );
  assert.deepEqual(
    scans(function* (box) {
      box.run(0);
      yield* box.scanPasses(1);
    }),
    ["run", "scanPasses"],
  );
  assert.deepEqual(
    scans(function* (box) {
      box.knob("run", "0");
      yield* box.scanPasses(1);
    }),
    ["knob", "scanPasses"],
  );
});

Deno.test("a script sees the counters after its scan, and can react", () => {
  const source = openWorkload(workload("w", function* (box) {
    box.run(1);
    const { counters } = yield* box.scanPasses(2, { limit: 9 });
    if (counters.pagesSharing === 7) box.sample("seven");
    const { counters: later } = yield* box.scanBatches(1);
    if (later.pagesSharing === 8) box.sample("eight");
  }));
  const ops: unknown[] = [];
  for (const sharing of [1, 2, 7, 3, 8]) ops.push(source.next(reply(sharing)));
  assert.deepEqual(ops, [
    { op: "run", value: 1 },
    { op: "scanPasses", n: 2, limit: 9 },
    { op: "sample", label: "seven" },
    { op: "scanBatches", n: 1 },
    { op: "sample", label: "eight" },
  ]);
  assert.equal(source.next(), undefined);
});

Deno.test("random numbers depend on the seed alone, and stay in their range", () => {
  const draw = (seed: number) => {
    const drawn: number[] = [];
    opsWithoutScan((box) => {
      assert.equal(box.seed, seed);
      for (let i = 0; i < 100; i++) {
        drawn.push(box.random(), box.randomInt(6));
      }
    }, seed);
    return drawn;
  };
  assert.deepEqual(draw(5), draw(5));
  assert.notDeepEqual(draw(5), draw(6));
  const floats = draw(5).filter((_, i) => i % 2 === 0);
  const dice = draw(5).filter((_, i) => i % 2 === 1);
  assert.ok(floats.every((x) => x >= 0 && x < 1));
  assert.deepEqual(new Set(dice), new Set([0, 1, 2, 3, 4, 5]));
});

Deno.test("the default seed is 1", () => {
  const seeds: number[] = [];
  const w = workload("w", function* (box) {
    seeds.push(box.seed);
    yield* [];
  });
  openWorkload(w).next();
  openWorkload(w, { seed: 7 }).next();
  assert.deepEqual(seeds, [1, 7]);
});

const THIS_FILE = new URL(import.meta.url).href;

Deno.test("what a script throws is told with its line", () => {
  const error = thrownBy(function* (box) {
    box.process("A");
    yield* box.scanBatches(1);
    throw new RangeError("no luck");
  });
  assert.ok(error instanceof ScriptError);
  assert.ok(error.cause instanceof RangeError);
  assert.match(
    error.place,
    /^w: after 3 ops at file:.*script_test\.ts:\d+:\d+$/,
  );
  assert.ok(error.place.includes(THIS_FILE));
  assert.equal(error.problem, "The script threw RangeError: no luck");
});

Deno.test("what is thrown need not be an error", () => {
  const error = thrownBy(function* () {
    yield* [];
    throw "a fit";
  });
  assert.equal(error.message, "w: after 0 ops: The script threw a fit");
});

Deno.test("a wrong call is refused at its own line, with its operation", () => {
  const error = thrownBy(function* (box) {
    const r = box.process("A").mmap("r", 4);
    yield* box.scanBatches(1);
    r.fill(3, 2, { kind: "zero" });
  });
  assert.ok(!(error instanceof ScriptError));
  assert.match(
    error.place,
    /^w: op 4 \(fill\) at file:.*script_test\.ts:\d+:\d+$/,
  );
  assert.equal(
    error.problem,
    'Cannot use page 4 of region "r": it has 4 pages',
  );
});

Deno.test("an unknown region is refused", () => {
  const error = thrownBy(function* (box) {
    const a = box.process("A");
    a.mmap("ram", 1);
    a.region("rom").read();
    yield* [];
  });
  assert.match(
    error.message,
    /process "A" has none of that name; did you mean "ram"$/,
  );
});

Deno.test("a region whose name another has taken is refused", () => {
  const error = thrownBy(function* (box) {
    const a = box.process("A");
    const old = a.mmap("ram", 1);
    old.unmap();
    a.mmap("ram", 2);
    old.read();
    yield* [];
  });
  assert.match(error.problem, /^Cannot use a region "ram" that was unmapped/);
});

Deno.test("a scan without yield* is noticed at the next call, and at the end", () => {
  const next = thrownBy(function* (box) {
    box.scanPasses(3);
    box.sample("nothing was scanned");
    yield* [];
  });
  assert.match(
    next.problem,
    /did nothing; write yield\* box.scanPasses\(...\)$/,
  );
  const end = thrownBy(function* (box) {
    box.scanBatches(3);
    yield* [];
  });
  assert.match(end.problem, /write yield\* box.scanBatches\(...\)$/);
});

Deno.test("a yield that is no scan is refused", () => {
  const scan = { op: "scanBatches", n: 1 } as const;
  const error = thrownBy(function* (box) {
    box.process("A");
    yield { scan };
  });
  assert.match(error.problem, /^Cannot wait for a yield that is no scan/);
});

Deno.test("a script that queues for ever is stopped", () => {
  const error = thrownBy(function* (box) {
    while (box.seed === 1) box.sample();
    yield* [];
  });
  assert.match(error.place, new RegExp(`^w: op ${QUEUE_LIMIT} at file:`));
  assert.match(
    error.problem,
    /^Cannot queue more than 2000000 ops without a scan/,
  );
});

Deno.test("a body must be a generator function", () => {
  for (const body of [() => undefined, async () => {}, async function* () {}]) {
    const untyped: Workload = Reflect.apply(workload, undefined, ["w", body]);
    const error = thrownByWorkload(untyped);
    assert.match(error.problem, /it must be a function\* \(box\) \{\.\.\.\}/);
  }
});

Deno.test("workloads are known by their mark", () => {
  const made = workload("w", function* () {}, { title: "T", endless: true });
  assert.ok(isWorkload(made));
  assert.equal(made.title, "T");
  assert.equal(made.endless, true);
  assert.equal(workload("w", function* () {}).title, "w");
  for (const other of [undefined, null, {}, () => {}, { name: "w" }]) {
    assert.equal(isWorkload(other), false);
  }
  assert.throws(() => workload("", function* () {}), ScriptError);
});
