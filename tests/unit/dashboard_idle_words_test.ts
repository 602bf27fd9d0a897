/** Why ksmd visits no page, as the user reads it. */
import assert from "node:assert/strict";
import { dashboardApp } from "../../src/dashboard/app.ts";
import { waitText } from "../../src/dashboard/idle_words.ts";
import { initialState } from "../../src/dashboard/state.ts";
import type { Snapshot } from "../../src/observe/snapshot.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import { IdleSource } from "./dashboard_source.ts";
import { SMALL } from "./dashboard_snapshots.ts";

function withRun(run: string): Snapshot {
  return { ...SMALL, knobs: { ...SMALL.knobs, run } };
}

Deno.test("only a full scan waits, and only while run is not 1", () => {
  for (const run of ["0", "2"]) {
    const state = initialState(withRun(run), { speed: 1 });
    assert.equal(waitText(state), undefined);
    assert.equal(waitText({ ...state, stepping: "page" }), undefined);
    assert.equal(
      waitText({ ...state, stepping: "pass" }),
      `run is ${run}: no page is visited until it is 1; space stops`,
    );
  }
  const running = initialState(withRun("1"), { speed: 1 });
  assert.equal(waitText({ ...running, stepping: "pass" }), undefined);
  const { run: _, ...knobs } = SMALL.knobs;
  const unknown = initialState({ ...SMALL, knobs }, { speed: 1 });
  assert.equal(waitText({ ...unknown, stepping: "pass" }), undefined);
});

Deno.test("behind a frozen picture the knob counts that is written now", () => {
  const state = initialState(withRun("1"), { speed: 1 });
  const behind = { ...state, snapshot: withRun("0") };
  const stepping = "pass" as const;
  assert.match(waitText({ ...state, stepping, behind }) ?? "", /^run is 0: /);
});

Deno.test("a recording waits for nothing: its full scans lie between samples", () => {
  const millis = { oldestMillis: 0, newestMillis: 9 };
  const place = { sample: 0, samples: 2, ...millis };
  const moment = { ...place, atEnd: false, branches: false, isRecorded: true };
  const state = initialState(withRun("0"), { speed: 1 }, moment);
  assert.equal(waitText({ ...state, stepping: "pass" }), undefined);
});

Deno.test("the bottom line tells what > waits for from the start, until ksmd is switched on", () => {
  for (const run of ["0", "2"]) {
    const source = new IdleSource(run);
    let millis = 0;
    // Each look at the clock takes 5 ms, of which a frame has 20.
    const app = dashboardApp(source, { speed: 1 }, () => millis += 5);
    const screen = mount(app, { columns: 80, rows: 24 });
    const bottom = () => screen.frame().split("\n").at(-1) ?? "";
    const said = new RegExp(`run is ${run}: no page is visited until it is 1`);
    screen.press(">");
    assert.match(bottom(), said);
    screen.advance(1000);
    assert.match(bottom(), said);
    // What lies over the panels has keys of its own.
    screen.press("e");
    assert.match(bottom(), /escape/);
    screen.press("escape");
    source.run = "1";
    screen.advance(50);
    assert.equal(screen.state.stepping, "pass");
    assert.doesNotMatch(bottom(), /run is/);
  }
});

Deno.test("a wait that was called off is not told any more", () => {
  let millis = 0;
  const now = () => millis += 5;
  const app = dashboardApp(new IdleSource("0"), { speed: 1 }, now);
  const screen = mount(app, { columns: 80, rows: 24 });
  screen.press(">", "space");
  assert.doesNotMatch(screen.frame(), /run is 0: no page/);
  screen.press(".");
  assert.match(screen.frame(), /run is 0: no page visited/);
});
