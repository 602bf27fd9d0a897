/**
 * `run`: a workload without a dashboard.
 *
 * @module
 */
import { Machine } from "../machine/mod.ts";
import { MACHINE_MODEL, type SampleFormat } from "../observe/mod.ts";
import { DEFAULT_SEED } from "../workload/mod.ts";
import { EXIT } from "./exit.ts";
import { setKnobs } from "./knobs.ts";
import { samplesOf } from "./sampling.ts";
import type { Streams } from "./streams.ts";
import type { KnobSetting, Until } from "./values.ts";
import type { LoadedWorkload } from "./workload_file.ts";

/** Full scans of an endless workload when nobody says how many, and nobody is there to stop it. */
const ENDLESS_SCANS = 10;

/** How a workload runs. */
export interface RunOptions {
  /** How samples are printed. */
  readonly format: SampleFormat;
  /** When the run may end. */
  readonly until: Until | undefined;
  /** The seed of its random numbers. */
  readonly seed: number | undefined;
  /** Written before it starts. */
  readonly knobs: readonly KnobSetting[];
}

/** Runs a workload and prints samples as they come; answers the exit code. */
export function runWorkload(
  workload: LoadedWorkload,
  options: RunOptions,
  streams: Streams,
): number {
  const { format, knobs, seed = DEFAULT_SEED } = options;
  const { files, nodes } = workload;
  const machine = new Machine({ files, nodes });
  setKnobs(machine, knobs);
  const source = workload.open(seed);
  const isBounded = !source.endless || streams.isTerminal;
  const until = options.until ??
    (isBounded ? undefined : { scans: ENDLESS_SCANS });
  const { name } = workload;
  streams.out(format.begin({ title: name, model: MACHINE_MODEL, seed }));
  let count = 0;
  for (const sample of samplesOf(machine, source, until)) {
    streams.out(format.sample(sample, count++));
  }
  streams.out(format.end(count));
  return EXIT.ok;
}
