/** How far a driver goes at a time, and what it records. */
import assert from "node:assert/strict";
import { ScanProgress } from "../../src/machine/scan_op.ts";
import {
  Driver,
  Machine,
  type Stop,
  type Stride,
} from "../../src/machine/mod.ts";
import {
  type Op,
  openTrace,
  type RecordedEvent,
} from "../../src/workload/mod.ts";

const A = { proc: "A", region: "r" };

/** A process with `pages` unique mergeable pages, and ksmd started with batches of `budget`. */
function beginning(pages: number, budget: number): Op[] {
  return [
    { op: "proc", proc: "A" },
    { op: "mmap", ...A, slot: 0, pages },
    { op: "madvise", ...A, advice: "mergeable" },
    { op: "fill", ...A, pattern: { kind: "seq", base: 1 } },
    { op: "knob", name: "pages_to_scan", value: `${budget}` },
    { op: "knob", name: "smart_scan", value: "0" },
    { op: "run", value: 1 },
  ];
}

interface Run {
  readonly driver: Driver;
  readonly machine: Machine;
  readonly events: RecordedEvent[];
}

function open(ops: readonly Op[]): Run {
  const machine = new Machine();
  const events: RecordedEvent[] = [];
  const trace = openTrace({
    format: "ksm-trace/1",
    name: "t",
    title: "t",
    tags: [],
    ops,
  });
  const driver = new Driver(machine, trace, {
    record: (event) => events.push(event),
  });
  return { driver, machine, events };
}

/** Pages scanned at each stop, to the end. */
function stops({ driver, machine }: Run, stride: Stride): [Stop, number][] {
  const seen: [Stop, number][] = [];
  for (;;) {
    const stop = driver.advance(stride);
    seen.push([stop, machine.counters().pagesScanned]);
    if (stop === "end") return seen;
  }
}

const scan: Op = { op: "scanPasses", n: 2 };

Deno.test("page by page", () => {
  const run = open([...beginning(3, 2), { op: "scanBatches", n: 3 }]);
  assert.deepEqual(stops(run, "page"), [
    ["done", 1],
    ["done", 2],
    ["done", 3],
    // The pass ends here; the third batch is the first of the next pass.
    ["done", 3],
    ["done", 4],
    ["done", 5],
    ["end", 5],
  ]);
});

Deno.test("batch by batch: 5 pages in batches of 2", () => {
  const run = open([...beginning(5, 2), scan]);
  assert.deepEqual(
    stops(run, "batch").map(([, scanned]) => scanned),
    [2, 4, 5, 7, 9, 10, 10],
  );
});

Deno.test("pass by pass", () => {
  const run = open([...beginning(5, 2), scan]);
  assert.deepEqual(stops(run, "pass"), [["done", 5], ["done", 10], [
    "end",
    10,
  ]]);
});

Deno.test("to the end, but for samples", () => {
  const run = open([
    ...beginning(5, 2),
    scan,
    { op: "sample", label: "middle" },
    scan,
    { op: "sample" },
  ]);
  assert.equal(run.driver.advance("end"), "sample");
  assert.equal(run.driver.label, "middle");
  assert.equal(run.machine.counters().pagesScanned, 10);
  assert.equal(run.driver.advance("end"), "sample");
  assert.equal(run.driver.label, undefined);
  assert.equal(run.driver.advance("end"), "end");
  assert.equal(run.driver.advance("end"), "end");
});

Deno.test("every stride gives the same recording", () => {
  const ops: Op[] = [
    ...beginning(5, 2),
    { op: "scanBatches", n: 4 },
    { op: "sample" },
    { op: "fill", ...A, pattern: { kind: "const", byte: 1 } },
    scan,
    { op: "sample" },
  ];
  const [expected, ...others] = (["end", "pass", "batch", "page"] as const).map(
    (stride) => {
      const run = open(ops);
      stops(run, stride);
      return run.events;
    },
  );
  assert.equal(expected.length, 8);
  for (const events of others) assert.deepEqual(events, expected);
});

Deno.test("a scan with nothing to do comes back, and is recorded as idle", () => {
  const run = open([...beginning(1, 1), { op: "run", value: 0 }, scan, {
    op: "run",
    value: 1,
  }, scan]);
  assert.equal(run.driver.advance("batch"), "done");
  assert.equal(run.machine.counters().pagesScanned, 0);
  assert.deepEqual(run.events.at(-1), {
    i: 8,
    op: "scanPasses",
    batches: 0,
    passes: 0,
    rows: [],
    stop: "idle",
  });
  assert.equal(run.driver.advance("batch"), "done");
  assert.equal(run.machine.counters().pagesScanned, 1);
});

Deno.test("to the end an idle scan is passed by", () => {
  const run = open([...beginning(1, 1), { op: "run", value: 0 }, scan]);
  assert.equal(run.driver.advance("end"), "end");
});

Deno.test("a scan in which ksmd runs out of processes ends early", () => {
  const run = open([...beginning(1, 1), scan, { op: "exit", proc: "A" }, {
    op: "scanBatches",
    n: 5,
  }]);
  stops(run, "end");
  const event = run.events.at(-1);
  assert.ok(event?.op === "scanBatches");
  assert.deepEqual([event.batches, event.passes, event.stop], [1, 1, "idle"]);
});

Deno.test("a row after each batch or each pass, as asked, and by itself as the operation's name says", () => {
  const rowsOf = (op: Op) => {
    const run = open([...beginning(3, 2), op]);
    stops(run, "end");
    const event = run.events.at(-1);
    assert.ok(event?.op === "scanBatches" || event?.op === "scanPasses");
    // pages_scanned of each row
    return event.rows.map(([scanned]) => scanned);
  };
  assert.deepEqual(rowsOf({ op: "scanBatches", n: 4 }), [2, 3, 5, 6]);
  assert.deepEqual(rowsOf({ op: "scanBatches", n: 3, each: "pass" }), [3]);
  assert.deepEqual(rowsOf({ op: "scanPasses", n: 2 }), [3, 6]);
  assert.deepEqual(rowsOf({ op: "scanPasses", n: 2, each: "batch" }), [
    2,
    3,
    5,
    6,
  ]);
  assert.deepEqual(
    rowsOf({ op: "scanPasses", n: 2, each: "batch", limit: 3 }),
    [2, 3, 5],
  );
  assert.deepEqual(rowsOf({ op: "scanBatches", n: 0 }), []);
});

Deno.test("time goes on by sleep_millisecs with each batch", () => {
  const run = open([
    ...beginning(5, 2),
    { op: "scanBatches", n: 3 },
    { op: "knob", name: "sleep_millisecs", value: "500" },
    { op: "scanBatches", n: 2 },
    { op: "run", value: 0 },
    { op: "scanBatches", n: 2 },
  ]);
  stops(run, "page");
  assert.equal(run.machine.timeMillis, 3 * 20 + 2 * 500);
  assert.equal(run.machine.batches, 5);
});

Deno.test("batches of no pages count", () => {
  const run = open([...beginning(5, 0), { op: "scanPasses", n: 1, limit: 7 }]);
  stops(run, "end");
  const event = run.events.at(-1);
  assert.ok(event?.op === "scanPasses");
  assert.deepEqual([event.batches, event.passes, event.rows], [7, 0, []]);
});

Deno.test("a sample has the global counters and each live process's", () => {
  const run = open([
    ...beginning(2, 100),
    { op: "fill", ...A, pattern: { kind: "const", byte: 1 } },
    { op: "proc", proc: "B" },
    scan,
    { op: "sample", label: "s" },
  ]);
  stops(run, "end");
  const B = {
    ksm_rmap_items: 0,
    ksm_zero_pages: 0,
    ksm_merging_pages: 0,
    ksm_process_profit: 0,
    ksm_merge_any: false,
    ksm_mergeable: false,
    merging_pages_file: 0,
  };
  assert.deepEqual(run.events.at(-1), {
    i: 10,
    op: "sample",
    label: "s",
    ksm: [4, 2, 1, 1, 0, 0, 0, 0, 0, 0, 4096 - 2 * 64],
    procs: {
      A: {
        ...B,
        ksm_rmap_items: 2,
        ksm_merging_pages: 2,
        ksm_process_profit: 2 * 4096 - 2 * 64,
        ksm_mergeable: true,
        merging_pages_file: 2,
      },
      B,
    },
  });
});

Deno.test("a hash is of all bytes in order, and touches pages as a read does", () => {
  const run = open([
    ...beginning(6, 100),
    { op: "fill", ...A, pattern: { kind: "seq", base: 254 } },
    { op: "hash", ...A, start: 5, count: 1 },
    { op: "madvise", ...A, advice: "dontneed" },
    { op: "hash", ...A, start: 0, count: 1 },
  ]);
  stops(run, "end");
  const hashes = run.events.flatMap((event) =>
    event.op === "hash" ? event.fnv1a64 : []
  );
  // Both are test vectors of the trace format.
  assert.deepEqual(hashes, ["887369606f50f8a1", "b93a0c83ce3b6325"]);
  assert.equal(run.machine.processes.named("A").mm.pages.present, 1);
});

Deno.test("a scan keeps rows only where it is recorded", () => {
  const rowsOf = (recorded: boolean) => {
    const { machine, driver } = open(beginning(2, 1));
    driver.advance("end");
    const op = { op: "scanBatches", n: 4 } as const;
    const progress = new ScanProgress(machine, op, recorded);
    while (!progress.done) progress.advance(Infinity);
    return progress.rows.length;
  };
  assert.equal(rowsOf(true), 4);
  assert.equal(rowsOf(false), 0);
});

Deno.test("a process may have the name of any property", () => {
  const names = ["__proto__", "constructor", "toString"];
  const ops = names.map((proc): Op => ({ op: "proc", proc }));
  const run = open([...ops, { op: "sample" }]);
  run.driver.advance("end");
  const [event] = run.events;
  assert.ok(event.op === "sample");
  assert.deepEqual(Object.keys(event.procs), names);
});
