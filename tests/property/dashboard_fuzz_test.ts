/**
 * Noise on the keyboard and screens of all sizes, on the dashboard over a machine
 * that runs: it neither throws nor hangs, shows what it should, and gives the
 * terminal back.
 */
import fc from "fast-check";
import assert from "node:assert/strict";
import { dashboardApp, type DashboardPorts } from "../../src/dashboard/app.ts";
import { WORK_MILLIS } from "../../src/dashboard/live.ts";
import { KEY_SCOPES } from "../../src/dashboard/key_scopes.ts";
import { Machine, MachineHistory } from "../../src/machine/mod.ts";
import { type Source, Timeline } from "../../src/observe/mod.ts";
import { staleTree } from "../../src/workload/builtin/stale_tree.ts";
import { openWorkload } from "../../src/workload/mod.ts";
import { PANELS } from "../../src/dashboard/panels.ts";
import { type DashboardState, motionOf } from "../../src/dashboard/state.ts";
import type { Size } from "../../src/tui/screen.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import { chunksOf, letLoose, sizesOf } from "./noise.ts";
import { noisyTimeline } from "./noisy_machine.ts";

const RUNS = 50;
/** Chunks of bytes in a run: 10 000 in all. */
const CHUNKS = 200;
/** Screens in a run: 1 000 in all. */
const SIZES = 20;
const CHUNK_MILLIS = 10;

/** Milliseconds that go by from one look at the clock to the next, so that work that is bounded by time ends. */
const LOOK_MILLIS = 0.5;

/** Looks at the clock for one event at most, but for the work of a frame. */
const EVENT_LOOKS = 10;

/** All keys of the key table that type a character. */
const KEYS = KEY_SCOPES.flatMap(({ keys }) => keys)
  .flatMap(({ keys }) => keys).filter((key) => key.length === 1);

/** A machine that ends badly after one and a half virtual seconds. */
function brokenTimeline(): Timeline {
  const machine = new Machine({ nodes: staleTree.nodes, timed: { seed: 1 } });
  const open = () => openWorkload(staleTree, { seed: 1 });
  return new Timeline("broken", new MachineHistory(machine, open));
}

/** The dashboard that nobody can leave by its own key, and how often it has looked at the clock. */
function mounted(source: Source, size: Size) {
  let looks = 0;
  let millis = () => 0;
  const now = () => millis() + LOOK_MILLIS * looks++;
  const ports: DashboardPorts = {
    open: () => ({ source: noisyTimeline(), caption: "from the beginning" }),
    save: () => ({ kind: "written" }),
  };
  const workloads = [{ name: "again", title: "the same once more" }];
  const app = dashboardApp(
    source,
    { speed: 2, workloads },
    now,
    ports,
  );
  const screen = mount({ ...app, ended: () => false }, size);
  millis = () => screen.terminal.now();
  return { screen, looks: () => looks };
}

/** What has been seen, to know that noise gets everywhere. */
const seen = new Set<string>();

function note(state: DashboardState): void {
  const { dialog, zoomed } = state;
  seen.add(`motion ${motionOf(state)}`);
  if (zoomed !== undefined) seen.add(`zoomed ${zoomed}`);
  if (dialog !== undefined) seen.add(`dialog ${dialog.kind}`);
}

function live(
  isBroken: boolean,
  chunks: readonly Uint8Array[],
  sizes: readonly Size[],
): Promise<void> {
  const source = isBroken ? brokenTimeline() : noisyTimeline();
  const { screen, looks } = mounted(source, sizes[0]);
  return letLoose(screen, chunks, sizes, (events) => {
    const before = looks();
    for (const event of events) screen.terminal.tell(event);
    screen.advance(CHUNK_MILLIS);
    const bound = WORK_MILLIS / LOOK_MILLIS + EVENT_LOOKS * (1 + events.length);
    assert.ok(looks() - before <= bound, `${looks() - before} looks`);
    note(screen.state);
  });
}

Deno.test("the dashboard lives through 10 000 chunks of noise and 1 000 resizes", async () => {
  const noise = fc.asyncProperty(
    fc.boolean(),
    chunksOf(KEYS, CHUNKS),
    sizesOf(SIZES),
    live,
  );
  await fc.assert(noise, { numRuns: RUNS, seed: 1 });
  const places = [
    ...PANELS.map((panel) => `zoomed ${panel}`),
    ...["help", "knobs", "workloads", "export", "filter"]
      .map((dialog) => `dialog ${dialog}`),
    ...["running", "paused", "past", "frozen", "ended", "defect"]
      .map((motion) => `motion ${motion}`),
  ];
  assert.deepEqual(places.filter((place) => !seen.has(place)), []);
});
