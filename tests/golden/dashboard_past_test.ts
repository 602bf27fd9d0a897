/** In the past the top line says how far back one is: the time that is seen, and the latest that was. */
import assert from "node:assert/strict";
import { Machine, MachineHistory } from "../../src/machine/mod.ts";
import { Timeline } from "../../src/observe/mod.ts";
import { demoVms } from "../../src/workload/builtin/demo_vms.ts";
import { openWorkload } from "../../src/workload/mod.ts";
import { dashboardOn, shownCells, textOf } from "./dashboard_screen.ts";

function start(columns: number, rows: number) {
  const open = () => openWorkload(demoVms);
  const history = new MachineHistory(new Machine({ timed: {} }), open);
  const screen = dashboardOn(new Timeline("demo-vms", history), {
    columns,
    rows,
    speed: 4,
  });
  while (screen.state.snapshot.timeMillis < 10_000) screen.advance(200);
  screen.press("space");
  return screen;
}

const seconds = (millis: number) => (millis / 1000).toFixed(3);

for (const [columns, rows] of [[120, 40], [80, 24], [60, 15]]) {
  Deno.test(`the past at ${columns}x${rows}: the time of how much was seen, in columns that stay`, async () => {
    const screen = start(columns, rows);
    const seen = seconds(screen.state.snapshot.timeMillis);
    const header = async () => textOf(await shownCells(screen))[0];
    assert.ok((await header()).includes(`  t=${seen}s ┐`));
    const ends = new Set<number>();
    for (const key of ["[", "{", "{", "{", "[", "]"]) {
      screen.press(key);
      const now = seconds(screen.state.snapshot.timeMillis);
      assert.ok(Number(now) < Number(seen));
      const line = await header();
      const place = `t=${now.padStart(seen.length)} of ${seen}s ┐`;
      assert.ok(line.endsWith(place), line);
      ends.add(line.indexOf(" t="));
    }
    assert.equal(ends.size, 1);
    screen.press("G");
    assert.ok((await header()).includes(`  t=${seen}s ┐`));
  });
}
