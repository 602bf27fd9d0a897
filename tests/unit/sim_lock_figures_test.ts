import { deepEqual, equal } from "node:assert/strict";
import { type Lock, LOCK_CLASS } from "../../src/engine/lib/lock.ts";
import {
  type LockClassView,
  type LockFigures,
  LockTable,
} from "../../src/sim/mod.ts";

const ACTORS = ["ksmd", "writer", "reader", "migrate", "fork"];
const [KSMD, WRITER, READER, MIGRATE, FORK] = ACTORS.keys();

const MMAP: Lock = { lockClass: LOCK_CLASS.mmapLock, instance: 3 };
const FOLIO: Lock = { lockClass: LOCK_CLASS.folioLock, instance: 7 };
const MUTEX: Lock = { lockClass: LOCK_CLASS.threadMutex, instance: 0 };

const NOTHING: LockFigures = {
  conBounces: 0,
  contentions: 0,
  waitMinNanos: 0,
  waitMaxNanos: 0,
  waitTotalNanos: 0,
  acqBounces: 0,
  acquisitions: 0,
  holdMinNanos: 0,
  holdMaxNanos: 0,
  holdTotalNanos: 0,
};

/** Handing over takes 10 ns, and 100 ns for an rwsem. */
function lockTable(): LockTable {
  return new LockTable({
    handoffNanos: ({ kind }) => kind === "rwsem" ? 100 : 10,
    actorName: (actor) => ACTORS[actor],
    lockName: ({ instance }) => instance === 3 ? "vm-b" : "",
  });
}

function classOf(locks: LockTable, { lockClass }: Lock): LockClassView {
  return locks.view(0).classes[lockClass.index];
}

/**
 * Two actors and a mutex:
 *
 * ```
 *   ksmd    a  0 ====================== 250                  400 = 405
 *   writer  b      100 ---- waits ----- 260 == 300 320 = 350
 * ```
 */
function twoActors(locks: LockTable): void {
  locks.take(KSMD, MUTEX, "exclusive", "a:m", 0);
  locks.take(WRITER, MUTEX, "exclusive", "b:m", 100);
  locks.enqueue(WRITER, MUTEX, "exclusive", "b:m", 100);
  locks.release(KSMD, MUTEX, "exclusive", 250);
  locks.release(WRITER, MUTEX, "exclusive", 300);
  locks.take(WRITER, MUTEX, "exclusive", "b:m", 320);
  locks.release(WRITER, MUTEX, "exclusive", 350);
  locks.take(KSMD, MUTEX, "exclusive", "a:m", 400);
  locks.release(KSMD, MUTEX, "exclusive", 405);
}

Deno.test("waits and holds of two actors add up", () => {
  const locks = lockTable();
  twoActors(locks);
  const mutex = classOf(locks, MUTEX);
  const waits = {
    conBounces: 1,
    contentions: 1,
    waitMinNanos: 160,
    waitMaxNanos: 160,
    waitTotalNanos: 160,
  };
  const all = {
    ...waits,
    acqBounces: 2,
    acquisitions: 4,
    holdMinNanos: 5,
    holdMaxNanos: 250,
    holdTotalNanos: 325,
  };
  deepEqual(mutex, {
    name: "ksm_thread_mutex",
    kind: "mutex",
    isOurs: false,
    exclusive: all,
    contentionPoints: [{ site: "b:m", count: 1 }],
    holderPoints: [{ site: "a:m", count: 1 }],
    sites: [
      {
        site: "a:m",
        mode: "exclusive",
        figures: {
          ...NOTHING,
          acqBounces: 1,
          acquisitions: 2,
          holdMinNanos: 5,
          holdMaxNanos: 250,
          holdTotalNanos: 255,
        },
      },
      {
        site: "b:m",
        mode: "exclusive",
        figures: {
          ...waits,
          acqBounces: 1,
          acquisitions: 2,
          holdMinNanos: 30,
          holdMaxNanos: 40,
          holdTotalNanos: 70,
        },
      },
    ],
    instances: [{ instance: 0, name: "", exclusive: all }],
  });
});

/**
 * Three actors and an rwsem; the reader who comes after the writer waits too:
 *
 * ```
 *   ksmd    R  0 ========== 50
 *   reader  R     10 =========== 80         20 ns after the writer began to wait
 *   writer  W        20 -------- 180 ====== 300
 *   migrate R            30 --------------- 400 == 450
 * ```
 */
Deno.test("readers and writers are counted apart", () => {
  const locks = lockTable();
  locks.take(KSMD, MMAP, "shared", "scan:r", 0);
  locks.take(READER, MMAP, "shared", "fault:r", 10);
  locks.enqueue(WRITER, MMAP, "exclusive", "munmap:w", 20);
  locks.enqueue(MIGRATE, MMAP, "shared", "walk:r", 30);
  locks.release(KSMD, MMAP, "shared", 50);
  locks.release(READER, MMAP, "shared", 80);
  locks.release(WRITER, MMAP, "exclusive", 300);
  locks.release(MIGRATE, MMAP, "shared", 450);
  const mmap = classOf(locks, MMAP);
  const exclusive = {
    conBounces: 1,
    contentions: 1,
    waitMinNanos: 160,
    waitMaxNanos: 160,
    waitTotalNanos: 160,
    acqBounces: 1,
    acquisitions: 1,
    holdMinNanos: 120,
    holdMaxNanos: 120,
    holdTotalNanos: 120,
  };
  const shared = {
    conBounces: 1,
    contentions: 1,
    waitMinNanos: 370,
    waitMaxNanos: 370,
    waitTotalNanos: 370,
    acqBounces: 2,
    acquisitions: 3,
    holdMinNanos: 50,
    holdMaxNanos: 70,
    holdTotalNanos: 170,
  };
  deepEqual(mmap.exclusive, exclusive);
  deepEqual(mmap.shared, shared);
  deepEqual(mmap.contentionPoints, [
    { site: "munmap:w", count: 1 },
    { site: "walk:r", count: 1 },
  ]);
  deepEqual(mmap.holderPoints, [{ site: "fault:r", count: 2 }]);
  deepEqual(mmap.instances, [{
    instance: 3,
    name: "vm-b",
    exclusive,
    shared: { ...shared, acqBounces: 1 },
  }]);
});

Deno.test("three waits have a shortest, a longest and a sum", () => {
  const locks = lockTable();
  locks.take(KSMD, MUTEX, "exclusive", "a:m", 0);
  locks.enqueue(WRITER, MUTEX, "exclusive", "b:m", 10);
  locks.enqueue(READER, MUTEX, "exclusive", "b:m", 15);
  locks.release(KSMD, MUTEX, "exclusive", 20);
  locks.enqueue(KSMD, MUTEX, "exclusive", "c:m", 25);
  locks.release(WRITER, MUTEX, "exclusive", 40);
  locks.release(READER, MUTEX, "exclusive", 55);
  locks.release(KSMD, MUTEX, "exclusive", 65);
  const { exclusive, contentionPoints, holderPoints } = classOf(locks, MUTEX);
  deepEqual(exclusive, {
    conBounces: 3,
    contentions: 3,
    waitMinNanos: 20,
    waitMaxNanos: 40,
    waitTotalNanos: 20 + 35 + 40,
    acqBounces: 3,
    acquisitions: 4,
    holdMinNanos: 0,
    holdMaxNanos: 20,
    holdTotalNanos: 20 + 10 + 5 + 0,
  });
  deepEqual(contentionPoints, [
    { site: "b:m", count: 2 },
    { site: "c:m", count: 1 },
  ]);
  deepEqual(holderPoints, [
    { site: "a:m", count: 2 },
    { site: "b:m", count: 1 },
  ]);
});

Deno.test("waiting for a lock that one has taken last does not bounce it", () => {
  const locks = lockTable();
  locks.take(KSMD, MMAP, "shared", "a:r", 0);
  locks.take(WRITER, MMAP, "shared", "b:r", 1);
  locks.release(WRITER, MMAP, "shared", 2);
  locks.enqueue(WRITER, MMAP, "exclusive", "b:w", 3);
  locks.release(KSMD, MMAP, "shared", 10);
  const { exclusive } = classOf(locks, MMAP);
  equal(exclusive.conBounces, 0);
  equal(exclusive.acqBounces, 0);
  equal(exclusive.contentions, 1);
});

Deno.test("a trylock that fails counts nothing, a hold in progress not yet", () => {
  const locks = lockTable();
  locks.take(KSMD, MUTEX, "exclusive", "a:m", 0);
  equal(locks.take(WRITER, MUTEX, "exclusive", "b:m", 1), false);
  const mutex = classOf(locks, MUTEX);
  deepEqual(mutex.exclusive, NOTHING);
  deepEqual(mutex.sites, [
    { site: "a:m", mode: "exclusive", figures: NOTHING },
  ]);
  deepEqual(mutex.instances, []);
});

Deno.test("four places are kept as points, in the view most frequent first", () => {
  const locks = lockTable();
  let now = 0;
  for (const site of ["p:1", "p:2", "p:3", "p:3", "p:4", "p:5", "p:5", "p:2"]) {
    locks.take(KSMD, MUTEX, "exclusive", `held by ${site}`, now++);
    locks.enqueue(WRITER, MUTEX, "exclusive", site, now++);
    locks.release(KSMD, MUTEX, "exclusive", now++);
    locks.release(WRITER, MUTEX, "exclusive", now += 20);
  }
  const { contentionPoints, holderPoints } = classOf(locks, MUTEX);
  deepEqual(contentionPoints, [
    { site: "p:2", count: 2 },
    { site: "p:3", count: 2 },
    { site: "p:1", count: 1 },
    { site: "p:4", count: 1 },
  ]);
  deepEqual(holderPoints.map(({ site }) => site), [
    "held by p:2",
    "held by p:3",
    "held by p:1",
    "held by p:4",
  ]);
});

Deno.test("who waits is seen with the time so far, the lock and its holders", () => {
  const locks = lockTable();
  locks.take(KSMD, MMAP, "shared", "scan:r", 0);
  locks.take(READER, MMAP, "shared", "fault:r", 10);
  locks.take(FORK, MUTEX, "exclusive", "knob:m", 10);
  locks.enqueue(WRITER, MMAP, "exclusive", "munmap:w", 40);
  locks.enqueue(MIGRATE, MUTEX, "exclusive", "offline:m", 30);
  deepEqual(locks.view(100).waiting, [
    {
      actor: "migrate",
      lockClass: "ksm_thread_mutex",
      instance: 0,
      name: "",
      mode: "exclusive",
      site: "offline:m",
      waitedNanos: 70,
      holders: [{ actor: "fork", site: "knob:m" }],
    },
    {
      actor: "writer",
      lockClass: "&mm->mmap_lock",
      instance: 3,
      name: "vm-b",
      mode: "exclusive",
      site: "munmap:w",
      waitedNanos: 60,
      holders: [
        { actor: "ksmd", site: "scan:r" },
        { actor: "reader", site: "fault:r" },
      ],
    },
  ]);
  locks.release(FORK, MUTEX, "exclusive", 110);
  equal(locks.view(110).waiting.length, 1);
});

Deno.test("after a reset counting begins anew; what is held counts in full", () => {
  const locks = lockTable();
  twoActors(locks);
  locks.take(READER, MUTEX, "exclusive", "c:m", 500);
  locks.enqueue(KSMD, MUTEX, "exclusive", "a:m", 510);
  locks.reset();
  const empty = classOf(locks, MUTEX);
  deepEqual(empty.exclusive, NOTHING);
  deepEqual(empty.contentionPoints, []);
  deepEqual(empty.instances, []);
  locks.release(READER, MUTEX, "exclusive", 600);
  const { exclusive, instances } = classOf(locks, MUTEX);
  deepEqual(exclusive, {
    ...NOTHING,
    contentions: 1,
    waitMinNanos: 100,
    waitMaxNanos: 100,
    waitTotalNanos: 100,
    acqBounces: 1,
    acquisitions: 1,
    holdMinNanos: 100,
    holdMaxNanos: 100,
    holdTotalNanos: 100,
  });
  equal(instances[0].exclusive.waitTotalNanos, 100);
});

/** Someone waits so long for a page lock. */
function waitForFolio(locks: LockTable, instance: number, nanos: number): void {
  const folio = { lockClass: LOCK_CLASS.folioLock, instance };
  locks.take(KSMD, folio, "exclusive", "a:f", 0);
  locks.enqueue(WRITER, folio, "exclusive", "b:f", 0);
  locks.release(KSMD, folio, "exclusive", nanos - 10);
  locks.release(WRITER, folio, "exclusive", nanos);
}

Deno.test("64 locks of a class have figures of their own, those waited for longest", () => {
  const locks = lockTable();
  for (let frame = 1; frame <= 64; frame++) {
    waitForFolio(locks, frame * 10_000, 1000 + frame);
  }
  waitForFolio(locks, 5, 5000);
  const { instances, exclusive } = classOf(locks, FOLIO);
  equal(exclusive.contentions, 65);
  equal(instances.length, 64);
  deepEqual(instances.map(({ instance }) => instance), [
    5,
    ...Array.from({ length: 63 }, (_, i) => (64 - i) * 10_000),
  ]);
  equal(instances[0].exclusive.waitTotalNanos, 5000);
  equal(instances[63].exclusive.waitTotalNanos, 1002);
  waitForFolio(locks, 10_000, 2000);
  const again = classOf(locks, FOLIO).instances;
  deepEqual(
    again.slice(0, 2).map(({ instance, exclusive }) => [
      instance,
      exclusive.waitTotalNanos,
    ]),
    [[5, 5000], [10_000, 2000]],
  );
  equal(again.length, 64);
});

Deno.test("of locks waited for equally long the lower number comes first", () => {
  const locks = lockTable();
  for (const frame of [9, 4, 6]) waitForFolio(locks, frame, 50);
  deepEqual(
    classOf(locks, FOLIO).instances.map(({ instance }) => instance),
    [4, 6, 9],
  );
});

Deno.test("every class is seen, used or not; only an rwsem has readers", () => {
  const { classes, waiting } = lockTable().view(0);
  deepEqual(waiting, []);
  deepEqual(
    classes.map(({ name, isOurs, shared }) => [name, isOurs, shared]),
    [
      ["ksm_thread_mutex", false, undefined],
      ["ksm_mmlist_lock", false, undefined],
      ["&mm->mmap_lock", false, NOTHING],
      ["&anon_vma->rwsem", false, NOTHING],
      ["folio_lock", true, undefined],
      ["page_table_lock", true, undefined],
    ],
  );
});
