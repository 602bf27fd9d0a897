/** Operations of machines with two nodes: their shape, and when they can be done. */
import assert from "node:assert/strict";
import { OpChecker } from "../../src/workload/op_checker.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

const A = { proc: "A" };
const R = { proc: "A", region: "r" };

/** What is said of the last operation, after a region `r` of 16 pages in process `A`. */
function outcome(...ops: readonly unknown[]): string {
  const checker = new OpChecker("t");
  const all = [
    { op: "proc", ...A },
    { op: "mmap", ...R, slot: 0, pages: 16 },
    ...ops,
  ];
  try {
    all.forEach((op, index) => checker.check(op, index));
  } catch (error) {
    assert.ok(error instanceof TraceError, String(error));
    assert.match(error.place, new RegExp(`^t: op ${all.length - 1} `));
    return error.message;
  }
  return "accepted";
}

const HOLE = { op: "munmap", ...R, start: 3, count: 2 };

const ACCEPTED: readonly (readonly [string, readonly unknown[]])[] = [
  ["bind of a process", [{ op: "bind", ...A, node: 1 }]],
  ["bind of the writer", [{ op: "bind", node: 0 }]],
  ["bind of a child", [
    { op: "fork", ...A, child: "B" },
    { op: "bind", proc: "B", node: 1 },
  ]],
  ["mbind of a whole region", [{ op: "mbind", ...R, node: 1 }]],
  ["mbind of a part", [{ op: "mbind", ...R, start: 2, count: 3, node: 1 }]],
  ["mbind beside a hole", [
    HOLE,
    { op: "mbind", ...R, start: 5, node: 1 },
  ]],
  ["mbind of pages without access", [
    { op: "mprotect", ...R, prot: "none" },
    { op: "mbind", ...R, node: 1 },
  ]],
  ["move of a whole region", [{ op: "move", ...R, node: 1 }]],
  ["move of a part", [
    { op: "move", ...R, start: 15, count: 1, node: 0, all: true },
  ]],
  ["move of nothing", [{ op: "move", ...R, start: 16, node: 0, all: false }]],
  ["move over a hole", [HOLE, { op: "move", ...R, node: 1 }]],
  ["offline", [{ op: "offline", node: 1 }]],
  ["online of what is online", [{ op: "online", node: 1 }]],
  ["offline, and online again", [
    { op: "offline", node: 1 },
    { op: "offline", node: 1 },
    { op: "online", node: 1 },
  ]],
];

for (const [what, ops] of ACCEPTED) {
  Deno.test(`${what} is accepted`, () => {
    assert.equal(outcome(...ops), "accepted");
  });
}

const REFUSED: readonly (readonly [string, readonly unknown[], string])[] = [
  [
    "a third node",
    [{ op: "bind", ...A, node: 2 }],
    't: op 2 (bind): Field "node" is 2: it must be 0 or 1',
  ],
  [
    "a node below 0",
    [{ op: "move", ...R, node: -1 }],
    't: op 2 (move): Field "node" is -1: it must be 0 or 1',
  ],
  [
    "a node as text",
    [{ op: "mbind", ...R, node: "1" }],
    't: op 2 (mbind): Field "node" is "1": it must be 0 or 1',
  ],
  [
    "bind without a node",
    [{ op: "bind", ...A }],
    't: op 2 (bind): Field "node" is missing',
  ],
  [
    "bind of a region",
    [{ op: "bind", ...R, node: 1 }],
    't: op 2 (bind): Field "region" is not known: ' +
    "the fields are op, proc, node",
  ],
  [
    "bind of a name that is empty",
    [{ op: "bind", proc: "", node: 1 }],
    't: op 2 (bind): Field "proc" is "": it must be a text that is not empty',
  ],
  [
    "bind of a process that is not there",
    [{ op: "bind", proc: "AA", node: 1 }],
    't: op 2 (bind): Cannot use process "AA": ' +
    'no process has that name; did you mean "A"',
  ],
  [
    "bind of a process that has exited",
    [{ op: "exit", ...A }, { op: "bind", ...A, node: 1 }],
    't: op 3 (bind): Cannot use process "A": it has exited in op 2',
  ],
  [
    "mbind of a region that is not there",
    [{ op: "mbind", ...A, region: "rr", node: 1 }],
    't: op 2 (mbind): Cannot use region "rr": the process has none of that ' +
    'name; did you mean "r"',
  ],
  [
    "mbind over a hole",
    [HOLE, { op: "mbind", ...R, start: 2, node: 1 }],
    't: op 3 (mbind): Cannot bind page 3 of region "r": it is not mapped',
  ],
  [
    "mbind beyond the region",
    [{ op: "mbind", ...R, start: 10, count: 7, node: 1 }],
    't: op 2 (mbind): Cannot use page 16 of region "r": it has 16 pages',
  ],
  [
    "mbind with all",
    [{ op: "mbind", ...R, node: 1, all: true }],
    't: op 2 (mbind): Field "all" is not known: ' +
    "the fields are op, proc, region, start, count, node",
  ],
  [
    "move beyond the region",
    [{ op: "move", ...R, start: 16, count: 1, node: 1 }],
    't: op 2 (move): Cannot use page 16 of region "r": it has 16 pages',
  ],
  [
    "move with a number for all",
    [{ op: "move", ...R, node: 1, all: 1 }],
    't: op 2 (move): Field "all" is 1: it must be true or false',
  ],
  [
    "offline of node 0",
    [{ op: "offline", node: 0 }],
    "t: op 2 (offline): Cannot take memory of node 0 offline: " +
    "only node 1 has memory blocks for that",
  ],
  [
    "online of node 0",
    [{ op: "online", node: 0 }],
    "t: op 2 (online): Cannot take memory of node 0 online: " +
    "only node 1 has memory blocks for that",
  ],
  [
    "offline of a process",
    [{ op: "offline", ...A, node: 1 }],
    't: op 2 (offline): Field "proc" is not known: the fields are op, node',
  ],
];

for (const [what, ops, message] of REFUSED) {
  Deno.test(`${what} is refused`, () => {
    assert.equal(outcome(...ops), message);
  });
}
