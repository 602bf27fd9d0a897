/**
 * The dashboard over a real machine: what stands on the screen is what the
 * machine says of itself, at every moment.
 */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { Driver, Machine } from "../../src/machine/mod.ts";
import { MachineSource, type Snapshot } from "../../src/observe/mod.ts";
import { openWorkload, workload } from "../../src/workload/mod.ts";
import {
  assertFrame,
  dashboardOn,
  type ScreenOptions,
  shownCells,
  textOf,
} from "./dashboard_screen.ts";

const PAGES = 48;

/** Two guests with 32 equal pages, 8 of their own, and 8 never written; then one writes to shared ones. */
const guests = workload("guests", function* (box) {
  const rams = ["vm-a", "vm-b"].map((name) =>
    box.process(name).mmap("ram", PAGES, { mergeable: true })
  );
  for (const ram of rams) {
    ram.fill(0, 32, { kind: "prng", seed: 1 });
    ram.fill(32, 8, { kind: "prng", seed: ram.process.pid });
  }
  yield* box.scanPasses(3);
  box.sample("merged");
  for (let page = 0; page < 4; page++) rams[0].write(page, 0, "ff");
  yield* box.scanPasses(1);
});

function start(options: ScreenOptions = {}) {
  const driver = new Driver(new Machine(), openWorkload(guests));
  const source = new MachineSource("guests", driver);
  const screen = dashboardOn(source, { columns: 80, rows: 24, ...options });
  return { source, screen };
}

/** Digits in the last place of a line with a name, such as `1 024` of `shared`. */
function lastNumber(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`no ${pattern} in\n${text}`);
  return Number(found.replaceAll(" ", ""));
}

/** How many glyphs of a kind the page map has; one under the cursor is none of them. */
function mapGlyphs(lines: readonly string[], glyph: string): number {
  const rows = lines.filter((line) => /^│ vm-[ab] [●○~·★]/.test(line));
  assert.ok(rows.length === 2, lines.join("\n"));
  return rows.join("").split(glyph).length - 1;
}

function checkFigures(lines: readonly string[], snapshot: Snapshot): void {
  const text = lines.join("\n");
  const { counters, stableTree, unstableTree } = snapshot;
  const figures = [
    [/shared .*?B +([\d ]+) │/, counters.pagesShared],
    [/sharing .*?B +([\d ]+) │/, counters.pagesSharing],
    [/unshared .*?B +([\d ]+) │/, counters.pagesUnshared],
    [/volatile .*?B +([\d ]+) │/, counters.pagesVolatile],
    [/│ stable +([\d ]+) nodes/, stableTree?.nodes],
    [/│ unstable +([\d ]+) nodes/, unstableTree?.nodes],
    [/│ stable .* h +(\d+)/, stableTree?.height],
    [/│ unstable .* h +(\d+)/, unstableTree?.height],
    [/ scan ([\d ]+) {2}t=/, counters.fullScans],
    [/t=([\d.]+)s/, snapshot.timeMillis / 1000],
  ] as const;
  for (const [pattern, value] of figures) {
    assert.equal(lastNumber(text, pattern), value, String(pattern));
  }
  for (const { name, mergingPages } of snapshot.processes) {
    const row = new RegExp(`│ ${name} +\\d+\\.0 kiB +(\\d+) +[-+\\d]`);
    assert.equal(lastNumber(text, row), mergingPages, name);
  }
}

function checkMap(lines: readonly string[], snapshot: Snapshot): void {
  const pages = snapshot.processes.flatMap(({ regions }) =>
    regions.flatMap((region) => [...region.pages])
  );
  const { cursor } = snapshot.ksmd;
  const hidden = cursor === undefined ? undefined : snapshot.processes
    .find(({ name }) => name === cursor.process)
    ?.regions[0].pages[cursor.page];
  for (
    const [code, glyph] of [[6, "●"], [4, "○"], [3, "~"], [1, "·"]] as const
  ) {
    const count = pages.filter((page) => page === code).length;
    const expected = hidden === code ? count - 1 : count;
    assert.equal(mapGlyphs(lines, glyph), expected, glyph);
  }
  const words = cursor === undefined
    ? /★ (?:ksmd )?(?:between two scans|idle)/
    : `${cursor.process} ${cursor.region}+${cursor.page} `;
  assert.ok(
    typeof words === "string"
      ? lines.some((line) => line.includes(words))
      : lines.some((line) => words.test(line)),
  );
}

Deno.test("at every step the screen says what the machine says", async () => {
  const { source, screen } = start({ speed: 1 / 8 });
  screen.press("space");
  const keys = [
    ...new Array<string>(5).fill("."),
    "b",
    ".",
    ".",
    ">",
    ".",
    "b",
    ">",
    "b",
    ">",
  ];
  for (const key of keys) {
    screen.press(key);
    const lines = textOf(await shownCells(screen));
    const snapshot = source.snapshot();
    checkFigures(lines, snapshot);
    checkMap(lines, snapshot);
  }
});

Deno.test("a page key moves the cursor by one page", () => {
  const { source, screen } = start();
  screen.press("space", ".");
  const { cursor } = source.snapshot().ksmd;
  screen.press(".");
  const next = source.snapshot().ksmd.cursor;
  assert.ok(cursor !== undefined && next !== undefined);
  assert.deepEqual(next, { ...cursor, page: cursor.page + 1 });
});

Deno.test("left to itself the workload ends, and the screen says so", async () => {
  const { source, screen } = start();
  screen.advance(5000);
  const lines = textOf(await shownCells(screen));
  assertFrame("dashboard_run_80x24", lines);
  assert.match(lines[0], /■ workload ended/);
  const { counters } = source.snapshot();
  // 28 of 32 pairs are still merged. Of the 4 that were broken, the one copy
  // is a KSM page still; the other copies are new, and equal nothing.
  assert.equal(counters.pagesShared, 32);
  assert.equal(counters.pagesSharing, 28);
  checkFigures(lines, source.snapshot());
  checkMap(lines, source.snapshot());
});

Deno.test("frames stop when nothing moves: paused, and at the end", () => {
  const { screen } = start();
  screen.press("space");
  screen.advance(100);
  const { length } = screen.terminal.written;
  screen.advance(1000);
  assert.equal(screen.terminal.written.length, length);
  screen.press("space");
  screen.advance(5000);
  const ended = screen.terminal.written.length;
  assert.ok(ended > length);
  screen.advance(1000);
  assert.equal(screen.terminal.written.length, ended);
});

Deno.test("at x1/8 the cursor is seen on its way, more than ten times a second", () => {
  const { screen } = start({ speed: 1 / 8 });
  const seen = new Set<string>();
  for (let frame = 0; frame < 20; frame++) {
    screen.advance(50);
    seen.add(screen.frame());
  }
  assert.ok(seen.size >= 10, `${seen.size} pictures in a second`);
});

Deno.test("details of a machine that stands still are exact at once", () => {
  for (const [key, kind] of [["6", "sharing"], ["2", "trees"]] as const) {
    const { source, screen } = start({ speed: 1 });
    screen.press(key);
    let lagged = 0;
    const exact = () =>
      kind === "trees"
        ? source.detail("trees", { levels: 6 })
        : source.detail("sharing", {});
    const isExact = () =>
      isDeepStrictEqual(screen.state.details[kind]?.answer, exact());
    for (let round = 0; round < 12; round++) {
      screen.advance(50);
      if (!isExact()) lagged++;
      screen.press("space");
      assert.ok(isExact(), `${kind}, round ${round}`);
      screen.press("space");
    }
    // Otherwise nothing was to be caught up with.
    assert.ok(lagged > 0, kind);
  }
});

Deno.test("details of a frozen picture are those of its moment, and later ones are told", async () => {
  const { source, screen } = start({ speed: 1 / 8 });
  screen.press("6");
  const last = async () => textOf(await shownCells(screen))[23];
  for (let round = 0; round < 3; round++) {
    screen.advance(50);
    screen.press("f");
    const then = structuredClone(source.detail("sharing", {}));
    assert.deepEqual(screen.state.details.sharing?.answer, then);
    screen.advance(100);
    assert.deepEqual(screen.state.details.sharing?.answer, then);
    assert.doesNotMatch(await last(), /of now/);
    // The machine has gone on behind the picture.
    const { pagesScanned } = source.snapshot().counters;
    assert.ok(pagesScanned > screen.state.snapshot.counters.pagesScanned);
    screen.press("f");
  }
  screen.press("f");
  screen.advance(100);
  screen.press("2");
  assert.match(await last(), /The picture is frozen; the details are of now/);
});
