import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  type Lock,
  LOCK_CLASS,
  LOCK_CLASSES,
  type LockMode,
} from "../../src/engine/lib/lock.ts";
import { Deadlock, LockTable } from "../../src/sim/mod.ts";
import { figuresOf, NaiveLocks, pointsOf } from "./naive_locks.ts";

const ACTORS = 6;

/** In the order in which actors take them where they must not deadlock. */
const LOCKS: readonly Lock[] = [
  { lockClass: LOCK_CLASS.threadMutex, instance: 0 },
  { lockClass: LOCK_CLASS.mmapLock, instance: 1 },
  { lockClass: LOCK_CLASS.mmapLock, instance: 500 },
  { lockClass: LOCK_CLASS.folioLock, instance: 70_000 },
  { lockClass: LOCK_CLASS.anonVma, instance: 2 },
];

/** An actor turns to a lock: lets it go if it holds it, takes it if not. */
interface Op {
  readonly actor: number;
  readonly lock: number;
  readonly shared: boolean;
  /** Whether it waits if it must. */
  readonly waits: boolean;
  readonly site: number;
  /** Nanoseconds since the operation before. */
  readonly after: number;
}

const OPS = fc.array(
  fc.record<Op>({
    actor: fc.nat(ACTORS - 1),
    lock: fc.nat(LOCKS.length - 1),
    shared: fc.boolean(),
    waits: fc.boolean(),
    site: fc.nat(6),
    after: fc.nat(40),
  }),
  { minLength: 50, maxLength: 250 },
);

function handoffNanos({ index }: Lock["lockClass"]): number {
  return index * 3;
}

/** The lock table and its slow twin, at the same time. */
class Twins {
  readonly table: LockTable = new LockTable({
    handoffNanos,
    actorName: (actor) => `actor ${actor}`,
  });
  readonly naive: NaiveLocks = new NaiveLocks(
    LOCKS,
    ({ lockClass }) => handoffNanos(lockClass),
  );
  now = 0;
  /** When each actor got what it waited for last. */
  readonly #grantedAt: number[] = Array(ACTORS).fill(0);

  /** Does the operation on both. Says whether they can go on: not if it deadlocks. */
  run(op: Op, inOrder: boolean): boolean {
    const { table, naive } = this;
    const { actor } = op;
    if (naive.isWaiting(actor)) return true;
    this.now = Math.max(this.now + op.after, this.#grantedAt[actor]);
    const { now } = this;
    const lock = LOCKS[op.lock];
    const held = naive.holders(lock).find((stay) => stay.actor === actor);
    if (held !== undefined) {
      this.release(actor, lock, held.mode);
      return true;
    }
    const isReader = op.shared && lock.lockClass.kind === "rwsem";
    const mode = isReader ? "shared" : "exclusive";
    const site = `site ${op.site}`;
    const taken = table.take(actor, lock, mode, site, now);
    equal(taken, naive.take(lock, { actor, mode, site, since: now }));
    if (taken || !op.waits) return true;
    if (inOrder && this.#holdsAny(actor, LOCKS.slice(op.lock))) return true;
    if (naive.wouldDeadlock(actor, lock)) {
      throws(() => table.enqueue(actor, lock, mode, site, now), Deadlock);
      return false;
    }
    table.enqueue(actor, lock, mode, site, now);
    naive.enqueue(lock, { actor, mode, site, since: now });
    return true;
  }

  release(actor: number, lock: Lock, mode: LockMode): void {
    const granted = this.table.release(actor, lock, mode, this.now);
    const [actors, since] = this.naive.release(lock, actor, this.now);
    deepEqual(granted, actors);
    if (actors.length > 0) equal(this.table.grantedAt, since);
    for (const next of actors) this.#grantedAt[next] = since;
  }

  /** Both say the same of who holds and who waits; nobody waits for a free lock. */
  checkHolders(): void {
    for (const lock of LOCKS) {
      const holders = this.naive.holders(lock);
      const found = Array.from({ length: ACTORS }, (_, actor) => actor)
        .flatMap((actor) =>
          this.table.heldBy(actor)
            .filter((held) => isSame(held.lock, lock))
            .map(({ mode, site, since }) => ({ actor, mode, site, since }))
        );
      deepEqual(found, holders.toSorted((a, b) => a.actor - b.actor));
      const alone = found.length === 1;
      equal(alone || found.every(({ mode }) => mode === "shared"), true);
      const waiters = Array.from({ length: ACTORS }, (_, actor) => actor)
        .filter((actor) => isSame(this.table.waitsFor(actor), lock));
      deepEqual(
        waiters,
        this.naive.queue(lock).map(({ actor }) => actor).toSorted(),
      );
      equal(this.table.isHeld(lock), found.length > 0);
      equal(waiters.length === 0 || found.length > 0, true);
    }
  }

  /** Both have counted the same. */
  checkFigures(): void {
    const { counted, contentions } = this.naive;
    this.table.view(this.now).classes.forEach((view, index) => {
      const ofClass = counted.filter(({ lock }) =>
        lock.lockClass === LOCK_CLASSES[index]
      );
      const inMode = (wanted: LockMode) =>
        ofClass.filter(({ mode }) => mode === wanted);
      deepEqual(view.exclusive, figuresOf(inMode("exclusive")));
      if (view.shared !== undefined) {
        deepEqual(view.shared, figuresOf(inMode("shared")));
      }
      for (const { site, mode, figures } of view.sites) {
        const there = inMode(mode).filter((one) => one.site === site);
        deepEqual(figures, figuresOf(there));
      }
      const waits = contentions.filter(({ lock }) =>
        lock.lockClass === LOCK_CLASSES[index]
      );
      deepEqual(view.contentionPoints, pointsOf(waits.map((one) => one.site)));
      deepEqual(view.holderPoints, pointsOf(waits.map((one) => one.holder)));
      const waitedFor = LOCKS.filter((lock) =>
        lock.lockClass.index === index && this.naive.wasWaitedFor(lock)
      );
      deepEqual(
        view.instances.map(({ instance }) => instance).toSorted(),
        waitedFor.map(({ instance }) => instance).toSorted(),
      );
      for (const { instance, exclusive, shared } of view.instances) {
        const own = ofClass.filter((one) =>
          one.waitedFor && one.lock.instance === instance
        );
        const ownIn = (wanted: LockMode) =>
          figuresOf(own.filter(({ mode }) => mode === wanted));
        deepEqual(exclusive, ownIn("exclusive"));
        if (shared !== undefined) deepEqual(shared, ownIn("shared"));
      }
    });
  }

  /** All locks are let go, by whoever gets them. */
  finish(): void {
    this.now = Math.max(this.now, ...this.#grantedAt);
    for (const lock of LOCKS) {
      for (;;) {
        const [stay] = this.naive.holders(lock);
        if (stay === undefined) break;
        this.now = Math.max(this.now, this.#grantedAt[stay.actor]);
        this.release(stay.actor, lock, stay.mode);
      }
    }
  }

  #holdsAny(actor: number, locks: readonly Lock[]): boolean {
    return locks.some((lock) => this.table.holds(actor, lock));
  }
}

function isSame(a: Lock | undefined, b: Lock): boolean {
  return a?.lockClass === b.lockClass && a.instance === b.instance;
}

Deno.test("locks are held, granted and counted as by their slow twin", () => {
  fc.assert(
    fc.property(OPS, (ops) => {
      const twins = new Twins();
      for (const op of ops) {
        equal(twins.run(op, true), true);
        twins.checkHolders();
      }
      twins.checkFigures();
      twins.finish();
      deepEqual(twins.table.view(twins.now).waiting, []);
      twins.checkHolders();
      twins.checkFigures();
    }),
    { numRuns: 150 },
  );
});

Deno.test("a deadlock is found when the cycle closes, and only then", () => {
  let found = 0;
  fc.assert(
    fc.property(OPS, (ops) => {
      const twins = new Twins();
      if (!ops.every((op) => twins.run(op, false))) found++;
    }),
    { numRuns: 150 },
  );
  equal(found > 20, true);
});
