import assert from "node:assert/strict";
import { actorLines, waitWords } from "../../src/dashboard/actor_lines.ts";
import { BUSY } from "./dashboard_busy.ts";
import { SMALL } from "./dashboard_snapshots.ts";

Deno.test("actors stand in their order, those that are done last", () => {
  const names = actorLines(BUSY).map(({ actor }) => actor.name);
  assert.deepEqual(names, [
    "ksmd",
    "vm-a/writer",
    "vm-b/writer-1",
    "vm-b/writer-2",
    "compaction",
    "stat",
    "setup",
  ]);
});

Deno.test("each actor knows what it waits for, and whom it keeps waiting", () => {
  const told = actorLines(BUSY).map(({ actor, wait, keepsWaiting }) => [
    actor.name,
    wait === undefined ? "" : waitWords(BUSY, wait),
    keepsWaiting.map((one) => one.actor).join(),
  ]);
  assert.deepEqual(told, [
    ["ksmd", "", "vm-b/writer-2,vm-b/writer-1,compaction"],
    ["vm-a/writer", "", ""],
    ["vm-b/writer-1", "mmap_lock W vm-b", ""],
    ["vm-b/writer-2", "mmap_lock W vm-b", ""],
    ["compaction", "folio_lock page 4711", ""],
    ["stat", "", ""],
    ["setup", "", ""],
  ]);
});

Deno.test("where actors cannot be seen there is no line", () => {
  assert.deepEqual(actorLines(SMALL), []);
});
