/**
 * Samples as a table for people to read.
 *
 * @module
 */
import { counterCells, counterHeadings } from "./counter_columns.ts";
import { groupDigits } from "./digits.ts";
import { printable } from "./printable.ts";
import { type SampleFormat, sampleSeconds } from "./sample.ts";

const SECONDS_WIDTH = 9;

/** Columns that stay in place, numbers right-aligned, the label at the end; above it the run and its seed. */
export const SAMPLE_TABLE: SampleFormat = {
  begin: ({ title, model, seed }) => {
    const about = [title, model];
    if (seed !== undefined) about.push(`seed ${seed}`);
    const headings = `${
      "seconds".padStart(SECONDS_WIDTH)
    } ${counterHeadings()}`;
    return `${printable(about.join(", "))}\n${headings}\n`;
  },
  sample: (sample) => {
    const { counters, label } = sample;
    const seconds = groupDigits(sampleSeconds(sample), 2);
    return `${seconds.padStart(SECONDS_WIDTH)} ${counterCells(counters)}` +
      (label === undefined ? "\n" : `  ${printable(label)}\n`);
  },
  end: () => "",
};
