/** How fast ksmd goes, computed by hand from readings. */
import assert from "node:assert/strict";
import {
  cpuHistory,
  paceLines,
  paceOf,
  paceTexts,
} from "../../src/dashboard/ksmd_pace.ts";
import {
  emptyHistory,
  type History,
  withReading,
} from "../../src/observe/history.ts";
import type { Snapshot } from "../../src/observe/snapshot.ts";
import { dashboardOn, still } from "../golden/dashboard_screen.ts";
import { actor } from "./dashboard_busy.ts";
import { SMALL } from "./dashboard_snapshots.ts";
import { seen } from "./dashboard_seen.ts";

/** ksmd after so many batches: when, how many pages it has looked at, and its processor time. */
function after(
  batches: number,
  timeMillis: number,
  pagesScanned: number,
  cpuMillis: number,
): Snapshot {
  return {
    ...SMALL,
    timeMillis,
    counters: { ...SMALL.counters, pagesScanned, pagesSkipped: 17 },
    actors: [actor("ksmd", "ksmd", "running", "scanning", cpuMillis * 1e6)],
    ksmd: { ...SMALL.ksmd, batches },
  };
}

const PAST = [
  after(1, 1000, 100, 10),
  // The last second begins here.
  after(2, 2000, 5000, 100),
  after(4, 2500, 5200, 200),
  after(12, 3000, 6000, 300),
];
const LAST = PAST[PAST.length - 1];

function historyOf(snapshots: readonly Snapshot[]): History {
  return snapshots.reduce(withReading, emptyHistory(100));
}

Deno.test("rates are those of the last second", () => {
  const { cpu, pagesPerSecond, batchesPerSecond, pagesPerBatch } = paceOf(
    LAST,
    historyOf(PAST),
  );
  // 200 of 1 000 ms; 1 000 pages in 10 batches.
  assert.equal(cpu, 0.2);
  assert.equal(pagesPerSecond, 1000);
  assert.equal(batchesPerSecond, 10);
  assert.equal(pagesPerBatch, 100);
});

Deno.test("where batches are more than a second apart, rates are those of the last one", () => {
  const { cpu, pagesPerSecond } = paceOf(
    PAST[1],
    historyOf([after(1, 0, 100, 10), after(2, 2000, 5100, 100)]),
  );
  // 90 of 2 000 ms; 5 000 pages in two seconds.
  assert.equal(cpu, 0.045);
  assert.equal(pagesPerSecond, 2500);
});

Deno.test("of one reading there is no pace, and none where ksmd does not scan", () => {
  assert.deepEqual(paceOf(LAST, historyOf([LAST])), {});
  assert.deepEqual(paceOf(LAST, emptyHistory(10)), {});
  const stopped = {
    ...LAST,
    ksmd: { ...LAST.ksmd, state: "stopped" as const },
  };
  assert.deepEqual(paceOf(stopped, historyOf(PAST)), {});
});

Deno.test("what is known later than the rest is known over a shorter time", () => {
  const { actors: _, ...early } = after(1, 2000, 5000, 0);
  const [middle, late] = [
    after(2, 2500, 5500, 10),
    after(3, 3000, 6000, 60),
  ];
  const pace = paceOf(late, historyOf([early, middle, late]));
  // 1 000 pages in a second; 50 of 500 ms.
  assert.equal(pace.pagesPerSecond, 1000);
  assert.equal(pace.cpu, 0.1);
});

Deno.test("an actor whose clock is ahead has no more than one processor", () => {
  const ahead = historyOf([after(1, 0, 0, 0), after(2, 10, 5, 12)]);
  assert.equal(paceOf(LAST, ahead).cpu, 1);
  assert.deepEqual(cpuHistory(ahead), [1]);
});

Deno.test("readings of the same moment make no rate", () => {
  const same = historyOf([after(1, 10, 0, 0), after(2, 10, 5, 1)]);
  assert.deepEqual(paceOf(LAST, same), {});
  assert.deepEqual(cpuHistory(same), []);
});

Deno.test("points of the history that are close together are taken over a tenth of a second", () => {
  const close = historyOf([
    after(1, 0, 0, 0),
    after(2, 60, 0, 6),
    after(3, 100, 0, 30),
    after(4, 180, 0, 31),
  ]);
  // 6 of 60, 30 of 100, 25 of 120 ms: up to 180 the reading of 60 is the last that is old enough.
  assert.deepEqual(cpuHistory(close), [0.1, 0.3, 25 / 120]);
});

Deno.test("a source without actors has a pace without processor time", () => {
  const blind = PAST.map(({ actors: _, ...rest }): Snapshot => rest);
  const pace = paceOf(blind[3], historyOf(blind));
  assert.equal(pace.cpu, undefined);
  assert.equal(pace.pagesPerSecond, 1000);
  assert.deepEqual(cpuHistory(historyOf(blind)), []);
  const names = paceLines(blind[3], historyOf(blind)).map(({ name }) => name);
  assert.ok(!names.includes("processor"));
});

Deno.test("the history has the part of each stretch between two readings", () => {
  // 90 of 1 000, 100 of 500, 100 of 500 ms.
  assert.deepEqual(cpuHistory(historyOf(PAST)), [0.09, 0.2, 0.2]);
});

Deno.test("the panel names the processor time after the batch, and leaves out smart scan first", () => {
  assert.deepEqual(paceTexts(LAST, historyOf(PAST)), [
    "100 pages / 20 ms  20.0% cpu  smart scan on",
    "100 pages / 20 ms  20.0% cpu",
    "100 pages / 20 ms",
  ]);
});

Deno.test("the zoomed panel says in full how fast ksmd is and how it is set", () => {
  const knobs = {
    ...LAST.knobs,
    advisor_mode: "none [scan-time]",
    advisor_max_cpu: "70",
    advisor_min_pages_to_scan: "500",
    advisor_max_pages_to_scan: "30000",
    advisor_target_scan_time: "200",
  };
  const lines = paceLines({ ...LAST, knobs }, historyOf(PAST));
  assert.deepEqual(lines.map(({ name, texts: [text] }) => [name, text]), [
    // 300 of 3 000 ms since the start.
    ["processor", "20.0% cpu in the last second, 10.0% cpu since the start"],
    ["scanned", "1 000 pages a second, 6 000 so far"],
    ["batches", "10.0 a second, 100 pages each"],
    ["set to", "100 pages a batch, 20 ms of sleep after it"],
    ["smart scan", "on, 17 visits skipped"],
    [
      "advisor",
      "scan-time: a full scan in 200 s, at most 70% cpu, 500 to 30 000 pages",
    ],
  ]);
  const off = { ...knobs, advisor_mode: "[none] scan-time" };
  assert.deepEqual(
    paceLines({ ...LAST, knobs: off }, historyOf(PAST)).at(-1),
    { name: "advisor", texts: ["off: pages_to_scan stays as it is set"] },
  );
});

/** What is said of the processor after some readings. */
function processorTexts(past: readonly Snapshot[]): readonly string[] {
  const last = past[past.length - 1];
  const [{ name, texts }] = paceLines(last, historyOf(past));
  assert.equal(name, "processor");
  return texts;
}

Deno.test("the processor time has its real span, and fewer words where there is less room", () => {
  // 90 of 340 ms; 100 of 440 since the start.
  const early = [after(1, 100, 0, 10), after(2, 440, 0, 100)];
  assert.deepEqual(processorTexts(early), [
    "26.5% cpu in the last 340 ms, 22.7% cpu since the start",
    "26.5% cpu in the last 340 ms, 22.7% in all",
    "26.5% cpu in the last 340 ms",
  ]);
  // Batches are 2.5 s apart.
  const [seldom] = processorTexts([after(1, 0, 0, 0), after(2, 2500, 0, 250)]);
  assert.match(seldom, /^10\.0% cpu in the last 2\.5 s, /);
  // Of one reading only the whole is known.
  assert.deepEqual(processorTexts([after(1, 1000, 0, 10)]), [
    "1.0% cpu since the start",
  ]);
});

Deno.test("lines of PACE are told whole in fewer words on a small screen", () => {
  const screen = dashboardOn(still(PAST[0]), { columns: 60, rows: 34 });
  for (const snapshot of PAST) {
    screen.send(seen(snapshot));
  }
  screen.press("5");
  assert.match(
    screen.frame(),
    /│ processor {3}20\.0% cpu in the last second, 10\.0% in all +│/,
  );
});

Deno.test("on the smallest screen KSMD says what it is at in whole words, and drops the pass first", () => {
  const state = (process: string, columns: number): string => {
    const asleep = actor("ksmd", "ksmd", "sleeping", "until the next batch", 0);
    const snapshot = {
      ...SMALL,
      actors: [asleep],
      ksmd: {
        ...SMALL.ksmd,
        cursor: { process, region: "ram", page: 3 },
      },
    };
    const screen = dashboardOn(still(snapshot), { columns, rows: 10 });
    return screen.frame().split("\n").find((line) => line.includes("asleep")) ??
      "";
  };
  assert.match(
    state("vm-b", 60),
    /│ asleep, next batch at vm-b {2}pass 3 .*61%/,
  );
  assert.match(state("vm-b", 40), /│ asleep, next batch at vm-b +61% │/);
  assert.match(
    state("fifty-two-xp-12", 40),
    /│ asleep at fifty-two-xp-12 +61% │/,
  );
  const long = "a-name-that-is-far-too-long-for-it";
  assert.match(state(long, 40), /│ asleep +61% │/);
});

Deno.test("zoomed, all that stands there, with the history beside or below", () => {
  const actors = [
    actor("ksmd", "ksmd", "sleeping", "until the next batch", 300e6),
    actor("w", "thread", "running", "", 1),
  ];
  for (const [columns, rows] of [[120, 40], [80, 24]]) {
    const screen = dashboardOn(still(PAST[0]), { columns, rows });
    for (const snapshot of PAST) {
      screen.send(seen(snapshot === LAST ? { ...LAST, actors } : snapshot));
    }
    assert.match(screen.frame(), / 20\.0% cpu /);
    screen.press("5");
    const text = screen.frame();
    for (const { name, texts: [line] } of paceLines(LAST, historyOf(PAST))) {
      assert.match(text, new RegExp(`│ ${name} +${line} `));
    }
    assert.match(text, /most 20\.0% cpu/);
    assert.match(text, /│ asleep, next batch at vm-b {2}pass 3 /);
  }
});

Deno.test("what the history goes up to is the most of what of it is shown", () => {
  // A busy beginning, which has left the screen after 200 readings.
  const past = Array.from({ length: 201 }, (_, index) => {
    const busy = Math.min(index, 10) * 90;
    return after(index + 1, index * 100, 0, busy + index * 5);
  });
  for (const [columns, rows] of [[120, 40], [80, 24]]) {
    const screen = dashboardOn(still(past[0]), { columns, rows });
    screen.press("5");
    for (const snapshot of past) {
      screen.send(seen(snapshot));
      // 95 of 100 ms at first; 5 of them from the tenth reading on.
      if (snapshot === past[20]) {
        assert.match(screen.frame(), /most 95\.0% cpu/);
      }
    }
    assert.match(screen.frame(), /most 5\.0% cpu/);
  }
});
