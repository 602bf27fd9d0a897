/**
 * The kernel's selftest `ksm_functional_tests`, at its size of 2 MB. Not here:
 * `unmerge_uffd_wp`, since userfaultfd is not modelled.
 */
import assert from "node:assert/strict";
import { Machine } from "../../src/machine/mod.ts";
import {
  type Box,
  type BoxProcess,
  type Prot,
  workload,
} from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { exec } from "../unit/exec.ts";
import {
  assertNoDuplicates,
  assertReads,
  framesOf,
  pageOf,
  runStaged,
} from "./staged.ts";

const PAGES = 512;
const HALF = PAGES / 2;
const FILL = 0xcf;

/** How memory is offered: each region, all of the process, or it has been before. */
type Offer = "madvise" | "prctl" | "offered";

/** Maps 2 MB full of one byte, and lets ksmd merge it. */
function* merged(
  box: Box,
  process: BoxProcess,
  byte: number,
  { offer = "madvise" as Offer, prot = "rw" as Prot } = {},
) {
  box.run(2);
  box.sample("empty");
  const region = process.mmap("range", PAGES);
  region.fill({ kind: "const", byte });
  region.protect(prot);
  if (offer === "prctl") process.mergeAny(true);
  if (offer === "madvise") region.madvise("mergeable");
  box.run(1);
  yield* box.scanPasses(2);
  box.sample("merged");
  return region;
}

/** ksm_merging_pages of a process. */
function mergingPages(machine: Machine, proc: string): number {
  const { mm } = machine.processes.named(proc);
  return machine.ksm.processCounters(mm).mergingPages;
}

/** ksm_zero_pages of the process. */
function zeroPages(machine: Machine): number {
  const { mm } = machine.processes.named("test");
  return machine.ksm.processCounters(mm).zeroPages;
}

function nothingMerged(machine: Machine): void {
  for (const { name } of machine.processes.all()) {
    assert.equal(mergingPages(machine, name), 0);
  }
}

/** All of the range on few frames, which hold at most max_page_sharing pages each. */
function allMerged(machine: Machine, proc = "test"): void {
  assert.equal(mergingPages(machine, proc), PAGES);
  const frames = framesOf(machine, proc, "range");
  assert.equal(frames.length, PAGES);
  assert.equal(new Set(frames).size, 2);
}

function readsAsFilled(machine: Machine, byte = FILL): void {
  const page = pageOf(byte);
  assertReads(machine, "test", "range", () => page);
}

Deno.test("ksm_functional_tests unmerge", () => {
  const unmerge = workload("unmerge", function* (box) {
    const region = yield* merged(box, box.process("test"), FILL);
    region.madvise("unmergeable");
    box.sample("unmergeable");
  });
  runStaged(unmerge, [
    ["empty", nothingMerged],
    ["merged", (machine) => allMerged(machine)],
    ["unmergeable", (machine) => {
      assertNoDuplicates(machine, "test", "range", PAGES);
      readsAsFilled(machine);
    }],
  ]);
});

Deno.test("ksm_functional_tests unmerge_zero_pages", () => {
  const unmerge = workload("unmerge_zero_pages", function* (box) {
    box.knob("use_zero_pages", 1);
    const region = yield* merged(box, box.process("test"), 0);
    region.madvise("unmergeable", 0, HALF);
    box.sample("half unmergeable");
    region.fill(HALF, HALF, { kind: "seq", base: 1 });
    box.sample("half written");
  });
  runStaged(unmerge, [
    ["empty", nothingMerged],
    ["merged", (machine) => {
      nothingMerged(machine);
      assert.equal(zeroPages(machine), PAGES);
      assertNoDuplicates(machine, "test", "range", 0);
      readsAsFilled(machine, 0);
    }],
    ["half unmergeable", (machine) => {
      assert.equal(zeroPages(machine), HALF);
      assertNoDuplicates(machine, "test", "range", HALF);
      readsAsFilled(machine, 0);
    }],
    ["half written", (machine) => {
      assert.equal(zeroPages(machine), 0);
      assertNoDuplicates(machine, "test", "range", PAGES);
    }],
  ]);
});

Deno.test("ksm_functional_tests unmerge_discarded", () => {
  const unmerge = workload("unmerge_discarded", function* (box) {
    const region = yield* merged(box, box.process("test"), FILL);
    region.madvise("dontneed", 0, HALF);
    region.madvise("unmergeable");
    box.sample("unmergeable");
  });
  runStaged(unmerge, [
    ["empty", nothingMerged],
    ["merged", (machine) => allMerged(machine)],
    ["unmergeable", (machine) => {
      assertNoDuplicates(machine, "test", "range", HALF);
      const [zero, filled] = [pageOf(0), pageOf(FILL)];
      assertReads(
        machine,
        "test",
        "range",
        (page) => page < HALF ? zero : filled,
      );
    }],
  ]);
});

Deno.test("ksm_functional_tests prot_none, with the protection lifted for the write that the program makes through /proc/self/mem", () => {
  const protNone = workload("prot_none", function* (box) {
    const process = box.process("test");
    const region = yield* merged(box, process, 0x11, { prot: "none" });
    region.protect("rw", 0, HALF);
    region.fill(0, HALF, { kind: "seq", base: 1 });
    region.protect("none", 0, HALF);
    region.madvise("unmergeable", HALF, HALF);
    box.sample("unmergeable");
  });
  runStaged(protNone, [
    ["empty", nothingMerged],
    ["merged", (machine) => allMerged(machine)],
    [
      "unmergeable",
      (machine) => assertNoDuplicates(machine, "test", "range", PAGES),
    ],
  ]);
});

Deno.test("ksm_functional_tests prctl", () => {
  const events = drive(new Machine(), [
    { op: "proc", proc: "test" },
    { op: "prctl", proc: "test", mergeAny: true },
    { op: "prctl", proc: "test", mergeAny: false },
  ]);
  assert.deepEqual(events, [
    { i: 1, op: "prctl", errno: 0, get: 1 },
    { i: 2, op: "prctl", errno: 0, get: 0 },
  ]);
});

Deno.test("ksm_functional_tests prctl_fork", () => {
  const fork = workload("prctl_fork", function* (box) {
    const parent = box.process("test");
    parent.mergeAny(true);
    const child = parent.fork("child");
    yield* merged(box, child, FILL, { offer: "offered" });
    child.exit();
  });
  runStaged(fork, [
    ["empty", (machine) => {
      assert.equal(machine.processes.named("child").mm.mergeAny, true);
      nothingMerged(machine);
    }],
    ["merged", (machine) => allMerged(machine, "child")],
  ]);
});

Deno.test("ksm_functional_tests prctl_fork_exec: what the new program maps is merged without advice", () => {
  const machine = new Machine();
  drive(machine, [
    { op: "proc", proc: "parent" },
    { op: "prctl", proc: "parent", mergeAny: true },
    { op: "fork", proc: "parent", child: "test" },
  ]);
  exec(machine, "test");
  assert.equal(machine.processes.named("test").mm.mergeAny, true);
  const range = { proc: "test", region: "range" };
  drive(machine, [
    { op: "mmap", ...range, slot: 0, pages: PAGES },
    { op: "fill", ...range, pattern: { kind: "const", byte: FILL } },
    { op: "run", value: 1 },
    { op: "scanPasses", n: 2 },
  ]);
  allMerged(machine);
  drive(machine, [{ op: "exit", proc: "test" }]);
});

Deno.test("ksm_functional_tests prctl_unmerge", () => {
  const unmerge = workload("prctl_unmerge", function* (box) {
    const process = box.process("test");
    yield* merged(box, process, FILL, { offer: "prctl" });
    process.mergeAny(false);
    box.sample("off");
  });
  runStaged(unmerge, [
    ["empty", nothingMerged],
    ["merged", (machine) => allMerged(machine)],
    ["off", (machine) => {
      assertNoDuplicates(machine, "test", "range", PAGES);
      readsAsFilled(machine);
    }],
  ]);
});

Deno.test("ksm_functional_tests, newer: a child begins without merging pages", () => {
  const fork = workload("fork", function* (box) {
    const process = box.process("test");
    yield* merged(box, process, FILL);
    process.fork("child");
    box.sample("forked");
  });
  runStaged(fork, [
    ["empty", nothingMerged],
    ["merged", (machine) => allMerged(machine)],
    ["forked", (machine) => {
      assert.equal(mergingPages(machine, "test"), PAGES);
      assert.equal(mergingPages(machine, "child"), 0);
    }],
  ]);
});
