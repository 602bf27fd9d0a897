/**
 * Samples: the counters at one moment, ready to be written out.
 *
 * @module
 */
import type { Snapshot } from "./snapshot.ts";

/** The part of a {@linkcode Snapshot} that goes into files and pipes. */
export interface Sample
  extends Pick<Snapshot, "timeMillis" | "counters" | "locks"> {
  /** The workload's name for this moment; missing after a full scan. */
  readonly label?: string;
}

/** What all samples of a run have in common. */
export interface SampleRun {
  /** Name of the workload, session or host. */
  readonly title: string;
  /** What is modelled or read, such as `linux 6.18 model`. */
  readonly model: string;
  /** What makes the run repeatable; missing where chance plays no part. */
  readonly seed?: number;
}

/** A way to write samples as text, one after the other. */
export interface SampleFormat {
  /** What stands before the first sample. */
  begin(run: SampleRun): string;
  /** One sample; `index` counts from 0. */
  sample(sample: Sample, index: number): string;
  /** What stands after the last sample; `count` is how many there were. */
  end(count: number): string;
}

/** Virtual seconds to the nanosecond, as all formats give the time. */
export function sampleSeconds({ timeMillis }: Sample): number {
  return Math.round(timeMillis * 1e6) / 1e9;
}
