/**
 * The dashboard's pictures of one small snapshot, read back from an emulator,
 * and facts about them that follow from the snapshot.
 */
import assert from "node:assert/strict";
import { PAGE_STATES } from "../../src/observe/snapshot.ts";
import type { StyledRun } from "../../src/tui/testing/mod.ts";
import { SMALL } from "../unit/dashboard_snapshots.ts";
import {
  assertFrame,
  dashboardOn,
  shownCells,
  still,
  textOf,
} from "./dashboard_screen.ts";
import type { ShownCell } from "./emulator.ts";

const CAPTION = "two guests from one image: watch vm-b lose what it saved";

/** Both panel layouts, the least screen with panels, and those with one line. */
const SIZES = [
  [200, 60],
  [120, 40],
  [80, 24],
  [60, 34],
  [60, 15],
  [40, 10],
  [39, 3],
  [1, 1],
] as const;

for (const [columns, rows] of SIZES) {
  for (const ascii of [false, true]) {
    const name = `dashboard_${columns}x${rows}${ascii ? "_ascii" : ""}`;
    Deno.test(`${name}: its picture, with and without colours`, async () => {
      const options = { columns, rows, ascii, caption: CAPTION };
      const colored = dashboardOn(still(SMALL), options);
      const expected = textOf(await shownCells(colored));
      assertFrame(name, expected);
      const plain = dashboardOn(still(SMALL), { ...options, color: false });
      const shown = textOf(await shownCells(plain));
      // Without colours the parts of the one bar of several parts differ by their fills.
      const sum = shown.findIndex((line) => /^. {3}all /.test(line));
      if (sum >= 0) shown[sum] = expected[sum];
      assert.deepEqual(shown, expected);
    });
  }
}

/** The cells of a screen of 120 by 40. */
function wideCells(color: boolean, ascii = false): Promise<ShownCell[][]> {
  const options = { columns: 120, rows: 40, color, ascii, caption: CAPTION };
  return shownCells(dashboardOn(still(SMALL), options));
}

/** The row with a text in it, and its cells from there on. */
function cellsFrom(cells: readonly ShownCell[][], text: string): ShownCell[] {
  const lines = textOf(cells);
  const row = lines.findIndex((line) => line.includes(text));
  if (row < 0) throw new Error(`no row with ${text}`);
  return cells[row].slice(lines[row].indexOf(text));
}

Deno.test("every counter of MEMORY stands there with its size", async () => {
  const text = textOf(await wideCells(true)).join("\n");
  const { counters } = SMALL;
  const rows = [
    ["shared", "4.0 MiB", "1 024", counters.pagesShared],
    ["sharing", "12.0 MiB", "3 072", counters.pagesSharing],
    ["unshared", "3.0 MiB", "768", counters.pagesUnshared],
    ["volatile", "1.0 MiB", "256", counters.pagesVolatile],
  ] as const;
  for (const [name, size, count, pages] of rows) {
    assert.match(text, new RegExp(`${name} .* ${size} +${count} `));
    assert.equal(Number(count.replaceAll(" ", "")), pages);
    assert.equal(parseFloat(size) * 2 ** 20, pages * SMALL.pageBytes);
  }
  // 12 MiB less 64 bytes for each of 5 120 pages, which is 320 kiB.
  assert.match(text, /saved \+11\.7 MiB net/);
});

Deno.test("bars are as long as their shares of what KSM knows", async () => {
  const cells = await wideCells(false);
  const shares = [
    ["shared", 1024],
    ["sharing", 3072],
    ["unshared", 768],
    ["volatile", 256],
  ] as const;
  const all = cellsFrom(cells, "all ").slice(9);
  const room = all.findIndex(({ text }) => text === " ");
  for (const [name, pages] of shares) {
    const bar = cellsFrom(cells, `${name} `).slice(9, 9 + room);
    const full = bar.filter(({ text }) => text === "█").length;
    assert.equal(full, Math.floor(pages / 5120 * room), name);
  }
});

Deno.test("each page has the glyph of its state, and the cursor lies over its page", async () => {
  for (const ascii of [false, true]) {
    const cells = await wideCells(true, ascii);
    const glyphs = ascii ? "x.-~o0#" : "x·-~○0●";
    for (const { name, regions } of SMALL.processes) {
      const letters = regions.map(({ name: region, pages }) =>
        Array.from(pages, (code, page) => {
          const { cursor } = SMALL.ksmd;
          const here = cursor?.process === name && cursor.region === region &&
            cursor.page === page;
          return here ? (ascii ? "K" : "★") : glyphs[code];
        }).join("")
      );
      const expected = `${name} ${letters.join(ascii ? "|" : "│")}`;
      const found = textOf([cellsFrom(cells, `${name} ${letters[0]}`)])[0];
      assert.ok(found.startsWith(expected), `${found} instead of ${expected}`);
    }
  }
  assert.equal(
    PAGE_STATES.join(),
    "hole,untouched,plain,volatile,unshared,zero,merged",
  );
});

/** The runs of the page map's row of a process, from its first page on. */
function mapRuns(name: string): StyledRun[] {
  const screen = dashboardOn(still(SMALL), { columns: 120, rows: 40 });
  const rows = screen.styledFrame();
  const row = rows.find(([, { text }]) => text.includes(`${name} `));
  if (row === undefined) throw new Error(`no row of ${name}`);
  return row.slice(2);
}

Deno.test("colours go with glyphs, and the cursor is inverse", () => {
  assert.deepEqual(mapRuns("vm-a").slice(0, 6), [
    { text: "●●●●", color: "green" },
    { text: "○○", color: "yellow" },
    { text: "~", color: "red" },
    { text: "·│", dim: true },
    { text: "-", color: "blue" },
    { text: "x", dim: true },
  ]);
  assert.deepEqual(mapRuns("vm-b").slice(0, 4), [
    { text: "●●●", color: "green" },
    { text: "★", bold: true, inverse: true },
    { text: "●", color: "green" },
    { text: "○○○", color: "yellow" },
  ]);
});

Deno.test("without colours no cell has one, and attributes stay", async () => {
  const cells = (await wideCells(false)).flat();
  for (const { style } of cells) {
    assert.equal(style.color, undefined);
    assert.equal(style.backgroundColor, undefined);
  }
  assert.ok(cells.some(({ style }) => style.inverse));
});

Deno.test("in ASCII every cell is ASCII", async () => {
  for (const { text } of (await wideCells(true, true)).flat()) {
    assert.match(text, /^[\x20-\x7e]$/);
  }
});

Deno.test("the help shows every key, and lies over the panels", async () => {
  const screen = dashboardOn(still(SMALL), { columns: 120, rows: 44 });
  const before = screen.frame();
  screen.press("?");
  const text = textOf(await shownCells(screen)).join("\n");
  for (
    const line of [
      "q         quit (so does ctrl+c)",
      "space     pause, or go on",
      ".         pause, and visit one page",
      "b         pause, and scan one batch",
      ">         pause, finish the full scan",
      "+ =       twice as fast",
      "-         half as fast",
      "?         open or close this help",
      "escape    close what is open, clear the filter, or leave the zoom",
      "left h    to the panel before",
      "up k      choose the row above, or scroll",
      "down j    choose the row below, or scroll",
      "K         look at the knobs, and write one",
      "k         the same, wherever k does not move up",
      "w         go on with another workload",
      "1         zoom MEMORY",
      "2         zoom TREES",
      "3         zoom PAGE MAP",
      "4         zoom LOCKS",
      "5         zoom KSMD",
      "6         zoom PROCESSES",
      "7         zoom EVENTS",
    ]
  ) {
    assert.ok(text.includes(line), line);
  }
  screen.press("escape");
  assert.equal(screen.frame(), before);
});
