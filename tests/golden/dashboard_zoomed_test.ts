/** Pictures of the zoomed panels that ask for details, and how one goes about them. */
import assert from "node:assert/strict";
import { answering, DETAILED } from "../unit/dashboard_details.ts";
import { region } from "../unit/dashboard_snapshots.ts";
import { assertFrame, dashboardOn, still } from "./dashboard_screen.ts";
import { shown, SIZES, VIEWS } from "./dashboard_zoomed.ts";
import { seen } from "../unit/dashboard_seen.ts";

for (const [name] of VIEWS) {
  for (const [columns, rows] of SIZES) {
    const file = `dashboard_${name}_${columns}x${rows}`;
    Deno.test(`${file}: its picture, with and without colours`, async () => {
      const expected = await shown(name, { columns, rows });
      assertFrame(file, expected);
      const plain = await shown(name, { columns, rows, color: false });
      // Without colours the parts of the one bar of several parts differ by their fills.
      const sum = plain.findIndex((line) => /^. {3}all /.test(line));
      if (sum >= 0) plain[sum] = expected[sum];
      assert.deepEqual(plain, expected);
    });
  }
  for (const [columns, rows] of SIZES) {
    const file = `dashboard_${name}_${columns}x${rows}_ascii`;
    Deno.test(`${file}: its picture, and nothing but ASCII`, async () => {
      const lines = await shown(name, { columns, rows, ascii: true });
      assertFrame(file, lines);
      assert.match(lines.join(""), /^[\x20-\x7e]*$/);
    });
  }
}

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
  screen.send(seen({ ...DETAILED, events }));
  assert.match(
    row() ?? "",
    /5 +12\.500s +\+0\.020s +† +stale +KSM page 9 is gone/,
  );
  screen.press("up");
  assert.match(row() ?? "", /4 +12\.480s/);
  const more = [...events, { ...events[4], number: 6 }];
  screen.send(seen({ ...DETAILED, events: more }));
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

Deno.test("a map that scrolls says which rows are seen", () => {
  const [first] = DETAILED.processes;
  const regions = [region("ram", "m".repeat(2000))];
  const snapshot = { ...DETAILED, processes: [{ ...first, regions }] };
  const screen = dashboardOn(still(snapshot), { columns: 100, rows: 24 });
  screen.press("3");
  assert.doesNotMatch(screen.frame(), /rows \d+-/);
  // 2000 pages in rows of 91 cells: the columns less walls, label and a space. Nine rows are seen.
  screen.press("z", "z", "z", "z");
  assert.match(screen.frame(), /1 cell = 1 page {2}rows 1-9 of 22 /);
  for (let row = 0; row < 21; row++) screen.press("j");
  assert.match(screen.frame(), /rows 14-22 of 22 /);
});

Deno.test("a click on a row of a table chooses it, and the wheel those beside it", () => {
  const screen = dashboardOn(answering(), { columns: 120, rows: 40 });
  const clickOn = (text: string) => {
    const lines = screen.frame().split("\n");
    screen.click(5, lines.findIndex((line) => line.startsWith(`│   ${text}`)));
  };
  screen.press("6");
  clickOn("idle");
  assert.equal(screen.state.chosen, "idle");
  screen.wheel(5, 5, -1);
  assert.equal(screen.state.chosen, "vm-b");
  screen.press("2");
  clickOn("chain 40");
  assert.match(screen.frame(), /├ chain 40 on NUMA node 0 {2}3 dups/);
});
