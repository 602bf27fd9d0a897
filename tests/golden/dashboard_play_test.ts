/** The dashboard over a recording: what it says is what was recorded, and that it was. */
import assert from "node:assert/strict";
import { momentOf } from "../../src/dashboard/travel.ts";
import type { DashboardState } from "../../src/dashboard/state.ts";
import {
  historyOf,
  parseSession,
  SessionSource,
  SessionWriter,
} from "../../src/observe/mod.ts";
import { demoVms } from "../../src/workload/builtin/demo_vms.ts";
import {
  assertFrame,
  dashboardOn,
  type ScreenOptions,
  shownCells,
  textOf,
} from "./dashboard_screen.ts";
import { recordedDemo } from "./recorded_demo.ts";

const SAMPLES = 60;

const demo = recordedDemo(SAMPLES);

function play(options: ScreenOptions) {
  const { samples, session } = demo;
  const source = new SessionSource(session);
  const { caption } = session.header;
  const screen = dashboardOn(source, { ...options, caption });
  const lines = async () => textOf(await shownCells(screen));
  return { samples, source, screen, lines };
}

for (const [columns, rows] of [[120, 40], [80, 24]] as const) {
  Deno.test(`play_${columns}x${rows}: its picture, with facts`, async () => {
    const { screen, lines, samples } = play({ columns, rows });
    screen.press("space", "}", "}", "[");
    const shown = await lines();
    assertFrame(`play_${columns}x${rows}`, shown);
    // 0, 20, 40, and one back.
    const { timeMillis, counters } = samples[39];
    const all = samples[SAMPLES - 1].timeMillis / 1000;
    const now = (timeMillis / 1000).toFixed(3);
    assert.ok(
      shown[0].includes(`t=${now} of ${all.toFixed(3)}s`),
      shown[0],
    );
    assert.match(shown[0], /recorded demo-vms .* ▯ paused x1/);
    assert.match(shown[0], new RegExp(`scan ${counters.fullScans} `));
    const text = shown.join("\n");
    assert.ok(text.includes(demoVms.title.slice(0, columns - 10)));
    const sharing = /sharing .*?B +([\d ]+) │/.exec(text)?.[1];
    assert.equal(Number(sharing?.replaceAll(" ", "")), counters.pagesSharing);
  });
}

/** Heights of the two columns of dots in each cell of rows of braille, from left to right. */
function dotHeights(rows: readonly string[]): number[] {
  const masks = [0x47, 0xb8];
  const ones = (bits: number) => bits.toString(2).replaceAll("0", "").length;
  return Array.from(rows[0]).flatMap((_, column) =>
    masks.map((mask) =>
      rows.reduce((sum, row) => {
        const bits = (row.codePointAt(column) ?? 0) - 0x2800;
        return sum + (bits > 0 ? ones(bits & mask) : 0);
      }, 0)
    )
  );
}

/** The graph of the stable trees' size on a screen of 120 by 40. */
function stableGraph(lines: readonly string[]): number[] {
  const at = lines.findIndex((line) => line.includes("│ stable "));
  const left = lines[at].indexOf("│ stable ") + 2;
  return dotHeights([1, 2].map((row) => lines[at + row].slice(left, -2)));
}

Deno.test("graphs show all that was recorded up to here, whichever way one came", async () => {
  const { screen, lines, samples } = play({ columns: 120, rows: 40 });
  screen.press("space");
  const ways = [["G"], ["{"], ["]"], ["{", "{", "{", "{"], ["n"], ["}"]];
  for (const way of ways) {
    screen.press(...way);
    screen.advance(100);
    const { snapshot, history } = screen.state;
    const at = samples.findIndex(({ timeMillis }) =>
      timeMillis === snapshot.timeMillis
    );
    const seen = samples.slice(0, at + 1);
    const { limit: _, lastBatches: __, ...figures } = history;
    const { limit: ___, lastBatches: ____, ...expected } = historyOf(seen);
    assert.deepEqual(figures, expected);
    const graph = stableGraph(await lines());
    const values = seen.map(({ stableTree }) => stableTree?.nodes ?? 0)
      .slice(-graph.length);
    const most = Math.max(1, ...values);
    assert.deepEqual(
      graph,
      new Array<number>(graph.length - values.length).fill(0)
        .concat(values.map((value) => Math.ceil(8 * value / most))),
    );
  }
});

Deno.test("a recording is played at its pace, ends, and is played again", async () => {
  const { screen, lines, samples, source } = play({ columns: 80, rows: 24 });
  const all = samples[SAMPLES - 1].timeMillis;
  screen.advance(all / 2);
  const half = source.timeMillis;
  // A sample is shown once its time has come; frames are 50 ms apart.
  assert.ok(Math.abs(half - all / 2) <= 100, `${half} of ${all}`);
  assert.match((await lines())[0], /▶ playing x1 /);
  screen.advance(all / 2 + 200);
  assert.match((await lines())[0], /■ end of recording/);
  for (const key of [".", "b", ">", "]"]) {
    screen.press(key);
    assert.match((await lines())[23], /The recording ends here: space plays/);
  }
  screen.press("space");
  screen.advance(100);
  assert.ok(source.timeMillis < 200, `${source.timeMillis}`);
  assert.match((await lines())[0], /▶ playing x1 /);
});

Deno.test("keys that can do nothing in a recording say why, and others what they do", async () => {
  const { screen, lines } = play({ columns: 80, rows: 24 });
  screen.press("space");
  const last = async () => (await lines())[23];
  screen.press(".");
  assert.match(await last(), /The next sample: nothing between two/);
  screen.press("w");
  assert.match(await last(), /A recording is of one workload/);
  screen.press("k", "enter");
  assert.match(await last(), /Knobs cannot be written in a recording/);
  assert.match((await lines()).join("\n"), /as recorded, read-only/);
  screen.press("escape");
  const scan = (state: DashboardState) => state.snapshot.counters.fullScans;
  const before = scan(screen.state);
  screen.press(">");
  screen.advance(100);
  assert.equal(scan(screen.state), before + 1);
});

/** What is recorded in whole, and the keys that lead there. */
const DETAILS = [
  ["the overview", []],
  ["locks", ["4"]],
  ["ksmd and actors", ["5"]],
  ["events", ["7"]],
  ["the stable tree", ["2"]],
  ["the unstable tree", ["2", "down"]],
  ["a chain", ["2", "end"]],
  ["who shares with whom", ["6", "down"]],
] as const;

for (const [columns, rows] of [[120, 40], [80, 24], [60, 15]] as const) {
  Deno.test(`at ${columns}x${rows} panels are drawn as they were on the machine`, async () => {
    const { timeline, samples } = demo;
    for (const [what, keys] of DETAILS) {
      const { screen, lines } = play({ columns, rows });
      screen.press("space", "}", "}", "[", ...keys);
      const caption = demoVms.title;
      timeline.toTime(samples[0].timeMillis);
      const live = dashboardOn(timeline, { columns, rows, caption });
      live.press("space");
      for (const { timeMillis } of samples.slice(1, 40)) {
        timeline.toTime(timeMillis);
        const snapshot = timeline.snapshot();
        const moment = momentOf(timeline);
        const rest = { stepped: false, ended: false, defect: undefined };
        live.send({ kind: "seen", snapshot, moment, ...rest });
      }
      live.press(...keys);
      const machine = textOf(await shownCells(live));
      // The top line tells them apart; the graphs begin where one has begun to look.
      const figures = (shown: readonly string[]) =>
        shown.slice(1).filter((line) => !line.includes("batch by batch"))
          .map((line) => line.replaceAll(/[⠀-⣿]/g, " "));
      assert.deepEqual(figures(await lines()), figures(machine), what);
    }
  });
}

Deno.test("the picture of a recorded tree, and who shared with whom", async () => {
  for (const [name, key] of [["trees", "2"], ["processes", "6"]]) {
    const { screen, lines } = play({ columns: 120, rows: 40 });
    screen.press("space", "}", "}", "[", key);
    assertFrame(`play_${name}_120x40`, await lines());
  }
});

Deno.test("what was not recorded is not there, and that is said in its place", async () => {
  const { screen, lines } = play({ columns: 80, rows: 24 });
  screen.press("space", "}", "3");
  assert.match((await lines()).join("\n"), /│ not recorded /);
});

/** A session of what a source tells that sees no more than counters, as the kernel's own files. */
function poor(): SessionSource {
  const writer = new SessionWriter();
  const happened = { merge: 0, cow: 0, wait: 0, migration: 0 };
  const lines = demo.samples.map((sample) => {
    const { locks: _, actors: __, stableTree: ___, unstableTree, ...rest } =
      sample;
    assert.ok(unstableTree !== undefined);
    const processes = rest.processes.map((one) => ({ ...one, regions: [] }));
    const { cursor: ____, ...ksmd } = rest.ksmd;
    const snapshot = { ...rest, processes, ksmd, events: [] };
    return writer.sample(snapshot, { label: undefined, happened });
  });
  return new SessionSource(parseSession(lines.join(""), "s.jsonl"));
}

Deno.test("a session with fewer figures plays, and says of each panel what is not recorded", async () => {
  for (const [columns, rows] of [[120, 40], [80, 24]] as const) {
    const screen = dashboardOn(poor(), { columns, rows });
    const text = async () => textOf(await shownCells(screen)).join("\n");
    screen.press("space", "}");
    assert.match(await text(), /recorded demo-vms/);
    for (const panel of ["2", "3", "4", "6"]) {
      screen.press(panel);
      assert.match(await text(), /not recorded/, `panel ${panel}`);
    }
    for (const key of ["5", "7", "1", "escape", "n", "N", ".", ">", "G"]) {
      screen.press(key);
      assert.equal((await text()).split("\n").length, rows);
    }
  }
});

Deno.test("a session of version 1 plays: its details are not recorded", async () => {
  const writer = new SessionWriter();
  const happened = { merge: 0, cow: 0, wait: 0, migration: 0 };
  const text = demo.samples.map((sample) =>
    writer.sample(sample, { label: undefined, happened })
  ).join("").replace("ksmscope-session/2", "ksmscope-session/1");
  const source = new SessionSource(parseSession(text, "s.jsonl"));
  assert.deepEqual(source.snapshot(), demo.samples[0]);
  const screen = dashboardOn(source, { columns: 80, rows: 24 });
  screen.press("space", "}", "2");
  const shown = async () => textOf(await shownCells(screen)).join("\n");
  assert.match(await shown(), /nodes, levels and chains: not recorded/);
  screen.press("6");
  assert.match(await shown(), /who shares with whom: not recorded/);
});
