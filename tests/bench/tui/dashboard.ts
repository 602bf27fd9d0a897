/**
 * The dashboard on the demo workload, batch by batch.
 *
 * @module
 */
import { Driver, Machine } from "../../../src/machine/mod.ts";
import { MachineSource, type Snapshot } from "../../../src/observe/mod.ts";
import { BUILTINS, openWorkload } from "../../../src/workload/mod.ts";
import { dashboardOn, still } from "../../golden/dashboard_screen.ts";
import { COLUMNS, type Contender, type FrameCost, ROWS } from "./screen.ts";
import { seen } from "../../unit/dashboard_seen.ts";

/** What there is to see of the demo after each of its first batches. */
export function demoSnapshots(count: number): readonly Snapshot[] {
  const demo = BUILTINS.find(({ name }) => name === "demo-vms");
  if (demo === undefined) throw new Error("there is no demo-vms");
  const driver = new Driver(new Machine({ timed: {} }), openWorkload(demo));
  const source = new MachineSource(demo.name, driver);
  return Array.from({ length: count }, () => {
    source.advance("batch");
    return source.snapshot();
  });
}

/** The dashboard, drawing snapshots into memory; what made them is not measured. */
export function dashboard(snapshots: readonly Snapshot[]): Contender {
  const size = { columns: COLUMNS, rows: ROWS };
  const screen = dashboardOn(still(snapshots[0]), size);
  screen.press("space");
  const show = (frame: number): FrameCost => {
    const snapshot = snapshots[frame % snapshots.length];
    const start = performance.now();
    screen.send(seen(snapshot));
    screen.frame();
    const millis = performance.now() - start;
    return { millis, output: screen.terminal.written.splice(0).join("") };
  };
  return {
    name: "dashboard",
    show: (frame) => Promise.resolve(show(frame)),
    close: () => screen.press("q"),
  };
}
