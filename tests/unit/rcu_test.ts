/** Read sections, and who waits for them. */
import assert from "node:assert/strict";
import { LOCK_CLASS, type LockClass } from "../../src/engine/lib/lock.ts";
import { EveryStep, type Suspends } from "../../src/engine/lib/step.ts";
import { AccessLog } from "../../src/sim/explore/mod.ts";
import { Rcu } from "../../src/sim/explore/rcu.ts";
import { goTo, granting } from "./stepping.ts";

const CELL = 7;

function newRcu(): { steps: EveryStep; log: AccessLog; rcu: Rcu } {
  const steps = new EveryStep();
  const log = new AccessLog();
  return { steps, log, rcu: new Rcu(steps, log, CELL) };
}

function goToWait(writer: Suspends<void>): void {
  goTo(writer, "wait", "synchronize_rcu:wait");
}

Deno.test("without readers a writer waits for nobody", () => {
  const { rcu } = newRcu();
  assert.ok(rcu.synchronize().next().done);
});

Deno.test("a writer waits for a reader that was there before", () => {
  const { rcu } = newRcu();
  const section = granting.run(rcu.readLock());
  const writer = rcu.synchronize();
  goToWait(writer);
  assert.ok(rcu.isInside(section));
  granting.run(rcu.readUnlock(section));
  assert.ok(!rcu.isInside(section));
  assert.ok(writer.next(true).done);
});

Deno.test("a writer that is woken while one of two readers is left waits again", () => {
  const { rcu } = newRcu();
  const first = granting.run(rcu.readLock());
  const second = granting.run(rcu.readLock());
  const writer = rcu.synchronize();
  goToWait(writer);
  granting.run(rcu.readUnlock(first));
  goToWait(writer);
  granting.run(rcu.readUnlock(second));
  assert.ok(writer.next(true).done);
});

Deno.test("a writer does not wait for a reader that came later", () => {
  const { rcu } = newRcu();
  const early = granting.run(rcu.readLock());
  const writer = rcu.synchronize();
  goToWait(writer);
  const late = granting.run(rcu.readLock());
  granting.run(rcu.readUnlock(early));
  assert.ok(writer.next(true).done);
  assert.ok(rcu.isInside(late));
});

Deno.test("a reader that has not begun its section is not waited for", () => {
  const { rcu } = newRcu();
  goTo(rcu.readLock(), "race", "rcu_read_lock:section");
  assert.ok(rcu.synchronize().next().done);
});

Deno.test("a section ends once", () => {
  const { rcu } = newRcu();
  const section = granting.run(rcu.readLock());
  granting.run(rcu.readUnlock(section));
  assert.throws(() => granting.run(rcu.readUnlock(section)), {
    message: "Section 1 has ended before",
  });
});

Deno.test("readers and writers tell what they share", () => {
  const { log, rcu } = newRcu();
  log.listening = true;
  const section = granting.run(rcu.readLock());
  assert.deepEqual(log.take().writes, [CELL]);
  const writer = rcu.synchronize();
  goToWait(writer);
  assert.deepEqual(log.take(), { reads: [CELL], writes: [] });
  granting.run(rcu.readUnlock(section));
  assert.deepEqual(log.take().writes, [CELL]);
});

Deno.test("work in a section takes its steps there, hears their answers, and has its result", () => {
  const { rcu, steps } = newRcu();
  const lock = { lockClass: LOCK_CLASS.folioLock, instance: 1 };
  const reader = rcu.read((function* (): Suspends<boolean> {
    steps.trylock(lock, "exclusive", "test:trylock");
    return yield steps.stop;
  })());
  goTo(reader, "trylock", "test:trylock");
  const writer = rcu.synchronize();
  goToWait(writer);
  const refused = reader.next(false);
  assert.ok(!refused.done && refused.value.kind === "signal");
  assert.ok(writer.next(true).done);
  assert.deepEqual(reader.next(true), { done: true, value: false });
});

function lockIn(lockClass: LockClass): (steps: EveryStep) => unknown {
  const lock = { lockClass, instance: 1 };
  return (steps) => steps.lock(lock, "exclusive", "test:step");
}

const SLEEPS: Readonly<Record<string, (steps: EveryStep) => unknown>> = {
  "lock ksm_thread_mutex": lockIn(LOCK_CLASS.threadMutex),
  "lock mmap_lock": lockIn(LOCK_CLASS.mmapLock),
  "lock a page": lockIn(LOCK_CLASS.folioLock),
  "wait": (steps) => steps.wait("online", "test:step"),
  "reschedule": (steps) => steps.reschedule("test:step"),
};

for (const [what, sleep] of Object.entries(SLEEPS)) {
  Deno.test(`no ${what} in a section`, () => {
    const { rcu, steps } = newRcu();
    const reader = rcu.read((function* (): Suspends<void> {
      sleep(steps);
      yield steps.stop;
    })());
    assert.throws(() => granting.run(reader), {
      name: "Violation",
      property: "a read section never sleeps",
      message: `a read section never sleeps: ${
        what.split(" ")[0]
      } at test:step inside a read section`,
    });
  });
}

Deno.test("who waits for a grace period in a section would wait for itself", () => {
  const { rcu } = newRcu();
  assert.throws(() => granting.run(rcu.read(rcu.synchronize())), {
    property: "a read section never sleeps",
  });
});

const SPINS: Readonly<Record<string, (steps: EveryStep) => unknown>> = {
  "take a spinlock": lockIn(LOCK_CLASS.pageTableLock),
  "spin": (steps) => steps.relax("test:step"),
  "work": (steps) => steps.spend("compare", 1, "test:step"),
  "let others race": (steps) => steps.race("test:step"),
};

for (const [what, spin] of Object.entries(SPINS)) {
  Deno.test(`a reader may ${what} in its section`, () => {
    const { rcu, steps } = newRcu();
    granting.run(rcu.read((function* (): Suspends<void> {
      spin(steps);
      yield steps.stop;
    })()));
    assert.ok(rcu.synchronize().next().done);
  });
}
