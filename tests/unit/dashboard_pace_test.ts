/** How fast virtual time really goes: measured by the edge, smoothed in the state, said in the top line. */
import assert from "node:assert/strict";
import { Live } from "../../src/dashboard/live.ts";
import {
  type Pace,
  pacedBy,
  reachedSpeed,
  reachedText,
  type Stretch,
} from "../../src/dashboard/pace.ts";
import { initialState, type Work } from "../../src/dashboard/state.ts";
import { type Seen, update } from "../../src/dashboard/update.ts";
import { dashboardOn, still } from "../golden/dashboard_screen.ts";
import { CountingSource } from "./dashboard_source.ts";
import { SMALL } from "./dashboard_snapshots.ts";

const TICK_MILLIS = 50;

/** What frames 50 ms apart measure where a visit takes so long on the wall. */
function measured(speed: number, visitMillis: number, frames: number) {
  let wall = 0;
  const source = new CountingSource({ onVisit: () => wall += visitMillis });
  const live = new Live(source, () => wall);
  const work: Work = { kind: "play", speed };
  const sum = { wallMillis: 0, virtualMillis: 0 };
  for (let frame = 0; frame < frames; frame++) {
    wall += TICK_MILLIS;
    const pace = live.frame(work)?.pace;
    assert.ok(pace !== undefined);
    sum.wallMillis += pace.wallMillis;
    sum.virtualMillis += pace.virtualMillis;
  }
  return { sum, source };
}

Deno.test("a speed that is reached is measured as such, be it in few long batches", () => {
  for (const speed of [1 / 8, 1, 4, 64]) {
    const { sum } = measured(speed, 0, 40);
    assert.equal(sum.wallMillis, 40 * TICK_MILLIS);
    assert.equal(reachedSpeed(sum), speed, `x${speed}`);
  }
});

Deno.test("what is given up counts as not reached", () => {
  // A batch of 20 ms takes 100 ms here, after the 50 ms between two frames.
  for (const speed of [1, 16, Infinity]) {
    const { sum, source } = measured(speed, 1, 60);
    assert.equal(source.batches, 60);
    // What the last frame took is not on the clock that it began by.
    assert.equal(sum.wallMillis, 60 * 150 - 100);
    assert.ok(Math.abs(reachedSpeed(sum) - 20 / 150) < 0.005, `x${speed}`);
  }
});

Deno.test("a step has no pace, and a rest none either", () => {
  const live = new Live(new CountingSource(), () => 0);
  assert.equal(live.step("batch").pace, undefined);
  assert.equal(live.frame(undefined), undefined);
});

/** So many frames at a part of the speed. */
function after(
  frames: number,
  part: number,
  speed = 16,
  before?: Pace,
): Pace | undefined {
  const stretch: Stretch = {
    wallMillis: TICK_MILLIS,
    virtualMillis: TICK_MILLIS * part * speed,
  };
  let pace = before;
  for (let frame = 0; frame < frames; frame++) {
    pace = pacedBy(pace, stretch, speed);
  }
  return pace;
}

Deno.test("a speed lags once it does for some while, and does no more once it keeps up", () => {
  // 2 s of weighed frames are filled to the half after 2 s * ln 2.
  assert.equal(after(27, 0.5)?.lags, false);
  assert.equal(after(30, 0.5)?.lags, true);
  assert.equal(after(200, 0.91)?.lags, false);
  assert.equal(after(200, 0.89)?.lags, true);
  // In between it stays as it was.
  const lagging = after(100, 0.5);
  assert.equal(after(400, 0.93, 16, lagging)?.lags, true);
  assert.equal(after(400, 0.97, 16, lagging)?.lags, false);
  const steady = after(400, 1);
  assert.equal(after(400, 0.93, 16, steady)?.lags, false);
});

Deno.test("one slow frame is no lag, and another speed begins anew", () => {
  const steady = after(100, 1);
  const slow = pacedBy(steady, { wallMillis: 150, virtualMillis: 0 }, 16);
  assert.equal(slow.lags, false);
  const lagging = after(100, 0.1);
  assert.equal(after(1, 0.1, 8, lagging)?.lags, false);
  assert.ok(after(1, 0.5, 8, lagging)?.wallMillis === TICK_MILLIS);
});

Deno.test("at full speed the speed that is reached is always told", () => {
  const stretch = { wallMillis: 50, virtualMillis: 1900 };
  let pace: Pace | undefined;
  for (let frame = 0; frame < 40; frame++) {
    pace = pacedBy(pace, stretch, Infinity);
  }
  assert.equal(pace?.lags, true);
  assert.equal(reachedText(pace), "38");
});

Deno.test("speeds have two digits, as many as count", () => {
  const texts = [0, 0.083, 0.994, 0.996, 1.24, 9.94, 9.96, 38.4, 1234]
    .map((speed) => reachedText({ wallMillis: 10, virtualMillis: speed * 10 }));
  assert.deepEqual(texts, [
    "0.00",
    "0.08",
    "0.99",
    "1.0",
    "1.2",
    "9.9",
    "10",
    "38",
    "1234",
  ]);
});

function seen(pace: Stretch | undefined): Seen {
  const defect = undefined;
  const base = { stepped: false, ended: false, defect, pace };
  return { kind: "seen", snapshot: SMALL, ...base };
}

Deno.test("a pause, a step and another speed forget the pace", () => {
  let state = initialState(SMALL, { speed: 16 });
  for (let frame = 0; frame < 40; frame++) {
    state = update(state, seen({ wallMillis: 50, virtualMillis: 60 }));
  }
  assert.equal(state.pace?.lags, true);
  assert.equal(update(state, { kind: "pause" }).pace, undefined);
  assert.equal(update(state, seen(undefined)).pace, undefined);
  const faster = update(state, { kind: "faster" });
  const next = update(faster, seen({ wallMillis: 50, virtualMillis: 60 }));
  assert.deepEqual([next.speed, next.pace?.lags], [32, false]);
});

Deno.test("what has ended has no pace any more, and the top line names none", () => {
  const screen = dashboardOn(still(SMALL), {
    columns: 120,
    rows: 40,
    speed: 16,
  });
  const slow = seen({ wallMillis: 50, virtualMillis: 60 });
  for (let frame = 0; frame < 40; frame++) screen.send(slow);
  assert.match(screen.frame(), /running x16 \(1\.2 reached\)/);
  screen.send({ ...slow, ended: true });
  assert.match(screen.frame(), /workload ended x16 {3}scan/);
});

/** The top line at a speed of 16 with so much of it reached. */
function topLine(columns: number, rows: number, reached: number): string {
  const screen = dashboardOn(still(SMALL), { columns, rows, speed: 16 });
  for (let frame = 0; frame < 60; frame++) {
    screen.send(seen({ wallMillis: 50, virtualMillis: 50 * reached }));
  }
  return screen.frame().split("\n")[0];
}

Deno.test("the top line says beside the speed what is reached of it, and drops that first", () => {
  const words = [
    [120, 40, / ▶ running x16 \(1\.2 reached\) {4}scan 2 {2}t=12\.480s ┐$/],
    [80, 24, / ▶ running x16 \(1\.2 reached\) {4}scan 2 {2}t=12\.480s ┐$/],
    [60, 15, /two guests ─* ▶ running x16 \(1\.2\) {4}scan 2 {2}t=12/],
    [54, 15, /two guests ─* ▶ running x16 {3}scan 2 {2}t=12\.480s ┐$/],
    [48, 15, /two guests ─* ▶ x16 \(1\.2\) {3}scan 2 {2}t=12\.480s ┐$/],
    [40, 10, /two guests ─* ▶ x16 {2}scan 2 {2}t=12\.480s ┐$/],
  ] as const;
  for (const [columns, rows, expected] of words) {
    assert.match(topLine(columns, rows, 1.2), expected, `${columns}x${rows}`);
  }
});

Deno.test("no column moves while the reached speed changes, and none is said where it is as asked", () => {
  for (const columns of [120, 80, 60]) {
    const widths = [0.08, 1.2, 9.7, 13].map((reached) =>
      topLine(columns, 24, reached).indexOf("▶")
    );
    assert.equal(new Set(widths).size, 1, `${columns}`);
    assert.doesNotMatch(topLine(columns, 24, 16), /\(/);
  }
});
