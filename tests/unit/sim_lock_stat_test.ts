import { equal } from "node:assert/strict";
import { type Lock, LOCK_CLASS } from "../../src/engine/lib/lock.ts";
import { LockTable } from "../../src/sim/mod.ts";

const [KSMD, WRITER, READER, MIGRATE] = [0, 1, 2, 3];

const MMAP: Lock = { lockClass: LOCK_CLASS.mmapLock, instance: 3 };
const MUTEX: Lock = { lockClass: LOCK_CLASS.threadMutex, instance: 0 };
const FOLIO: Lock = { lockClass: LOCK_CLASS.folioLock, instance: 7 };
const ANON: Lock = { lockClass: LOCK_CLASS.anonVma, instance: 2 };

/**
 * What happens in {@linkcode useLocks}, worked out by hand, in the layout that the
 * kernel's documentation of lock_stat shows. Times are rounded to hundredths of a
 * microsecond: 35 ns are 0.04, 1 226 461 ns are 1226.46. The digits in brackets
 * are 32-bit FNV-1a hashes of the sites.
 */
const TEXT = `\
lock_stat version 0.4
-----------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
                              class name    con-bounces    contentions   waittime-min   waittime-max waittime-total   waittime-avg    acq-bounces   acquisitions   holdtime-min   holdtime-max holdtime-total   holdtime-avg
-----------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------

                        ksm_thread_mutex:             3              3           0.02           0.04           0.10           0.03              3              4           0.00           0.02           0.04           0.01
                        ----------------
                        ksm_thread_mutex              2          [<00000000028437ed>] run_store.mutex+0x0/0x0
                        ksm_thread_mutex              1          [<00000000ef222ad6>] ksm_scan_thread.mutex+0x0/0x0
                        ----------------
                        ksm_thread_mutex              2          [<00000000ef222ad6>] ksm_scan_thread.mutex+0x0/0x0
                        ksm_thread_mutex              1          [<00000000028437ed>] run_store.mutex+0x0/0x0

.............................................................................................................................................................................................................................

                        &mm->mmap_lock-W:             1              1           6.11           6.11           6.11           6.11              1              1        1226.46        1226.46        1226.46        1226.46
                        &mm->mmap_lock-R:             1              1        1231.67        1231.67        1231.67        1231.67              2              3           0.10           7.01          12.11           4.04
                        ----------------
                          &mm->mmap_lock              1          [<00000000c1a7b97e>] munmap.mmap_lock+0x0/0x0
                          &mm->mmap_lock              1          [<00000000734a0b27>] break_ksm.mmap_lock+0x0/0x0
                        ----------------
                          &mm->mmap_lock              2          [<00000000f5adf858>] handle_mm_fault.mmap_lock+0x0/0x0

.............................................................................................................................................................................................................................

                      &anon_vma->rwsem-R:             0              0           0.00           0.00           0.00           0.00              0              1           0.25           0.25           0.25           0.25
                    folio_lock(ksmscope):             0              0           0.00           0.00           0.00           0.00              0              1           1.50           1.50           1.50           1.50
`;

const HEADER = TEXT.split("\n").slice(0, 5).map((line) => `${line}\n`).join("");

/** Handing over takes 10 ns, and 100 ns for an rwsem. */
function lockTable(): LockTable {
  return new LockTable({
    handoffNanos: ({ kind }) => kind === "rwsem" ? 100 : 10,
    actorName: (actor) => `actor ${actor}`,
  });
}

function useLocks(locks: LockTable): void {
  // Waits of 20, 35 and 40 ns; holds of 20, 10, 5 and 0 ns.
  locks.take(KSMD, MUTEX, "exclusive", "ksm_scan_thread:mutex", 0);
  locks.enqueue(WRITER, MUTEX, "exclusive", "run_store:mutex", 10);
  locks.enqueue(READER, MUTEX, "exclusive", "run_store:mutex", 15);
  locks.release(KSMD, MUTEX, "exclusive", 20);
  locks.enqueue(KSMD, MUTEX, "exclusive", "ksm_scan_thread:mutex", 25);
  locks.release(WRITER, MUTEX, "exclusive", 40);
  locks.release(READER, MUTEX, "exclusive", 55);
  locks.release(KSMD, MUTEX, "exclusive", 65);
  // Readers hold for 5 004, 7 006 and 100 ns, the writer for 1 226 461 ns; it
  // waits for 6 106 ns, and the last reader for 1 231 667 ns.
  locks.take(KSMD, MMAP, "shared", "scan_get_next_rmap_item:mmap_lock", 0);
  locks.take(READER, MMAP, "shared", "handle_mm_fault:mmap_lock", 1_000);
  locks.enqueue(WRITER, MMAP, "exclusive", "munmap:mmap_lock", 2_000);
  locks.enqueue(MIGRATE, MMAP, "shared", "break_ksm:mmap_lock", 3_000);
  locks.release(KSMD, MMAP, "shared", 5_004);
  locks.release(READER, MMAP, "shared", 8_006);
  locks.release(WRITER, MMAP, "exclusive", 1_234_567);
  locks.release(MIGRATE, MMAP, "shared", 1_234_767);
  // Nobody waits for these.
  locks.take(KSMD, FOLIO, "exclusive", "stable_tree_insert:folio", 500);
  locks.release(KSMD, FOLIO, "exclusive", 2_000);
  locks.take(MIGRATE, ANON, "shared", "rmap_walk_ksm:anon_vma", 500);
  locks.release(MIGRATE, ANON, "shared", 750);
}

Deno.test("the text of lock_stat is laid out as the kernel's", () => {
  const locks = lockTable();
  useLocks(locks);
  equal(locks.lockStat(), TEXT);
});

Deno.test("nothing but the header is printed while nothing is counted", () => {
  const locks = lockTable();
  equal(locks.lockStat(), HEADER);
  useLocks(locks);
  locks.reset();
  equal(locks.lockStat(), HEADER);
});

Deno.test("lines with a colon are those of the classes", () => {
  const locks = lockTable();
  useLocks(locks);
  const lines = locks.lockStat().split("\n").filter((line) =>
    line.includes(":")
  );
  equal(
    lines.map((line) => line.split(":")[0].trim()).join(),
    "ksm_thread_mutex,&mm->mmap_lock-W,&mm->mmap_lock-R," +
      "&anon_vma->rwsem-R,folio_lock(ksmscope)",
  );
});

Deno.test("a class whose waits outlast a reset has no points to print", () => {
  const locks = lockTable();
  locks.take(KSMD, MUTEX, "exclusive", "ksm_scan_thread:mutex", 0);
  locks.enqueue(WRITER, MUTEX, "exclusive", "run_store:mutex", 10);
  locks.reset();
  locks.release(KSMD, MUTEX, "exclusive", 1_000);
  const line =
    "                        ksm_thread_mutex:             0              1           1.00           1.00           1.00           1.00              1              1           1.00           1.00           1.00           1.00";
  equal(locks.lockStat(), `${HEADER}${line}\n`);
});
