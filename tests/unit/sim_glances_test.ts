import assert from "node:assert/strict";
import { LOCK_CLASS } from "../../src/engine/lib/lock.ts";
import type { Steps, Suspends } from "../../src/engine/lib/step.ts";
import { Simulation, type Turn } from "../../src/sim/mod.ts";

const OUTER = { lockClass: LOCK_CLASS.mmapLock, instance: 1 };
const OTHER = { lockClass: LOCK_CLASS.mmapLock, instance: 2 };
const INNER = { lockClass: LOCK_CLASS.pageTableLock, instance: 1 };

const DONE: Turn = { kind: "done" };

/** Where every work costs 10 ns. */
function simulation(): Simulation {
  return new Simulation({
    price: () => 10,
    latencies: {
      wakeNanos: 0,
      timerSlackNanos: 0,
      sleepingHandoffNanos: 0,
      spinningHandoffNanos: 0,
      relaxNanos: 1,
    },
    seed: 1,
  });
}

/** Looks at both locks so often, all at once if it may, else step by step. */
function* look(
  steps: Steps,
  times: number,
  atOnce: boolean,
  outer = OUTER,
): Suspends<void> {
  for (let i = 0; i < times; i++) {
    if (atOnce && steps.glance(outer, "o", INNER, "i", "walk")) continue;
    if (steps.lock(outer, "shared", "o")) yield steps.stop;
    if (steps.lock(INNER, "exclusive", "i")) yield steps.stop;
    if (steps.spend("walk", 1, "i")) yield steps.stop;
    if (steps.unlock(INNER, "exclusive", "i")) yield steps.stop;
    if (steps.unlock(outer, "shared", "o")) yield steps.stop;
  }
}

/** What is counted of one actor that looks 3, 2 and 4 times, at another lock in between. */
function counted(atOnce: boolean): [number, unknown, string] {
  const machine = simulation();
  const { steps } = machine;
  machine.run(function* () {
    yield* look(steps, 3, atOnce);
    yield* look(steps, 2, atOnce, OTHER);
    yield* look(steps, 4, atOnce);
  }());
  return [machine.now, machine.locks.view(0), machine.locks.lockStat()];
}

Deno.test("glances count as what they stand for, step by step", () => {
  assert.deepEqual(counted(true), counted(false));
  assert.equal(counted(true)[0], 90);
});

Deno.test("a glance is refused where a lock is held, and nothing has been done", () => {
  const machine = simulation();
  const { steps } = machine;
  const refused = machine.run(function* () {
    if (steps.lock(OUTER, "exclusive", "held")) yield steps.stop;
    const seen = steps.glance(OUTER, "o", INNER, "i", "walk");
    if (steps.unlock(OUTER, "exclusive", "held")) yield steps.stop;
    return !seen;
  }());
  assert.ok(refused);
  assert.equal(machine.now, 0);
  const [, , mmap] = machine.locks.view(0).classes;
  assert.equal(mmap.exclusive.acquisitions, 1);
  assert.equal(mmap.shared?.acquisitions, 0);
});

Deno.test("a glance is refused where another actor is due before its end", () => {
  const machine = simulation();
  const { steps } = machine;
  // Goes first, and is due again at 25.
  const rests: Turn[] = [{ kind: "sleep", nanos: 25 }, { kind: "done" }];
  machine.begin(machine.add("other"), () => rests.shift() ?? DONE);
  // Glances that end at 10, 20 and 30.
  const seen: boolean[] = [];
  const works = [function* (): Suspends<void> {
    for (let i = 0; i < 3; i++) {
      seen.push(steps.glance(OUTER, "o", INNER, "i", "walk"));
    }
    if (steps.reschedule("end")) yield steps.stop;
  }];
  machine.begin(machine.add("looker"), () => {
    const work = works.shift();
    return work === undefined ? DONE : { kind: "work", work: work() };
  });
  while (machine.advance(1000) !== undefined);
  assert.deepEqual(seen, [true, true, false]);
});
