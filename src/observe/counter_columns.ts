/**
 * Counters in columns that stay in place, for people to read.
 *
 * @module
 */
import type { Counters } from "../engine/ksm/counters.ts";
import { groupDigits } from "./digits.ts";

/** One column: its heading, the width it keeps, and the number in it. */
interface Column {
  readonly heading: string;
  readonly width: number;
  readonly number: (counters: Readonly<Counters>) => number;
}

const COLUMNS: readonly Column[] = [
  { heading: "scans", width: 6, number: ({ fullScans }) => fullScans },
  { heading: "scanned", width: 10, number: ({ pagesScanned }) => pagesScanned },
  { heading: "shared", width: 8, number: ({ pagesShared }) => pagesShared },
  { heading: "sharing", width: 8, number: ({ pagesSharing }) => pagesSharing },
  {
    heading: "unshared",
    width: 8,
    number: ({ pagesUnshared }) => pagesUnshared,
  },
  {
    heading: "volatile",
    width: 8,
    number: ({ pagesVolatile }) => pagesVolatile,
  },
  { heading: "skipped", width: 8, number: ({ pagesSkipped }) => pagesSkipped },
  {
    heading: "profit bytes",
    width: 13,
    number: ({ generalProfit }) => generalProfit,
  },
];

/** What stands above {@linkcode counterCells}. */
export function counterHeadings(): string {
  return line(({ heading }) => heading);
}

/** The counters that matter most, right-aligned, in one line. */
export function counterCells(counters: Readonly<Counters>): string {
  return line(({ number }) => groupDigits(number(counters)));
}

function line(text: (column: Column) => string): string {
  return COLUMNS.map((column) => text(column).padStart(column.width)).join(" ");
}
