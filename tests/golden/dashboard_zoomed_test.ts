/**
 * Pictures of the zoomed panels that ask for details, and facts about them that
 * follow from the snapshot and the answers.
 */
import assert from "node:assert/strict";
import type { Snapshot } from "../../src/observe/snapshot.ts";
import {
  answering,
  DETAILED,
  SHARING,
  TREES,
} from "../unit/dashboard_details.ts";
import {
  assertFrame,
  dashboardOn,
  type DashboardScreen,
  type ScreenOptions,
  shownCells,
  still,
  textOf,
} from "./dashboard_screen.ts";

/** What was to be seen in 60 batches: sharing grows and falls, and profit is negative at first. */
const PAST: readonly Snapshot[] = Array.from({ length: 60 }, (_, index) => {
  const batch = index + 1;
  const sharing = batch <= 40 ? 50 * batch : 2000 - 25 * (batch - 40);
  return {
    ...DETAILED,
    timeMillis: 12_480 + 20 * batch,
    ksmd: { ...DETAILED.ksmd, batches: DETAILED.ksmd.batches + batch },
    counters: {
      ...DETAILED.counters,
      pagesShared: 8 * batch,
      pagesSharing: sharing,
      pagesUnshared: 700 - 5 * batch,
      pagesVolatile: 400 - 6 * batch,
      ksmZeroPages: batch,
      generalProfit: 4096 * (sharing - 500),
    },
    stableTree: { nodes: 8 * batch, height: 9 },
    unstableTree: { nodes: 700 - 5 * batch, height: 10 },
  };
});

/** The last of them. */
const LAST = PAST[PAST.length - 1];

/** Shows them one after the other. */
function live(screen: DashboardScreen): void {
  for (const snapshot of PAST) {
    screen.send({
      kind: "seen",
      snapshot,
      stepped: false,
      ended: false,
      defect: undefined,
    });
  }
}

/** The zoomed panels, by the keys that lead there. */
const VIEWS = [
  ["zoomed_memory", ["1"], true],
  ["zoomed_tree", ["2"], false],
  ["zoomed_chain", ["2", "down", "down"], false],
  ["zoomed_map", ["3", "up", "right"], false],
  ["zoomed_processes", ["6", "down"], false],
  ["zoomed_events", ["7", "up"], false],
] as const;

/** A panel after its keys, as an emulator shows it. */
async function shown(
  [, keys, isLive]: typeof VIEWS[number],
  options: ScreenOptions,
): Promise<string[]> {
  const screen = dashboardOn(answering(), options);
  if (isLive) live(screen);
  screen.press(...keys);
  return textOf(await shownCells(screen));
}

/** A panel by its name. */
function view(name: string): typeof VIEWS[number] {
  const found = VIEWS.find(([one]) => one === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const SIZES = [[120, 40], [80, 24]] as const;

for (const one of VIEWS) {
  const [name] = one;
  for (const [columns, rows] of SIZES) {
    const file = `dashboard_${name}_${columns}x${rows}`;
    Deno.test(`${file}: its picture, with and without colours`, async () => {
      const expected = await shown(one, { columns, rows });
      assertFrame(file, expected);
      const plain = await shown(one, { columns, rows, color: false });
      // Without colours the parts of the one bar of several parts differ by their fills.
      const sum = plain.findIndex((line) => /^. {3}all /.test(line));
      if (sum >= 0) plain[sum] = expected[sum];
      assert.deepEqual(plain, expected);
    });
  }
  const file = `dashboard_${name}_80x24_ascii`;
  Deno.test(`${file}: its picture, and nothing but ASCII`, async () => {
    const lines = await shown(one, { columns: 80, rows: 24, ascii: true });
    assertFrame(file, lines);
    assert.match(lines.join(""), /^[\x20-\x7e]*$/);
  });
}

/** Figures with groups as a number. */
function figure(text: string | undefined): number {
  return Number(text?.replaceAll(/[ ,]/g, ""));
}

Deno.test("MEMORY says the last value of each figure, and its most", async () => {
  for (const [columns, rows] of SIZES) {
    const lines = await shown(view("zoomed_memory"), { columns, rows });
    const text = lines.join("\n");
    const facts = [
      ["sharing", LAST.counters.pagesSharing, 3072],
      ["shared", LAST.counters.pagesShared, 1024],
      ["unshared", LAST.counters.pagesUnshared, 768],
    ] as const;
    for (const [name, now, most] of facts) {
      const found = new RegExp(
        `${name}: .*? now ([\\d ]+?) {2}most ([\\d ]+?)(?: {2}|$| │)`,
        "m",
      ).exec(text);
      assert.deepEqual(
        [figure(found?.[1]), figure(found?.[2])],
        [now, most],
        name,
      );
    }
    // 4096 times 1 000, and 4096 times -450 at the first of them.
    assert.match(
      text,
      /profit.* now \+3\.9 MiB {2}most \+11\.7 MiB {2}least -1\.8 MiB/,
    );
    assert.match(
      text,
      /├ HISTORY .*t=12\.480s to 13\.680s, now at the right ┤/,
    );
    assert.match(text, /full scans 2 {3}scanned 4 321 {3}skipped 17/);
  }
});

Deno.test("TREES says what the answer says of the stable tree, level by level", async () => {
  const lines = await shown(view("zoomed_tree"), { columns: 120, rows: 40 });
  const [tree] = TREES.stable;
  const text = lines.join("\n");
  assert.match(text, /│ stable +8 +4 +4 /);
  assert.match(text, /├ LEVELS {2}4 high, at least 4 /);
  const levels = lines.flatMap((line) => {
    const found =
      /^│ +(\d+) (least)? +([\d ]*\d)(?: [█▏▎▍▌▋▊▉]+)? {2,}([\d ]+?) {2,}([\d ]+?) {2,}([\d ]+\.\d) /
        .exec(line);
    return found === null ? [] : [found];
  });
  assert.equal(levels.length, tree.height);
  for (
    const [index, [, number, least, nodes, count, bytes, visit]] of levels
      .entries()
  ) {
    const compares = TREES.stableCompares.levels[index];
    assert.equal(figure(number), index + 1);
    assert.equal(figure(nodes), tree.depths[index]);
    assert.equal(figure(count), compares.count);
    assert.equal(figure(bytes), compares.bytes);
    assert.equal(figure(visit), compares.bytes / TREES.visits);
    // 8 nodes need 4 levels.
    assert.equal(least, index === 3 ? "least" : undefined);
  }
  assert.match(
    text,
    /1 562\.0 bytes compared a visit, 11 500 compares in 4 000 visits/,
  );
});

Deno.test("the drawn top tells red from black by a letter, and stands in the order of bytes", async () => {
  for (const [columns, rows] of SIZES) {
    const lines = await shown(view("zoomed_tree"), { columns, rows });
    const nodes = lines.flatMap((line) =>
      line.match(/[BR] (?=[0-9a-f]*\d)[0-9a-f]{4,16}|[BR] c0ffee\w*/g) ?? []
    );
    assert.deepEqual(nodes.map((node) => node.slice(0, 6)), [
      "B 80aa",
      "B 40bb",
      "R c0ff",
      "B 10cc",
      "B 60dd",
      "B 9011",
      "B e022",
      "R f033",
    ]);
    const [, , , four] = [0, 1, 2, 3].map((level) =>
      lines.find((line) =>
        line.includes(["80aa", "40bb", "10cc", "f033"][level])
      )
    );
    assert.match(four ?? "", /R f033/);
  }
});

Deno.test("a chain is unfolded to its dups, with the full ones marked", async () => {
  const [chain] = TREES.chains;
  const lines = await shown(view("zoomed_chain"), { columns: 80, rows: 24 });
  const text = lines.join("\n");
  assert.match(
    text,
    /├ chain 40 {2}3 dups, 500 sharers .* at most 256 each, bytes c0ffee0000000000 ┤/,
  );
  for (const { node, frame, sharers, mappings } of chain.dups) {
    const full = sharers === TREES.maxPageSharing ? " full" : "  ";
    const row = new RegExp(
      `│ ${node} +${frame} +${sharers} .* ${mappings}${full}`,
    );
    assert.match(text, row);
  }
});

Deno.test("PROCESSES says all of ksm_stat, the verdict, and who shares with whom", async () => {
  const lines = await shown(view("zoomed_processes"), {
    columns: 120,
    rows: 40,
  });
  const cells = lines.map((line) =>
    line.replace(/^│/, "").replace(/│$/, "").trim().split(/ {2,}/)
  );
  const rows = cells.slice(2, 6);
  assert.deepEqual(rows, [
    [
      "process",
      "pid",
      "resident",
      "rmap items",
      "zero",
      "merging",
      "profit",
      "merge any",
      "mergeable",
      "verdict",
    ],
    [
      "vm-a",
      "1000",
      "10.0 MiB",
      "2 560",
      "12",
      "2 048",
      "+7.8 MiB",
      "no",
      "yes",
      "pays",
    ],
    [
      "vm-b",
      "1001",
      "10.0 MiB",
      "2 560",
      "0",
      "2 048",
      "-160.0 kiB",
      "yes",
      "yes",
      "costs",
    ],
    [
      "idle",
      "1002",
      "8.0 kiB",
      "0",
      "0",
      "0",
      "0 B",
      "no",
      "no",
      "not offered",
    ],
  ]);
  const text = lines.join("\n");
  assert.match(
    text,
    /├ vm-b {2}costs: -160\.0 kiB, 80\.5 rmap items a merged page, even at 64\.0 ─/,
  );
  assert.match(
    text,
    /│ 2 040 merged pages, 650 KSM pages, its part 490\.3 pages, 1\.9 MiB /,
  );
  assert.match(text, /│ all: 750 KSM pages, 150 of them in one process only /);
  const at = cells.findIndex(([title]) => title === "both map");
  assert.deepEqual(
    cells[at].slice(1),
    SHARING.processes.map(({ name }) => name),
  );
  for (const [index, { name }] of SHARING.processes.entries()) {
    const [label, ...pages] = cells[at + 1 + index];
    assert.equal(label, name);
    assert.deepEqual(pages.map(figure), SHARING.shared[index]);
  }
});

Deno.test("where there is no room for all pairs, those that share with the chosen one stand there", async () => {
  const names = Array.from({ length: 30 }, (_, index) => `vm-${index}`);
  const processes = names.map((name) => ({ ...SHARING.processes[0], name }));
  const shared = names.map((_, row) =>
    names.map((_, column) =>
      row === column ? 7 : (row + column) % 10 === 3 ? row + column : 0
    )
  );
  const snapshot = {
    ...DETAILED,
    processes: names.map((name) => ({ ...DETAILED.processes[0], name })),
  };
  const sharing = { ...SHARING, processes, shared };
  const screen = dashboardOn(answering(snapshot, { sharing }), {
    columns: 80,
    rows: 24,
  });
  screen.press("6", "down");
  const lines = screen.frame().split("\n");
  const at = lines.findIndex((line) => line.includes("shares with"));
  // vm-1 shares with vm-2, vm-12 and vm-22, the sums being 3, 13 and 23.
  assert.deepEqual(
    lines.slice(at + 1, at + 5).map((line) =>
      line.slice(1, -1).trim().split(/ {2,}/)
    ),
    [["vm-22", "23"], ["vm-12", "13"], ["within itself", "7"], ["vm-2", "3"]],
  );
});

Deno.test("EVENTS follows the newest until another one is chosen", () => {
  const screen = dashboardOn(answering(), { columns: 80, rows: 24 });
  screen.press("7");
  assert.match(screen.frame(), /EVENTS {2}the last 4 .* follows the newest/);
  const events = [
    ...DETAILED.events,
    {
      number: 5,
      timeMillis: 12_500,
      kind: "stale",
      text: "KSM page 9 is gone",
    } as const,
  ];
  const row = () =>
    screen.styledFrame().find((runs) => runs.some(({ inverse }) => inverse))
      ?.map(({ text }) => text).join("");
  const seen = {
    kind: "seen",
    stepped: false,
    ended: false,
    defect: undefined,
  } as const;
  screen.send({ ...seen, snapshot: { ...DETAILED, events } });
  assert.match(
    row() ?? "",
    /5 +12\.500s +\+0\.020s +× +stale +KSM page 9 is gone/,
  );
  screen.press("up");
  assert.match(row() ?? "", /4 +12\.480s/);
  screen.send({
    ...seen,
    snapshot: { ...DETAILED, events: [...events, { ...events[4], number: 6 }] },
  });
  assert.match(row() ?? "", /4 +12\.480s/);
  screen.press("end");
  assert.match(screen.frame(), /follows the newest/);
  screen.press("home");
  assert.match(row() ?? "", /1 +9\.980s +◆ +sample +booted/);
});

Deno.test("the source is asked for what is zoomed, and for nothing else", () => {
  const source = answering();
  const screen = dashboardOn(source, { columns: 120, rows: 40 });
  screen.press("1", "1", "7", "7");
  assert.deepEqual(source.asked, []);
  screen.press("3");
  // Where ksmd is.
  assert.deepEqual(source.asked.at(-1), {
    kind: "page",
    process: "vm-b",
    region: "ram",
    page: 3,
  });
  screen.press("l");
  assert.deepEqual(source.asked.at(-1), {
    kind: "page",
    process: "vm-b",
    region: "ram",
    page: 4,
  });
  screen.press("6");
  assert.deepEqual(source.asked.at(-1), { kind: "sharing" });
  screen.press("2");
  assert.deepEqual(source.asked.at(-1), { kind: "trees", levels: 6 });
});

Deno.test("what a source cannot tell is left out", () => {
  const screen = dashboardOn(still(DETAILED), { columns: 120, rows: 40 });
  screen.press("6");
  assert.doesNotMatch(screen.frame(), /verdict|both map|shares with/);
  assert.match(screen.frame(), /vm-a +1000/);
  screen.press("2");
  assert.doesNotMatch(screen.frame(), /LEVELS/);
  assert.match(screen.frame(), /stable nodes, batch by batch {2}now 8/);
  screen.press("3");
  assert.match(screen.frame(), /not to be seen from here/);
});

Deno.test("a click on the map asks about that page, and the wheel goes up and down", () => {
  const screen = dashboardOn(answering(), { columns: 120, rows: 40 });
  screen.press("3");
  const lines = screen.frame().split("\n");
  const row = lines.findIndex((line) => line.startsWith("│ vm-a"));
  const column = lines[row].indexOf("●");
  screen.click(column + 5, row);
  assert.deepEqual(screen.state.mapCursor, {
    process: "vm-a",
    region: "ram",
    page: 5,
  });
  assert.match(screen.frame(), /◎ vm-a ram\+5 {2}○ unshared/);
  screen.wheel(column, row, 1);
  assert.deepEqual(screen.state.mapCursor, {
    process: "vm-b",
    region: "ram",
    page: 5,
  });
  screen.click(0, row);
  assert.equal(screen.state.mapCursor?.process, "vm-b");
});
