import assert from "node:assert/strict";
import { KEY_SCOPES } from "../../src/dashboard/key_scopes.ts";
import { rowNames } from "../../src/dashboard/choice.ts";
import { keysOf, legendKeys } from "../../src/dashboard/keys.ts";
import {
  type DashboardState,
  initialState,
  motionOf,
  workOf,
} from "../../src/dashboard/state.ts";
import { type Message, type Seen, update } from "../../src/dashboard/update.ts";
import { bindingOf, keyOf } from "../../src/tui/mod.ts";
import { BUSY, LOCKS } from "./dashboard_busy.ts";
import { SMALL } from "./dashboard_snapshots.ts";
import { seen } from "./dashboard_seen.ts";

const START = initialState(SMALL, { speed: 1, caption: "watch" });

/** The state after keys; one that means nothing leaves it as it is. */
function pressed(state: DashboardState, ...keys: string[]): DashboardState {
  return keys.reduce((before, key) => {
    const binding = bindingOf(keysOf(before), keyOf(key));
    return binding === undefined ? before : update(before, binding.message);
  }, state);
}

/** What comes of a frame's work. */
function worked(stepped: boolean, ended = false): Seen {
  return { ...seen(SMALL), stepped, ended };
}

Deno.test("it starts playing at the given speed", () => {
  assert.deepEqual(workOf(START), { kind: "play", speed: 1 });
  assert.equal(motionOf(START), "running");
});

Deno.test("space pauses and goes on", () => {
  const paused = pressed(START, "space");
  assert.equal(workOf(paused), undefined);
  assert.equal(motionOf(paused), "paused");
  assert.deepEqual(workOf(pressed(paused, "space")), workOf(START));
});

for (
  const [key, stride] of [[".", "page"], ["b", "batch"], [">", "pass"]] as const
) {
  Deno.test(`${key} pauses, and asks for one ${stride}`, () => {
    const stepping = pressed(START, key);
    assert.deepEqual(workOf(stepping), { kind: "step", stride });
    assert.equal(motionOf(stepping), "stepping");
    const unfinished = update(stepping, worked(false));
    assert.deepEqual(workOf(unfinished), { kind: "step", stride });
    const done = update(unfinished, worked(true));
    assert.equal(workOf(done), undefined);
    assert.equal(motionOf(done), "paused");
  });
}

Deno.test("space calls a long stride off, and leaves the machine paused", () => {
  const off = pressed(START, ">", "space");
  assert.equal(motionOf(off), "paused");
});

Deno.test("+ and - double and halve the speed within their limits", () => {
  const speeds = (key: string, times: number) =>
    Array.from({ length: times }, (_, index) => {
      const keys = new Array<string>(index + 1).fill(key);
      return pressed(START, ...keys).speed;
    });
  assert.deepEqual(speeds("+", 8), [2, 4, 8, 16, 32, 64, Infinity, Infinity]);
  assert.deepEqual(speeds("=", 1), [2]);
  assert.deepEqual(speeds("-", 4), [1 / 2, 1 / 4, 1 / 8, 1 / 8]);
  const fastest = { ...START, speed: Infinity };
  assert.equal(pressed(fastest, "-").speed, 64);
  // Speeds from the command line may lie outside.
  assert.equal(pressed({ ...START, speed: 0.01 }, "-").speed, 0.01);
  assert.equal(pressed({ ...START, speed: 0.01 }, "+").speed, 0.02);
  assert.equal(pressed({ ...START, speed: 100 }, "-").speed, 50);
  assert.equal(pressed({ ...START, speed: 48 }, "+").speed, 64);
});

Deno.test("? opens and closes the help, escape closes it", () => {
  assert.deepEqual(pressed(START, "?").dialog, { kind: "help", offset: 0 });
  assert.equal(pressed(START, "?", "?").dialog, undefined);
  assert.equal(pressed(START, "?", "escape").dialog, undefined);
  assert.equal(pressed(START, "escape").dialog, undefined);
});

Deno.test("a digit zooms its panel; the same again or escape leads back", () => {
  const panels = [
    "memory",
    "trees",
    "map",
    "locks",
    "ksmd",
    "processes",
    "events",
  ];
  panels.forEach((panel, index) => {
    const digit = String(index + 1);
    const zoomed = pressed(START, digit);
    assert.equal(zoomed.zoomed, panel);
    assert.equal(pressed(zoomed, digit).zoomed, undefined);
    assert.equal(pressed(zoomed, "escape").zoomed, undefined);
  });
  assert.equal(pressed(START, "4", "5").zoomed, "ksmd");
});

Deno.test("escape closes the help before the zoom", () => {
  const both = pressed(START, "4", "?");
  const { dialog, zoomed } = pressed(both, "escape");
  assert.deepEqual([dialog, zoomed], [undefined, "locks"]);
});

const CONTENDED = initialState(BUSY, { speed: 1 });

Deno.test("up and down choose a row by its name, within the rows there are", () => {
  const chosen = (...keys: string[]) => pressed(CONTENDED, "4", ...keys).chosen;
  assert.equal(chosen(), "&mm->mmap_lock-W");
  assert.equal(chosen("down"), "folio_lock");
  assert.equal(chosen("down", "down", "up"), "folio_lock");
  assert.equal(chosen("up"), "&mm->mmap_lock-W");
  const far = new Array<string>(20).fill("down");
  assert.equal(chosen(...far), "page_table_lock");
  assert.equal(pressed(CONTENDED, "5", "down").chosen, "vm-b/writer-2");
});

Deno.test("a chosen row stays chosen when rows change their order", () => {
  const before = pressed(CONTENDED, "4", "down");
  assert.equal(before.chosen, "folio_lock");
  const [mutex, list, , , folio] = LOCKS.classes;
  const locks = { ...LOCKS, classes: [mutex, list, folio] };
  const after = update(before, {
    ...worked(false),
    snapshot: { ...BUSY, locks },
  });
  // It is the first now, and the mutex the second.
  assert.equal(pressed(after, "down").chosen, "ksm_thread_mutex");
});

Deno.test("the row that was the first as a panel was zoomed is followed, too", () => {
  const before = pressed(CONTENDED, "4");
  const locks = { ...LOCKS, waiting: [] };
  const after = update(before, {
    ...worked(false),
    snapshot: { ...BUSY, locks },
  });
  // Now that nobody waits, readers have waited longest.
  assert.deepEqual(rowNames(after).slice(0, 2), [
    "&mm->mmap_lock-R",
    "&mm->mmap_lock-W",
  ]);
  assert.equal(after.chosen, "&mm->mmap_lock-W");
});

Deno.test("where the chosen row is gone, the one in its place is chosen", () => {
  const processes = (...names: string[]): Message => ({
    ...worked(false),
    snapshot: {
      ...SMALL,
      processes: names.map((name) => ({ ...SMALL.processes[0], name })),
    },
  });
  const three = update(START, processes("a", "b", "c"));
  const chosen = pressed(three, "6", "down");
  assert.equal(chosen.chosen, "b");
  assert.equal(update(chosen, processes("a", "c")).chosen, "c");
  assert.equal(update(chosen, processes("a")).chosen, "a");
  // At a moment without any row it is remembered.
  const none = update(chosen, processes());
  assert.equal(update(none, processes("a", "b")).chosen, "b");
});

Deno.test("another panel, and the way back, forget the choice", () => {
  const chosen = pressed(CONTENDED, "4", "down");
  assert.equal(pressed(chosen, "5").chosen, "vm-b/writer-1");
  assert.equal(pressed(chosen, "escape").chosen, undefined);
  assert.equal(pressed(chosen, "4").chosen, undefined);
  assert.equal(pressed(chosen, "4", "4").chosen, "&mm->mmap_lock-W");
});

Deno.test("where there is nothing to choose, up and down do nothing", () => {
  for (const keys of [["down"], ["4", "down"], ["1", "down"], ["5", "up"]]) {
    const { chosen } = pressed(START, ...keys);
    assert.equal(chosen, undefined);
  }
});

Deno.test("the bottom names up and down only where rows can be chosen", () => {
  const named = (...keys: string[]) => {
    const state = pressed(CONTENDED, ...keys);
    return legendKeys(state).flatMap(({ keys }) => keys);
  };
  assert.ok(!named().includes("down") && !named().includes("escape"));
  assert.ok(named("4").includes("down") && named("4").includes("escape"));
  assert.ok(!named("1").includes("down") && named("1").includes("escape"));
});

Deno.test("q leaves, whatever lies over the panels", () => {
  assert.equal(pressed(START, "?", "q").left, true);
});

Deno.test("after the workload's end there is no work, whatever is pressed", () => {
  const ended = update(START, worked(false, true));
  assert.equal(motionOf(ended), "ended");
  for (const key of ["space", ".", "b", ">"]) {
    assert.equal(workOf(pressed(ended, key)), undefined);
    assert.equal(motionOf(pressed(ended, key)), "ended");
    assert.equal(pressed(ended, key).notice, "The workload has ended");
    const workloads = [{ name: "storm", title: "they all exit" }];
    assert.equal(
      pressed({ ...ended, workloads }, key).notice,
      "The workload has ended: w starts another",
    );
  }
});

Deno.test("a notice stays until the next key", () => {
  const told = update(START, { kind: "notice", text: "look" });
  assert.equal(update(told, worked(false)).notice, "look");
  assert.equal(pressed(told, "+").notice, undefined);
});

Deno.test("what is seen is shown and remembered", () => {
  const snapshot = {
    ...SMALL,
    stableTree: { nodes: 1030, height: 12 },
    ksmd: { ...SMALL.ksmd, batches: 625 },
  };
  const after = update(START, seen(snapshot));
  assert.equal(after.snapshot, snapshot);
  assert.deepEqual(after.history.values.stableNodes, [1024, 1030]);
  assert.equal(after.playing, true);
});

Deno.test("a tick changes nothing by itself, so that a resting screen stays as it is", () => {
  assert.equal(update(START, { kind: "tick" }), START);
});

Deno.test("no key stands for two things", () => {
  for (const { keys: rows } of KEY_SCOPES) {
    const keys = rows.flatMap((binding) => binding.keys);
    assert.equal(new Set(keys).size, keys.length);
  }
});
