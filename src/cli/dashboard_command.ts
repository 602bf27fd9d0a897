/**
 * `dashboard`: a workload to look at.
 *
 * @module
 */
import { MachineHistory } from "../machine/mod.ts";
import { SessionRecorder, type Source, Timeline } from "../observe/mod.ts";
import type { OpenedWorkload } from "../dashboard/app.ts";
import type { ThemeName } from "../dashboard/theme_names.ts";
import { BUILTINS, DEFAULT_SEED } from "../workload/mod.ts";
import { EXIT, usersError } from "./exit.ts";
import { openText, saveNew } from "./files.ts";
import { runWorkload } from "./run_command.ts";
import { type MachineSettings, simulatedMachine } from "./simulated_machine.ts";
import type { Streams } from "./streams.ts";
import { builtinWorkload, type LoadedWorkload } from "./workload_file.ts";

/** How the dashboard shows a workload. */
export interface DashboardOptions
  extends Pick<MachineSettings, "knobs" | "nodes"> {
  /** The file that the session is recorded to; not recorded when missing. */
  readonly record?: string | undefined;
  /** Virtual seconds in a real one. */
  readonly speed: number | undefined;
  /** The seed of the workload's random numbers, and of the machine's. */
  readonly seed: number | undefined;
  /** How it looks at first. */
  readonly theme: ThemeName | undefined;
  /** Whether to leave the mouse to the terminal. */
  readonly noMouse: boolean;
  /** Whether to do without colours. */
  readonly noColor: boolean;
  /** Whether to draw with ASCII characters only. */
  readonly ascii: boolean;
}

/** A workload on a machine of its own, recorded where a recorder is given. */
function started(
  workload: LoadedWorkload,
  settings: MachineSettings,
  recorder?: SessionRecorder,
): OpenedWorkload {
  const machine = simulatedMachine(workload, settings);
  const open = () => workload.open(settings.seed);
  const history = new MachineHistory(machine, open);
  const source = new Timeline(workload.name, history, recorder);
  return { source, caption: workload.origin.title };
}

/**
 * Starts built-in workloads in the place of `first`, by the same settings: but the
 * nodes that were asked for are those of the machine of `first` alone.
 */
export function workloadOpener(
  first: LoadedWorkload,
  settings: MachineSettings,
): (name: string) => OpenedWorkload {
  const { nodes: _, ...rest } = settings;
  return (name) => {
    const workload = builtinWorkload(name);
    const isFirst = workload.origin === first.origin;
    return started(workload, isFirst ? settings : rest);
  };
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
  const recorder = record === undefined
    ? undefined
    : new SessionRecorder(openText(record), workload.origin.title);
  const first = started(workload, settings, recorder);
  // A session is of one machine.
  const open = recorder === undefined
    ? workloadOpener(workload, settings)
    : undefined;
  return showSource(first, options, open);
}

/** How any source is shown. */
export type LookOptions = Pick<
  DashboardOptions,
  "speed" | "theme" | "noMouse" | "noColor" | "ascii"
>;

/** Shows a source on the terminal until the user leaves; answers the exit code. With `open` one can go on with built-in workloads. */
export async function showSource(
  first: OpenedWorkload,
  { ascii, noColor, noMouse, speed = 1, theme }: LookOptions,
  open?: (name: string) => OpenedWorkload,
): Promise<number> {
  // Loaded only here, so that no other command waits for it.
  const { runDashboard } = await import("../dashboard/mod.ts");
  let shown = first.source;
  const options = {
    speed,
    theme,
    caption: first.caption,
    workloads: open === undefined ? [] : BUILTINS,
    mouse: !noMouse,
    color: !noColor && !Deno.noColor,
    ascii,
  };
  const ports = {
    save: saveNew,
    usersError,
    shows: (source: Source) => {
      shown = source;
    },
    ...(open && { open }),
  };
  const ending = await runDashboard(shown, options, ports);
  if (ending.kind === "error") throw ending.error;
  if (ending.kind === "signal") return EXIT[ending.name];
  if (shown.defect !== undefined) throw shown.defect;
  return EXIT.ok;
}
