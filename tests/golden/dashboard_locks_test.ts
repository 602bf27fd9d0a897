/**
 * Pictures of a machine full of waits, and facts about them that follow from
 * its snapshot: locks, actors, and the trees of its two nodes.
 */
import assert from "node:assert/strict";
import { groupDigits } from "../../src/observe/digits.ts";
import { BUSY } from "../unit/dashboard_busy.ts";
import { SMALL } from "../unit/dashboard_snapshots.ts";
import {
  assertFrame,
  dashboardOn,
  type ScreenOptions,
  shownCells,
  still,
  textOf,
} from "./dashboard_screen.ts";

const SIZES = [[120, 40], [200, 60], [80, 24], [60, 15]] as const;

/** All panels, and the zoomed ones that have a detail. */
const VIEWS = [
  ["busy", []],
  ["zoomed_trees", ["2"]],
  ["zoomed_locks", ["4"]],
  ["zoomed_actors", ["5"]],
] as const;

/** The lines of a screen of the busy machine after some keys. */
async function shown(
  options: ScreenOptions,
  keys: readonly string[] = [],
  snapshot = BUSY,
): Promise<string[]> {
  const screen = dashboardOn(still(snapshot), options);
  screen.press(...keys);
  return textOf(await shownCells(screen));
}

for (const [columns, rows] of SIZES) {
  for (const [view, keys] of VIEWS) {
    const name = `dashboard_${view}_${columns}x${rows}`;
    Deno.test(`${name}: its picture`, async () => {
      const lines = await shown({ columns, rows }, keys);
      assertFrame(name, lines);
    });
  }
}

for (const [columns, rows] of [[120, 40], [80, 24]]) {
  for (const [view, keys] of VIEWS) {
    const name = `dashboard_${view}_${columns}x${rows}_ascii`;
    Deno.test(`${name}: its picture, and nothing but ASCII`, async () => {
      const lines = await shown({ columns, rows, ascii: true }, keys);
      assertFrame(name, lines);
      assert.match(lines.join(""), /^[\x20-\x7e]*$/);
    });
  }
}

Deno.test("without colours every text is the same: no state is told by colour alone", async () => {
  for (const [, keys] of VIEWS.slice(1)) {
    const size = { columns: 120, rows: 40 };
    const plain = await shown({ ...size, color: false }, keys);
    assert.deepEqual(plain, await shown(size, keys));
  }
});

/** The rows of LOCKS as they must be, computed by hand from the snapshot. */
const LOCK_ROWS = [
  [
    "mmap_lock W vm-b",
    "40",
    "6.4 ms",
    "800.0 µs",
    "150.0 µs",
    "vm-b/writer-2 +1 wait for ksmd",
  ],
  [
    "folio_lock *",
    "31",
    "2.2 ms",
    "400.0 µs",
    "1.2 µs",
    "compaction waits for ksmd",
  ],
  ["mmap_lock R vm-b", "200", "18.0 ms", "1.9 ms", "4.1 µs", ""],
  ["mmap_lock R vm-a", "12", "200.0 µs", "35.0 µs", "3.9 µs", ""],
  ["mmap_lock W others", "2", "100.0 µs", "-", "50.0 µs", ""],
  ["ksm_thread_mutex", "0", "-", "-", "2.0 ms", ""],
  ["page_table_lock *", "0", "-", "-", "150 ns", ""],
] as const;

/** The cells of a line between the walls, told apart by two spaces, without the mark of the chosen row. */
function cellsOf(line: string): string[] {
  return line.replace(/^│(?: ❯ )?/, "").replace(/│$/, "").trim()
    .split(/ {2,}/);
}

/** The lines of a panel, from the one below its heading. */
function linesBelow(
  lines: readonly string[],
  heading: string,
  count: number,
): string[] {
  const at = lines.findIndex((line) => line.startsWith(`├ ${heading}`));
  assert.ok(at >= 0, `no ${heading} in\n${lines.join("\n")}`);
  return lines.slice(at + 1, at + 1 + count);
}

Deno.test("LOCKS says what was counted, those waited for first, then the longest total wait, and who waits now", async () => {
  for (const [columns, rows] of [[120, 40], [200, 60]]) {
    const lines = await shown({ columns, rows });
    const found = linesBelow(lines, "LOCKS", LOCK_ROWS.length).map(cellsOf);
    const expected = LOCK_ROWS.map((row) =>
      row.filter((cell) => cell !== "").map((cell) =>
        columns === 200 ? cell.replace("+1 wait", "and 1 more wait") : cell
      )
    );
    assert.deepEqual(found, expected);
  }
});

Deno.test("where there is little room it says in fewer words who waits for whom", async () => {
  const lines = await shown({ columns: 80, rows: 24 });
  const found = linesBelow(lines, "LOCKS  * no lock_stat", 2).map(cellsOf);
  assert.deepEqual(found.map((cells) => cells.at(-1)), [
    "writer-2 +1 for ksmd",
    "compaction for ksmd",
  ]);
});

Deno.test("where columns go they go in their order, and those left stay whole", async () => {
  const titles = async (columns: number) => {
    const lines = await shown({ columns, rows: 40 });
    const heading = lines.find((line) => line.startsWith("├ LOCKS")) ?? "";
    return heading.match(/[a-z]+-[a-z]+|contended|waiting now/g);
  };
  const all = ["contended", "wait-total", "wait-max", "hold-avg"];
  assert.deepEqual(await titles(120), [...all, "waiting now"]);
  assert.deepEqual(await titles(100), [...all, "waiting now"]);
  assert.deepEqual(await titles(99), [...all.slice(0, 3), "waiting now"]);
  assert.deepEqual(await titles(80), [...all.slice(0, 3), "waiting now"]);
  assert.deepEqual(await titles(70), [
    "contended",
    "wait-total",
    "waiting now",
  ]);
  assert.deepEqual(await titles(60), ["wait-total", "waiting now"]);
  assert.deepEqual(await titles(40), ["wait-total"]);
  const lines = await shown({ columns: 80, rows: 24 });
  const found = linesBelow(lines, "LOCKS  * no lock_stat", 3).map(cellsOf);
  assert.deepEqual(
    found.map(([name, contended, total, max]) => [name, contended, total, max]),
    LOCK_ROWS.slice(0, 3).map((row) => row.slice(0, 4)),
  );
});

Deno.test("titles stand over their columns", async () => {
  const lines = await shown({ columns: 120, rows: 40 });
  const heading = lines.findIndex((line) => line.startsWith("├ LOCKS"));
  const [title, row] = [lines[heading], lines[heading + 1]];
  const ends = [
    ["contended", "40"],
    ["wait-total", "6.4 ms"],
    ["wait-max", "800.0 µs"],
    ["hold-avg", "150.0 µs"],
  ];
  for (const [name, text] of ends) {
    const end = title.indexOf(name) + name.length;
    assert.equal(row.slice(end - text.length, end), text, name);
  }
  assert.equal(row.indexOf("vm-b/writer-2"), title.indexOf("waiting now"));
});

Deno.test("where LOCKS has one line it is the sum, and where it has none KSMD tells it", async () => {
  // 212 + 42 + 31 waits; 18.2 + 6.5 + 2.2 ms.
  const sum = /285 waits, 26\.9 ms, 3 waiting/;
  const [line] = linesBelow(await shown({ columns: 60, rows: 15 }), "LOCKS", 1);
  assert.match(line, sum);
  assert.match(line, / writer-2 waits for ksmd /);
  const least = await shown({ columns: 40, rows: 10 });
  assert.match(least.join("\n"), /├ KSMD .*285 waits, 26\.9 ms, 3 waiting ┤/);
});

Deno.test("ACTORS has a glyph and a word for each state, and what is waited for", async () => {
  const lines = await shown({ columns: 120, rows: 40 });
  const rows = linesBelow(lines, "ACTORS  7 ", 8).slice(1)
    .map((line) => cellsOf(line.slice(0, line.indexOf("│", 1))));
  assert.deepEqual(rows, [
    ["vm-b/writer-1", "‖ waiting", "mmap_lock W vm-b …", "91.5 ms"],
    ["vm-b/writer-2", "‖ waiting", "mmap_lock W vm-b …", "88.0 ms"],
    ["compaction", "‖ waiting", "folio_lock page 4…", "640.0 µs"],
    ["ksmd", "▶ running", "scanning vm-b", "3.0 s"],
    ["vm-a/writer", "z sleeping", "until 12.5 s", "240.0 ms"],
    ["stat", "_ idle", "12.3 µs"],
    ["setup", "■ done", "exited", "1.2 ms"],
  ]);
  assert.match(lines.join("\n"), /▶ 1 running {2}‖ 3 waiting {2}z 1 sleeping/);
});

Deno.test("the zoom tells of the chosen actor what it waits for, where, and who holds it", async () => {
  const lines = await shown({ columns: 120, rows: 40 }, ["5"]);
  const detail = linesBelow(lines, "vm-b/writer-1  thread", 4).map(cellsOf);
  assert.deepEqual(detail, [
    ["does", "fill ram 0..4"],
    ["waits", "17.3 µs for mmap_lock W vm-b at mmap:mmap_lock"],
    ["held by", "ksmd at scan_get_next_rmap_item:mmap_lock"],
    ["keeps waiting", "-"],
  ]);
  const toKsmd = ["5", "down", "down", "down"];
  const other = await shown({ columns: 120, rows: 40 }, toKsmd);
  assert.match(
    other.join("\n"),
    /keeps waiting +vm-b\/writer-2 52\.0 µs for mmap_lock W vm-b, vm-b\/writer-1 17\.3 µs/,
  );
});

Deno.test("the zoom shows each lock_stat line with all its columns where there is room", async () => {
  const lines = await shown({ columns: 200, rows: 60 }, ["4"]);
  const [titles, writes, , reads] = linesBelow(lines, "LOCKS", 4).map(cellsOf);
  assert.deepEqual(titles.slice(1), [
    "con-bounces",
    "contentions",
    "wait-min",
    "wait-max",
    "wait-total",
    "wait-avg",
    "acq-bounces",
    "acquisitions",
    "hold-min",
    "hold-max",
    "hold-total",
    "hold-avg",
  ]);
  // 18.2 ms in 212 waits, 80 ms in 20 000 holds.
  assert.deepEqual(reads, [
    "&mm->mmap_lock-R",
    "160",
    "212",
    "900 ns",
    "1.9 ms",
    "18.2 ms",
    "85.8 µs",
    "6 000",
    "20 000",
    "700 ns",
    "60.0 µs",
    "80.0 ms",
    "4.0 µs",
  ]);
  assert.equal(writes[0], "&mm->mmap_lock-W");
  // 6.5 ms in 42 waits, 13 ms in 100 holds.
  assert.deepEqual([writes[6], writes[12]], ["154.8 µs", "130.0 µs"]);
});

Deno.test("the chosen line has all columns of lock_stat by name, at 80 by 24 too", async () => {
  for (const [columns, rows] of [[120, 40], [80, 24]]) {
    const lines = await shown({ columns, rows }, ["4"]);
    const text = linesBelow(lines, "&mm->mmap_lock-W  rwsem", 4).join("\n");
    const expected = [
      ["con-bounces", "31"],
      ["contentions", "42"],
      ["waittime-min", "2.0 µs"],
      ["waittime-max", "800.0 µs"],
      ["waittime-total", "6.5 ms"],
      ["waittime-avg", "154.8 µs"],
      ["acq-bounces", "60"],
      ["acquisitions", "100"],
      ["holdtime-min", "5.0 µs"],
      ["holdtime-max", "2.1 ms"],
      ["holdtime-total", "13.0 ms"],
      ["holdtime-avg", "130.0 µs"],
    ];
    for (const [name, value] of expected) {
      assert.match(text, new RegExp(`${name} +${value}(?: |$)`, "m"));
    }
  }
});

Deno.test("below them stand who waits now, call sites, contended locks and points", async () => {
  const lines = await shown({ columns: 200, rows: 60 }, ["4"]);
  const text = lines.join("\n");
  for (
    const row of [
      /vm-b\/writer-2 +52\.0 µs +vm-b +mmap:mmap_lock +ksmd at scan_get_next_rmap_item:mmap_lock /,
      /vm-b\/writer-1 +17\.3 µs +vm-b +mmap:mmap_lock +ksmd at scan_get_next_rmap_item:mmap_lock /,
      /mmap:mmap_lock +42 +6\.5 ms +800\.0 µs +100 +130\.0 µs +2\.1 ms /,
      /vm-b +40 +6\.4 ms +800\.0 µs +80 +150\.0 µs +2\.1 ms /,
      /fault:mmap_lock +180 │/,
      /mmap:mmap_lock +200 │/,
    ]
  ) {
    assert.match(text, row);
  }
  // Sites of readers belong to the line of readers.
  assert.doesNotMatch(text, /fault:mmap_lock +180 +15\.0 ms/);
});

Deno.test("locks without a class in the kernel's lock_stat are marked, and the mark is explained", async () => {
  const lines = await shown({ columns: 120, rows: 40 });
  assert.match(lines.join("\n"), /├ LOCKS {2}\* not in lock_stat /);
  const zoomed = await shown({ columns: 120, rows: 40 }, ["4", "down"]);
  assert.match(
    zoomed.join("\n"),
    /├ folio_lock {2}bit lock, not in the kernel's lock_stat /,
  );
});

Deno.test("each node has its trees in a line of TREES", async () => {
  for (const [columns, rows] of [[120, 40], [80, 24], [60, 34]]) {
    const text = (await shown({ columns, rows })).join("\n");
    assert.match(text, /│ node +stable +h +unstable +h /);
    for (const { nid, stableTree, unstableTree } of BUSY.nodeTrees ?? []) {
      const stable = `${groupDigits(stableTree.nodes)} +${stableTree.height}`;
      const unstable = `${unstableTree.nodes} +${unstableTree.height}`;
      assert.match(text, new RegExp(`│ ${nid} +${stable} +${unstable} `));
    }
  }
});

Deno.test("zoomed, a tree's height stands beside the least that it could be", async () => {
  const lines = await shown({ columns: 80, rows: 24 }, ["2"]);
  const rows = linesBelow(lines, "TREES", 5).slice(1).map(cellsOf);
  // 1000 nodes need 10 levels, 700 need 10, 24 need 5, 68 need 7.
  assert.deepEqual(rows.map((row) => row.slice(0, 4)), [
    ["stable 0", "1 000", "12", "10"],
    ["unstable 0", "700", "11", "10"],
    ["stable 1", "24", "5", "5"],
    ["unstable 1", "68", "7", "7"],
  ]);
  const one = await shown({ columns: 80, rows: 24 }, ["2"], SMALL);
  // 1024 nodes need 11 levels, 768 need 10.
  const only = linesBelow(one, "TREES", 3).slice(1).map(cellsOf);
  assert.deepEqual(only.map((row) => row.slice(0, 4)), [
    ["stable", "1 024", "12", "11"],
    ["unstable", "768", "11", "10"],
  ]);
});

Deno.test("every panel zooms, and the way back leaves nothing behind", async () => {
  const size = { columns: 100, rows: 30 };
  const screen = dashboardOn(still(BUSY), size);
  const headings = [
    "MEMORY",
    "TREES",
    "PAGE MAP",
    "LOCKS",
    "KSMD",
    "PROCESSES",
    "EVENTS",
  ];
  for (const [index, heading] of headings.entries()) {
    screen.press(String(index + 1));
    assert.match(screen.frame().split("\n")[1], new RegExp(`^├ ${heading}`));
    screen.press("escape");
    // The focus stays on the panel, as if it had got there by the tab key.
    const fresh = dashboardOn(still(BUSY), size);
    for (let tab = 0; tab <= index; tab++) fresh.press("tab");
    assert.match(fresh.frame(), new RegExp(`❯ ${heading} `));
    assert.deepEqual(await shownCells(screen), await shownCells(fresh));
  }
});

Deno.test("what a source does not see is said where it is zoomed", async () => {
  const size = { columns: 80, rows: 24 };
  assert.match(
    (await shown(size, ["4"], SMALL)).join("\n"),
    /├ LOCKS ─.*\n│ not to be seen from here/,
  );
  const ksmd = (await shown(size, ["5"], SMALL)).join("\n");
  assert.doesNotMatch(ksmd, /ACTORS/);
  assert.match(ksmd, /scanning vm-b/);
});
