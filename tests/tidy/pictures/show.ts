/**
 * The dashboard on a built-in workload, on a screen in memory, as the README and
 * the recording show it: the same bytes each time.
 *
 * @module
 */
import { dashboardApp } from "../../../src/dashboard/app.ts";
import type { DashboardState } from "../../../src/dashboard/state.ts";
import type { Message } from "../../../src/dashboard/update.ts";
import { Machine, MachineHistory } from "../../../src/machine/mod.ts";
import { Timeline } from "../../../src/observe/mod.ts";
import { mount, type Mounted } from "../../../src/tui/testing/mod.ts";
import {
  BUILTINS,
  DEFAULT_SEED,
  openWorkload,
} from "../../../src/workload/mod.ts";

/** Starts a built-in workload on a screen. */
export function show(
  name: string,
  size: { readonly columns: number; readonly rows: number },
): Mounted<DashboardState, Message> {
  const workload = BUILTINS.find((each) => each.name === name);
  if (workload === undefined) throw new RangeError(`There is no ${name}`);
  const { nodes } = workload;
  const machine = new Machine({ nodes, timed: { seed: DEFAULT_SEED } });
  const open = () => openWorkload(workload, { seed: DEFAULT_SEED });
  const source = new Timeline(name, new MachineHistory(machine, open));
  let screen: Mounted<DashboardState, Message> | undefined = undefined;
  const now = () => screen?.terminal.now() ?? 0;
  const options = { speed: 1, caption: workload.title };
  screen = mount(dashboardApp(source, options, now), size);
  return screen;
}
