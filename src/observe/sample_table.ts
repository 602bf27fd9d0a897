/**
 * Samples as a table for people to read.
 *
 * @module
 */
import { groupDigits } from "./digits.ts";
import { type Sample, type SampleFormat, sampleSeconds } from "./sample.ts";

/** One column: its heading, the width it keeps, and what stands in it. */
interface Column {
  readonly heading: string;
  readonly width: number;
  readonly text: (sample: Sample) => string;
}

const COLUMNS: readonly Column[] = [
  {
    heading: "seconds",
    width: 9,
    text: (sample) => groupDigits(sampleSeconds(sample), 2),
  },
  count("scans", 6, ({ fullScans }) => fullScans),
  count("scanned", 10, ({ pagesScanned }) => pagesScanned),
  count("shared", 8, ({ pagesShared }) => pagesShared),
  count("sharing", 8, ({ pagesSharing }) => pagesSharing),
  count("unshared", 8, ({ pagesUnshared }) => pagesUnshared),
  count("volatile", 8, ({ pagesVolatile }) => pagesVolatile),
  count("skipped", 8, ({ pagesSkipped }) => pagesSkipped),
  count("profit bytes", 13, ({ generalProfit }) => generalProfit),
];

/** Columns that stay in place, numbers right-aligned, the label at the end; above it the run and its seed. */
export const SAMPLE_TABLE: SampleFormat = {
  begin: ({ title, model, seed }) => {
    const about = [title, model];
    if (seed !== undefined) about.push(`seed ${seed}`);
    return `${printable(about.join(", "))}\n${
      line(({ heading }) => heading)
    }\n`;
  },
  sample: (sample) => {
    const label = sample.label === undefined
      ? ""
      : `  ${printable(sample.label)}`;
    return `${line(({ text }) => text(sample))}${label}\n`;
  },
  end: () => "",
};

function count(
  heading: string,
  width: number,
  number: (counters: Sample["counters"]) => number,
): Column {
  return {
    heading,
    width,
    text: ({ counters }) => groupDigits(number(counters)),
  };
}

function line(text: (column: Column) => string): string {
  return COLUMNS.map((column) => text(column).padStart(column.width)).join(" ");
}

/** Names come from workloads: what a terminal would act on is left out. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ");
}
