/**
 * `dashboard`: a workload to look at.
 *
 * @module
 */
import { MachineHistory } from "../machine/mod.ts";
import { Timeline } from "../observe/mod.ts";
import { DEFAULT_SEED } from "../workload/mod.ts";
import { EXIT } from "./exit.ts";
import { runWorkload } from "./run_command.ts";
import { type MachineSettings, simulatedMachine } from "./simulated_machine.ts";
import type { Streams } from "./streams.ts";
import type { LoadedWorkload } from "./workload_file.ts";

/** How the dashboard shows a workload. */
export interface DashboardOptions
  extends Pick<MachineSettings, "knobs" | "nodes"> {
  /** Virtual seconds in a real one. */
  readonly speed: number | undefined;
  /** The seed of the workload's random numbers, and of the machine's. */
  readonly seed: number | undefined;
  /** Whether to do without colours. */
  readonly noColor: boolean;
  /** Whether to draw with ASCII characters only. */
  readonly ascii: boolean;
}

/** Shows a workload live; answers the exit code. Without a terminal, it prints plain samples. */
export async function showDashboard(
  workload: LoadedWorkload,
  options: DashboardOptions,
  streams: Streams,
): Promise<number> {
  const { ascii, knobs, nodes, noColor, seed = DEFAULT_SEED, speed = 1 } =
    options;
  const settings = { knobs, nodes, seed };
  if (!streams.isInteractive) return runWorkload(workload, settings, streams);
  const machine = simulatedMachine(workload, settings);
  const history = new MachineHistory(machine, () => workload.open(seed));
  // Loaded only here, so that no other command waits for it.
  const { runDashboard } = await import("../dashboard/mod.ts");
  const shown = new Timeline(workload.name, history);
  const ending = await runDashboard(shown, {
    speed,
    caption: workload.origin.title,
    color: !noColor && !Deno.noColor,
    ascii,
  });
  if (ending.kind === "error") throw ending.error;
  if (ending.kind === "signal") return EXIT[ending.name];
  if (shown.defect !== undefined) throw shown.defect;
  return EXIT.ok;
}
