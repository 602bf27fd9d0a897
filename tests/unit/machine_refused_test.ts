/** What the machine says of operations that it does not model. */
import assert from "node:assert/strict";
import { Driver, Machine, RefusedOp } from "../../src/machine/mod.ts";
import { type Op, openTrace } from "../../src/workload/mod.ts";

/** The message with which the last operation is refused. */
function refusal(...ops: Op[]): string {
  const trace = openTrace({
    format: "ksm-trace/1",
    name: "t",
    title: "t",
    tags: [],
    ops,
  });
  const driver = new Driver(new Machine(), trace);
  try {
    while (driver.advance("end") !== "end");
  } catch (error) {
    assert.ok(
      error instanceof RefusedOp && error instanceof RangeError,
      String(error),
    );
    assert.equal(error.index, ops.length - 1);
    return error.message;
  }
  return assert.fail("nothing was refused");
}

const A = { proc: "A", region: "r" };
const PROC: Op = { op: "proc", proc: "A" };
const MAP: Op = { op: "mmap", ...A, slot: 0, pages: 4 };

Deno.test("a region of unlike parts cannot be moved to another length", () => {
  const message = refusal(
    PROC,
    MAP,
    { op: "madvise", ...A, start: 0, count: 2, advice: "mergeable" },
    { op: "mremap", ...A, slot: 1, pages: 5 },
  );
  assert.match(
    message,
    /^Cannot run op 3 \(mremap\): region "r" has unlike parts/,
  );
});

Deno.test("a pattern of a file needs a machine with files", () => {
  const fill: Op = {
    op: "fill",
    ...A,
    pattern: { kind: "file", path: "disk.img" },
  };
  const trace = openTrace({
    format: "ksm-trace/1+file",
    name: "t",
    title: "t",
    tags: [],
    ops: [PROC, MAP, fill],
  });
  assert.throws(
    () => new Driver(new Machine(), trace).advance("end"),
    /^RangeError: Cannot read "disk.img": this machine has no files; option "files" gives it some$/,
  );
});

Deno.test("with files a page is a part of one, and zeros behind its end", () => {
  const bytes = new Uint8Array(4096 + 3).fill(7);
  const machine = new Machine({ files: () => bytes });
  const pages = [0, 4096, 8192].map((offset) =>
    machine.pages.get({ kind: "file", path: "disk.img", offset })
  );
  const { contents } = machine.memory;
  const read = pages.map((page) =>
    [0, 2, 3, 4095].map((at) => contents.byteAt(page, at))
  );
  assert.deepEqual(read, [[7, 7, 7, 7], [7, 7, 0, 0], [0, 0, 0, 0]]);
  assert.equal(pages[2], contents.zero);
});
