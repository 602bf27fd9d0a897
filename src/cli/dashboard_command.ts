/**
 * `dashboard`: a workload to look at.
 *
 * @module
 */
import { SAMPLE_FORMATS } from "../observe/mod.ts";
import { runWorkload } from "./run_command.ts";
import type { Streams } from "./streams.ts";
import type { KnobSetting } from "./values.ts";
import type { LoadedWorkload } from "./workload_file.ts";

/** How the dashboard shows a workload. */
export interface DashboardOptions {
  /** Virtual seconds in a real one. */
  readonly speed: number | undefined;
  /** The seed of the workload's random numbers. */
  readonly seed: number | undefined;
  /** Written before the workload starts. */
  readonly knobs: readonly KnobSetting[];
}

/** Shows a workload live; answers the exit code. Where nobody looks, it prints plain samples. */
export function showDashboard(
  workload: LoadedWorkload,
  { knobs, seed }: DashboardOptions,
  streams: Streams,
): number {
  const options = { format: SAMPLE_FORMATS.table, until: undefined };
  return runWorkload(workload, { ...options, knobs, seed }, streams);
}
