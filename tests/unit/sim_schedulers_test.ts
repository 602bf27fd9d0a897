/** Who goes on next: schedulers, delays, and looking on after each step. */
import {
  deepEqual,
  equal,
  notDeepEqual,
  ok as assert,
  throws,
} from "node:assert/strict";
import type { Suspends } from "../../src/engine/lib/step.ts";
import {
  RandomScheduler,
  RecordingScheduler,
  ReplayScheduler,
  RoundRobinScheduler,
  type Scheduler,
  type SimulationOptions,
  TimedScheduler,
} from "../../src/sim/mod.ts";
import { type Act, hold, LATENCIES, MUTEX, RWSEM, Stage } from "./sim_stage.ts";

/**
 * One clock for all, and each step a choice. An actor does the step at which it
 * has stopped, and goes on to the next.
 *
 * ```
 *   choice  0    1    2         3         4        5        6          7      8             9
 *   a       ...       works 10            has it            works 100         lets it go    done
 *   b            ...            works 5            has not             done
 *   clock   0    0    10        15        15       15       115        115    115           115
 * ```
 */
Deno.test("round robin gives one step to each in turn, on one clock", () => {
  const stage = new Stage({ scheduler: new RoundRobinScheduler() });
  const a = stage.actor("a", [10, ...hold(MUTEX, 100)]);
  const b = stage.actor("b", [5, { trylock: MUTEX }]);
  stage.run();
  deepEqual(stage.log, [
    "15 a has",
    "15 b has not",
    "115 b done",
    "115 a let go",
    "115 a done",
  ]);
  deepEqual([a.cpuNanos, b.cpuNanos], [110, 5]);
});

/** Three actors that each count up in steps of their own. */
function racers(scheduler: Scheduler): string[] {
  const stage = new Stage({ scheduler });
  for (const name of ["a", "b", "c"]) {
    const acts: Act[] = Array.from({ length: 6 }, () => "race");
    stage.actor(name, acts);
  }
  stage.run();
  return stage.happened(/race/).map((line) => line.split(" ")[1]);
}

Deno.test("each seed gives an order of its own, and the same one each time", () => {
  const orders = [1, 2, 3, 4].map((seed) => racers(new RandomScheduler(seed)));
  for (const [at, order] of orders.entries()) {
    equal(order.length, 18);
    deepEqual(racers(new RandomScheduler(at + 1)), order);
  }
  equal(new Set(orders.map(String)).size, 4);
});

Deno.test("chance lets every order of two steps happen, about equally often", () => {
  const count = new Map<string, number>();
  for (let seed = 0; seed < 600; seed++) {
    const stage = new Stage({ scheduler: new RandomScheduler(seed) });
    for (const name of ["a", "b", "c"]) {
      stage.actor(name, [{ call: () => stage.log.push(`. ${name}`) }]);
    }
    stage.run();
    const order = stage.happened(/^\./).map((line) => line.slice(2)).join("");
    count.set(order, (count.get(order) ?? 0) + 1);
  }
  deepEqual([...count.keys()].sort(), [
    "abc",
    "acb",
    "bac",
    "bca",
    "cab",
    "cba",
  ]);
  // 100 each; the standard deviation is 9. a goes first more often only if chance is no chance.
  for (const [order, times] of count) {
    equal(times > 55 && times < 145, true, `${order} ${times} times`);
  }
});

Deno.test("a recorded schedule replays", () => {
  const recording = new RecordingScheduler(new RandomScheduler(7));
  const order = racers(recording);
  equal(recording.everyStep, true);
  deepEqual(racers(new ReplayScheduler(recording.choices)), order);
  notDeepEqual(racers(new RoundRobinScheduler()), order);
});

Deno.test("a schedule that does not fit says where, and who could go on", () => {
  throws(() => racers(new ReplayScheduler([0, 1, 7])), {
    name: "ScheduleMismatch",
    message:
      "Cannot replay the schedule at step 2: it names actor 7, and actors 0 (a), 1 (b), 2 (c) can go on",
  });
  throws(() => racers(new ReplayScheduler([2, 2])), {
    name: "ScheduleMismatch",
    message:
      "Cannot replay the schedule at step 2: it ends after 2 steps, and actors 0 (a), 1 (b), 2 (c) can go on",
  });
});

Deno.test("where each step is a choice a lock still goes to who waits first", () => {
  const stage = new Stage({ scheduler: new RandomScheduler(3) });
  for (const name of ["a", "b", "c", "d"]) {
    stage.actor(name, [...hold(MUTEX, 10), ...hold(MUTEX, 10)]);
  }
  stage.run();
  const holder: string[] = [];
  for (const line of stage.happened(/has|let go/)) {
    const [, name, what] = line.split(" ");
    if (what === "has") holder.push(name);
    else equal(holder.pop(), name);
    equal(holder.length <= 1, true, "two hold the mutex");
  }
  equal(stage.figures(MUTEX).acquisitions, 8);
});

/**
 * The site of a takes 1000 ns longer:
 *
 * ```
 *   a  0 ===========(1000)== 1010              holds 1010
 *   b  5 ................... 1020 === 1025     waits 1015 instead of 15
 *   c  0 - 20 - 40                             acts before a does at 1000
 * ```
 */
Deno.test("a delay is in the hold of its site and the wait for it, and lets others act meanwhile", () => {
  const delays = new Map([["slow", 1000]]);
  const stage = new Stage({ delays });
  const tell = (text: string) => ({
    call: () => stage.log.push(`${stage.simulation.time} ${text}`),
  });
  const a = stage.actor("a", [
    { lock: MUTEX, site: "slow" },
    tell("a looks"),
    10,
    { unlock: MUTEX },
  ]);
  stage.actor("b", [5, { lock: MUTEX }, 5, { unlock: MUTEX }]);
  stage.actor("c", [20, tell("c acts"), 20, tell("c acts")]);
  stage.run();
  deepEqual(stage.happened(/has|let go|looks|acts/), [
    "20 c acts",
    "40 c acts",
    "1000 a has",
    "1000 a looks",
    "1010 a let go",
    "1020 b has",
    "1025 b let go",
  ]);
  const { waitTotalNanos, holdTotalNanos } = stage.figures(MUTEX);
  deepEqual([waitTotalNanos, holdTotalNanos], [1015, 1015]);
  equal(a.cpuNanos, 10);
});

Deno.test("a delay comes after a wait, too, and where a trylock succeeds", () => {
  const stage = new Stage({ delays: new Map([["slow", 1000]]) });
  stage.actor("a", hold(MUTEX, 30));
  stage.actor("b", [5, { lock: MUTEX, site: "slow" }, { unlock: MUTEX }]);
  stage.actor("c", [
    10,
    { trylock: MUTEX, site: "slow" },
    2000,
    { trylock: MUTEX, site: "slow" },
    { unlock: MUTEX },
  ]);
  stage.run();
  deepEqual(stage.happened(/has|let go/), [
    "0 a has",
    "10 c has not",
    "30 a let go",
    "1040 b has",
    "1040 b let go",
    "3010 c has",
    "3010 c let go",
  ]);
  // 30 of a, and twice the delay; b has waited for 35.
  const { waitTotalNanos, holdTotalNanos } = stage.figures(MUTEX);
  deepEqual([waitTotalNanos, holdTotalNanos], [35, 2030]);
});

/** Four actors that hold, wait, sleep, spin and try, by numbers. */
function mixture(options: Partial<SimulationOptions>): Stage {
  const stage = new Stage({
    seed: 5,
    latencies: { ...LATENCIES, timerSlackNanos: 50 },
    ...options,
  });
  for (const [at, name] of ["a", "b", "c", "d"].entries()) {
    const acts: Act[] = [];
    for (let i = 1; i <= 8; i++) {
      const spent = (i * 37 + at * 11) % 23;
      const lock = i % 3 === at % 3 ? MUTEX : RWSEM;
      const mode = i % 2 === 0 && lock === RWSEM ? "shared" : "exclusive";
      acts.push(spent, ...hold(lock, (i * 17) % 29, mode), "relax");
      acts.push("reschedule");
    }
    stage.actor(name, acts, { sleep: 300 + at }, acts);
  }
  return stage;
}

Deno.test("looking on after each step changes nothing", () => {
  const alone = mixture({}).run();
  let steps = 0;
  const watched = mixture({ afterStep: () => steps++ }).run();
  deepEqual(watched.log, alone.log);
  equal(
    watched.simulation.locks.lockStat(),
    alone.simulation.locks.lockStat(),
  );
  // Four actors, two parts, eight rounds, at least five steps each.
  equal(steps >= 4 * 2 * 8 * 5, true, `${steps} steps`);
});

Deno.test("whether one runs far at once or a little at a time changes nothing", () => {
  const atOnce = mixture({}).run();
  const bit = mixture({});
  for (let limit = 0; limit < 3000; limit += 7) bit.run(limit);
  deepEqual(bit.run().log, atOnce.log);
  equal(bit.simulation.locks.lockStat(), atOnce.simulation.locks.lockStat());
});

Deno.test("a signal between a look and the wait for it is not lost, in any order of steps", () => {
  let waits = 0;
  for (let seed = 0; seed < 300; seed++) {
    const stage = new Stage({ scheduler: new RandomScheduler(seed) });
    const { simulation } = stage;
    const { steps } = simulation;
    let isOpen = false;
    for (const name of ["a", "b"]) {
      const works = [(function* (): Suspends<void> {
        while (!isOpen) {
          waits++;
          if (steps.wait("online", "wait")) yield steps.stop;
        }
      })()];
      simulation.begin(simulation.add(name), () => {
        const work = works.shift();
        return work === undefined ? { kind: "done" } : { kind: "work", work };
      });
    }
    stage.actor("opener", [
      "race",
      { call: () => isOpen = true },
      "signal",
    ]);
    stage.run();
  }
  assert(waits > 100, `${waits}`);
});

Deno.test("a scheduler that is put back chooses the same again", () => {
  const stage = new Stage();
  const ready = ["a", "b", "c"].map((name) => stage.actor(name, []));
  for (
    const scheduler of [
      new TimedScheduler(),
      new RoundRobinScheduler(),
      new RandomScheduler(7),
      new ReplayScheduler([0, 2, 1, 1, 2, 0, 2, 0]),
      new RecordingScheduler(new RandomScheduler(3)),
    ]
  ) {
    const picked = (count: number) =>
      Array.from({ length: count }, () => scheduler.pick(ready).id);
    picked(2);
    const kept = scheduler.keep();
    const first = picked(6);
    kept.restore();
    deepEqual(picked(6), first);
  }
});

Deno.test("of actors at the same time, the one goes on that went on last, also when it is put back", () => {
  const scheduler = new TimedScheduler();
  const stage = new Stage();
  const [a, b] = ["a", "b"].map((name) => stage.actor(name, []));
  equal(scheduler.pick([b]), b);
  const kept = scheduler.keep();
  equal(scheduler.pick([a]), a);
  equal(scheduler.pick([a, b]), a);
  kept.restore();
  equal(scheduler.pick([a, b]), b);
});
