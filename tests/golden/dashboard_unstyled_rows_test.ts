/**
 * Lists and dialogs without any style: which row is chosen, how rows are sorted and
 * filtered, who waits, and what was refused.
 */
import assert from "node:assert/strict";
import { rowNames } from "../../src/dashboard/choice.ts";
import { timeText } from "../../src/dashboard/figures.ts";
import type { PanelName } from "../../src/dashboard/panels.ts";
import { sortedByNext, sortedReverse } from "../../src/dashboard/sorting.ts";
import type { DashboardState } from "../../src/dashboard/state.ts";
import type { LogKind, Snapshot } from "../../src/observe/snapshot.ts";
import { actor, LOCKS } from "../unit/dashboard_busy.ts";
import { DETAILED } from "../unit/dashboard_details.ts";
import { WritableSource } from "../unit/dashboard_writable.ts";
import { dashboardOn } from "./dashboard_screen.ts";
import {
  ALL,
  apart,
  each,
  ROOMY,
  rowOf,
  SIZES,
  stateOf,
  WIDE,
} from "./unstyled.ts";

/** The zoomed panels that have rows, and a word of each row's that no other row has. */
const LISTS: readonly (readonly [
  key: string,
  panel: PanelName,
  word: (name: string) => string,
])[] = [
  ["2", "trees", (name) => name],
  ["4", "locks", (name) => name],
  ["5", "ksmd", (name) => name],
  ["6", "processes", (name) => name],
  ["7", "events", (number) => {
    const event = DETAILED.events.find((one) => `${one.number}` === number);
    return timeText(event?.timeMillis ?? 0);
  }],
];

for (const [key, panel, word] of LISTS) {
  const state = stateOf([key], ALL);
  const names = rowNames(state);
  // Of the events the newest is chosen where none is.
  const states = names.map((name, at) => ({
    ...state,
    chosen: panel === "events" && at === names.length - 1 ? undefined : name,
  }));
  for (const [at, name] of names.entries()) {
    const others = states.findIndex((_, other) => other !== at);
    apart(
      `${panel}: the row ${name}, chosen or not`,
      { chosen: states[at], other: states[others] },
      SIZES,
      rowOf(word(name)),
    );
  }
}

/** The matrix of who shares with whom. */
function matrix(text: string): string {
  const lines = text.split("\n");
  const heading = lines.findIndex((line) => line.includes("both map"));
  assert.ok(heading >= 0, text);
  return lines.slice(heading).join("\n");
}

apart(
  "who shares with whom: the chosen process",
  each(
    ["vm-a", "vm-b", "idle"],
    (chosen) => ({ ...stateOf(["6"], ALL), chosen }),
  ),
  SIZES,
  matrix,
);

const [FOLIO_LOCK] = LOCKS.classes.filter(({ name }) => name === "folio_lock");

/** Of each list one row alone, or rows alike, so that only its heading can tell how it is sorted. */
const ALIKE: Snapshot = {
  ...ALL,
  locks: { classes: [FOLIO_LOCK, FOLIO_LOCK, FOLIO_LOCK], waiting: [] },
  actors: [actor("ksmd", "ksmd", "running", "scanning vm-a", 1e9)],
  processes: DETAILED.processes.slice(0, 1),
};

/** All ways in which the rows of the panel with the focus, or of the zoomed one, can be sorted. */
function sorted(state: DashboardState): DashboardState[] {
  const ways: DashboardState[] = [];
  for (
    let next = sortedByNext(state);
    Object.keys(next.sorts).length > 0;
    next = sortedByNext(next)
  ) {
    ways.push(next, sortedReverse(next));
  }
  return ways;
}

for (const [key, panel] of LISTS.slice(1, -1)) {
  const among = { ...stateOf([], ALIKE), focused: panel };
  for (const state of [among, stateOf([key], ALIKE)]) {
    const where = state.zoomed === undefined ? "among others" : "zoomed";
    const ways = sorted(state);
    const states = [state, ...ways].map((state) => [
      JSON.stringify(state.sorts),
      state,
    ]);
    apart(`${panel}: orders of rows, ${where}`, Object.fromEntries(states), [
      ROOMY,
    ]);
  }
}

for (const [key, panel] of LISTS.slice(1)) {
  const state = stateOf([key], ALIKE);
  // All rows have it.
  const filters: DashboardState["filters"] = { [panel]: "s" };
  apart(`${panel}: filtered or not`, {
    not: state,
    filtered: { ...state, filters },
  });
}

apart(
  "what actors are at",
  each(
    ["running", "waiting", "sleeping", "idle", "done"] as const,
    (state) =>
      stateOf(["5"], {
        ...ALIKE,
        actors: [actor("a", "thread", state, "", 1)],
      }),
  ),
);

const KINDS: readonly LogKind[] = [
  "merge",
  "cow",
  "unmerge",
  "stale",
  "pass",
  "label",
  "wait",
  "migration",
];

for (const keys of [[], ["7"]]) {
  apart(
    `kinds of events, after ${keys.join("") || "no key"}`,
    each(KINDS, (kind) => {
      const event = { number: 1, timeMillis: 1, kind, text: "it" };
      return stateOf(keys, { ...ALL, events: [event] });
    }),
    [WIDE],
  );
}

for (const keys of [[], ["4"]]) {
  const waiting = LOCKS.waiting;
  apart(
    `locks that are waited for, after ${keys.join("") || "no key"}`,
    each([0, 1, 2, 3], (count) =>
      stateOf(keys, {
        ...ALL,
        locks: { ...LOCKS, waiting: waiting.slice(0, count) },
      })),
    [WIDE],
  );
}

/** The knob editor after some keys, and a text. */
function editing(keys: readonly string[], text = ""): DashboardState {
  const screen = dashboardOn(new WritableSource(), { columns: 120, rows: 40 });
  screen.press("k", ...keys);
  screen.type(text);
  return screen.state;
}

apart("the chosen knob", {
  first: editing([]),
  second: editing(["down"]),
  third: editing(["down", "down"]),
});
apart("a knob that takes a text, and one that does not", {
  takes: editing(["down", "enter"], "1"),
  refuses: editing(["down", "enter"], "!"),
  empty: editing(["down", "enter"]),
});

for (const dialog of ["workloads", "export"] as const) {
  const state = {
    ...stateOf([]),
    workloads: ["one", "two"].map((name) => ({ name, title: name })),
  };
  apart(
    `the chosen entry of a menu, ${dialog}`,
    each([0, 1], (chosen) => ({ ...state, dialog: { kind: dialog, chosen } })),
  );
}
