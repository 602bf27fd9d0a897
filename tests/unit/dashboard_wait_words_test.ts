/** Who waits for whom: whoever waits stands first, in every length. */
import assert from "node:assert/strict";
import { waiterWords } from "../../src/dashboard/wait_words.ts";
import type { LockWaitView } from "../../src/observe/snapshot.ts";

function wait(actor: string, ...holders: string[]): LockWaitView {
  return {
    actor,
    lockClass: "&mm->mmap_lock",
    instance: 2,
    name: "vm-b",
    mode: "exclusive",
    site: "mmap:mmap_lock",
    waitedNanos: 1,
    holders: holders.map((holder) => ({ actor: holder, site: "x" })),
  };
}

Deno.test("one who waits for one", () => {
  assert.deepEqual(waiterWords([wait("ksmd", "vm-b/writer-2")]), [
    "ksmd waits for vm-b/writer-2",
    "ksmd waits for vm-b/writer-2",
    "ksmd waits for writer-2",
    "ksmd for writer-2",
    "ksmd",
  ]);
});

Deno.test("several who wait for several", () => {
  const waits = [wait("vm-b/writer-2", "ksmd", "db/reader"), wait("ksmd")];
  assert.deepEqual(waiterWords(waits), [
    "vm-b/writer-2 and 1 more wait for ksmd and 1 more",
    "vm-b/writer-2 +1 wait for ksmd +1",
    "writer-2 +1 wait for ksmd +1",
    "writer-2 +1 for ksmd +1",
    "writer-2 +1",
  ]);
});

Deno.test("where nobody holds the lock any more, nobody is named", () => {
  assert.deepEqual(waiterWords([wait("vm-b/writer-2")]), [
    "vm-b/writer-2 waits",
    "writer-2 waits",
    "writer-2",
  ]);
  assert.deepEqual(waiterWords([]), []);
});
