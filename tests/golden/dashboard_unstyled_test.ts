/**
 * No state is told by colour, bold, dim, inverse or underline alone: without any
 * style, states that differ in one thing only still look different.
 */
import { PANELS } from "../../src/dashboard/panels.ts";
import type { DashboardState } from "../../src/dashboard/state.ts";
import type { ProcessVerdict, TreeNodeView } from "../../src/observe/detail.ts";
import { PAGE_STATES, type Snapshot } from "../../src/observe/snapshot.ts";
import { noisyTimeline } from "../property/noisy_machine.ts";
import {
  ANSWERS,
  type Answers,
  DETAILED,
  SHARING,
  TREES,
} from "../unit/dashboard_details.ts";
import { dashboardOn } from "./dashboard_screen.ts";
import { ALL, apart, each, rowOf, SIZES, stateOf, WIDE } from "./unstyled.ts";

/** A running machine of which the user sees the past. */
function inThePast(): DashboardState {
  const screen = dashboardOn(noisyTimeline(), { columns: 120, rows: 40 });
  screen.advance(500);
  screen.press("space", "[", "[");
  screen.advance(500);
  return screen.state;
}

const PAST = inThePast();
const { moment } = PAST;
const NOW = { ...PAST, moment: moment && { ...moment, atEnd: true } };

apart("motions", {
  past: PAST,
  paused: NOW,
  running: { ...NOW, playing: true },
  stepping: { ...NOW, stepping: "pass" },
  travelling: { ...NOW, travelling: { kind: "end" } },
  // Also in the past, where time goes on behind it.
  frozen: { ...PAST, behind: NOW },
  ended: { ...NOW, ended: true },
  defect: { ...NOW, ended: true, defect: "stale-tree" },
}, [WIDE, [80, 24], [60, 15], [39, 3]]);

const FULL = stateOf([], ALL);

apart("the panel with the focus", {
  none: FULL,
  ...each(PANELS, (focused) => ({ ...FULL, focused })),
}, [WIDE]);

/** A snapshot in which the page at the end of the first region is in a state. */
function withPage(code: number): Snapshot {
  const [first, ...others] = DETAILED.processes;
  const [region, ...more] = first.regions;
  const pages = Uint8Array.from([...region.pages, code]);
  const regions = [{ ...region, pages }, ...more];
  return { ...DETAILED, processes: [{ ...first, regions }, ...others] };
}

const CODES = PAGE_STATES.map((_, code) => code);

apart("states of a page", each(CODES, (code) => stateOf([], withPage(code))));
apart(
  "states of a page, zoomed",
  each(CODES, (code) => stateOf(["3"], withPage(code), {})),
);

/** Whichever page of the map the user or ksmd is at. */
const PLACES = [0, 1, 7].map((page) => ({
  process: "vm-a",
  region: "ram",
  page,
}));

/** The rows of the page map's process. */
function mapRow(text: string): string {
  return text.split("\n").find((line) => /^[│|] vm-a /.test(line)) ?? "";
}

apart(
  "the page under the user's cursor",
  each(PLACES, (mapCursor) => ({ ...stateOf(["3"]), mapCursor })),
  SIZES,
  mapRow,
);
for (const keys of [[], ["3"]]) {
  apart(
    `the page where ksmd is, after ${keys.join("") || "no key"}`,
    each(PLACES, (cursor) =>
      stateOf(keys, {
        ...DETAILED,
        ksmd: { ...DETAILED.ksmd, cursor },
      })),
    SIZES,
    mapRow,
  );
}

for (const keys of [[], ["5"]]) {
  apart(
    `what ksmd does, after ${keys.join("") || "no key"}`,
    each(
      ["scanning", "idle", "stopped", "unmerged"] as const,
      (state) => {
        const { cursor: _, ...ksmd } = DETAILED.ksmd;
        return stateOf(keys, { ...DETAILED, ksmd: { ...ksmd, state } });
      },
    ),
  );
}

apart(
  "signs of profit",
  each([1, -1], (sign) =>
    stateOf([], {
      ...DETAILED,
      counters: { ...DETAILED.counters, generalProfit: sign * 1_000_000 },
    })),
);

/** A tree whose root's left child is red or black. */
function withColor(isRed: boolean): Answers {
  const [tree] = TREES.stable;
  const root: TreeNodeView = tree.root;
  const left = root.left && { ...root.left, isRed };
  const stable = [{ ...tree, root: { ...root, ...(left && { left }) } }];
  return { ...ANSWERS, trees: { ...TREES, stable } };
}

apart(
  "colours of a tree's node",
  each([true, false], (isRed) => stateOf(["2"], DETAILED, withColor(isRed))),
);

/** A chain whose second dup is stale or not. */
function withStale(isStale: boolean): Answers {
  const [chain] = TREES.chains;
  const dups = chain.dups.map((dup, at) =>
    at === 1 ? { ...dup, isStale } : dup
  );
  return { ...ANSWERS, trees: { ...TREES, chains: [{ ...chain, dups }] } };
}

apart(
  "a page of a chain that is gone, and one that is there",
  each(
    [true, false],
    (isStale) => stateOf(["2", "down", "down"], DETAILED, withStale(isStale)),
  ),
);

/** The verdicts on a process. */
const VERDICTS: readonly ProcessVerdict[] = [
  { verdict: "not-offered" },
  { verdict: "not-scanned" },
  { verdict: "pays", profit: 1, ratio: 1, breakEven: 64 },
  { verdict: "costs", profit: 1, ratio: 1, breakEven: 64 },
  { verdict: "nothing-merged", profit: 1 },
];

apart(
  "verdicts on a process",
  each(VERDICTS, (verdict) => {
    const [first, ...others] = SHARING.processes;
    const processes = [{ ...first, verdict }, ...others];
    const sharing = { ...SHARING, processes };
    return stateOf(["6"], DETAILED, { ...ANSWERS, sharing });
  }),
  SIZES,
  rowOf("vm-a"),
);
