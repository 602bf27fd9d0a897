/** The zoomed panels with more of everything than any screen holds, and with less than one thinks. */
import assert from "node:assert/strict";
import type {
  ChainView,
  KsmPageView,
  PageWhy,
  SharingMatrix,
  TreeDrawing,
  TreeNodeView,
  TreesDrawing,
} from "../../src/observe/detail.ts";
import type { Snapshot } from "../../src/observe/snapshot.ts";
import {
  answering,
  ANSWERS,
  type Answers,
  DETAILED,
  SHARING,
  TREES,
  WHY,
} from "../unit/dashboard_details.ts";
import { processWith, region } from "../unit/dashboard_snapshots.ts";
import { dashboardOn, shownCells, textOf } from "./dashboard_screen.ts";

const WILD_NAME = "日本\x1b[2Jé́\n" + "long".repeat(40);

const WILD_PLACE = { process: WILD_NAME, region: WILD_NAME, page: 1e12 };

/** A tree that hangs to one side. */
function hanging(levels: number): TreeNodeView {
  const below = levels > 1 ? hanging(levels - 1) : undefined;
  return {
    id: levels,
    isRed: levels % 2 === 0,
    size: 1e9 + levels,
    height: levels,
    entry: {
      kind: "item",
      place: WILD_PLACE,
      ...(levels % 3 > 0 && {
        content: { lead: "ab".repeat(8), tail: "cd".repeat(8), checksum: 0 },
      }),
    },
    ...(below && (levels % 2 === 0 ? { left: below } : { right: below })),
  };
}

const WILD_TREE: TreeDrawing = {
  nid: 0,
  nodes: 1e12,
  height: 60,
  depths: Array.from({ length: 60 }, (_, level) => 10 ** (level % 13)),
  root: hanging(12),
};

const WILD_DUP: KsmPageView = {
  node: 1e9,
  frame: 1e12,
  sharers: 1e9,
  mappings: 1e12,
  isStale: true,
};

const WILD_CHAINS = Array.from({ length: 50 }, (_, index): ChainView => ({
  nid: 63,
  node: index,
  dups: new Array(64).fill(WILD_DUP),
  dupCount: 1e6,
  sharers: 1e12,
}));

const WILD_COMPARES = {
  levels: new Array(80).fill({ count: 1e12, bytes: 1e15 }),
  count: 1e14,
  bytes: 1e17,
};

const WILD_TREES: TreesDrawing = {
  stable: [WILD_TREE],
  unstable: [WILD_TREE],
  stableCompares: WILD_COMPARES,
  unstableCompares: WILD_COMPARES,
  visits: 1,
  chains: WILD_CHAINS,
  chainCount: 1e6,
  maxPageSharing: 2,
};

const WILD_WHY: PageWhy = {
  place: WILD_PLACE,
  first: {
    reason: "waits-for-twin",
    twin: { place: WILD_PLACE, state: "page-locked" },
    twins: 1e12,
    forecast: { visits: 1e12, batches: 1e12, passes: 1e12, millis: 1e15 },
  },
  further: new Array(40).fill({ reason: "unmerged" }),
  forecast: { visits: 1e12, batches: 1e12, passes: 1e12, millis: 1e15 },
  memo: {
    state: "neither",
    visits: 1e12,
    changesInRow: 1e12,
    oldchecksum: 0xffff_ffff,
    age: 255,
    remainingSkips: 255,
  },
};

const NAMES = Array.from({ length: 90 }, (_, index) => `${index} ${WILD_NAME}`);

const WILD_SHARING: SharingMatrix = {
  processes: NAMES.map((name) => ({ ...SHARING.processes[1], name })),
  shared: NAMES.map((_, row) => NAMES.map((_, column) => row * column * 1e9)),
  ksmPages: 1e12,
  withinOne: 1e12,
};

const WILD: Snapshot = {
  ...DETAILED,
  processes: NAMES.map((name) =>
    processWith(name, [region(WILD_NAME, "mn".repeat(300))])
  ),
  events: Array.from({ length: 300 }, (_, index) => ({
    number: 10 ** (index % 15) + index,
    timeMillis: 10 ** (index % 12),
    kind: "label",
    text: `an event\nof two lines ${WILD_NAME}`,
  })),
};

const [, ...NO_ROOT] = [WILD_TREE];

/** All that an answer may lack. */
const BARE: Answers = {
  page: { place: WHY.place, first: { reason: "stopped" }, further: [] },
  trees: {
    ...TREES,
    stable: NO_ROOT,
    unstable: [{ nid: 0, nodes: 0, height: 0, depths: [] }],
    stableCompares: { levels: [], count: 0, bytes: 0 },
    unstableCompares: { levels: [], count: 0, bytes: 0 },
    visits: 0,
    chains: [],
    chainCount: 0,
  },
  sharing: { processes: [], shared: [], ksmPages: 0, withinOne: 0 },
};

const SOURCES = [
  [WILD, { page: WILD_WHY, trees: WILD_TREES, sharing: WILD_SHARING }],
  [DETAILED, ANSWERS],
  [DETAILED, BARE],
  [{ ...DETAILED, processes: [], events: [] }, BARE],
] as const;

const KEYS = ["1", "2", "3", "6", "7"];

Deno.test("no zoomed panel finds a size or an answer too odd", () => {
  for (const [snapshot, answers] of SOURCES) {
    for (const key of KEYS) {
      const source = answering(snapshot, answers);
      const screen = dashboardOn(source, { columns: 80, rows: 24 });
      screen.press(key);
      for (const way of ["down", "down", "pagedown", "end", "pageup", "up"]) {
        screen.press(way);
        screen.frame();
      }
      for (const columns of [40, 72, 120, 240]) {
        for (const rows of [10, 13, 24, 80]) {
          screen.resize(columns, rows);
          assert.equal(screen.frame().split("\n").length, rows);
        }
      }
    }
  }
});

Deno.test("whatever names and figures there are, the walls of zoomed panels stand, and no line is longer", async () => {
  for (const [snapshot, answers] of SOURCES) {
    for (const key of KEYS) {
      for (const [columns, rows] of [[40, 10], [80, 24], [120, 40]]) {
        const screen = dashboardOn(answering(snapshot, answers), {
          columns,
          rows,
        });
        screen.press(key, "down", "down", "down");
        const cells = await shownCells(screen);
        const lines = textOf(cells);
        for (const [row, line] of cells.entries()) {
          const edges = `${line[0].text}${line[line.length - 1].text}`;
          const expected = row === 0
            ? /^┌┐$/
            : row === rows - 1
            ? /^└┘$/
            : /^(?:││|├┤)$/;
          assert.match(edges, expected, `row ${row} of\n${lines.join("\n")}`);
        }
      }
    }
  }
});

Deno.test("of many chains the chosen one is unfolded, and it is said how many dups there are besides", () => {
  const source = answering(WILD, { trees: WILD_TREES });
  const screen = dashboardOn(source, { columns: 80, rows: 24 });
  screen.press("2", "end");
  const text = screen.frame();
  assert.match(text, /├ chain 49 {2}1 000 000 dups/);
  assert.match(text, /│ \+999 \d\d\d more /);
});
