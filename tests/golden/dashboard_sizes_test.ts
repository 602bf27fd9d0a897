/** The dashboard on screens of every size, with names of every kind. */
import assert from "node:assert/strict";
import type { Snapshot } from "../../src/observe/snapshot.ts";
import { actor, BUSY, LOCKS } from "../unit/dashboard_busy.ts";
import { processWith, region, SMALL } from "../unit/dashboard_snapshots.ts";
import type { ShownCell } from "./emulator.ts";
import { dashboardOn, shownCells, still, textOf } from "./dashboard_screen.ts";

/** Wide and combined characters, emoji, escapes, and names as long as lines. */
const HOSTILE: Snapshot = {
  ...SMALL,
  title: "日本語 \x1b[31mred\x07 👩‍👩‍👧 " + "long".repeat(40),
  processes: [
    processWith("日本語のプロセス", [region("ram", "mmmmnnvu")]),
    processWith("\x1b[2Jcleared", [region("ram", "m".repeat(4000))]),
    processWith("", []),
    processWith("é́e".repeat(30), [region("ram", "u")]),
  ],
  events: [{
    number: 1,
    timeMillis: 1e9,
    kind: "label",
    text: "an event\nof two lines 日本 " + "x".repeat(200),
  }],
};

/** Names of that kind on locks, their places, and actors. */
const WILD_NAME = "日本\x1b[2Jé́\n" + "long".repeat(40);

const [MMAP_LOCK] = LOCKS.classes.filter(({ shared }) => shared !== undefined);
const [WAIT] = LOCKS.waiting;

/** More of everything than any screen holds. */
const CROWDED: Snapshot = {
  ...HOSTILE,
  locks: {
    classes: LOCKS.classes.flatMap((one) => [
      one,
      { ...MMAP_LOCK, name: `${WILD_NAME} ${one.name}` },
    ]),
    waiting: Array.from({ length: 50 }, (_, index) => ({
      ...WAIT,
      actor: `${index} ${WILD_NAME}`,
      name: WILD_NAME,
      site: WILD_NAME,
      waitedNanos: 10 ** (index % 18),
      holders: index % 3 === 0 ? [] : new Array(index).fill({
        actor: WILD_NAME,
        site: WILD_NAME,
      }),
    })),
  },
  actors: Array.from(
    { length: 90 },
    (_, index) =>
      actor(`${index} ${WILD_NAME}`, "thread", "waiting", WILD_NAME, 1e30),
  ),
  nodeTrees: Array.from({ length: 64 }, (_, nid) => ({
    nid,
    stableTree: { nodes: 10 ** (nid % 12), height: nid },
    unstableTree: { nodes: 0, height: 0 },
  })),
};

const BARE: Snapshot = {
  title: "",
  model: "",
  pageBytes: 65536,
  timeMillis: 0,
  counters: {
    pagesScanned: 0,
    fullScans: 0,
    pagesShared: 0,
    pagesSharing: 0,
    pagesUnshared: 0,
    pagesVolatile: 0,
    pagesSkipped: 0,
    ksmZeroPages: 0,
    stableNodeChains: 0,
    stableNodeDups: 0,
    generalProfit: 0,
  },
  ksmd: { state: "stopped", passProgress: 0, batches: 0 },
  knobs: {},
  processes: [],
  events: [],
};

Deno.test("no size is too small or too odd", () => {
  for (const snapshot of [SMALL, HOSTILE, BARE, BUSY, CROWDED]) {
    const screen = dashboardOn(still(snapshot), { columns: 1, rows: 1 });
    for (const columns of [1, 2, 9, 39, 40, 41, 71, 72, 73, 80, 131, 300]) {
      for (const rows of [1, 2, 9, 10, 11, 12, 15, 19, 24, 33, 100]) {
        screen.resize(columns, rows);
        const lines = screen.frame().split("\n");
        assert.equal(lines.length, rows);
      }
    }
  }
});

Deno.test("no zoomed panel finds a size too small or too odd", () => {
  for (const snapshot of [SMALL, BARE, CROWDED]) {
    for (const key of "1234567") {
      const screen = dashboardOn(still(snapshot), { columns: 1, rows: 1 });
      screen.press(key, "down", "down");
      for (const [columns, rows] of [[1, 1], [39, 20], [300, 100]]) {
        screen.resize(columns, rows);
        assert.equal(screen.frame().split("\n").length, rows);
      }
      for (const columns of [40, 72, 104]) {
        for (const rows of [10, 11, 13, 17, 24, 40]) {
          screen.resize(columns, rows);
          assert.equal(screen.frame().split("\n").length, rows);
        }
      }
    }
  }
});

/** Checks the outer walls of a screen. */
function checkWalls(cells: readonly (readonly ShownCell[])[]): void {
  for (const [row, line] of cells.entries()) {
    const edges = `${line[0].text}${line[line.length - 1].text}`;
    const expected = row === 0
      ? /^┌┐$/
      : row === cells.length - 1
      ? /^└┘$/
      : /^(?:││|├┤|├│)$/;
    assert.match(edges, expected, `row ${row} of\n${textOf(cells).join("\n")}`);
  }
}

/** The column of the wall between the panels in two columns, where there is one. */
function checkMiddleWall(lines: readonly string[]): void {
  const column = lines[lines.findIndex((line) => line.includes("TREES"))]
    .indexOf("┬");
  if (column < 0) return;
  const events = lines.findIndex((line) => line.includes("EVENTS"));
  assert.equal(lines[events][column], "┬", lines.join("\n"));
  for (const line of lines.slice(events + 1, -1)) {
    assert.match(line[column], /[│┤]/, lines.join("\n"));
  }
}

Deno.test("whatever names hold, the walls stand where they belong", async () => {
  for (const snapshot of [HOSTILE, CROWDED]) {
    for (const [columns, rows] of [[40, 14], [60, 34], [80, 24], [120, 40]]) {
      const options = { columns, rows, caption: "日本語 ".repeat(60) };
      checkWalls(await shownCells(dashboardOn(still(snapshot), options)));
    }
  }
});

Deno.test("whatever names hold, the walls of zoomed panels stand where they belong", async () => {
  for (const key of "1234567") {
    for (const [columns, rows] of [[40, 14], [80, 24], [120, 40]]) {
      const screen = dashboardOn(still(CROWDED), { columns, rows });
      screen.press(key);
      checkWalls(await shownCells(screen));
    }
  }
});

Deno.test("whatever names hold, the lines of a chosen actor stay apart", () => {
  const screen = dashboardOn(still(CROWDED), { columns: 120, rows: 40 });
  screen.press("5");
  const lines = screen.frame().split("\n").slice(-5, -1);
  const names = lines.map((line) => line.slice(2, 17).trim());
  assert.deepEqual(names, ["does", "waits", "held by", "keeps waiting"]);
  assert.match(lines[2], /held by +- +│/);
});

Deno.test("the wall in the middle goes on straight below locks and actors", () => {
  for (const [columns, rows] of [[80, 24], [80, 40], [120, 40], [200, 60]]) {
    const screen = dashboardOn(still(BUSY), { columns, rows });
    checkMiddleWall(screen.frame().split("\n"));
  }
});

Deno.test("a source that sees neither trees nor pages leaves their places out", () => {
  const { stableTree: _, unstableTree: __, ...rest } = SMALL;
  const processes = SMALL.processes.map((one) => ({ ...one, regions: [] }));
  const blind = { ...rest, processes };
  const screen = dashboardOn(still(blind), { columns: 80, rows: 24 });
  const text = screen.frame();
  assert.doesNotMatch(text, /PAGE MAP|stable +\d/);
  assert.match(text, /vm-a/);
});

Deno.test("a resized screen is as if it had always had its size", async () => {
  const options = { columns: 120, rows: 40 };
  const resized = dashboardOn(still(SMALL), options);
  resized.frame();
  for (const [columns, rows] of [[40, 10], [200, 50], [10, 2], [80, 24]]) {
    resized.resize(columns, rows);
    resized.frame();
  }
  const fresh = dashboardOn(still(SMALL), { columns: 80, rows: 24 });
  const last = resized.terminal.written.length - 1;
  resized.terminal.written.splice(0, last);
  assert.deepEqual(await shownCells(resized), await shownCells(fresh));
});

Deno.test("q leaves at any size", () => {
  for (const [columns, rows] of [[1, 1], [39, 9], [40, 10], [80, 24]]) {
    const screen = dashboardOn(still(SMALL), { columns, rows });
    screen.press("q");
    assert.deepEqual(screen.ending, { kind: "quit" });
  }
});

Deno.test("where Ctrl-Z cannot stop the process, that is said until the next key", () => {
  const screen = dashboardOn(still(SMALL), { columns: 80, rows: 24 });
  screen.terminal.tell({ kind: "suspend-denied" });
  assert.match(screen.frame(), /Ctrl-Z needs --allow-run/);
  screen.press("-");
  assert.doesNotMatch(screen.frame(), /Ctrl-Z/);
});

Deno.test("of a name that is too long the header shows what fits, and its end as it was", () => {
  const header = (ascii: boolean, scans: number) => {
    const snapshot = {
      ...SMALL,
      title: "fifty-two-xp",
      counters: { ...SMALL.counters, fullScans: scans },
    };
    const options = { columns: 40, rows: 10, speed: 100, ascii };
    const screen = dashboardOn(still(snapshot), options);
    return screen.frame().split("\n")[0];
  };
  assert.equal(header(false, 5), "┌ fifty-two…  ▶ x100 scan 5  t=12.480s ┐");
  assert.equal(header(true, 5), "+ fifty-t...  r x100 scan 5  t=12.480s +");
  // Where less than three letters had room, there is none.
  assert.match(header(false, 123_456_789), /^┌─+ ▶ x100 scan 123 456 789 /);
});

Deno.test("one line holds whole figures only", () => {
  for (let columns = 8; columns < 40; columns++) {
    const screen = dashboardOn(still(SMALL), { columns, rows: 1 });
    const line = textOf([[{ text: screen.frame(), width: 1, style: {} }]])[0];
    const whole = "ksmscope ▶ running  q quit  scan 2  saved +11.7 MiB";
    assert.ok(whole.startsWith(line), line);
    const rest = whole.slice(line.length);
    assert.ok(rest === "" || rest.startsWith(" "), line);
  }
});
