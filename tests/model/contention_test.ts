/** Contention comes from actors that wait for each other, and from nothing else. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Driver, Machine, type TimedOptions } from "../../src/machine/mod.ts";
import type { LockClassView } from "../../src/machine/locks_view.ts";
import { LATENCIES, price } from "../../src/machine/costs.ts";
import {
  type Box,
  openWorkload,
  type ScriptBody,
  workload,
} from "../../src/workload/mod.ts";
import { contentionWith } from "../../src/workload/builtin/contention.ts";
import { drive } from "../property/drive.ts";
import { workloads } from "../property/random_ops.ts";

const MILLI = 1e6;

/** A delay of 1 ms, and the look at the one area of the range, which is all that an idle madvise does. */
const HOLD = MILLI + price("area", 1);

/** A machine on which the script has run to its end. */
function played(script: ScriptBody, timed: TimedOptions = {}): Machine {
  const machine = new Machine({ timed });
  const driver = new Driver(machine, openWorkload(workload("test", script)));
  while (driver.advance("end") !== "end");
  return machine;
}

function classes({ simulation }: Machine): readonly LockClassView[] {
  assert.ok(simulation !== undefined);
  return simulation.locks.view(simulation.now).classes;
}

function classNamed(machine: Machine, name: string): LockClassView {
  const found = classes(machine).find((each) => each.name === name);
  assert.ok(found !== undefined, name);
  return found;
}

/** Figures of one site. */
function siteFigures(
  machine: Machine,
  name: string,
): LockClassView["exclusive"] {
  const sites = classes(machine).flatMap(({ sites }) => sites);
  const found = sites.filter(({ site }) => site === name);
  assert.equal(found.length, 1, name);
  return found[0].figures;
}

/** All waits for mmap_lock together. */
function mmapWait(machine: Machine): number {
  const { exclusive, shared } = classNamed(machine, "&mm->mmap_lock");
  return exclusive.waitTotalNanos + (shared?.waitTotalNanos ?? 0);
}

/** Nobody has ever waited, and nobody holds anything. */
function checkNoContention(machine: Machine): void {
  const { simulation } = machine;
  assert.ok(simulation !== undefined);
  for (const { name, exclusive, shared, sites } of classes(machine)) {
    for (const figures of [exclusive, ...(shared ? [shared] : [])]) {
      const { contentions, conBounces, waitTotalNanos, waitMaxNanos } = figures;
      assert.deepEqual(
        [contentions, conBounces, waitTotalNanos, waitMaxNanos],
        [0, 0, 0, 0],
        name,
      );
    }
    const held = sites.reduce(
      (sum, { figures: { holdTotalNanos } }) => sum + holdTotalNanos,
      0,
    );
    assert.equal(
      held,
      exclusive.holdTotalNanos + (shared?.holdTotalNanos ?? 0),
    );
    // One actor at a time: each moment belongs to one hold of a class at most, or to a pair of equals in a fork.
    assert.ok(held <= 2 * simulation.now, name);
  }
  for (const { id, name } of simulation.actors) {
    assert.deepEqual(simulation.locks.heldBy(id), [], name);
  }
}

Deno.test("where one acts at a time nobody ever waits", () => {
  let acquisitions = 0;
  fc.assert(
    fc.property(workloads(60), (ops) => {
      const machine = new Machine({ timed: {} });
      drive(machine, ops);
      checkNoContention(machine);
      for (const { exclusive, shared } of classes(machine)) {
        acquisitions += exclusive.acquisitions + (shared?.acquisitions ?? 0);
      }
    }),
    { numRuns: 40, seed: 1 },
  );
  assert.ok(acquisitions > 10_000, `${acquisitions}`);
});

Deno.test("a live machine on which ksmd is alone has no contention", () => {
  const machine = played(function* (box) {
    const ram = box.process("a").mmap("ram", 100, { mergeable: true });
    ram.fill({ kind: "mod", base: 0, m: 10 });
    box.live();
    yield* box.scanPasses(5);
  });
  assert.equal(machine.counters().pagesSharing, 90);
  checkNoContention(machine);
});

Deno.test("holds of one actor are counted one by one, and last as long as what is done in them", () => {
  const site = "ksm_madvise:mmap_lock";
  const machine = played(
    function* (box) {
      const ram = box.process("a").mmap("ram", 8);
      for (let i = 0; i < 7; i++) ram.madvise("unmergeable");
      yield* box.scanPasses(1);
    },
    { delays: new Map([[site, MILLI]]) },
  );
  assert.deepEqual(siteFigures(machine, site), {
    conBounces: 0,
    contentions: 0,
    waitMinNanos: 0,
    waitMaxNanos: 0,
    waitTotalNanos: 0,
    acqBounces: 0,
    acquisitions: 7,
    holdMinNanos: HOLD,
    holdMaxNanos: HOLD,
    holdTotalNanos: 7 * HOLD,
  });
});

/** So many threads of one process that all want mmap_lock for themselves at the same moment, once. */
function rush(box: Box, threads: number): void {
  const process = box.process("a");
  const ram = process.mmap("ram", 8);
  box.run(0);
  for (let i = 0; i < threads; i++) {
    process.every(1, `t${i}`, () => ram.madvise("unmergeable"), { times: 1 });
  }
}

/**
 * Each holds the lock for the time `H`; a hand-over takes `h`.
 *
 * ```
 *   t0  0 ===== H
 *   t1  0 ..... H+h ===== 2H+h
 *   t2  0 ............... 2H+2h ===== 3H+2h
 * ```
 *
 * So t1 has waited for H+h, t2 for twice that, and so on.
 */
Deno.test("threads that want one lock at once wait as long as those before them hold it", () => {
  const site = "ksm_madvise:mmap_lock";
  for (const threads of [1, 2, 3, 4, 7]) {
    const machine = played(
      function* (box) {
        rush(box, threads);
        yield* box.scanPasses(1);
      },
      { delays: new Map([[site, MILLI]]) },
    );
    const turn = HOLD + LATENCIES.sleepingHandoffNanos;
    const waits = threads * (threads - 1) / 2;
    const few = threads === 1;
    assert.deepEqual(siteFigures(machine, site), {
      conBounces: threads - 1,
      contentions: threads - 1,
      waitMinNanos: few ? 0 : turn,
      waitMaxNanos: (threads - 1) * turn,
      waitTotalNanos: waits * turn,
      // The script's mmap took the lock first.
      acqBounces: threads,
      acquisitions: threads,
      holdMinNanos: HOLD,
      holdMaxNanos: HOLD,
      holdTotalNanos: threads * HOLD,
    });
  }
});

/** A thread that advises, and one that has a page fault every 100 us, in another region. */
function adviserAndWriter(box: Box): void {
  const process = box.process("a");
  const advised = process.mmap("advised", 64);
  advised.fill({ kind: "seq", base: 1 });
  const fresh = process.mmap("fresh", 2000);
  // Its first page gives the region an anon_vma.
  fresh.fill(0, 1, { kind: "zero" });
  box.run(0);
  process.every(5, "adviser", (turn) => {
    const advice = turn.number % 2 === 0 ? "mergeable" : "unmergeable";
    advised.madvise(advice, 10, 20);
  }, { times: 20 });
  process.every(0.1, "writer", (turn) => {
    fresh.fill(1 + turn.number, 1, { kind: "const", byte: 1 });
  }, { times: 1200 });
}

Deno.test("a site that is delayed holds longer by that, and others wait for it", () => {
  const site = "ksm_madvise:mmap_lock";
  const faults = "handle_mm_fault:mmap_lock";
  const runs = [new Map<string, number>(), new Map([[site, MILLI]])].map(
    (delays) =>
      played(function* (box) {
        adviserAndWriter(box);
        yield* box.scanPasses(1);
      }, { delays }),
  );
  const [plain, delayed] = runs.map((machine) => siteFigures(machine, site));
  assert.equal(plain.acquisitions, 20);
  assert.equal(delayed.acquisitions, 20);
  assert.equal(delayed.holdTotalNanos - plain.holdTotalNanos, 20 * MILLI);
  const [few, many] = runs.map((machine) => siteFigures(machine, faults));
  assert.equal(many.acquisitions, few.acquisitions);
  // The writer comes within 100 us, the slack of its timer and a wake-up, and waits for the rest of the millisecond.
  const latest = 0.1 * MILLI + LATENCIES.timerSlackNanos + 10_000;
  assert.equal(many.contentions, 20);
  assert.ok(many.waitMinNanos >= MILLI - latest, `${many.waitMinNanos}`);
  assert.ok(many.waitMaxNanos <= MILLI + 0.1 * MILLI, `${many.waitMaxNanos}`);
  assert.ok(few.waitTotalNanos < 0.1 * MILLI, `${few.waitTotalNanos}`);
});

/** All waits for mmap_lock in the scene, for some seeds, in so many virtual milliseconds each. */
function sceneWait(
  writers: number,
  delays = new Map<string, number>(),
): number {
  let wait = 0;
  for (const seed of [1, 2, 3]) {
    const machine = new Machine({ timed: { seed, delays } });
    const scene = openWorkload(contentionWith(writers));
    const driver = new Driver(machine, scene);
    while (machine.timeMillis < 60) driver.advance("batch");
    wait += mmapWait(machine);
  }
  return wait;
}

Deno.test("twice the writers wait longer for mmap_lock", () => {
  const waits = [2, 4].map((writers) => sceneWait(writers));
  assert.ok(waits[0] < waits[1], waits.join(" "));
});

/** So many threads of one process that each discard and fault in a page every 50 us, and one that maps and unmaps. */
function crowd(box: Box, threads: number): void {
  const process = box.process("a");
  box.run(0);
  const buffer = process.mmap("buffer", 8);
  process.every(0.2, "adviser", () => buffer.madvise("unmergeable"), {
    times: 250,
  });
  for (let i = 0; i < threads; i++) {
    const ram = process.mmap(`ram${i}`, 8);
    process.every(0.05, `t${i}`, () => {
      ram.madvise("dontneed");
      ram.fill({ kind: "const", byte: 1 });
    }, { times: 1000 });
  }
}

Deno.test("each doubling of threads that fault and discard raises the waits by half at least", () => {
  const waits = [1, 2, 4, 8].map((threads) =>
    mmapWait(played(function* (box) {
      crowd(box, threads);
      yield* box.scanPasses(1);
    }))
  );
  for (let i = 1; i < waits.length; i++) {
    assert.ok(waits[i] > 1.5 * waits[i - 1], waits.join(" "));
  }
});

Deno.test("ksmd that holds mmap_lock longer makes the scene wait longer", () => {
  const site = "scan_get_next_rmap_item:mmap_lock";
  const waits = [0, 20_000].map((nanos) =>
    sceneWait(2, new Map([[site, nanos]]))
  );
  assert.ok(waits[1] > 2 * waits[0], waits.join(" "));
});
