/**
 * Numbers as the dashboard writes them.
 *
 * @module
 */
import { format } from "@std/fmt/bytes.ts";
import { groupDigits } from "../observe/digits.ts";

/** How sizes are written: in powers of 1024, with one decimal unless they are bytes. */
function sizeOptions(bytes: number) {
  const digits = Math.abs(bytes) < 1024 ? 0 : 1;
  return {
    binary: true,
    locale: "en",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  };
}

/** Columns of the longest {@linkcode sizeText}, such as `1008.0 kiB`. */
export const SIZE_COLUMNS = 10;

/** Columns of the longest {@linkcode gainText}, which has a sign. */
export const GAIN_COLUMNS = 1 + SIZE_COLUMNS;

/** A size in binary units, such as `12.1 MiB`. */
export function sizeText(bytes: number): string {
  return format(bytes, sizeOptions(bytes)).replaceAll(",", "");
}

/** A gain or loss in binary units with its sign, such as `+12.1 MiB`. */
export function gainText(bytes: number): string {
  if (bytes === 0) return "0 B";
  const options = { ...sizeOptions(bytes), signed: true };
  return format(bytes, options).replaceAll(",", "");
}

/** A time in seconds with three decimals, such as `12.480s`. */
export function timeText(millis: number): string {
  return `${(millis / 1000).toFixed(3)}s`;
}

/** Columns of {@linkcode nanosText}. */
export const NANOS_COLUMNS = 8;

/** Units of short and long times, the next one for what would need four digits. */
const TIME_UNITS = [
  { nanos: 1, name: "ns", decimals: 0 },
  { nanos: 1e3, name: "us", decimals: 1 },
  { nanos: 1e6, name: "ms", decimals: 1 },
  { nanos: 1e9, name: "s", decimals: 1 },
  { nanos: 3.6e12, name: "h", decimals: 1 },
] as const;

/**
 * A time from nanoseconds to hours, such as `  4.1 µs`: always as wide as any
 * other, with the decimal points in one column. `micro` is how the letter of
 * microseconds is written.
 */
export function nanosText(nanos: number, micro: string): string {
  const digits = (unit: typeof TIME_UNITS[number]): string =>
    (nanos / unit.nanos).toFixed(unit.decimals);
  const last = TIME_UNITS[TIME_UNITS.length - 1];
  const unit = TIME_UNITS.find((one) => Number(digits(one)) < 1000) ?? last;
  const name = unit.name.replace("u", micro).padEnd(2);
  return `${digits(unit)} ${name}`.padStart(NANOS_COLUMNS);
}

/** A part of 1 in percent, such as ` 61%`; always four columns, and 100% only when all is done. */
export function percentText(part: number): string {
  return `${Math.floor(part * 100)}%`.padStart(4);
}

/** One thing or several: `1 page`, `12 pages`. */
export function plural(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? "" : "s"}`;
}
