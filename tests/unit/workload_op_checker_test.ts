import assert from "node:assert/strict";
import { OpChecker } from "../../src/workload/op_checker.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

/** Checks all operations; the message of the first that is refused. */
function outcome(...ops: readonly unknown[]): string {
  const checker = new OpChecker("t");
  try {
    ops.forEach((op, index) => checker.check(op, index));
  } catch (error) {
    assert.ok(error instanceof TraceError, String(error));
    return error.message;
  }
  return "accepted";
}

const A = { proc: "A" };
const R = { proc: "A", region: "r" };
const proc = { op: "proc", ...A };
const mmap = { op: "mmap", ...R, slot: 0, pages: 16 };
const zero = { kind: "zero" };

/** The message for an operation on a region `r` of 16 pages of process `A`. */
function third(...ops: readonly unknown[]): string {
  return outcome(proc, mmap, ...ops).replace(/^t: op \d+ /, "");
}

const SHAPES: readonly [unknown, RegExp][] = [
  [{ op: "fil", ...R }, /\(fil\): Op "fil" is not known.*did you mean "fill"/],
  [{ proc: "A" }, /^t: op 2: Field "op" is missing$/],
  [{ op: "fill", ...R }, /Field "pattern" is missing/],
  [{ op: "read", ...R, page: 3 }, /Field "page" is not known: the fields are/],
  [{ op: "read", ...R, start: -1 }, /"start" is -1: it must be a whole numb/],
  [{ op: "read", ...R, start: 1.5 }, /"start" is 1.5: it must be a whole/],
  [{ op: "read", ...R, count: "3" }, /"count" is "3": it must be a whole/],
  [{ op: "proc", proc: "" }, /"proc" is "": it must be a text that is not/],
  [{ op: "mmap", ...R, slot: 1024, pages: 1 }, /"slot" is 1024: .* to 1023$/],
  [{ op: "mmap", ...R, slot: 1, pages: 0 }, /"pages" is 0: .* from 1 to 268/],
  [
    { op: "madvise", ...R, advice: "mergable" },
    /"advice" is "mergable": it must be "mergeable", "unmergeable" or "dontneed"; did you mean "mergeable"$/,
  ],
  [{ op: "mprotect", ...R, prot: "w" }, /it must be "rw", "r" or "none"/],
  [{ op: "run", value: 3 }, /"value" is 3: it must be 0, 1 or 2$/],
  [{ op: "knob", name: "pages_to_scan", value: 5 }, /5: it must be a text$/],
  [
    { op: "knob", name: "page_to_scan", value: "5" },
    /"name" is "page_to_scan": .*did you mean "pages_to_scan"$/,
  ],
  [{ op: "prctl", ...A, mergeAny: 1 }, /1: it must be true or false$/],
  [{ op: "scanPasses", n: 1, limit: 0 }, /"limit" is 0: .* from 1$/],
  [{ op: "scanPasses", n: 1, each: "scan" }, /must be "batch" or "pass"$/],
  [{ op: "scanBatches", n: 1, limit: 1 }, /Field "limit" is not known/],
  [{ op: "fill", ...R, pattern: "zero" }, /"pattern" is "zero": .* object/],
  [
    { op: "fill", ...R, pattern: { kind: "rand", seed: 1 } },
    /Pattern kind "rand" is not known: it must be "zero", /,
  ],
  [
    { op: "fill", ...R, pattern: { kind: "const", byte: 256 } },
    /Pattern "const": Field "byte" is 256: .* from 0 to 255$/,
  ],
  [
    { op: "fill", ...R, pattern: { kind: "seq", base: "0x10000000000000000" } },
    /Field "base" is "0x10000000000000000": it must be an unsigned 64-bit/,
  ],
  [
    {
      op: "fill",
      ...R,
      pattern: { kind: "at", byte: 0, offset: 4089, base: 1 },
    },
    /Field "offset" is 4089: .* from 0 to 4088$/,
  ],
  [
    { op: "fill", ...R, pattern: { kind: "seq", base: 1, m: 2 } },
    /Pattern "seq": Field "m" is not known/,
  ],
];

for (const [op, message] of SHAPES) {
  Deno.test(`refused by its shape: ${JSON.stringify(op)}`, () => {
    assert.match(outcome(proc, mmap, op), message);
  });
}

Deno.test("bytes are hex, in pairs, 1 to 256, and inside the page", () => {
  const write = (offset: number, bytes: string) =>
    third({ op: "write", ...R, page: 0, offset, bytes });
  assert.equal(write(0, "00fF"), "accepted");
  assert.equal(write(3840, "ab".repeat(256)), "accepted");
  for (const bytes of ["", "0", "xy", "0x", "ab".repeat(257)]) {
    assert.match(write(0, bytes), /it must be 1 to 256 bytes in hex, two dig/);
  }
  assert.match(write(4096, "00"), /"offset" is 4096/);
  assert.equal(
    write(4095, "0011"),
    "(write): Cannot write 2 bytes at offset 4095: the page ends at 4096",
  );
});

Deno.test("a process is there from proc or fork to exit, and its name is used once", () => {
  const exit = { op: "exit", ...A };
  const fork = { op: "fork", ...A, child: "B" };
  assert.match(
    outcome(exit),
    /^t: op 0 \(exit\): Cannot use process "A": no pr/,
  );
  assert.match(outcome(proc, proc), /op 1 \(proc\): Cannot start process "A"/);
  assert.match(outcome(proc, exit, exit), /"A": it has exited in op 1$/);
  assert.match(outcome(proc, exit, proc), /op 2 \(proc\): Cannot start/);
  assert.match(outcome(proc, fork, fork), /Cannot start process "B"/);
  assert.match(
    outcome({ op: "proc", proc: "vm-1" }, { op: "exit", proc: "vm1" }),
    /no process has that name; did you mean "vm-1"$/,
  );
});

Deno.test("a child has its own copy of the regions", () => {
  const child = { proc: "B", region: "r" };
  const fork = { op: "fork", ...A, child: "B" };
  assert.equal(
    third(
      { op: "munmap", ...R, start: 4, count: 1 },
      fork,
      { op: "munmap", ...R },
      { op: "fill", ...child, start: 5, pattern: zero },
    ),
    "accepted",
  );
  assert.match(
    third({ op: "munmap", ...R, count: 1 }, fork, { op: "read", ...child }),
    /Cannot read page 0 of region "r": it is not mapped/,
  );
});

Deno.test("a part stays inside its region", () => {
  const read = (start: number, count?: number) =>
    third({
      op: "read",
      ...R,
      start,
      ...(count === undefined ? {} : { count }),
    });
  assert.equal(read(0, 16), "accepted");
  assert.equal(read(16), "accepted");
  assert.equal(read(16, 0), "accepted");
  assert.equal(
    read(15, 2),
    '(read): Cannot use page 16 of region "r": it has 16 pages',
  );
  assert.match(read(17), /Cannot use page 17 of region "r"/);
  assert.match(
    third({ op: "write", ...R, page: 16, offset: 0, bytes: "00" }),
    /Cannot use page 16/,
  );
  assert.match(
    third({ op: "read", proc: "A", region: "ram" }),
    /Cannot use region "ram": the process has none of that name/,
  );
});

Deno.test("protections and holes stop what would kill the process", () => {
  const protect = { op: "mprotect", ...R, start: 3, count: 2 };
  const fill = { op: "fill", ...R, pattern: zero };
  assert.equal(
    third({ ...protect, prot: "r" }, fill),
    '(fill): Cannot fill page 3 of region "r": its protection is "r"',
  );
  assert.equal(
    third({ ...protect, prot: "r" }, { op: "hash", ...R }),
    "accepted",
  );
  assert.match(
    third({ ...protect, prot: "none" }, { op: "hash", ...R }),
    /Cannot hash page 3 of region "r": its protection is "none"/,
  );
  assert.equal(
    third(
      { ...protect, prot: "none" },
      { ...protect, start: 4, prot: "rw" },
      { ...fill, start: 4 },
      { ...fill, count: 3 },
    ),
    "accepted",
  );
  assert.match(
    outcome(proc, { ...mmap, prot: "r" }, fill),
    /Cannot fill page 0 of region "r": its protection is "r"/,
  );
  const munmap = { op: "munmap", ...R, start: 3, count: 2 };
  assert.match(
    third(munmap, fill),
    /Cannot fill page 3 of region "r": it is not/,
  );
  assert.match(
    third(munmap, { ...protect, start: 2, prot: "r" }),
    /Cannot protect page 3/,
  );
  assert.equal(
    third(
      munmap,
      munmap,
      { op: "madvise", ...R, advice: "mergeable" },
      { ...fill, start: 5 },
    ),
    "accepted",
  );
  assert.match(third({ ...munmap, count: 0 }), /Cannot unmap 0 pages/);
});

Deno.test("regions do not overlap, and a name is free again when all is unmapped", () => {
  const other = { ...mmap, region: "s" };
  assert.match(
    third({ ...other, off: 15 }),
    /Cannot place region "s" at slot 0: its page 0 would lie on one that is m/,
  );
  assert.equal(third({ ...other, off: 16 }), "accepted");
  assert.match(third({ ...mmap, slot: 1 }), /Cannot map region "r"/);
  assert.equal(third({ op: "munmap", ...R }, { ...mmap, slot: 1 }), "accepted");
  assert.equal(
    third({ op: "munmap", ...R, start: 4, count: 4 }, {
      ...other,
      off: 4,
      pages: 4,
    }),
    "accepted",
  );
  assert.equal(
    outcome(proc, { ...mmap, pages: 268435456 }),
    "accepted",
  );
  assert.match(
    third({ ...other, slot: 1023, off: 1, pages: 262144 }),
    /its 262144 pages reach beyond the last slot, 1023$/,
  );
});

Deno.test("mremap moves a whole region, and may change its length", () => {
  const move = { op: "mremap", ...R, slot: 5 };
  const again = { ...mmap, region: "s" };
  assert.equal(third(move, again, { op: "read", ...R }), "accepted");
  assert.match(
    third({ ...move, slot: 0, off: 8 }),
    /Cannot place region "r" at slot 0: its page 0 would lie on one that is m/,
  );
  const hole = (start: number) => ({ op: "munmap", ...R, start, count: 1 });
  const read = { op: "read", ...R };
  assert.match(third(hole(0), move), /its page 0 is not mapped/);
  assert.equal(third(hole(2), move, { ...read, start: 3 }), "accepted");
  assert.match(
    third({ ...hole(2), count: 6 }, { ...move, slot: 0, off: 2, pages: 2 }),
    /Cannot move region "r" to slot 0: its new place would overlap the old/,
  );
  assert.match(third(hole(2), move, read), /page 2 of region "r": it is not/);
  assert.match(
    third(hole(2), { ...move, pages: 4 }),
    /Cannot move region "r": its page 2 is not mapped/,
  );
  assert.equal(third(hole(4), { ...move, pages: 4 }, read), "accepted");
  assert.equal(
    third({ ...move, pages: 20 }, { op: "fill", ...R, pattern: zero }),
    "accepted",
  );
  assert.match(
    third({ ...move, pages: 4 }, { op: "read", ...R, start: 4, count: 1 }),
    /Cannot use page 4 of region "r": it has 4 pages/,
  );
  const readOnly = { op: "mprotect", ...R, start: 2, count: 3, prot: "r" };
  const write = { op: "write", ...R, offset: 0, bytes: "00" };
  const write0 = { ...write, page: 0 };
  assert.match(
    third(readOnly, move, { ...write, page: 5 }, { ...write, page: 4 }),
    /Cannot write page 4 of region "r": its protection is "r"/,
  );
  assert.match(
    third(readOnly, { ...move, pages: 20 }),
    /Cannot give region "r" 20 pages: those that it keeps have several prot/,
  );
  assert.equal(third(readOnly, { ...move, pages: 2 }, write0), "accepted");
});

Deno.test("a refused operation changes nothing", () => {
  const checker = new OpChecker("t");
  checker.check(proc, 0);
  assert.throws(() => checker.check({ ...mmap, slot: 1023, off: 262143 }, 1));
  assert.throws(() => checker.check({ op: "read", ...R }, 1), /none of that/);
  assert.equal(checker.check(mmap, 1), mmap);
});
