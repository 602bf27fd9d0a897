import assert from "node:assert/strict";
import {
  classLines,
  fewerLockWords,
  lineCount,
  type LockLine,
  lockStatName,
  lockTotals,
  lockWords,
  panelLines,
  shortName,
  whichLock,
} from "../../src/dashboard/lock_lines.ts";
import type { LocksView } from "../../src/observe/snapshot.ts";
import { figures, lockClass, LOCKS } from "./dashboard_busy.ts";

function wordsOf({ lockClass, mode, which }: LockLine): string {
  return lockWords(lockClass, mode, which);
}

Deno.test("classes have the names that people use", () => {
  const names = [
    "&mm->mmap_lock",
    "&anon_vma->rwsem",
    "ksm_thread_mutex",
    "folio_lock",
  ];
  assert.deepEqual(names.map(shortName), [
    "mmap_lock",
    "anon_vma",
    "ksm_thread_mutex",
    "folio_lock",
  ]);
});

Deno.test("in fewer words a class goes without _lock at its end, and names stay whole", () => {
  const mmap = lockClass("&mm->mmap_lock", "rwsem", { shared: figures({}) });
  assert.equal(
    fewerLockWords(mmap, "shared", "my_lock_test"),
    "mmap R my_lock_test",
  );
  const others = ["ksm_mmlist_lock", "ksm_thread_mutex", "a_lock_of_b"]
    .map((name) => fewerLockWords(lockClass(name, "mutex"), "exclusive", ""));
  assert.deepEqual(others, ["ksm_mmlist", "ksm_thread_mutex", "a_lock_of_b"]);
});

Deno.test("a contended lock with a name has its line, the rest of its class one for all", () => {
  const lines = panelLines(LOCKS).map((line) => [
    wordsOf(line),
    line.contentions,
    line.waitTotalNanos,
    line.waitMaxNanos,
    line.acquisitions,
    line.holdTotalNanos,
  ]);
  assert.deepEqual(lines, [
    // Somebody waits for these two now.
    ["mmap_lock W vm-b", 40, 6.4e6, 8e5, 80, 12e6],
    ["folio_lock", 31, 2.2e6, 4e5, 5000, 6e6],
    ["mmap_lock R vm-b", 200, 18e6, 1.9e6, 10_000, 41e6],
    ["mmap_lock R vm-a", 12, 2e5, 35_000, 10_000, 39e6],
    // 42 - 40 waits, 6.5 - 6.4 ms; the longest of all was for vm-b, the longest of these is not known.
    ["mmap_lock W others", 2, 1e5, undefined, 20, 1e6],
    ["ksm_thread_mutex", 0, 0, 0, 700, 1.4e9],
    ["page_table_lock", 0, 0, 0, 120_000, 18e6],
  ]);
});

Deno.test("no wait is lost or told twice among the lines", () => {
  const { contentions, waitTotalNanos, waiting } = lockTotals(LOCKS);
  assert.deepEqual(
    [contentions, waitTotalNanos, waiting],
    [212 + 42 + 31, 18.2e6 + 6.5e6 + 2.2e6, 3],
  );
  const lines = panelLines(LOCKS);
  const sum = (figure: (line: LockLine) => number): number =>
    lines.reduce((total, line) => total + figure(line), 0);
  assert.equal(sum((line) => line.contentions), contentions);
  assert.equal(sum((line) => line.waitTotalNanos), waitTotalNanos);
  const waits = lines.flatMap((line) => line.waits);
  assert.equal(new Set(waits).size, waits.length);
  assert.equal(waits.length, waiting);
});

Deno.test("who waits stands at the lock that is waited for, in the way it is wanted", () => {
  const waiters = panelLines(LOCKS).flatMap((line) =>
    line.waits.map(({ actor }) => `${wordsOf(line)}: ${actor}`)
  );
  assert.deepEqual(waiters, [
    "mmap_lock W vm-b: vm-b/writer-2",
    "mmap_lock W vm-b: vm-b/writer-1",
    "folio_lock: compaction",
  ]);
});

/** Locks of one class, of which vm-a's was waited for. */
function oneClass(
  classWaits: number,
  classMax: number,
  waiting: LocksView["waiting"] = [],
): LocksView {
  const named = figures({ contentions: 3, waitMaxNanos: 50, acquisitions: 9 });
  const all = { ...named, contentions: classWaits, waitMaxNanos: classMax };
  const instances = [{ instance: 1, name: "vm-a", exclusive: named }];
  const locks = lockClass("&mm->mmap_lock", "rwsem", {
    exclusive: { ...all, acquisitions: 20 },
    shared: figures({}),
    instances,
  });
  return { classes: [locks], waiting };
}

Deno.test("a longest wait that is none of the named locks' is that of the others", () => {
  const [, others] = panelLines(oneClass(5, 70));
  assert.equal(wordsOf(others), "mmap_lock W others");
  assert.equal(others.waitMaxNanos, 70);
});

Deno.test("locks that nobody waited for need no line beside the contended ones", () => {
  assert.deepEqual(panelLines(oneClass(3, 50)).map(wordsOf), [
    "mmap_lock W vm-a",
  ]);
});

Deno.test("a first wait for a lock has a line, though nothing is counted of it yet", () => {
  const wait = {
    actor: "w",
    lockClass: "&mm->mmap_lock",
    instance: 2,
    name: "vm-b",
    mode: "exclusive",
    site: "mmap:mmap_lock",
    waitedNanos: 1,
    holders: [],
  } as const;
  const lines = panelLines(oneClass(3, 50, [wait]));
  assert.deepEqual(lines.map(wordsOf), [
    "mmap_lock W others",
    "mmap_lock W vm-a",
  ]);
  assert.deepEqual(lines[0].waits, [wait]);
});

Deno.test("lock_stat has a line for each class, and two where there are readers", () => {
  assert.deepEqual(classLines(LOCKS).map(lockStatName), [
    "&mm->mmap_lock-W",
    "folio_lock",
    "&mm->mmap_lock-R",
    "ksm_thread_mutex",
    "ksm_mmlist_lock",
    "&anon_vma->rwsem-W",
    "&anon_vma->rwsem-R",
    "page_table_lock",
  ]);
  assert.equal(lineCount(LOCKS), 8);
  assert.equal(lineCount(undefined), 0);
});

Deno.test("a lock that has no name any more is told by what its number counts", () => {
  const which = (lockClass: string, instance: number, name = "") =>
    whichLock(lockClass, { instance, name });
  assert.equal(which("&mm->mmap_lock", 4), "exited, mm 4");
  assert.equal(which("page_table_lock", 4), "exited, mm 4");
  assert.equal(which("&anon_vma->rwsem", 7), "anon_vma 7");
  assert.equal(which("ksm_thread_mutex", 0), "");
  assert.equal(which("&mm->mmap_lock", 4, "vm-b"), "vm-b");
});
