import { deepEqual, equal, throws } from "node:assert/strict";
import { type Lock, LOCK_CLASS } from "../../src/engine/lib/lock.ts";
import { Bug } from "../../src/engine/lib/mod.ts";
import { Deadlock, LockTable } from "../../src/sim/mod.ts";

const ACTORS = ["ksmd", "writer", "reader", "migrate", "fork"];
const [KSMD, WRITER, READER, MIGRATE, FORK] = ACTORS.keys();

const MMAP: Lock = { lockClass: LOCK_CLASS.mmapLock, instance: 3 };
const MUTEX: Lock = { lockClass: LOCK_CLASS.threadMutex, instance: 0 };
const FOLIO: Lock = { lockClass: LOCK_CLASS.folioLock, instance: 7 };
const ANON: Lock = { lockClass: LOCK_CLASS.anonVma, instance: 2 };

/** Handing over takes 10 ns, and 100 ns for an rwsem. */
function lockTable(): LockTable {
  return new LockTable({
    handoffNanos: ({ kind }) => kind === "rwsem" ? 100 : 10,
    actorName: (actor) => ACTORS[actor],
  });
}

Deno.test("a mutex goes to those who wait in the order of their coming", () => {
  const locks = lockTable();
  equal(locks.take(KSMD, MUTEX, "exclusive", "a:m", 0), true);
  equal(locks.take(WRITER, MUTEX, "exclusive", "b:m", 1), false);
  locks.enqueue(WRITER, MUTEX, "exclusive", "b:m", 1);
  equal(locks.take(READER, MUTEX, "exclusive", "c:m", 2), false);
  locks.enqueue(READER, MUTEX, "exclusive", "c:m", 2);
  deepEqual(locks.release(KSMD, MUTEX, "exclusive", 50), [WRITER]);
  equal(locks.grantedAt, 60);
  equal(locks.holds(WRITER, MUTEX), true);
  equal(locks.take(KSMD, MUTEX, "exclusive", "a:m", 61), false);
  deepEqual(locks.release(WRITER, MUTEX, "exclusive", 70), [READER]);
  deepEqual(locks.release(READER, MUTEX, "exclusive", 90), []);
  equal(locks.isHeld(MUTEX), false);
});

Deno.test("readers share an rwsem, until a writer waits", () => {
  const locks = lockTable();
  equal(locks.take(KSMD, MMAP, "shared", "scan:r", 0), true);
  equal(locks.take(READER, MMAP, "shared", "fault:r", 1), true);
  equal(locks.take(WRITER, MMAP, "exclusive", "munmap:w", 2), false);
  locks.enqueue(WRITER, MMAP, "exclusive", "munmap:w", 2);
  equal(locks.take(MIGRATE, MMAP, "shared", "walk:r", 3), false);
  locks.enqueue(MIGRATE, MMAP, "shared", "walk:r", 3);
  deepEqual(locks.release(KSMD, MMAP, "shared", 10), []);
  deepEqual(locks.release(READER, MMAP, "shared", 20), [WRITER]);
  equal(locks.grantedAt, 120);
  deepEqual(locks.release(WRITER, MMAP, "exclusive", 200), [MIGRATE]);
  deepEqual(locks.release(MIGRATE, MMAP, "shared", 400), []);
});

Deno.test("a reader at the head takes all waiting readers along, past writers", () => {
  const locks = lockTable();
  locks.take(KSMD, MMAP, "exclusive", "mmap:w", 0);
  locks.enqueue(READER, MMAP, "shared", "fault:r", 1);
  locks.enqueue(WRITER, MMAP, "exclusive", "munmap:w", 2);
  locks.enqueue(MIGRATE, MMAP, "shared", "walk:r", 3);
  locks.enqueue(FORK, MMAP, "exclusive", "fork:w", 4);
  deepEqual(locks.release(KSMD, MMAP, "exclusive", 10), [READER, MIGRATE]);
  deepEqual(locks.release(MIGRATE, MMAP, "shared", 200), []);
  equal(locks.take(KSMD, MMAP, "shared", "scan:r", 210), false);
  deepEqual(locks.release(READER, MMAP, "shared", 220), [WRITER]);
  deepEqual(locks.release(WRITER, MMAP, "exclusive", 400), [FORK]);
  deepEqual(locks.release(FORK, MMAP, "exclusive", 600), []);
});

Deno.test("at most 256 readers are let in at once", () => {
  const locks = lockTable();
  locks.take(KSMD, MMAP, "exclusive", "mmap:w", 0);
  for (let actor = 1; actor <= 300; actor++) {
    locks.enqueue(actor, MMAP, "shared", "fault:r", actor);
  }
  const first = Array.from({ length: 256 }, (_, i) => i + 1);
  deepEqual(locks.release(KSMD, MMAP, "exclusive", 400), first);
  const answers = first.map((actor) =>
    locks.release(actor, MMAP, "shared", 600)
  );
  deepEqual(answers.pop(), Array.from({ length: 44 }, (_, i) => i + 257));
  deepEqual(answers.flat(), []);
});

Deno.test("what an actor holds is listed in the order of taking", () => {
  const locks = lockTable();
  locks.take(KSMD, MUTEX, "exclusive", "a:m", 1);
  locks.take(KSMD, MMAP, "shared", "a:r", 2);
  locks.take(KSMD, FOLIO, "exclusive", "a:f", 3);
  locks.release(KSMD, MMAP, "shared", 4);
  deepEqual(locks.heldBy(KSMD), [
    { lock: MUTEX, mode: "exclusive", site: "a:m", since: 1 },
    { lock: FOLIO, mode: "exclusive", site: "a:f", since: 3 },
  ]);
  deepEqual(locks.heldBy(WRITER), []);
});

Deno.test("a cycle of two that wait for each other is named", () => {
  const locks = lockTable();
  locks.take(KSMD, FOLIO, "exclusive", "append:folio", 0);
  locks.take(WRITER, MMAP, "exclusive", "munmap:mmap_lock", 0);
  locks.enqueue(WRITER, FOLIO, "exclusive", "zap:folio", 1);
  equal(locks.waitsFor(WRITER)?.instance, 7);
  throws(
    () => locks.enqueue(KSMD, MMAP, "shared", "scan:mmap_lock", 2),
    (error) =>
      error instanceof Deadlock && error instanceof Bug &&
      error.message ===
        "ksmd waits for &mm->mmap_lock 3 held by writer at munmap:mmap_lock, " +
          "which waits for folio_lock 7 held by ksmd at append:folio",
  );
});

Deno.test("a cycle of three is named, through one of several readers", () => {
  const locks = lockTable();
  locks.take(KSMD, FOLIO, "exclusive", "append:folio", 0);
  locks.take(WRITER, MMAP, "shared", "fault:mmap_lock", 0);
  locks.take(READER, MMAP, "shared", "stat:mmap_lock", 0);
  locks.take(MIGRATE, ANON, "exclusive", "migrate:anon", 0);
  locks.enqueue(MIGRATE, FOLIO, "exclusive", "migrate:folio", 1);
  locks.enqueue(READER, ANON, "shared", "stat:anon", 2);
  throws(
    () => locks.enqueue(KSMD, MMAP, "exclusive", "exit:mmap_lock", 3),
    {
      message:
        "ksmd waits for &mm->mmap_lock 3 held by reader at stat:mmap_lock, " +
        "which waits for &anon_vma->rwsem 2 held by migrate at migrate:anon, " +
        "which waits for folio_lock 7 held by ksmd at append:folio",
    },
  );
});

Deno.test("a cycle is found past holders that are met twice", () => {
  const locks = lockTable();
  locks.take(WRITER, MMAP, "shared", "fault:mmap_lock", 0);
  locks.take(READER, MMAP, "shared", "stat:mmap_lock", 0);
  locks.take(READER, ANON, "shared", "stat:anon", 0);
  locks.take(FORK, ANON, "shared", "fork:anon", 0);
  locks.take(KSMD, MUTEX, "exclusive", "batch:mutex", 0);
  locks.enqueue(WRITER, ANON, "exclusive", "fault:anon", 1);
  locks.enqueue(FORK, MUTEX, "exclusive", "fork:mutex", 2);
  throws(() => locks.enqueue(KSMD, MMAP, "exclusive", "exit:mmap_lock", 3), {
    message:
      "ksmd waits for &mm->mmap_lock 3 held by writer at fault:mmap_lock, " +
      "which waits for &anon_vma->rwsem 2 held by fork at fork:anon, " +
      "which waits for ksm_thread_mutex held by ksmd at batch:mutex",
  });
});

Deno.test("a long queue is no deadlock", () => {
  const locks = lockTable();
  locks.take(KSMD, MUTEX, "exclusive", "a:m", 0);
  locks.take(WRITER, MMAP, "exclusive", "munmap:w", 0);
  locks.enqueue(WRITER, MUTEX, "exclusive", "b:m", 1);
  locks.enqueue(READER, MMAP, "shared", "fault:r", 2);
  deepEqual(locks.release(KSMD, MUTEX, "exclusive", 10), [WRITER]);
});

Deno.test("waiting for what one holds is a deadlock, sharing it twice a bug", () => {
  const locks = lockTable();
  locks.take(KSMD, MUTEX, "exclusive", "batch:mutex", 0);
  equal(locks.take(KSMD, MUTEX, "exclusive", "knob:mutex", 1), false);
  throws(() => locks.enqueue(KSMD, MUTEX, "exclusive", "knob:mutex", 1), {
    message: "ksmd waits for ksm_thread_mutex held by ksmd at batch:mutex",
  });
  locks.take(READER, MMAP, "shared", "fault:r", 2);
  throws(() => locks.take(READER, MMAP, "shared", "stat:r", 3), {
    message: "reader takes &mm->mmap_lock 3 at stat:r and holds it already",
  });
});

Deno.test("misuse is a bug that names actor and lock", () => {
  const locks = lockTable();
  throws(() => locks.enqueue(KSMD, FOLIO, "exclusive", "a:f", 0), {
    message: "ksmd waits for folio_lock 7 at a:f, which it could take",
  });
  locks.take(KSMD, FOLIO, "exclusive", "a:f", 5);
  locks.enqueue(WRITER, FOLIO, "exclusive", "b:f", 6);
  throws(() => locks.enqueue(WRITER, FOLIO, "exclusive", "b:f", 7), {
    message: "writer waits for folio_lock 7 at b:f while it waits already",
  });
  throws(() => locks.release(READER, FOLIO, "exclusive", 8), {
    message:
      "reader lets folio_lock 7 go at 8 ns, which it has not taken exclusive before",
  });
  throws(() => locks.release(KSMD, FOLIO, "exclusive", 4), {
    message:
      "ksmd lets folio_lock 7 go at 4 ns, which it has not taken exclusive before",
  });
  locks.take(READER, MMAP, "shared", "a:r", 5);
  throws(() => locks.enqueue(KSMD, MMAP, "shared", "b:r", 6), Bug);
  throws(() => locks.release(READER, MMAP, "exclusive", 6), Bug);
});
