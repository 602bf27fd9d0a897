/** Actors on a virtual clock: who runs when, worked out by hand. */
import { deepEqual, equal, throws } from "node:assert/strict";
import { Deadlock, Stuck } from "../../src/sim/mod.ts";
import { hold, LATENCIES, MUTEX, RWSEM, SPIN, Stage } from "./sim_stage.ts";

/**
 * ```
 *   a  0 ---20--- 20 ============ 120            lets go at 120
 *   b  0 --30--- 30 ....waits.......... 130 === 180
 * ```
 *
 * b has the mutex 10 ns after a has let it go; both have used what they spent.
 */
Deno.test("one waits while the other holds, and has the lock a hand-over later", () => {
  const stage = new Stage();
  const a = stage.actor("a", [20, ...hold(MUTEX, 100)]);
  const b = stage.actor("b", [30, ...hold(MUTEX, 50)]);
  stage.run();
  deepEqual(stage.log, [
    "20 a has",
    "120 a let go",
    "120 a done",
    "130 b has",
    "180 b let go",
    "180 b done",
  ]);
  deepEqual([a.clock, a.cpuNanos, a.state], [120, 120, "done"]);
  deepEqual([b.clock, b.cpuNanos, b.state], [180, 80, "done"]);
  equal(stage.simulation.now, 180);
  deepEqual(stage.figures(MUTEX), {
    conBounces: 1,
    contentions: 1,
    waitMinNanos: 100,
    waitMaxNanos: 100,
    waitTotalNanos: 100,
    acqBounces: 1,
    acquisitions: 2,
    holdMinNanos: 50,
    holdMaxNanos: 100,
    holdTotalNanos: 150,
  });
});

/**
 * ```
 *   a  0 ====== 40
 *   b  10 ..... 41 ==== 61          waits 31
 *   c  20 ............. 62 == 67    waits 42
 * ```
 */
Deno.test("a spinning lock goes to those who wait in the order of their coming", () => {
  const stage = new Stage();
  stage.actor("a", hold(SPIN, 40));
  stage.actor("c", [20, ...hold(SPIN, 5)]);
  stage.actor("b", [10, ...hold(SPIN, 20)]);
  stage.run();
  deepEqual(stage.happened(/has|let go/), [
    "0 a has",
    "40 a let go",
    "41 b has",
    "61 b let go",
    "62 c has",
    "67 c let go",
  ]);
  const { contentions, waitMinNanos, waitMaxNanos, holdTotalNanos } = stage
    .figures(SPIN);
  deepEqual(
    [contentions, waitMinNanos, waitMaxNanos, holdTotalNanos],
    [2, 31, 42, 65],
  );
});

/**
 * ```
 *   reader 1  R 0 ================== 100
 *   reader 2  R   10 ====== 30
 *   writer    W      20 ............ 110 ==== 140         waits 90
 *   reader 3  R        25 ................... 150 == 155  waits 125, since a writer came first
 * ```
 */
Deno.test("readers share an rwsem until a writer comes; who comes later waits behind it", () => {
  const stage = new Stage();
  stage.actor("r1", hold(RWSEM, 100, "shared"));
  stage.actor("r2", [10, ...hold(RWSEM, 20, "shared")]);
  stage.actor("w", [20, ...hold(RWSEM, 30)]);
  stage.actor("r3", [25, ...hold(RWSEM, 5, "shared")]);
  stage.run();
  deepEqual(stage.happened(/has|let go/), [
    "0 r1 has",
    "10 r2 has",
    "30 r2 let go",
    "100 r1 let go",
    "110 w has",
    "140 w let go",
    "150 r3 has",
    "155 r3 let go",
  ]);
  const shared = stage.figures(RWSEM, "shared");
  deepEqual(
    [shared.contentions, shared.waitTotalNanos, shared.holdTotalNanos],
    [1, 125, 125],
  );
  const exclusive = stage.figures(RWSEM);
  deepEqual(
    [exclusive.contentions, exclusive.waitTotalNanos, exclusive.holdTotalNanos],
    [1, 90, 30],
  );
});

Deno.test("who is furthest behind acts first, and time never goes back", () => {
  const stage = new Stage();
  const note = (name: string) => ({
    call: () => stage.log.push(`${stage.simulation.time} ${name}`),
  });
  stage.actor("a", [30, note("a"), 30, note("a"), 30, note("a")]);
  stage.actor("b", [45, note("b"), 5, note("b"), 50, note("b")]);
  stage.run();
  deepEqual(stage.happened(/ [ab]$/), [
    "30 a",
    "45 b",
    "50 b",
    "60 a",
    "90 a",
    "100 b",
  ]);
});

Deno.test("of two at the same time the one that ran last goes on, else the first", () => {
  const stage = new Stage();
  const tell = (text: string) => ({ call: () => stage.log.push(text) });
  stage.actor("a", [tell("a0"), 10, tell("a10"), 10, tell("a20")]);
  stage.actor("b", [tell("b0"), 10, tell("b10"), "reschedule", tell("b10'")]);
  stage.run();
  // At 0: a first. a is at 10 then, so b acts at 0 and goes on at 10 before a does.
  deepEqual(stage.happened(/^[ab]/), [
    "a0",
    "b0",
    "b10",
    "b10'",
    "a10",
    "a20",
  ]);
});

Deno.test("one that sleeps goes on when its time has come, and 5 ns for waking up", () => {
  const stage = new Stage();
  const a = stage.actor("a", [10], { sleep: 100 }, [20], { sleep: 7 });
  stage.actor("b", [50]);
  stage.run();
  deepEqual(stage.log, [
    "10 a sleep",
    "50 b done",
    "135 a sleep",
    "147 a done",
  ]);
  equal(a.cpuNanos, 30);
});

Deno.test("nobody goes beyond the limit, and none is lost there", () => {
  const stage = new Stage();
  const a = stage.actor("a", [10], { sleep: 100 }, [20]);
  const b = stage.actor("b", [200, 1]);
  stage.run(90);
  deepEqual([a.state, a.clock, b.clock], ["sleeping", 115, 200]);
  deepEqual(stage.log, ["10 a sleep"]);
  stage.run();
  deepEqual(stage.log.slice(1), ["135 a done", "201 b done"]);
});

Deno.test("an idle actor does nothing until it is woken, a sleeping one is woken early", () => {
  const stage = new Stage();
  const idler = stage.actor("idler", "idle", [1]);
  const sleeper = stage.actor("sleeper", { sleep: 1_000 }, [1]);
  stage.actor("waker", [
    40,
    { call: () => stage.simulation.wake(idler) },
    20,
    { call: () => stage.simulation.wake(sleeper) },
    // Neither rests now: waking them again does nothing.
    { call: () => stage.simulation.wake(sleeper) },
  ]);
  stage.run();
  deepEqual(stage.log, [
    "0 idler idle",
    "0 sleeper sleep",
    "46 idler done",
    "60 waker done",
    "66 sleeper done",
  ]);
});

Deno.test("waking one that would wake sooner by itself does not make it late", () => {
  const stage = new Stage();
  const sleeper = stage.actor("sleeper", { sleep: 40 });
  stage.actor("waker", [
    43,
    { call: () => stage.simulation.wake(sleeper) },
  ]);
  stage.run();
  deepEqual(stage.happened(/sleeper/), ["0 sleeper sleep", "45 sleeper done"]);
});

Deno.test("what happens at a given time wakes from that time on", () => {
  const stage = new Stage();
  const idler = stage.actor("idler", "idle", [1]);
  stage.actor("worker", [300]);
  stage.run();
  stage.simulation.wake(idler, 300);
  stage.run();
  deepEqual(stage.happened(/idler/), ["0 idler idle", "306 idler done"]);
});

Deno.test("time stands where the last one has run to, when nobody has anything to do", () => {
  const stage = new Stage();
  const idler = stage.actor("idler", "idle");
  stage.actor("worker", [300, 5]);
  stage.run();
  equal(stage.simulation.now, 305);
  stage.simulation.wake(idler);
  equal(idler.clock, 310);
});

/** ```
 *   a  0 - 10 waits ........ 45 goes on (40 + 5)
 *   b  0 --- 20 waits ...... 45 goes on
 *   c  0 ------- 40 signals
 *   d  0 ----------- 50 waits                     comes too late, is left
 * ``` */
Deno.test("a signal lets all go on who wait by then, and none who comes later", () => {
  const stage = new Stage();
  stage.actor("a", [10, "wait"]);
  stage.actor("b", [20, "wait"]);
  stage.actor("c", [40, "signal"]);
  stage.actor("d", [50, "wait"]);
  throws(() => stage.run(), (error) => {
    return error instanceof Stuck &&
      error.message === "Nobody can go on: d (wait) wait for ever";
  });
  deepEqual(stage.happened(/goes on|signals/), [
    "40 c signals",
    "45 a goes on",
    "45 b goes on",
  ]);
});

Deno.test("a trylock has the lock or goes on without, and does not wait", () => {
  const stage = new Stage();
  stage.actor("a", hold(MUTEX, 50));
  stage.actor("b", [20, { trylock: MUTEX }, 50, { trylock: MUTEX }, 5, {
    unlock: MUTEX,
  }]);
  stage.run();
  deepEqual(stage.happened(/ b /), [
    "20 b has not",
    "70 b has",
    "75 b let go",
    "75 b done",
  ]);
  const { contentions, acquisitions, holdTotalNanos } = stage.figures(MUTEX);
  deepEqual([contentions, acquisitions, holdTotalNanos], [0, 2, 55]);
});

Deno.test("one that spins looks again after others have acted, and uses its processor", () => {
  const stage = new Stage();
  let isOpen = false;
  const spinner = stage.actor("spinner", [
    "relax",
    "relax",
    { call: () => equal(isOpen, false) },
    "relax",
    { call: () => equal(isOpen, true) },
  ]);
  stage.actor("opener", [10, { call: () => isOpen = true }]);
  stage.run();
  // The looks are at 4, 8 and 12.
  deepEqual([spinner.clock, spinner.cpuNanos], [12, 12]);
});

Deno.test("two that wait for each other are a deadlock, which is named", () => {
  const stage = new Stage();
  stage.actor("a", [{ lock: MUTEX, site: "f:mutex" }, 10, {
    lock: RWSEM,
    site: "f:mmap",
  }]);
  stage.actor("b", [{ lock: RWSEM, site: "g:mmap" }, 20, {
    lock: MUTEX,
    site: "g:mutex",
  }]);
  throws(() => stage.run(), (error) => {
    return error instanceof Deadlock &&
      error.message === "b waits for ksm_thread_mutex held by a at f:mutex, " +
          "which waits for &mm->mmap_lock 1 held by b at g:mmap";
  });
});

Deno.test("one that ends with a lock leaves the others stuck, by name and place", () => {
  const stage = new Stage();
  stage.actor("a", [{ lock: MUTEX }]);
  stage.actor("b", [1, { lock: MUTEX, site: "run_store:mutex" }]);
  throws(() => stage.run(), (error) => {
    return error instanceof Stuck &&
      error.message === "Nobody can go on: b (run_store:mutex) wait for ever";
  });
});

Deno.test("timers are late by chance, by the seed, within the slack", () => {
  const wakes = (seed: number): number[] => {
    const stage = new Stage({
      seed,
      latencies: { ...LATENCIES, timerSlackNanos: 1000 },
    });
    stage.actor("a", ...Array.from({ length: 50 }, () => ({ sleep: 10_000 })));
    stage.run();
    const times = stage.log.map((line) => parseInt(line));
    return times.slice(1).map((time, i) => time - times[i]);
  };
  const first = wakes(1);
  equal(first.length, 50);
  deepEqual(wakes(1), first);
  equal(wakes(2).join() === first.join(), false);
  for (const nanos of [...first, ...wakes(2)]) {
    equal(nanos >= 10_005 && nanos <= 11_005, true, `${nanos}`);
  }
  // Of 100 sleeps, by chance, one is in the first tenth of the slack and one in the last.
  equal(Math.min(...first, ...wakes(2)) < 10_105, true);
  equal(Math.max(...first, ...wakes(2)) > 10_905, true);
});

Deno.test("work that runs alone takes time, and waits for nobody", () => {
  const stage = new Stage();
  const a = stage.simulation.add("a");
  const { steps } = stage.simulation;
  const took = stage.simulation.runAs(
    a,
    (function* () {
      if (steps.lock(MUTEX, "exclusive", "f")) yield steps.stop;
      if (steps.spend("copy", 30, "f")) yield steps.stop;
      return "done";
    })(),
  );
  deepEqual([took, stage.simulation.now, a.cpuNanos], ["done", 30, 30]);
  const b = stage.simulation.add("b");
  throws(
    () =>
      stage.simulation.runAs(
        b,
        (function* () {
          if (steps.lock(MUTEX, "exclusive", "g")) yield steps.stop;
        })(),
      ),
    { message: "b waits at g while nobody else runs" },
  );
});
