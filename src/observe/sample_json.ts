/**
 * Samples as JSON.
 *
 * @module
 */
import { COUNTERS } from "../engine/ksm/counters.ts";
import { type Sample, type SampleFormat, sampleSeconds } from "./sample.ts";
import { lockObjects } from "./sample_locks.ts";

/** One array of objects, one object a line. */
export const SAMPLE_JSON: SampleFormat = {
  begin: () => "[",
  sample: (sample, index) =>
    `${index === 0 ? "" : ","}\n ${JSON.stringify(sampleObject(sample))}`,
  end: (count) => count === 0 ? "]\n" : "\n]\n",
};

/** One object a line, and nothing around them. */
export const SAMPLE_JSON_LINES: SampleFormat = {
  begin: () => "",
  sample: (sample) => `${JSON.stringify(sampleObject(sample))}\n`,
  end: () => "",
};

/** Time in seconds, the label if there is one, counters by their names in sysfs, lock figures by class. */
export function sampleObject(sample: Sample): object {
  const { counters, label, locks } = sample;
  return {
    time: sampleSeconds(sample),
    ...(label === undefined ? {} : { label }),
    ...Object.fromEntries(
      COUNTERS.map(({ field, sysfs }) => [sysfs, counters[field]]),
    ),
    ...(locks && { locks: lockObjects(locks) }),
  };
}
