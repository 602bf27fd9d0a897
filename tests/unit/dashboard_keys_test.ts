/** Which keys act where, and that the bottom line names no others. */
import assert from "node:assert/strict";
import { KEY_SCOPES } from "../../src/dashboard/key_scopes.ts";
import { keysOf, legendKeys } from "../../src/dashboard/keys.ts";
import {
  type DashboardState,
  initialState,
} from "../../src/dashboard/state.ts";
import { update } from "../../src/dashboard/update.ts";
import { bindingOf, keyOf } from "../../src/tui/mod.ts";
import { dashboardOn, still } from "../golden/dashboard_screen.ts";
import { BUSY } from "./dashboard_busy.ts";

const WORKLOADS = [
  { name: "one", title: "" },
  { name: "two", title: "" },
];

const START = initialState(BUSY, { speed: 1, workloads: WORKLOADS });

function pressed(state: DashboardState, ...keys: string[]): DashboardState {
  return keys.reduce((before, key) => {
    const binding = bindingOf(keysOf(before), keyOf(key));
    return binding === undefined ? before : update(before, binding.message);
  }, state);
}

function focused(panel: "memory" | "locks" | "events"): DashboardState {
  return update(START, { kind: "focus", panel });
}

Deno.test("K opens the knobs everywhere", () => {
  for (
    const state of [
      START,
      focused("locks"),
      ...["1", "2", "3", "4", "5", "6", "7", "?"].map((key) =>
        pressed(START, key)
      ),
    ]
  ) {
    assert.equal(pressed(state, "K").dialog?.kind, "knobs");
  }
});

Deno.test("k moves up wherever the arrow does, and opens the knobs elsewhere", () => {
  const opens = (state: DashboardState) =>
    pressed(state, "k").dialog?.kind === "knobs";
  assert.ok(opens(START));
  assert.ok(opens(focused("memory")));
  assert.ok(opens(pressed(START, "1")));
  for (
    const state of [
      focused("locks"),
      ...["2", "3", "4", "5", "6", "7", "?", "w", "e"].map((key) =>
        pressed(START, key)
      ),
    ]
  ) {
    assert.ok(!opens(state));
    assert.deepEqual(pressed(state, "k"), pressed(state, "up"));
    assert.deepEqual(pressed(state, "j"), pressed(state, "down"));
  }
});

Deno.test("j and k move in lists, menus and the knob editor", () => {
  assert.equal(pressed(START, "4", "j", "j", "k").chosen, "folio_lock");
  assert.equal(pressed(START, "5", "j").chosen, "vm-b/writer-2");
  const { dialog } = pressed(START, "K", "j", "j", "k");
  assert.ok(dialog?.kind === "knobs" && dialog.chosen === 1);
  const menu = pressed(START, "w", "j").dialog;
  assert.ok(menu?.kind === "workloads" && menu.chosen === 1);
});

Deno.test("where text is typed letters are text", () => {
  const editing = pressed(START, "4", "/");
  for (const key of ["h", "j", "k", "l", "K"]) {
    assert.equal(bindingOf(keysOf(editing), keyOf(key)), undefined);
  }
});

Deno.test("left and right take the focus through the panels that are on the screen", () => {
  const screen = dashboardOn(still(BUSY), { columns: 120, rows: 40 });
  screen.frame();
  const seen = ["right", "right", "l", "l", "l", "l", "l", "l"].map((key) => {
    screen.press(key);
    return screen.state.focused;
  });
  assert.deepEqual(seen, [
    "memory",
    "trees",
    "map",
    "locks",
    "ksmd",
    "processes",
    "events",
    "memory",
  ]);
  screen.press("h");
  assert.equal(screen.state.focused, "events");
  screen.press("left");
  assert.equal(screen.state.focused, "processes");
  // There is no room for TREES, PROCESSES and EVENTS.
  const small = dashboardOn(still(BUSY), { columns: 60, rows: 15 });
  small.frame();
  const few = Array.from({ length: 5 }, () => {
    small.press("l");
    return small.state.focused;
  });
  assert.deepEqual(few, ["memory", "map", "locks", "ksmd", "memory"]);
});

Deno.test("the list with the focus scrolls as far as there is more to see, and no further", () => {
  const events = Array.from({ length: 60 }, (_, index) => ({
    number: index + 1,
    timeMillis: index,
    kind: "label" as const,
    text: `label-${index}`,
  }));
  const screen = dashboardOn(still({ ...BUSY, events }), {
    columns: 120,
    rows: 40,
  });
  screen.frame();
  screen.press("h");
  assert.equal(screen.state.focused, "events");
  assert.match(screen.frame(), /label-59 /);
  screen.press("k");
  assert.doesNotMatch(screen.frame(), /label-59 /);
  assert.match(screen.frame(), /label-58 /);
  screen.press("home");
  assert.match(screen.frame(), /label-0 /);
  // No key is lost at the end of the list.
  screen.press("j");
  assert.doesNotMatch(screen.frame(), /label-0 /);
  screen.press("end");
  assert.match(screen.frame(), /label-59 /);
});

/** Keys that the bottom line names. */
function named(state: DashboardState): string[] {
  return legendKeys(state).filter(({ legend }) => legend !== undefined)
    .flatMap(({ keys }) => keys);
}

Deno.test("whatever the bottom line names has that meaning now", () => {
  const moment = {
    sample: 1,
    samples: 2,
    oldestMillis: 0,
    newestMillis: 1,
    atEnd: false,
    branches: true,
    isRecorded: false,
  };
  for (const state of [START, { ...START, moment }, focused("locks")]) {
    for (const keys of [[], ["3"], ["4"], ["1"], ["?"], ["w"], ["K"], ["e"]]) {
      const after = pressed(state, ...keys);
      const now = keysOf(after);
      for (const { keys, message } of legendKeys(after)) {
        for (const key of keys) {
          assert.equal(bindingOf(now, keyOf(key))?.message, message);
        }
      }
    }
  }
});

Deno.test("the bottom line names no key that would come to nothing", () => {
  // No panel has the focus, and nothing is known of a past.
  for (const key of ["/", "s", "enter", "up", "n", "[", "escape"]) {
    assert.ok(!named(START).includes(key), key);
  }
  const list = named(focused("locks"));
  assert.ok(["/", "s", "enter", "up"].every((key) => list.includes(key)));
  const events = named(focused("events"));
  assert.ok(events.includes("/") && !events.includes("s"));
  const ended = named({ ...START, ended: true });
  assert.ok(![" ", "space", ".", "b", ">"].some((key) => ended.includes(key)));
  assert.ok(!named({ ...START, workloads: [] }).includes("w"));
  const menu = named(pressed(START, "w"));
  assert.ok(menu.includes("enter") && !menu.includes("space"));
  assert.ok(!menu.includes("w") && !menu.includes("K"));
  const map = named(pressed(START, "3"));
  assert.ok(map.includes("h") && map.includes("up") && map.includes("K"));
});

Deno.test("the bottom line calls the four arrows by one name", () => {
  const screen = dashboardOn(still(BUSY), { columns: 80, rows: 24 });
  screen.press("3");
  assert.match(screen.frame().split("\n")[23], / arrows move /);
});

Deno.test("the help says how it closes, and how far it is scrolled", () => {
  const screen = dashboardOn(still(BUSY), { columns: 80, rows: 24 });
  screen.press("?");
  const line = () => screen.frame().split("\n")[22];
  const lines = KEY_SCOPES.length - 1 +
    KEY_SCOPES.reduce((sum, { keys }) => sum + 1 + keys.length, 0);
  // After an empty line: five words, their title, and no line wraps.
  const all = lines + 1 + 6;
  const told = (last: number) =>
    new RegExp(`escape closes {2}up/down scroll {2}${last} of ${all} lines`);
  // 24 rows without border and this line.
  assert.match(line(), told(21));
  screen.press("j");
  assert.match(line(), told(22));
  screen.press("end");
  assert.match(line(), told(all));
  const high = dashboardOn(still(BUSY), { columns: 80, rows: all + 9 });
  high.press("?");
  assert.match(high.frame(), /│ escape closes +│/);
});
