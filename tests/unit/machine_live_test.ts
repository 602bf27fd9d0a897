/** A machine that goes by the virtual clock: what causes what, and when. */
import assert from "node:assert/strict";
import { checkAtRest, Driver, Machine } from "../../src/machine/mod.ts";
import { type Box, openWorkload, workload } from "../../src/workload/mod.ts";

/** Runs a script to its end; `script` may look at the machine through `now`. */
function run(
  script: Parameters<typeof workload>[1],
  machine: Machine = new Machine({ timed: { seed: 1 } }),
): Driver {
  const driver = new Driver(machine, openWorkload(workload("test", script)));
  while (driver.advance("end") !== "end");
  return driver;
}

/** A process with so many equal mergeable pages. */
function equalPages(box: Box, name: string, pages: number): void {
  const ram = box.process(name).mmap("ram", pages, { mergeable: true });
  ram.fill({ kind: "const", byte: 7 });
}

Deno.test("after run 2 nothing is merged, though ksmd waited for the mutex meanwhile", () => {
  // ksmd has no pause, and so waits for ksm_thread_mutex at nearly every write of the knob.
  for (const seed of [1, 2, 3, 4]) {
    const machine = new Machine({ timed: { seed } });
    run(function* (box) {
      box.knob("sleep_millisecs", 0);
      box.knob("pages_to_scan", 1000);
      equalPages(box, "a", 60);
      yield* box.scanPasses(3);
      box.live();
      for (let i = 0; i < 5; i++) {
        box.sleep(1 + i);
        box.run(2);
        box.run(1);
      }
      box.sleep(3);
      box.run(2);
      box.sleep(20);
      box.sample();
    }, machine);
    const { pagesShared, pagesSharing, pagesVolatile } = machine.counters();
    assert.deepEqual([pagesShared, pagesSharing, pagesVolatile], [0, 0, 0]);
    assert.equal(machine.ksm.items.live, 0);
  }
});

Deno.test("ksmd begins at once when there is something to do, whatever its pause", () => {
  let begun = 0;
  const machine = new Machine({ timed: { seed: 1 } });
  machine.ksm.observer = (point) => {
    if (point.event === "ksm_start_scan" && begun === 0) {
      begun = machine.timeMillis;
    }
  };
  run(function* (box) {
    box.knob("sleep_millisecs", 10_000);
    box.live();
    box.sleep(50);
    equalPages(box, "a", 2);
    yield* box.scanBatches(1);
  }, machine);
  // The script sleeps for 50 ms and up to the slack of a timer.
  assert.ok(begun > 50 && begun < 50.2, `${begun}`);
});

Deno.test("ksmd sleeps between two batches as its knob says, and another value ends that", () => {
  const starts: number[] = [];
  const machine = new Machine({ timed: { seed: 1 } });
  machine.ksm.observer = (point) => {
    if (point.event === "ksm_start_scan") starts.push(machine.timeMillis);
  };
  run(function* (box) {
    box.knob("sleep_millisecs", 40);
    equalPages(box, "a", 2);
    box.live();
    box.sleep(100);
    box.knob("sleep_millisecs", 1_000_000);
    box.sleep(500);
    box.knob("sleep_millisecs", 40);
    yield* box.scanBatches(1);
  }, machine);
  const times = starts.map((start) => Math.floor(start - starts[0]));
  // Every 40 ms up to 100, once at 100, when the first knob is written, and once at 600.
  assert.deepEqual(times, [0, 40, 80, 100, 600]);
});

Deno.test("nobody goes on because of what has not happened yet", () => {
  // ksmd takes 5 ms more to leave an address space, and so to end a pass.
  const delays = new Map([["scan_get_next_rmap_item:next", 5e6]]);
  const machine = new Machine({ timed: { seed: 3, delays } });
  const ends: number[] = [];
  machine.ksm.observer = (point) => {
    if (point.event === "ksm_stop_scan") ends.push(machine.timeMillis);
  };
  run(function* (box) {
    equalPages(box, "a", 2);
    box.live();
    for (let pass = 0; pass < 3; pass++) {
      yield* box.scanPasses(1);
      box.sample("ended");
    }
  }, machine);
  const heard = machine.log.last().filter(({ text }) => text === "ended");
  assert.equal(heard.length, 3);
  for (const [pass, { timeMillis }] of heard.entries()) {
    const late = timeMillis - ends[pass];
    assert.ok(late >= 0 && late < 0.1, `${late}`);
  }
});

Deno.test("the script goes on when its scan has ended, and hears of it", () => {
  const machine = new Machine({ timed: { seed: 1 } });
  const heard: number[] = [];
  run(function* (box) {
    box.knob("pages_to_scan", 3);
    equalPages(box, "a", 9);
    box.live();
    for (let pass = 1; pass <= 4; pass++) {
      const { counters } = yield* box.scanPasses(1);
      heard.push(counters.fullScans);
    }
    const { counters } = yield* box.scanBatches(2);
    heard.push(counters.fullScans);
  }, machine);
  assert.deepEqual(heard, [1, 2, 3, 4, 4]);
});

Deno.test("a process exits when its threads have ended what they are in the middle of", () => {
  // Faults take long, so that most threads are in one when the exit comes.
  const delays = new Map([["do_wp_page:page", 30_000]]);
  let inFault = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const machine = new Machine({ timed: { seed, delays } });
    run(function* (box) {
      const process = box.process("a");
      const ram = process.mmap("ram", 64, { mergeable: true });
      for (let thread = 0; thread < 3; thread++) {
        process.forever(`t${thread}`, (turn) => {
          const page = turn.randomInt(60);
          ram.madvise("dontneed", page, 4);
          ram.fill(page, 4, { kind: "const", byte: 1 });
        });
      }
      box.every(1, "killer", (turn) => {
        if (turn.number === 0) return;
        const { actors = [] } = machine.simulation ?? {};
        inFault += actors.filter(({ name, work }) =>
          name.startsWith("a/") && work !== undefined
        ).length;
        process.exit();
      }, { times: 2 });
      yield* box.scanPasses(2);
    }, machine);
    assert.deepEqual([...machine.processes.all()], []);
    assert.equal(machine.memory.frames.live, 0);
    checkAtRest(machine);
  }
  assert.ok(inFault >= 20, `${inFault}`);
});

Deno.test("what a thread does comes to nothing where another one has not made room for it yet", () => {
  const machine = new Machine({ timed: { seed: 1 } });
  run(function* (box) {
    const vm = box.process("vm");
    const old = vm.mmap("old", 4);
    const moved = vm.mmap("moved", 4);
    moved.fill({ kind: "const", byte: 1 });
    vm.every(100, "late", () => {
      box.sleep(50);
      old.unmap();
      moved.unmap();
      vm.mmap("new", 4);
    }, { times: 1 });
    vm.every(10, "early", ({ number }) => {
      if (number === 1) {
        vm.mmap("over old", 4, { at: { slot: 0 } });
        vm.region("over old").fill({ kind: "const", byte: 2 });
        vm.region("new").fill({ kind: "const", byte: 3 });
        vm.fork("child").region("new").fill({ kind: "const", byte: 4 });
      }
    }, { times: 2 });
    box.sleep(200);
    yield* box.scanBatches(1);
  }, machine);
  const names = (name: string) =>
    Array.from(machine.processes.named(name).regions, ([region]) => region);
  assert.deepEqual(names("vm"), ["old", "moved", "new"]);
  assert.deepEqual(names("child"), ["old", "moved"]);
  assert.equal(machine.processes.named("vm").mm.pages.present, 0);
  assert.equal(machine.processes.named("child").mm.pages.present, 4);
});

Deno.test("what the machine cannot do names the thread that asked for it", () => {
  const script = function* (box: Box) {
    const vm = box.process("vm");
    vm.every(1, "mover", () => vm.bind(1));
    yield* box.scanPasses(1);
  };
  assert.throws(
    () => run(script),
    /^RefusedOp: Cannot run bind in thread "vm\/mover": there is no NUMA node 1/,
  );
});

Deno.test("the processor time that the advisor reads begins where the machine goes live", () => {
  const machine = new Machine({ timed: { seed: 1 } });
  const before = machine.clock.ksmdCpuNanos();
  run(function* (box) {
    equalPages(box, "a", 50);
    yield* box.scanPasses(2);
    box.knob("run", 0);
    box.live();
    box.sleep(5);
  }, machine);
  assert.ok((machine.simulation?.actors[0].cpuNanos ?? 0) > 0);
  assert.equal(machine.clock.ksmdCpuNanos(), before);
});

Deno.test("a stride says whether ksmd only sleeps before the next batch, or has nothing to do", () => {
  const script = workload("test", function* (box) {
    box.knob("sleep_millisecs", 100);
    equalPages(box, "a", 2);
    box.live();
    box.sleep(1000);
    box.run(0);
    yield* box.scanPasses(1);
  });
  const machine = new Machine({ timed: { seed: 1 } });
  const driver = new Driver(machine, openWorkload(script));
  assert.equal(driver.advance("batch"), "done");
  for (let millis = 20; millis < 100; millis += 20) {
    assert.equal(driver.advance("batch"), "rest");
  }
  // Timers are late.
  assert.equal(driver.advance("batch"), "rest");
  assert.equal(driver.advance("batch"), "done");
  assert.equal(machine.batches, 2);
  while (machine.batches < 10) driver.advance("batch");
  // The script switches ksmd off, and then scans in vain.
  let rests = 0;
  while (driver.advance("batch") === "rest") rests++;
  assert.ok(rests >= 4 && rests <= 6, `${rests}`);
  assert.equal(driver.advance("batch"), "end");
  assert.equal(machine.batches, 10);
});
