/** A machine that is put back to an earlier state goes on as it did from there. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { watchMachine } from "../../src/explorer/watch/mod.ts";
import { KernelDefect } from "../../src/engine/lib/kernel_defect.ts";
import type { Suspends } from "../../src/engine/lib/step.ts";
import { checkAtRest, Machine, RefusedOp } from "../../src/machine/mod.ts";
import { sampleProcesses } from "../../src/machine/sample.ts";
import { AccessLog } from "../../src/sim/explore/mod.ts";
import type { Op, RecordedEvent } from "../../src/workload/mod.ts";
import { differences, machineCells } from "../unit/machine_cells.ts";
import { drive } from "./drive.ts";
import { NUMA_OPS } from "./random_numa_ops.ts";
import { workloads } from "./random_ops.ts";

/** All that a machine is, and all that it shows. */
function stateOf(machine: Machine): {
  cells: ReturnType<typeof machineCells>;
  shown: unknown;
} {
  checkAtRest(machine);
  const { contents, frames } = machine.memory;
  const page = new Uint8Array(4096);
  const bytes = [...frames.each()].map((frame) => {
    contents.read(frames.contentOf(frame), page);
    return page.reduce((sum, byte) => Math.imul(sum, 31) + byte | 0, 0);
  });
  return {
    cells: machineCells(machine),
    shown: {
      bytes,
      contents: contents.live,
      counters: machine.counters(),
      log: machine.log.last(),
      samples: sampleProcesses(machine),
      shapes: [...machine.ksm.stableTrees, ...machine.ksm.unstableTrees]
        .map((tree) => [tree.size, tree.height()]),
      timeMillis: machine.timeMillis,
      visits: machine.visitsInPass,
      batches: machine.batches,
      passes: machine.passes,
    },
  };
}

function assertSame(
  a: ReturnType<typeof stateOf>,
  b: ReturnType<typeof stateOf>,
): void {
  assert.deepEqual(differences(a.cells, b.cells), []);
  assert.deepEqual(a.shown, b.shown);
}

/** What a machine answers on its way, and how it ends. */
function goOn(
  machine: Machine,
  ops: readonly Op[],
): { events: RecordedEvent[]; end: ReturnType<typeof stateOf> } {
  return { events: drive(machine, ops), end: stateOf(machine) };
}

/** The operations that can be done: on two nodes an offlining may never end, and the kernel has defects. */
function possible(ops: readonly Op[], nodes: number): readonly Op[] {
  let done = 0;
  try {
    drive(new Machine({ nodes }), ops, { afterOp: () => done++ });
    return ops;
  } catch (error) {
    if (error instanceof RefusedOp || error instanceof KernelDefect) {
      return ops.slice(0, done);
    }
    throw error;
  }
}

/** Keeps a machine in the middle of its operations, and has it go on from there several times. */
function goOnTwice(machine: Machine, ops: readonly Op[], at: number): void {
  drive(machine, ops.slice(0, at));
  const left = ops.slice(at);
  const start = stateOf(machine);
  const kept = machine.keep();
  const first = goOn(machine, left);
  kept.restore();
  assertSame(stateOf(machine), start);
  const again = machine.keep();
  assert.equal(again.bytes, kept.bytes);
  // Somewhere else in between: from there the way back leads past what has been freed.
  drive(machine, left.slice(0, left.length >> 1));
  for (const each of [kept, again, kept]) {
    each.restore();
    assertSame(stateOf(machine), start);
    const second = goOn(machine, left);
    assert.deepEqual(second.events, first.events);
    assertSame(second.end, first.end);
  }
}

Deno.test("a machine that is put back does the same again", () => {
  fc.assert(
    fc.property(workloads(60), fc.nat(), (ops, at) => {
      goOnTwice(new Machine(), ops, at % ops.length);
    }),
    { numRuns: 40 },
  );
});

Deno.test("so does one with two nodes", () => {
  fc.assert(
    fc.property(workloads(60, { numa: NUMA_OPS }), fc.nat(), (ops, at) => {
      const all = possible(ops, 2);
      goOnTwice(new Machine({ nodes: 2 }), all, at % all.length);
    }),
    { numRuns: 40 },
  );
});

Deno.test("so does one that is watched", () => {
  fc.assert(
    fc.property(workloads(60), fc.nat(), (ops, at) => {
      const machine = new Machine();
      watchMachine(machine, new AccessLog());
      goOnTwice(machine, ops, at % ops.length);
    }),
    { numRuns: 10 },
  );
});

Deno.test("objects that were there are the same ones again", () => {
  const machine = new Machine();
  drive(machine, [
    { op: "proc", proc: "a" },
    { op: "mmap", proc: "a", region: "r", slot: 0, pages: 4 },
  ]);
  const process = machine.processes.named("a");
  const { mm } = process;
  const [area] = mm.vmas;
  const kept = machine.keep();
  drive(machine, [
    { op: "munmap", proc: "a", region: "r", start: 1, count: 2 },
    { op: "exit", proc: "a" },
  ]);
  kept.restore();
  assert.equal(machine.processes.named("a"), process);
  assert.equal(machine.memory.mms.of(mm.id), mm);
  assert.equal(mm.vmas[0], area);
  assert.equal(mm.vmas.length, 1);
  assert.equal(area.end - area.start, 4);
});

Deno.test("frames that rest come back in the same order", () => {
  const all = { proc: "a", region: "r" };
  const pattern = { kind: "seq", base: 1 } as const;
  const beginning: Op[] = [
    { op: "proc", proc: "a" },
    { op: "mmap", ...all, slot: 0, pages: 100 },
    { op: "fill", ...all, pattern },
    // 100 frames rest, so that the first 36 are used again.
    { op: "madvise", ...all, advice: "dontneed" },
  ];
  const elsewhere: Op[] = [
    { op: "fill", ...all, start: 20, count: 60, pattern },
    { op: "madvise", ...all, start: 40, count: 40, advice: "dontneed" },
    { op: "madvise", ...all, start: 20, count: 20, advice: "dontneed" },
  ];
  const end: Op[] = [{ op: "fill", ...all, pattern }];
  const straight = new Machine();
  drive(straight, [...beginning, ...end]);
  const machine = new Machine();
  drive(machine, beginning);
  const kept = machine.keep();
  drive(machine, elsewhere);
  kept.restore();
  drive(machine, end);
  assertSame(stateOf(machine), stateOf(straight));
});

Deno.test("a machine is not kept while an actor is in the middle of something", () => {
  const machine = new Machine({ timed: {} });
  const { simulation } = machine;
  assert.ok(simulation);
  const work = function* (): Suspends<void> {
    yield { kind: "reschedule", site: "here" };
  };
  simulation.begin(
    simulation.actors[0],
    () => ({ kind: "work", work: work() }),
  );
  assert.ok(machine.keep().bytes > 0);
  simulation.advance(Infinity);
  assert.equal(simulation.isQuiet, false);
  assert.throws(() => machine.keep(), /in the middle of a computation/);
});
