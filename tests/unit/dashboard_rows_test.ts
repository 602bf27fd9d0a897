/** The rows of the panels that are lists, filtered and sorted. */
import assert from "node:assert/strict";
import {
  actorRows,
  lockClassRows,
  lockRows,
  passingEvents,
  processRows,
} from "../../src/dashboard/rows.ts";
import { lockStatName } from "../../src/dashboard/lock_lines.ts";
import {
  type DashboardState,
  initialState,
} from "../../src/dashboard/state.ts";
import { update } from "../../src/dashboard/update.ts";
import { BUSY } from "./dashboard_busy.ts";

const START = initialState(BUSY, { speed: 1 });

/** The state after s or S, so many times, on a zoomed panel. */
function sorted(
  state: DashboardState,
  ...how: ("next" | "reverse")[]
): DashboardState {
  return how.reduce(
    (before, one) => update(before, { kind: "sort", how: one }),
    state,
  );
}

function zoomed(panel: "locks" | "ksmd" | "processes" | "events" | "memory") {
  return update(START, { kind: "zoom", panel });
}

const names = (state: DashboardState) =>
  processRows(state).map(({ name }) => name);

Deno.test("rows come as they are until they are sorted or filtered", () => {
  assert.deepEqual(processRows(START), BUSY.processes);
  assert.deepEqual(passingEvents(START), BUSY.events);
  assert.equal(actorRows(START).length, BUSY.actors?.length);
});

Deno.test("s goes through the columns and back to the rows as they come, S turns round", () => {
  const start = zoomed("processes");
  const by = (...how: ("next" | "reverse")[]) =>
    sorted(start, ...how).sorts.processes;
  assert.deepEqual(by("next"), { by: "process", descending: false });
  assert.deepEqual(by("next", "next"), { by: "pid", descending: true });
  assert.deepEqual(by("next", "reverse"), { by: "process", descending: true });
  assert.deepEqual(by("reverse"), { by: "process", descending: false });
  const round = new Array<"next">(8).fill("next");
  assert.equal(by(...round), undefined);
  assert.deepEqual(names(sorted(start, "next", "next")), ["vm-b", "vm-a"]);
  assert.deepEqual(
    names(sorted(start, "next", "next", "reverse")),
    ["vm-a", "vm-b"],
  );
});

Deno.test("where there are no columns to sort by, s says so", () => {
  for (const state of [zoomed("events"), zoomed("memory"), START]) {
    const after = sorted(state, "next");
    assert.deepEqual(after.sorts, {});
    assert.match(after.notice ?? "", /can be sorted/);
  }
});

Deno.test("a sort of LOCKS holds zoomed and among other panels, where the column is there", () => {
  const bySum = { locks: { by: "acquisitions", descending: true } };
  const state = { ...START, sorts: bySum };
  const classes = lockClassRows(state);
  assert.equal(lockStatName(classes[0]), "page_table_lock");
  assert.deepEqual(lockRows(state), lockRows(START));
  const longest = { locks: { by: "hold-avg", descending: true } };
  const held = lockRows({ ...START, sorts: longest });
  assert.equal(held[0].lockClass.name, "ksm_thread_mutex");
  const zoomedHeld = lockClassRows({ ...START, sorts: longest });
  assert.equal(zoomedHeld[0].lockClass.name, "ksm_thread_mutex");
});

Deno.test("filters look at all that a row says, in small letters and in capitals", () => {
  const filtered = (filters: DashboardState["filters"]) => ({
    ...START,
    filters,
  });
  const actors = actorRows(filtered({ ksmd: "MMAP_LOCK" }));
  assert.deepEqual(
    actors.map(({ actor }) => actor.name),
    ["vm-b/writer-1", "vm-b/writer-2"],
  );
  assert.deepEqual(names(filtered({ processes: "1001" })), ["vm-b"]);
  const locks = lockRows(filtered({ locks: "vm-a" }));
  assert.deepEqual(locks.map(({ which }) => which), ["vm-a"]);
  const events = passingEvents(filtered({ events: "cow break" }));
  assert.deepEqual(events.map(({ kind }) => kind), ["cow"]);
  assert.equal(processRows(filtered({ processes: "nobody" })).length, 0);
});
