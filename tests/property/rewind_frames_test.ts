/** What is seen on the screen, when one goes back through a past and forward again. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Machine, MachineHistory } from "../../src/machine/mod.ts";
import {
  type RewindSource,
  SessionSource,
  Timeline,
} from "../../src/observe/mod.ts";
import { BUILTINS, openWorkload } from "../../src/workload/mod.ts";
import { motionOf } from "../../src/dashboard/state.ts";
import {
  dashboardOn,
  type DashboardScreen,
} from "../golden/dashboard_screen.ts";
import { recordedDemo } from "../golden/recorded_demo.ts";
import { noisyTimeline } from "./noisy_machine.ts";

function sceneNamed(name: string): Timeline {
  const scene = BUILTINS.find((each) => each.name === name);
  assert.ok(scene);
  const machine = new Machine({ nodes: scene.nodes, timed: { seed: 1 } });
  const open = () => openWorkload(scene, { seed: 1 });
  return new Timeline(name, new MachineHistory(machine, open));
}

interface Past {
  readonly open: () => RewindSource;
  /** How fast it is played, so that it has come to its end. */
  readonly speed: number;
  /** How it ends when the dashboard has shown it for two seconds. */
  readonly end: "paused" | "ended" | "defect";
}

/** Sources that go on, that end, and that end badly; and what is recorded. */
const PASTS: Readonly<Record<string, Past>> = {
  "demo-vms": { open: () => sceneNamed("demo-vms"), speed: 0.5, end: "paused" },
  "noise": { open: noisyTimeline, speed: 4, end: "ended" },
  "stale-tree": {
    open: () => sceneNamed("stale-tree"),
    speed: 4,
    end: "defect",
  },
  "recorded": {
    open: () => new SessionSource(recordedDemo(12).session),
    speed: 4,
    end: "ended",
  },
};

/** What is seen, but for the line of keys and notices: that is about the way. */
function seenOn(screen: DashboardScreen): string[] {
  // Long enough for whatever a zoomed panel asks.
  screen.advance(600);
  return screen.frame().split("\n").slice(0, -1);
}

const ways = fc.array(
  fc.constantFrom("[", "[", "[", "]", "]", "{", "}", "G"),
  { minLength: 5, maxLength: 20 },
);

for (const [name, { open, speed, end }] of Object.entries(PASTS)) {
  Deno.test(`${name}: each sample looks the same whenever one comes back to it`, () => {
    let revisits = 0;
    fc.assert(
      fc.property(fc.constantFrom("", ..."1234567"), ways, (zoom, way) => {
        const screen = dashboardOn(open(), {
          columns: 120,
          rows: 40,
          speed,
        });
        screen.advance(2000);
        if (screen.state.playing && end === "paused") screen.press("space");
        if (zoom !== "") screen.press(zoom);
        const frames = new Map<string, string[]>();
        for (const key of ["G", ...way, "G"]) {
          screen.press(key);
          const lines = seenOn(screen);
          // Whose row is gone at some moment looks at another one from there on.
          const { chosen, mapCursor, moment } = screen.state;
          const place = JSON.stringify([moment?.sample, chosen, mapCursor]);
          const before = frames.get(place);
          if (before === undefined) frames.set(place, lines);
          else {
            assert.deepEqual(lines, before);
            revisits++;
          }
        }
        assert.equal(motionOf(screen.state), end);
      }),
      { numRuns: 12 },
    );
    assert.ok(revisits > 12, `${revisits}`);
  });
}
