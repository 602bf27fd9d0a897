/** The mouse on the dashboard: clicks and the wheel. */
import assert from "node:assert/strict";
import { dashboardOn, still } from "../golden/dashboard_screen.ts";
import { BUSY } from "./dashboard_busy.ts";
import { SMALL } from "./dashboard_snapshots.ts";
import { WritableSource } from "./dashboard_writable.ts";

const SIZE = { columns: 120, rows: 40 };

/** The cell where a text begins. */
function cellOf(frame: string, text: string): [column: number, row: number] {
  const lines = frame.split("\n");
  const row = lines.findIndex((line) => line.includes(text));
  if (row < 0) throw new Error(`no row with ${text}`);
  return [lines[row].indexOf(text), row];
}

function busy() {
  const screen = dashboardOn(still(BUSY), SIZE);
  return {
    screen,
    click: (text: string) => screen.click(...cellOf(screen.frame(), text)),
    wheel: (text: string, steps: number) =>
      screen.wheel(...cellOf(screen.frame(), text), steps),
  };
}

Deno.test("mouse: a click gives the focus, the second one zooms, a key between them counts", () => {
  const { screen, click } = busy();
  click("scanning vm-b");
  assert.deepEqual([screen.state.focused, screen.state.zoomed], [
    "ksmd",
    undefined,
  ]);
  screen.press("f", "f");
  click("scanning vm-b");
  assert.equal(screen.state.zoomed, undefined);
  click("scanning vm-b");
  assert.equal(screen.state.zoomed, "ksmd");
});

Deno.test("mouse: a click on a heading zooms, and on that of the zoomed panel leads back", () => {
  for (
    const [heading, panel] of [
      ["MEMORY", "memory"],
      ["TREES", "trees"],
      ["PAGE MAP", "map"],
      ["LOCKS", "locks"],
      ["KSMD", "ksmd"],
      ["ACTORS", "ksmd"],
      ["PROCESSES", "processes"],
      ["EVENTS", "events"],
    ] as const
  ) {
    const { screen, click } = busy();
    click(heading);
    assert.equal(screen.state.zoomed, panel, heading);
  }
  const { screen, click } = busy();
  click("EVENTS");
  click("EVENTS");
  assert.equal(screen.state.zoomed, undefined);
});

Deno.test("mouse: a click on a title sorts, a second one turns it round", () => {
  const { screen, click } = busy();
  click("profit");
  assert.deepEqual(screen.state.sorts.processes, {
    by: "profit",
    descending: true,
  });
  assert.match(screen.frame(), /▼profit/);
  click("profit");
  assert.match(screen.frame(), /▲profit/);
  const rows = screen.frame().split("\n").filter((line) =>
    /│ vm-[ab] +100/.test(line)
  );
  assert.match(rows[0], /vm-b/);
  click("hold-avg");
  assert.deepEqual(screen.state.sorts.locks, {
    by: "hold-avg",
    descending: true,
  });
  // 2 ms are the longest hold on average.
  const [, first] = screen.frame().split("\n")
    .slice(cellOf(screen.frame(), "▼hold-avg")[1]);
  assert.match(first, /ksm_thread_mutex/);
  assert.equal(screen.state.zoomed, undefined);
});

Deno.test("mouse: in a zoomed list a click chooses a row, and the wheel the next one", () => {
  const { screen, click, wheel } = busy();
  screen.press("4");
  click("folio_lock");
  assert.equal(screen.state.chosen, "folio_lock");
  wheel("folio_lock", -1);
  assert.equal(screen.state.chosen, "&mm->mmap_lock-W");
  click("contentions");
  assert.deepEqual(screen.state.sorts.locks, {
    by: "contentions",
    descending: true,
  });
});

Deno.test("mouse: among other panels the wheel scrolls lists within their bounds", () => {
  const events = Array.from({ length: 60 }, (_, number) => ({
    number,
    timeMillis: number,
    kind: "label" as const,
    text: `label-${number}`,
  }));
  const screen = dashboardOn(still({ ...BUSY, events }), SIZE);
  const at = () => cellOf(screen.frame(), "EVENTS");
  const turn = (steps: number) => screen.wheel(at()[0], at()[1] + 2, steps);
  assert.match(screen.frame(), /label-59 /);
  turn(-5);
  assert.doesNotMatch(screen.frame(), /label-55 /);
  assert.match(screen.frame(), /label-54 /);
  turn(-100);
  assert.match(screen.frame(), /label-0 /);
  turn(100);
  assert.match(screen.frame(), /label-59 /);
});

Deno.test("mouse: in a menu a click chooses, and a click on what is chosen takes it", () => {
  const source = new WritableSource();
  const screen = dashboardOn(source, SIZE);
  screen.press("k");
  const click = (text: string) => screen.click(...cellOf(screen.frame(), text));
  click("smart_scan ");
  const { dialog } = screen.state;
  assert.equal(dialog?.kind === "knobs" && dialog.chosen, 3);
  click("smart_scan ");
  screen.type("102");
  const [column, row] = cellOf(screen.frame(), "102 ");
  screen.click(column + 1, row);
  screen.press("backspace");
  assert.match(screen.frame(), /smart_scan: 02/);
  // What lies under the editor is out of reach.
  click("MEMORY");
  assert.equal(screen.state.zoomed, undefined);
});

Deno.test("mouse: it reaches nothing where there is nothing", () => {
  const screen = dashboardOn(still(SMALL), { columns: 30, rows: 2 });
  const before = screen.frame();
  screen.click(3, 0);
  screen.wheel(3, 1, 2);
  assert.equal(screen.frame(), before);
});
