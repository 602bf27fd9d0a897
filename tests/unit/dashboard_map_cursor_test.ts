/** Going about the zoomed page map by keys. */
import assert from "node:assert/strict";
import { keysOf } from "../../src/dashboard/keys.ts";
import { mapSight } from "../../src/dashboard/map_cursor.ts";
import {
  type DashboardState,
  initialState,
} from "../../src/dashboard/state.ts";
import { update } from "../../src/dashboard/update.ts";
import type { Snapshot } from "../../src/observe/snapshot.ts";
import { bindingOf, keyOf } from "../../src/tui/mod.ts";
import { processWith, region, SMALL } from "./dashboard_snapshots.ts";
import { seen } from "./dashboard_seen.ts";

/** Two processes with 2 000 and 500 pages. */
const LARGE: Snapshot = {
  ...SMALL,
  processes: [
    processWith("vm-a", [region("ram", "m".repeat(2000))]),
    processWith("vm-b", [region("ram", "n".repeat(500))]),
  ],
  ksmd: {
    ...SMALL.ksmd,
    cursor: { process: "vm-b", region: "ram", page: 100 },
  },
};

function started(snapshot = LARGE): DashboardState {
  return initialState(snapshot, { speed: 1 });
}

function pressed(state: DashboardState, ...keys: string[]): DashboardState {
  return keys.reduce((before, key) => {
    const binding = bindingOf(keysOf(before), keyOf(key));
    if (binding === undefined) throw new Error(`no key ${key}`);
    return update(before, binding.message);
  }, state);
}

function page(state: DashboardState): string {
  const { process, region: name, page: at } = state.mapCursor ?? {};
  return `${process} ${name}+${at}`;
}

Deno.test("the cursor begins where ksmd is, and stays where it was left", () => {
  const entered = pressed(started(), "3");
  assert.equal(page(entered), "vm-b ram+100");
  const moved = pressed(entered, "z", "z", "z", "z", "z", "z", "l");
  assert.equal(page(moved), "vm-b ram+101");
  assert.equal(page(pressed(moved, "escape", "3")), "vm-b ram+101");
  const { cursor: _, ...ksmd } = LARGE.ksmd;
  assert.equal(page(pressed(started({ ...LARGE, ksmd }), "3")), "vm-a ram+0");
});

Deno.test("arrows and letters move alike, and only where the map is zoomed", () => {
  for (
    const [arrow, letter] of [
      ["left", "h"],
      ["down", "j"],
      ["up", "k"],
      ["right", "l"],
    ]
  ) {
    const start = pressed(started(), "3", "c", "z");
    const moved = pressed(start, arrow);
    assert.deepEqual(pressed(start, letter), moved);
  }
  const message = { kind: "map", move: { kind: "go", to: "left" } } as const;
  const elsewhere = started();
  assert.equal(update(elsewhere, message).mapCursor, undefined);
});

Deno.test("z halves the pages of a cell down to one, and Z doubles them until all fit", () => {
  const fit = pressed(started(), "3");
  const scaleOf = (state: DashboardState) => mapSight(state).map.pagesPerCell;
  // 80 by 24: 21 rows, of which 10 and a line are the answer's, 1 the legend's, 9 the map's;
  // of 76 columns 71 are cells. 2 500 pages take 36 rows with a page a cell, 8 + 2 with 4, and 6 + 2 with 5.
  assert.equal(scaleOf(fit), 5);
  const scales = [1, 2, 3].map((times) =>
    scaleOf(pressed(fit, ...new Array<string>(times).fill("z")))
  );
  assert.deepEqual(scales, [2, 1, 1]);
  const back = pressed(fit, "z", "z", "Z", "Z", "Z");
  assert.equal(back.mapScale, undefined);
  assert.equal(scaleOf(back), 5);
});

Deno.test("the map scrolls along with the cursor, and c leads to ksmd", () => {
  const close = pressed(started(), "3", "z", "z");
  const rowSeen = (state: DashboardState) => {
    const { map, top, places } = mapSight(state);
    const row = map.cellOf(state.mapCursor)?.row ?? -1;
    return row >= top && row < top + places.map.rows;
  };
  assert.ok(rowSeen(close));
  assert.ok(close.mapTop > 0);
  let state = close;
  for (let step = 0; step < 40; step++) {
    state = pressed(state, "up");
    assert.ok(rowSeen(state));
  }
  assert.equal(state.mapTop, 0);
  assert.equal(state.mapCursor?.process, "vm-a");
  // A screen of 9 rows less one.
  const leaf = pressed(state, "pagedown");
  assert.equal(leaf.mapCursor?.page, (state.mapCursor?.page ?? 0) + 8 * 71);
  const home = pressed(leaf, "c");
  assert.equal(page(home), "vm-b ram+100");
  assert.ok(rowSeen(home));
});

Deno.test("a screen of another size shows the cursor's row too", () => {
  const close = pressed(started(), "3", "z", "z", "z");
  for (const [columns, rows] of [[40, 10], [200, 60], [120, 24], [60, 15]]) {
    const state = update(close, { kind: "sized", screen: { columns, rows } });
    const { map, top, places } = mapSight(state);
    const row = map.cellOf(state.mapCursor)?.row ?? -1;
    assert.ok(row >= top && row < top + places.map.rows);
    assert.equal(page(state), "vm-b ram+100");
  }
});

Deno.test("pointing at a cell goes to its page, and beside all rows nowhere", () => {
  const close = pressed(started(), "3", "z", "z");
  const point = (column: number, row: number) =>
    update(close, { kind: "map", move: { kind: "point", column, row } });
  const first = mapSight(close).map.pageAt({ row: close.mapTop, column: 3 });
  // The label takes four columns and a space.
  assert.deepEqual(point(8, 0).mapCursor, first);
  assert.deepEqual(point(8, 100).mapCursor, close.mapCursor);
});

Deno.test("where no page can be seen, no way leads anywhere", () => {
  const processes = LARGE.processes.map((one) => ({ ...one, regions: [] }));
  for (const blind of [processes, []]) {
    const entered = pressed(started({ ...LARGE, processes: blind }), "3");
    for (const key of ["l", "j", "k", "h", "c", "z", "Z", "pagedown"]) {
      assert.equal(pressed(entered, key).mapCursor, undefined);
    }
  }
});

Deno.test("when the page under the cursor goes away the cursor goes to the nearest row", () => {
  const entered = pressed(started(), "3");
  const [first, second] = LARGE.processes;
  const gone = update(entered, seen({ ...LARGE, processes: [first] }));
  assert.equal(gone.mapCursor?.process, first.name);
  const rowOf = (state: DashboardState) =>
    mapSight(state).map.cellOf(state.mapCursor)?.row ?? -1;
  const last = mapSight(gone).map.rows - 1;
  assert.equal(rowOf(gone), Math.min(rowOf(entered), last));
  // Where its process stays the cursor stays, wherever its row is then.
  const moved = update(entered, seen({ ...LARGE, processes: [second] }));
  assert.equal(page(moved), "vm-b ram+100");
});
