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

/** A part of 1 in percent, such as ` 61%`; always four columns, and 100% only when all is done. */
export function percentText(part: number): string {
  return `${Math.floor(part * 100)}%`.padStart(4);
}

/** One thing or several: `1 page`, `12 pages`. */
export function plural(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? "" : "s"}`;
}
