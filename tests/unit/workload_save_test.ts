import assert from "node:assert/strict";
import {
  checkFiles,
  filesOf,
  renameFiles,
} from "../../src/workload/file_stamps.ts";
import type { Box } from "../../src/workload/box.ts";
import { opsOf, SAVE_LIMIT, traceOf } from "../../src/workload/save.ts";
import { workload } from "../../src/workload/script.ts";
import { parseTrace, printTrace } from "../../src/workload/trace.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

function noFiles(path: string): never {
  throw new Error(`no file ${path} here`);
}

const twoCopies = workload("two copies", function* (box) {
  for (const name of ["a", "b"]) {
    const ram = box.process(name).mmap("ram", 3, { mergeable: true });
    ram.fill({ kind: "file", path: "disk.img", offset: 1 });
  }
  yield* box.scanPasses(2);
}, { title: "one file twice" });

const DISK = new Uint8Array(5000);

Deno.test("a saved script is a trace that reads back as it was", () => {
  const simple = workload("simple", function* (box) {
    box.process("A").mmap("r", 2).fill({ kind: "zero" });
    yield* box.scanPasses(1);
    box.sample("end");
  });
  const trace = traceOf(simple, opsOf(simple, 1), noFiles);
  assert.equal(trace.format, "ksm-trace/1");
  assert.deepEqual(parseTrace(printTrace(trace), "x"), trace);
});

Deno.test("a script that sleeps is a trace with the tag clock", () => {
  const sleepy = workload("sleepy", function* (box) {
    box.sleep(10);
    yield* box.scanBatches(1);
  });
  const trace = traceOf(sleepy, opsOf(sleepy, 1), noFiles);
  assert.deepEqual(trace.tags, ["clock"]);
  assert.deepEqual(parseTrace(printTrace(trace), "x"), trace);
});

Deno.test("a script that knows of nodes is a trace of two nodes", () => {
  const nodes = workload("nodes", function* (box) {
    const ram = box.process("A").mmap("r", 2);
    ram.mbind(1);
    ram.fill({ kind: "zero" });
    yield* box.scanPasses(1);
  });
  const trace = traceOf(nodes, opsOf(nodes, 1), noFiles);
  assert.equal(trace.format, "ksm-trace-numa/1");
  assert.ok(!("files" in trace));
  assert.deepEqual(parseTrace(printTrace(trace), "x"), trace);
});

Deno.test("each call on nodes makes a trace one of two nodes, the knob does not", () => {
  const calls: readonly ((box: Box) => void)[] = [
    (box) => box.bind(0),
    (box) => box.offline(1),
    (box) => box.online(1),
    (box) => box.process("A").bind(1),
    (box) => box.process("A").mmap("r", 1).mbind(0),
    (box) => box.process("A").mmap("r", 1).movePages(0),
  ];
  const formatWith = (call: (box: Box) => void): string => {
    const one = workload("one", function* (box) {
      call(box);
      yield* box.scanBatches(1);
    });
    return traceOf(one, opsOf(one, 1), noFiles).format;
  };
  for (const call of calls) assert.equal(formatWith(call), "ksm-trace-numa/1");
  assert.equal(
    formatWith((box) => box.knob("merge_across_nodes", 0)),
    "ksm-trace/1",
  );
});

Deno.test("a script may know of nodes and files", () => {
  const both = workload("both", function* (box) {
    const ram = box.process("A").mmap("r", 2);
    ram.fill({ kind: "file", path: "disk.img" });
    ram.movePages(1);
    yield* box.scanPasses(1);
  });
  const trace = traceOf(both, opsOf(both, 1), () => DISK);
  assert.equal(trace.format, "ksm-trace-numa/1+file");
  assert.deepEqual(Object.keys(trace.files ?? {}), ["disk.img"]);
  assert.deepEqual(parseTrace(printTrace(trace), "x"), trace);
});

Deno.test("a trace of files notes what they were, and notices a change", () => {
  const trace = traceOf(twoCopies, opsOf(twoCopies, 1), () => DISK);
  assert.equal(trace.format, "ksm-trace/1+file");
  const again = parseTrace(printTrace(trace), "x");
  assert.deepEqual(again, trace);
  assert.deepEqual(filesOf(again.ops), ["disk.img"]);

  checkFiles(again, () => DISK, "x.json");
  const changed = DISK.with(4999, 1);
  for (const bytes of [changed, DISK.subarray(1)]) {
    assert.throws(
      () => checkFiles(again, () => bytes, "x.json"),
      (error) => {
        assert.ok(error instanceof TraceError);
        assert.match(
          error.message,
          /^x\.json: Cannot use file "disk\.img": it has changed, expected 5000 bytes with FNV-1a 64 [0-9a-f]{16}, found (?:5000|4999) bytes with/,
        );
        return true;
      },
    );
  }
  const { files: _, ...unstamped } = again;
  checkFiles(unstamped, noFiles, "x.json");
});

Deno.test("paths can be renamed to be seen from elsewhere", () => {
  const ops = opsOf(twoCopies, 1);
  const renamed = renameFiles(ops, (path) => `../${path}`);
  assert.deepEqual(filesOf(renamed), ["../disk.img"]);
  assert.deepEqual(filesOf(ops), ["disk.img"]);
  assert.deepEqual(
    renamed.map((op) => op.op),
    ops.map((op) => op.op),
  );
});

Deno.test("endless scripts are not saved, announced or not", () => {
  const announced = workload("w", function* () {}, { endless: true });
  assert.throws(
    () => opsOf(announced, 1),
    /w: Cannot save a workload that never/,
  );
  const secret = workload("w", function* (box) {
    for (;;) yield* box.scanBatches(1);
  });
  assert.throws(
    () => opsOf(secret, 1),
    new RegExp(`w: Cannot save more than ${SAVE_LIMIT} ops`),
  );
});

Deno.test("a script that looks at counters is saved with a machine only", () => {
  const looking = workload("w", function* (box) {
    const { counters } = yield* box.scanPasses(1);
    box.sample(`sharing ${counters.pagesSharing}`);
  });
  assert.throws(
    () => opsOf(looking, 1),
    /Cannot tell the counters: no machine has done the scan/,
  );
  const counters = {
    pagesScanned: 0,
    fullScans: 0,
    pagesShared: 0,
    pagesSharing: 3,
    pagesUnshared: 0,
    pagesVolatile: 0,
    pagesSkipped: 0,
    ksmZeroPages: 0,
    stableNodeChains: 0,
    stableNodeDups: 0,
    generalProfit: 0,
  };
  const ops = opsOf(looking, 1, () => ({ counters }));
  assert.deepEqual(ops.at(-1), { op: "sample", label: "sharing 3" });
});
