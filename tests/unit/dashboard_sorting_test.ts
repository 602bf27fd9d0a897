/** Rows are sorted by columns that are seen, and it is always seen by which. */
import assert from "node:assert/strict";
import { dashboardOn, still } from "../golden/dashboard_screen.ts";
import { BUSY } from "./dashboard_busy.ts";

/** What s sorts by, press for press, until rows stand as they come again. */
function sorted(
  columns: number,
  rows: number,
  panel: "locks" | "ksmd" | "processes",
  ...keys: string[]
): string[] {
  const screen = dashboardOn(still(BUSY), { columns, rows });
  screen.frame();
  screen.press(...keys);
  screen.frame();
  const titles: string[] = [];
  for (;;) {
    screen.press("s");
    const by = screen.state.sorts[panel]?.by;
    if (by === undefined) return titles;
    // An arrow stands at the title.
    const text = screen.frame();
    const title = by === "contentions" && panel === "locks" && keys.length > 1
      ? "contended"
      : by;
    assert.ok(
      ["▲", "▼"].some((arrow) =>
        text.includes(arrow + title) || text.includes(title + arrow)
      ),
      `no arrow at ${title} in\n${text}`,
    );
    titles.push(by);
  }
}

Deno.test("s goes through the columns that are seen", () => {
  assert.deepEqual(sorted(80, 24, "locks", "4"), [
    "lock class",
    "contentions",
    "wait-max",
    "wait-total",
    "hold-avg",
  ]);
  assert.equal(sorted(200, 60, "locks", "4").length, 13);
  assert.deepEqual(sorted(60, 15, "processes", "6"), [
    "process",
    "rmap items",
    "merging",
    "zero",
    "profit",
  ]);
  // KIND and what was waited have no room among other panels.
  const toKsmd = ["l", "l", "l", "l", "l"];
  assert.deepEqual(sorted(120, 40, "ksmd", ...toKsmd), [
    "actor",
    "state",
    "cpu",
  ]);
  const toLocks = ["l", "l", "l", "l"];
  assert.deepEqual(sorted(80, 24, "locks", ...toLocks), [
    "contentions",
    "wait-total",
    "wait-max",
  ]);
});

Deno.test("where the sorted column has no room any more, the heading says by which it is", () => {
  const screen = dashboardOn(still(BUSY), { columns: 120, rows: 40 });
  screen.frame();
  screen.press("4");
  screen.frame();
  screen.press("s", "s", "s", "s", "s");
  assert.equal(screen.state.sorts.locks?.by, "wait-avg");
  assert.match(screen.frame(), /▼wait-avg/);
  screen.resize(80, 24);
  screen.frame();
  assert.match(screen.frame().split("\n")[1], /LOCKS {2}▼wait-avg /);
});

Deno.test("an arrow takes no room from columns: all that fits without a sort fits with one", () => {
  const screen = dashboardOn(still(BUSY), { columns: 120, rows: 40 });
  screen.press("4");
  const titles = () => screen.frame().split("\n")[2].replaceAll(/[▲▼]/g, " ");
  const before = titles();
  assert.match(before, /hold-max/);
  for (let press = 0; press < 10; press++) {
    screen.press("s");
    assert.equal(titles(), before);
  }
});

Deno.test("keys that come faster than frames sort by the columns of what they have zoomed", () => {
  for (
    const [columns, rows, panel, keys, expected] of [
      [120, 40, "locks", ["4", "s", "s"], "contentions"],
      [120, 40, "locks", ["4", "s", "s", "s"], "wait-max"],
      [60, 15, "processes", ["6", "s", "s"], "rmap items"],
      // Back among others, there is what was seen there.
      [120, 40, "ksmd", ["5", "5", "s", "s", "s"], "cpu"],
      [80, 24, "locks", ["4", "escape", "s"], "contentions"],
    ] as const
  ) {
    const screen = dashboardOn(still(BUSY), { columns, rows });
    screen.frame();
    screen.press(...keys);
    assert.equal(screen.state.sorts[panel]?.by, expected, keys.join(" "));
  }
});
