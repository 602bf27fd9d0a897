/** Writing knobs while the picture is frozen: a write is to the machine as it is. */
import assert from "node:assert/strict";
import { Machine, MachineHistory } from "../../src/machine/mod.ts";
import { Timeline } from "../../src/observe/mod.ts";
import { staleTree } from "../../src/workload/builtin/stale_tree.ts";
import { demoVms } from "../../src/workload/builtin/demo_vms.ts";
import { openWorkload, type Workload } from "../../src/workload/mod.ts";
import {
  dashboardOn,
  type DashboardScreen,
} from "../golden/dashboard_screen.ts";

function screenOf(scene: Workload, speed: number): DashboardScreen {
  const machine = new Machine({ nodes: scene.nodes, timed: { seed: 1 } });
  const open = () => openWorkload(scene, { seed: 1 });
  const history = new MachineHistory(machine, open);
  const options = { columns: 120, rows: 40, speed };
  return dashboardOn(new Timeline(scene.name, history), options);
}

/** Opens the editor at the second knob, and writes. */
function write(screen: DashboardScreen, value: string): void {
  screen.press("K", "down", "enter");
  screen.type(value);
  screen.press("enter");
  screen.advance(50);
}

Deno.test("behind a frozen picture the machine has come to a defect: no knob can be written", () => {
  const screen = screenOf(staleTree, 4);
  screen.advance(50);
  screen.press("f");
  screen.advance(2000);
  assert.notEqual(screen.state.defect, undefined);
  write(screen, "50");
  assert.equal(screen.ending, undefined);
  assert.equal(screen.state.behind, undefined);
  assert.match(screen.state.notice ?? "", /^Nothing goes on after a defect/);
});

Deno.test("a write behind a frozen picture shows the machine that it is to", () => {
  const screen = screenOf(demoVms, 1);
  screen.advance(500);
  screen.press("space", "[", "[", "f", "space");
  screen.advance(1000);
  const { behind } = screen.state;
  assert.ok(behind !== undefined && behind.moment?.atEnd);
  screen.press("K", "down", "enter");
  assert.equal(screen.state.behind, undefined);
  assert.ok(!screen.frame().includes("what came later is forgotten"));
  screen.type("55");
  screen.press("enter");
  screen.advance(50);
  assert.ok(screen.state.snapshot.timeMillis >= behind.snapshot.timeMillis);
  assert.equal(screen.state.snapshot.knobs["pages_to_scan"], "55");
  assert.match(screen.frame(), /pages_to_scan +55/);
});
