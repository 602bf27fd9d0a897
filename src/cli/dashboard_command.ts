/**
 * `dashboard`: a workload to look at.
 *
 * @module
 */
import { MachineHistory } from "../machine/mod.ts";
import { SessionRecorder, type Source, Timeline } from "../observe/mod.ts";
import { DEFAULT_SEED } from "../workload/mod.ts";
import { EXIT } from "./exit.ts";
import { openText } from "./files.ts";
import { runWorkload } from "./run_command.ts";
import { type MachineSettings, simulatedMachine } from "./simulated_machine.ts";
import type { Streams } from "./streams.ts";
import type { LoadedWorkload } from "./workload_file.ts";

/** How the dashboard shows a workload. */
export interface DashboardOptions
  extends Pick<MachineSettings, "knobs" | "nodes"> {
  /** The file that the session is recorded to; not recorded when missing. */
  readonly record?: string | undefined;
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
export function showDashboard(
  workload: LoadedWorkload,
  options: DashboardOptions,
  streams: Streams,
): number | Promise<number> {
  const { knobs, nodes, record, seed = DEFAULT_SEED } = options;
  const settings = { knobs, nodes, seed };
  if (!streams.isInteractive) {
    return runWorkload(workload, { ...settings, record }, streams);
  }
  const machine = simulatedMachine(workload, settings);
  const history = new MachineHistory(machine, () => workload.open(seed));
  const recorder = record === undefined
    ? undefined
    : new SessionRecorder(openText(record));
  const shown = new Timeline(workload.name, history, recorder);
  return showSource(shown, { ...options, caption: workload.origin.title });
}

/** How any source is shown. */
export interface LookOptions
  extends Pick<DashboardOptions, "speed" | "noColor" | "ascii"> {
  /** What to watch in it. */
  readonly caption?: string;
}

/** Shows a source on the terminal until the user leaves; answers the exit code. */
export async function showSource(
  source: Source,
  { ascii, caption, noColor, speed = 1 }: LookOptions,
): Promise<number> {
  // Loaded only here, so that no other command waits for it.
  const { runDashboard } = await import("../dashboard/mod.ts");
  const ending = await runDashboard(source, {
    speed,
    ...(caption === undefined ? {} : { caption }),
    color: !noColor && !Deno.noColor,
    ascii,
  });
  if (ending.kind === "error") throw ending.error;
  if (ending.kind === "signal") return EXIT[ending.name];
  if (source.defect !== undefined) throw source.defect;
  return EXIT.ok;
}
