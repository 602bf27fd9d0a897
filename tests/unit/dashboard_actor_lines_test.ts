import assert from "node:assert/strict";
import { actorLines, waitWords } from "../../src/dashboard/actor_lines.ts";
import { BUSY } from "./dashboard_busy.ts";
import { SMALL } from "./dashboard_snapshots.ts";

Deno.test("actors stand in their order, those that wait first, those that are done last", () => {
  const names = actorLines(BUSY).map(({ actor }) => actor.name);
  assert.deepEqual(names, [
    "vm-b/writer-1",
    "vm-b/writer-2",
    "compaction",
    "ksmd",
    "vm-a/writer",
    "stat",
    "setup",
  ]);
});

Deno.test("who waits for something else than a lock is among those that wait", () => {
  const { actors = [] } = BUSY;
  const waits = actors.map((one) =>
    one.name === "stat" ? { ...one, state: "waiting" as const } : one
  );
  const names = actorLines({ ...BUSY, actors: waits })
    .map(({ actor }) => actor.name);
  assert.deepEqual(names.slice(0, 5), [
    "vm-b/writer-1",
    "vm-b/writer-2",
    "compaction",
    "stat",
    "ksmd",
  ]);
});

Deno.test("each actor knows what it waits for, and whom it keeps waiting", () => {
  const told = actorLines(BUSY).map(({ actor, wait, keepsWaiting }) => [
    actor.name,
    wait === undefined ? "" : waitWords(BUSY, wait),
    keepsWaiting.map((one) => one.actor).join(),
  ]);
  assert.deepEqual(told, [
    ["vm-b/writer-1", "mmap_lock W vm-b", ""],
    ["vm-b/writer-2", "mmap_lock W vm-b", ""],
    ["compaction", "folio_lock page 4711", ""],
    ["ksmd", "", "vm-b/writer-2,vm-b/writer-1,compaction"],
    ["vm-a/writer", "", ""],
    ["stat", "", ""],
    ["setup", "", ""],
  ]);
});

Deno.test("where actors cannot be seen there is no line", () => {
  assert.deepEqual(actorLines(SMALL), []);
});
