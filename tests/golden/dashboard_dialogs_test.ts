/** Pictures of what lies over the panels, and that they read without colours. */
import assert from "node:assert/strict";
import type { DashboardPorts } from "../../src/dashboard/app.ts";
import { BUSY } from "../unit/dashboard_busy.ts";
import { SMALL } from "../unit/dashboard_snapshots.ts";
import { WritableSource } from "../unit/dashboard_writable.ts";
import {
  assertFrame,
  dashboardOn,
  type ScreenOptions,
  shownCells,
  still,
  textOf,
} from "./dashboard_screen.ts";

const WORKLOADS = [
  { name: "two guests", title: "two guests from one image" },
  { name: "storm", title: "two dozen processes exit at once" },
  {
    name: "chains",
    title: "four thousand equal pages: a chain of KSM pages grows as " +
      "max_page_sharing falls, and dups come and go",
  },
];

type Screen = ReturnType<typeof dashboardOn>;

function onWritable(options: ScreenOptions, atEnd: boolean): Screen {
  const source = new WritableSource();
  source.atEnd = atEnd;
  return dashboardOn(source, options);
}

const PORTS: DashboardPorts = { open: () => ({ source: still(SMALL) }) };

/** How each picture comes about. */
const PICTURES: Readonly<Record<string, (options: ScreenOptions) => Screen>> = {
  knobs: (options) => {
    const screen = onWritable(options, false);
    screen.press("k", "down", "enter");
    screen.type("1O0");
    return screen;
  },
  knobs_accepted: (options) => {
    const screen = onWritable(options, true);
    screen.press("k", "down", "enter");
    screen.type("500");
    return screen;
  },
  workloads: (options) => {
    const all = { ...options, workloads: WORKLOADS };
    const screen = dashboardOn(still(SMALL), all, PORTS);
    screen.press("w", "down", "down");
    return screen;
  },
  filter: (options) => {
    const screen = dashboardOn(still(BUSY), options);
    screen.press("4", "s", "s", "s", "/");
    screen.type("lock");
    return screen;
  },
  help: (options) => {
    const screen = dashboardOn(still(SMALL), options);
    screen.press("?");
    return screen;
  },
  export: (options) => {
    const screen = dashboardOn(still(SMALL), options);
    screen.press("e");
    return screen;
  },
};

const SIZES = [[120, 40], [80, 24], [40, 10]] as const;

for (const [name, make] of Object.entries(PICTURES)) {
  for (const [columns, rows] of SIZES) {
    const picture = `dashboard_${name}_${columns}x${rows}`;
    Deno.test(`${picture}: its picture, with and without colours`, async () => {
      const shown = textOf(await shownCells(make({ columns, rows })));
      assertFrame(picture, shown);
      const plain = await shownCells(make({ columns, rows, color: false }));
      for (const { style } of plain.flat()) {
        assert.equal(style.color, undefined);
      }
      const unlike = textOf(plain).filter((line, row) => line !== shown[row]);
      // The parts of the one bar of several parts differ by their fills.
      assert.ok(unlike.every((line) => / {2}all /.test(line)), unlike.join());
    });
  }
}

Deno.test("a verdict on a knob has a sign and a word beside its colour", () => {
  for (const color of [true, false]) {
    const size = { columns: 80, rows: 24, color };
    const refused = PICTURES.knobs(size).frame();
    assert.match(refused, /✗ refused, EINVAL: no number/);
    assert.match(refused, /! goes on from here/);
    const accepted = PICTURES.knobs_accepted(size).frame();
    assert.match(accepted, /✓ accepted: it will read 500/);
  }
});

for (const [name, make] of Object.entries(PICTURES)) {
  for (const [columns, rows] of SIZES) {
    const picture = `dashboard_${name}_${columns}x${rows}_ascii`;
    Deno.test(`${picture}: its picture, and nothing but ASCII`, async () => {
      const cells = await shownCells(make({ columns, rows, ascii: true }));
      assertFrame(picture, textOf(cells));
      for (const { text } of cells.flat()) assert.match(text, /^[\x20-\x7e]$/);
    });
  }
}
