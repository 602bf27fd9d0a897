import assert from "node:assert/strict";
import type { Box } from "../../src/workload/box.ts";
import type { ThreadOp, WorkloadOp } from "../../src/workload/live_op.ts";
import { opsOf } from "../../src/workload/save.ts";
import { openWorkload, workload } from "../../src/workload/script.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

/** All operations of a script that does not scan. */
function opsFrom(body: (box: Box) => void, seed = 1): WorkloadOp[] {
  const script = workload("w", function* (box) {
    body(box);
    yield* [];
  });
  const source = openWorkload(script, { seed });
  const ops: WorkloadOp[] = [];
  for (let op = source.next(); op !== undefined; op = source.next()) {
    ops.push(op);
  }
  return ops;
}

function threadsOf(body: (box: Box) => void, seed = 1): ThreadOp[] {
  return opsFrom(body, seed).filter((op) => op.op === "thread");
}

Deno.test("a thread's first start makes the script live, and starts ksmd", () => {
  const ops = opsFrom((box) => {
    box.process("a").every(2, "main", () => {});
    box.every(3, "admin", () => {}, { times: 4 });
  });
  assert.deepEqual(ops.map(({ op }) => op), [
    "proc",
    "run",
    "live",
    "thread",
    "thread",
  ]);
  const [first, second] = ops.filter((op) => op.op === "thread");
  assert.deepEqual(
    [first.name, first.kind, first.proc, first.everyMillis, first.times],
    ["a/main", "thread", "a", 2, undefined],
  );
  assert.deepEqual(
    [second.name, second.kind, second.proc, second.everyMillis, second.times],
    ["admin", "admin", undefined, 3, 4],
  );
});

Deno.test("a script that has said what ksmd shall do is not overruled", () => {
  const ops = opsFrom((box) => {
    box.run(0);
    box.live();
    box.live();
  });
  assert.deepEqual(ops, [{ op: "run", value: 0 }, { op: "live" }]);
});

Deno.test("forever is without a pause", () => {
  const [thread] = threadsOf((box) =>
    box.process("a").forever("main", () => {})
  );
  assert.equal(thread.everyMillis, 0);
});

Deno.test("a turn's calls are the thread's operations, and not the script's", () => {
  let calls = 0;
  const ops = opsFrom((box) => {
    const a = box.process("a");
    const ram = a.mmap("ram", 8);
    a.every(1, "main", ({ number }) => {
      calls++;
      ram.fill(number, 1, { kind: "zero" });
      box.sleep(5);
    });
    box.sample("end");
  });
  assert.equal(calls, 0);
  const thread = ops.find((op) => op.op === "thread");
  assert.ok(thread?.op === "thread");
  const part = { proc: "a", region: "ram" };
  assert.deepEqual(thread.turn(3), [
    { op: "fill", ...part, start: 3, count: 1, pattern: { kind: "zero" } },
    { op: "sleep", ms: 5 },
  ]);
  assert.deepEqual(ops.at(-1), { op: "sample", label: "end" });
});

Deno.test("random numbers are the turn's own: the same again, others in other turns, threads and seeds", () => {
  const seen: number[] = [];
  const script = (box: Box) => {
    for (const name of ["one", "two"]) {
      box.every(1, name, (turn) => seen.push(turn.random()));
    }
  };
  const [one, two] = threadsOf(script);
  one.turn(0);
  one.turn(0);
  one.turn(1);
  two.turn(0);
  threadsOf(script, 2)[0].turn(0);
  assert.equal(seen[0], seen[1]);
  assert.equal(new Set(seen).size, 4);
});

Deno.test("the highest seeds give other numbers in other turns and threads too", () => {
  const seen: number[] = [];
  const threads = threadsOf((box) => {
    for (const name of ["one", "two"]) {
      box.every(1, name, (turn) => seen.push(turn.random()));
    }
  }, Number.MAX_SAFE_INTEGER);
  for (const { turn } of threads) [0, 1, 2].forEach(turn);
  assert.equal(new Set(seen).size, 6);
});

Deno.test("randomInt stays below its bound, and refuses none", () => {
  const [thread] = threadsOf((box) =>
    box.every(1, "t", (turn) => {
      for (let i = 0; i < 50; i++) assert.ok(turn.randomInt(3) < 3);
      turn.randomInt(0);
    })
  );
  assert.throws(
    () => thread.turn(0),
    /Cannot take a random number below 0: it must be a whole number from 1/,
  );
});

Deno.test("a thread may start processes and threads", () => {
  const [thread] = threadsOf((box) => {
    const a = box.process("a");
    a.every(1, "main", ({ number }) => {
      a.fork(`child-${number}`).every(1, "main", () => {});
    });
  });
  const ops = thread.turn(0);
  assert.deepEqual(ops.map(({ op }) => op), ["fork", "thread"]);
});

Deno.test("mistakes in a turn have the place of a call", () => {
  const [scans, unmapped, throws] = threadsOf((box) => {
    const a = box.process("a");
    box.every(1, "scans", () => {
      box.scanPasses(1);
    });
    box.every(1, "unmapped", () => a.region("heap").read());
    box.every(1, "throws", () => {
      throw new Error("out of paper");
    });
  });
  assert.throws(
    () => scans.turn(0),
    (error) =>
      error instanceof TraceError &&
      /Cannot scan in a thread: box.scanPasses\(...\) is the script's/
        .test(error.message),
  );
  assert.throws(() => unmapped.turn(0), /Cannot find region "heap"/);
  assert.throws(
    () => throws.turn(0),
    /The script threw Error: out of paper/,
  );
});

Deno.test("a start that cannot be is refused, with what would be valid", () => {
  const refused: [RegExp, (box: Box) => void][] = [
    [
      /Cannot start thread "t": its pause is -1: it must be a number of milliseconds from 0 to 86400000/,
      (box) => box.every(-1, "t", () => {}),
    ],
    [
      /its pause is null|its pause is NaN/,
      (box) => box.every(NaN, "t", () => {}),
    ],
    [
      /its turns are 0: it must be a whole number from 1/,
      (box) => box.every(1, "t", () => {}, { times: 0 }),
    ],
    [
      /Cannot start thread "t": another thread has that name/,
      (box) => {
        box.every(1, "t", () => {});
        box.every(1, "t", () => {});
      },
    ],
  ];
  for (const [message, body] of refused) {
    assert.throws(() => opsFrom(body), message);
  }
});

Deno.test("a workload that depends on time is not saved, with the reason", () => {
  const live = workload("w", function* (box) {
    box.process("a").every(1, "main", () => {});
    yield* [];
  });
  assert.throws(
    () => opsOf(live, 1),
    /Cannot save a workload that depends on time: it lets ksmd scan by the virtual clock/,
  );
});

Deno.test("the system's own threads do what they are named for", () => {
  const threads = threadsOf((box) => {
    box.reader(1);
    box.compaction(2, 8);
    box.balancer(3, 4);
    box.hotplug(50);
  });
  assert.deepEqual(
    threads.map(({ name, kind, everyMillis }) => [name, kind, everyMillis]),
    [
      ["reader", "reader", 1],
      ["compaction", "compaction", 2],
      ["balancer", "balancer", 3],
      ["hotplug", "hotplug", 50],
    ],
  );
  const [reader, compaction, balancer, hotplug] = threads;
  assert.deepEqual(reader.turn(0), [{ op: "readStats" }]);
  assert.deepEqual(compaction.turn(0), [{ op: "compact", pages: 8 }]);
  assert.deepEqual(balancer.turn(7), [{ op: "balance", pages: 4 }]);
  assert.deepEqual(hotplug.turn(0), [{ op: "offline", node: 1 }]);
  assert.deepEqual(hotplug.turn(1), [{ op: "online", node: 1 }]);
});

Deno.test("who moves no page a turn is refused", () => {
  assert.throws(
    () => opsFrom((box) => box.compaction(1, 0)),
    /Cannot start compaction of 0 pages a turn: it must be a whole number from 1/,
  );
});

Deno.test("a thread acts on what the machine has begun, however far the script is ahead", () => {
  const source = openWorkload(workload("w", function* (box) {
    const a = box.process("a");
    const ram = a.mmap("ram", 8);
    a.every(1, "main", () => ram.read());
    box.sleep(10);
    ram.unmap();
    a.exit();
    yield* [];
  }));
  let thread: ThreadOp | undefined;
  const turns: [after: string, turn: string][] = [];
  for (let op = source.next(); op !== undefined; op = source.next()) {
    if (op.op === "thread") thread = op;
    if (thread === undefined) continue;
    try {
      const ops = thread.turn(0).map((each) => each.op);
      turns.push([op.op, ops.join()]);
    } catch (error) {
      turns.push([op.op, error instanceof TraceError ? error.problem : "?"]);
    }
  }
  assert.deepEqual(turns, [
    ["thread", "read"],
    ["sleep", "read"],
    ["munmap", 'Cannot read page 0 of region "ram": it is not mapped'],
    ["exit", ""],
  ]);
});

Deno.test("a thread cannot take a name that the script uses later on", () => {
  const starts: ((box: Box) => void)[] = [
    (box) => box.process("late"),
    (box) => box.process("parent").fork("late"),
  ];
  for (const start of starts) {
    const source = openWorkload(workload("w", function* (box) {
      box.every(1, "starter", () => start(box));
      box.sleep(10);
      box.process("late");
      yield* [];
    }));
    let op = source.next();
    while (op !== undefined && op.op !== "thread") op = source.next();
    assert.ok(op?.op === "thread");
    const { turn } = op;
    assert.throws(
      () => turn(0),
      /Cannot start process "late": the name was used before/,
    );
  }
});
