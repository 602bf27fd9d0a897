/**
 * Lists: what passes a filter passes it zoomed, too; what nothing passes says
 * so; and their columns stay where they are, whichever rows are seen.
 */
import assert from "node:assert/strict";
import type { LockFigures, Snapshot } from "../../src/observe/snapshot.ts";
import { BUSY, figures, lockClass } from "../unit/dashboard_busy.ts";
import { answering, DETAILED, TREES } from "../unit/dashboard_details.ts";
import { SMALL } from "../unit/dashboard_snapshots.ts";
import { dashboardOn, still } from "./dashboard_screen.ts";

/** The lines of a screen on which some panel is filtered. */
function filtered(
  keys: readonly string[],
  filter: string,
  snapshot: Snapshot = BUSY,
  size = { columns: 120, rows: 40 },
): string[] {
  const screen = dashboardOn(still(snapshot), size);
  screen.press(...keys, "/");
  screen.type(filter);
  screen.press("enter");
  return screen.frame().split("\n");
}

/** Waits of a lock in microseconds. */
const waited = (micros: number): LockFigures =>
  figures({
    contentions: 1,
    waitMaxNanos: micros * 1000,
    waitTotalNanos: micros * 1000,
    acquisitions: 1,
  });

Deno.test("contended locks stand in the order of the waits that are shown", () => {
  // By readers and writers together: vm-1, vm-2, vm-3.
  const reads = [900, 500, 100];
  const writes = [30, 20, 40];
  const instances = [0, 1, 2].map((index) => ({
    instance: index + 1,
    name: `vm-${index + 1}`,
    exclusive: waited(writes[index]),
    shared: waited(reads[index]),
  }));
  const mmap = lockClass("&mm->mmap_lock", "rwsem", {
    exclusive: waited(90),
    shared: waited(1500),
    instances,
  });
  const locks = { classes: [mmap], waiting: [] };
  const screen = dashboardOn(still({ ...SMALL, locks }), {
    columns: 120,
    rows: 40,
  });
  const order = () => {
    const lines = screen.frame().split("\n");
    const at = lines.findIndex((line) => line.includes("contended lock"));
    return lines.slice(at + 1, at + 4).map((line) => /vm-\d/.exec(line)?.[0]);
  };
  screen.press("4");
  assert.match(screen.frame(), /├ &mm->mmap_lock-R/);
  assert.deepEqual(order(), ["vm-1", "vm-2", "vm-3"]);
  screen.press("down");
  assert.match(screen.frame(), /├ &mm->mmap_lock-W/);
  assert.deepEqual(order(), ["vm-3", "vm-1", "vm-2"]);
});

Deno.test("a filter that one lock of a class passes lets the class be seen zoomed", () => {
  const lines = filtered(["4"], "vm-a");
  assert.match(lines[1], /├ LOCKS {2}\/vm-a\/ 1 /);
  // Only readers have waited for that of vm-a.
  assert.match(lines[3], /❯ &mm->mmap_lock-R /);
  // Whoever waits, and whoever keeps them waiting, is on the screen as well.
  assert.match(filtered(["4"], "compaction")[3], /❯ folio_lock /);
  assert.match(filtered(["4"], "writer-2")[3], /❯ &mm->mmap_lock-W /);
});

Deno.test("where nothing passes a filter, each list says so under its titles", () => {
  const lists: readonly [string, RegExp | undefined][] = [
    ["4", /lock class .* wait-total /],
    ["5", /actor .* state .* doing /],
    ["6", /process .* merging .* profit /],
    ["7", undefined],
  ];
  for (const size of [{ columns: 120, rows: 40 }, { columns: 80, rows: 24 }]) {
    for (const [key, titles] of lists) {
      const lines = filtered([key], "nosuch", BUSY, size);
      const at = lines.findIndex((line) =>
        line.includes('no row has "nosuch"')
      );
      assert.ok(at > 0, lines.join("\n"));
      if (titles !== undefined) assert.match(lines[at - 1], titles);
      // Nothing but frame and headings has no wall at its left.
      for (const line of lines) assert.match(line, /^[┌│├└]/);
      // Among other panels, too.
      const others = dashboardOn(still(BUSY), size);
      others.press(key, key, "/");
      others.type("nosuch");
      others.press("enter");
      const seen = others.frame();
      if (size.rows === 40) assert.match(seen, /no row has "nosuch"/);
    }
  }
});

Deno.test("the columns of a list stay where they are when a filter leaves rows out", () => {
  const [process] = BUSY.processes;
  const long = {
    ...BUSY,
    processes: [...BUSY.processes, { ...process, name: "a-long-name-of-it" }],
  };
  for (
    const [key, title, filter] of [
      ["4", "wait-total", "ksm_thread_mutex"],
      ["5", "state", "stat"],
      ["6", "merging", "vm-a"],
    ]
  ) {
    const place = (lines: readonly string[]) =>
      lines.find((line) => line.includes(title))?.indexOf(title);
    const all = place(filtered([key], "", long));
    assert.ok(all !== undefined);
    assert.equal(place(filtered([key], filter, long)), all, title);
    assert.equal(place(filtered([key], "nosuch", long)), all, title);
  }
});

Deno.test("the columns of PROCESSES stay where they are while figures grow", () => {
  const [process, ...others] = SMALL.processes;
  const titles = (processProfit: number, residentPages: number) => {
    const changed = { ...process, processProfit, residentPages };
    const processes = [changed, ...others];
    const screen = dashboardOn(still({ ...SMALL, processes }), {
      columns: 120,
      rows: 40,
    });
    screen.press("6");
    return screen.frame().split("\n")[2];
  };
  const small = titles(4096, 1);
  assert.match(small, /resident .* profit/);
  // +1023.0 kiB and 1020.0 kiB, the longest that there are.
  assert.equal(titles(1023 * 1024, 255), small);
  assert.equal(titles(-1023 * 1024, 255 * 256), small);
});

Deno.test("where not all chains have lines, TREES says how many of them do, and which", () => {
  const [chain] = TREES.chains;
  const chains = [40, 50, 60].map((node) => ({ ...chain, node }));
  const shown = (stableNodeChains: number, rows: number) => {
    const counters = { ...DETAILED.counters, stableNodeChains };
    const trees = { ...TREES, chains, chainCount: stableNodeChains };
    const source = answering({ ...DETAILED, counters }, { trees });
    const screen = dashboardOn(source, { columns: 80, rows });
    screen.press("2");
    return screen.frame();
  };
  for (const rows of [40, 24]) {
    assert.match(
      shown(1179, rows),
      /│ listed: 3 of 1 179 chains, those with the most sharers /,
    );
    assert.doesNotMatch(shown(3, rows), /listed/);
  }
});

Deno.test("the counts of ACTORS add up where there is room, and an actor that sleeps does so until something", () => {
  const text = filtered(["5"], "").join("\n");
  const found =
    /ACTORS {2}(\d+) .* (\d) running {2}. (\d) waiting {2}. (\d) sleeping {2}. (\d) idle {2}. (\d) done/
      .exec(text);
  const [all, ...counts] = (found ?? []).slice(1).map(Number);
  assert.equal(all, BUSY.actors?.length);
  assert.equal(counts.reduce((sum, count) => sum + count, 0), all);
  const asleep = filtered(["5"], "until").join("\n");
  assert.match(asleep, /│ sleeps {9}until 12\.5 s /);
  assert.match(text, /│ does {11}fill ram 0\.\.4 /);
});

Deno.test("where a panel is zoomed, h and l go to the one beside it, and the zoom goes along", () => {
  const screen = dashboardOn(still(BUSY), { columns: 120, rows: 40 });
  screen.frame();
  screen.press("4", "l");
  assert.equal(screen.state.zoomed, "ksmd");
  screen.press("left", "h", "h");
  // The page map has its own h, which moves its cursor.
  assert.equal(screen.state.zoomed, "map");
  screen.press("2", "h");
  assert.equal(screen.state.zoomed, "memory");
  screen.press("right");
  assert.equal(screen.state.zoomed, "trees");
});
