/**
 * `run`: a workload without a dashboard.
 *
 * @module
 */
import { type Driver, happenedIn } from "../machine/mod.ts";
import {
  MACHINE_MODEL,
  MachineSource,
  recordedDetails,
  type Sample,
  SessionWriter,
} from "../observe/mod.ts";
import {
  SAMPLE_FORMATS,
  type SampleFormatName,
} from "../observe/sample_formats.ts";
import { DEFAULT_SEED } from "../workload/mod.ts";
import { EXIT } from "./exit.ts";
import { openText } from "./files.ts";
import { samplesOf } from "./sampling.ts";
import { type MachineSettings, simulatedMachine } from "./simulated_machine.ts";
import type { Streams } from "./streams.ts";
import { UserError } from "./user_error.ts";
import type { Until } from "./values.ts";
import type { LoadedWorkload } from "./workload_file.ts";

/** Full scans of an endless workload when nobody says how many, and nobody is there to stop it. */
const ENDLESS_SCANS = 10;

/** How a workload runs. */
export interface RunOptions extends Omit<MachineSettings, "seed"> {
  /** How samples are printed; as a table when missing. */
  readonly format?: SampleFormatName | undefined;
  /** When the run may end. */
  readonly until?: Until | undefined;
  /** The seed of its random numbers, and of the machine's. */
  readonly seed?: number | undefined;
  /** The file that the session is recorded to; not recorded when missing. */
  readonly record?: string | undefined;
  /** Whether the text of lock_stat comes after the samples. */
  readonly lockStat?: boolean;
}

/** Runs a workload and prints samples as they come; answers the exit code. */
export function runWorkload(
  workload: LoadedWorkload,
  options: RunOptions,
  streams: Streams,
): number {
  const { lockStat = false, seed = DEFAULT_SEED } = options;
  const format = SAMPLE_FORMATS[formatName(options)];
  const machine = simulatedMachine(workload, { ...options, seed });
  const source = workload.open(seed);
  const isBounded = !source.endless || streams.isTerminal;
  const until = options.until ??
    (isBounded ? undefined : { scans: ENDLESS_SCANS });
  const { name } = workload;
  const onSample = recorder(workload, options.record);
  streams.out(format.begin({ title: name, model: MACHINE_MODEL, seed }));
  let count = 0;
  try {
    for (const sample of samplesOf(machine, source, until, onSample)) {
      streams.out(format.sample(sample, count++));
    }
  } finally {
    // What was sampled before something went wrong can be read.
    streams.out(format.end(count));
  }
  if (lockStat) streams.out(machine.simulation?.locks.lockStat() ?? "");
  return EXIT.ok;
}

/** Records samples as a session, if there is a file for it. */
function recorder(
  { name: title, origin }: LoadedWorkload,
  path: string | undefined,
): ((driver: Driver, sample: Sample) => void) | undefined {
  if (path === undefined) return undefined;
  const write = openText(path);
  const writer = new SessionWriter(origin.title);
  return (driver, { label }) => {
    const seen = new MachineSource(title, driver);
    const happened = happenedIn(driver.machine);
    const notes = { label, happened, ...recordedDetails(seen) };
    write(writer.sample(seen.snapshot(), notes));
  };
}

/**
 * The format asked for. Lock_stat's text goes with tables only: a program that
 * reads another format could not read on, and finds the figures in each sample.
 */
function formatName(
  { format = "table", lockStat }: RunOptions,
): SampleFormatName {
  if (!lockStat || format === "table") return format;
  throw new UserError(
    `Cannot print the text of --lockstat after samples in ${format}, which ` +
      "have the lock figures in them; leave out --lockstat, or --format",
  );
}
