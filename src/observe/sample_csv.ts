/**
 * Samples as comma-separated values, by RFC 4180.
 *
 * @module
 */
import { counterRow, COUNTERS } from "../engine/ksm/counters.ts";
import { stringify } from "../std/csv/stringify.ts";
import { type SampleFormat, sampleSeconds } from "./sample.ts";
import { LOCK_COLUMN_NAMES, lockCells } from "./sample_locks.ts";

/** One line with the names, then one a sample: time in seconds, label, counters by their names in sysfs, lock figures. */
export const SAMPLE_CSV: SampleFormat = {
  begin: () =>
    stringify([[
      "time",
      "label",
      ...COUNTERS.map(({ sysfs }) => sysfs),
      ...LOCK_COLUMN_NAMES,
    ]]),
  sample: (sample) =>
    stringify([[
      sampleSeconds(sample),
      sample.label ?? "",
      ...counterRow(sample.counters),
      ...lockCells(sample.locks),
    ]]),
  end: () => "",
};
