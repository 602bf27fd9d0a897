/**
 * Runs: pages that are one byte all over, but for eight bytes in a row. Most
 * pages of a workload are (all zero, all 0x5a with a number at the end), and
 * they can be ordered without being written out.
 *
 * ```text
 *   offset          0        1000      1008          4096
 *                   | byte ... | value   | byte ... |
 * ```
 *
 * @module
 */
import { PAGE_BYTES } from "../lib/page_size.ts";

/** Bytes of a run's value. */
const VALUE_BYTES = 8;

/** The last place where a whole value fits. */
export const LAST_VALUE_OFFSET = PAGE_BYTES - VALUE_BYTES;

/**
 * A run.
 *
 * Canonical if equal pages have equal fields: the value starts at the first byte
 * that differs from `byte`, or at {@linkcode LAST_VALUE_OFFSET} if that comes
 * first; if no byte differs, at 0.
 */
export interface Run {
  /** The byte all over, 0 to 255. */
  byte: number;
  /** Where the value stands, 0 to 4088. */
  offset: number;
  /** The value's lower half, unsigned: its first four bytes, little-endian. */
  low: number;
  /** The value's upper half, unsigned. */
  high: number;
}

/** A run of zeros, to be overwritten. */
export function emptyRun(): Run {
  return { byte: 0, offset: 0, low: 0, high: 0 };
}

/** Brings a run into its canonical form. */
export function canonicalize(run: Run): void {
  const plain = Math.imul(run.byte, 0x01010101) >>> 0;
  if (run.low === plain && run.high === plain) {
    run.offset = 0;
    return;
  }
  while ((run.low & 0xff) === run.byte && run.offset < LAST_VALUE_OFFSET) {
    run.low = (run.low >>> 8 | run.high << 24) >>> 0;
    run.high = (run.high >>> 8 | run.byte << 24) >>> 0;
    run.offset++;
  }
}

/** The byte at `offset` of the page. */
export function runByteAt(run: Run, offset: number): number {
  const place = offset - run.offset;
  if (place < 0 || place >= VALUE_BYTES) return run.byte;
  return place < 4
    ? run.low >>> 8 * place & 0xff
    : run.high >>> 8 * (place - 4) & 0xff;
}

/** Four bytes of the page as one unsigned number, the first being the highest: so numbers order as bytes do. */
export function runWordAt(run: Run, offset: number): number {
  return (runByteAt(run, offset) << 24 | runByteAt(run, offset + 1) << 16 |
    runByteAt(run, offset + 2) << 8 | runByteAt(run, offset + 3)) >>> 0;
}

/** Writes the whole page. */
export function writeRun(run: Run, out: Uint8Array): void {
  out.fill(run.byte);
  for (let at = run.offset; at < run.offset + VALUE_BYTES; at++) {
    out[at] = runByteAt(run, at);
  }
}

/** Orders two runs as `memcmp` orders their pages; the amount is the number of bytes up to the difference. */
export function compareRuns(a: Run, b: Run): number {
  if (a.byte !== b.byte) {
    // The two values hide at most 16 bytes, so the backgrounds meet within 17.
    return compareSpan(a, b, 0, 2 * VALUE_BYTES + 1);
  }
  const first = Math.min(a.offset, b.offset);
  const second = Math.max(a.offset, b.offset);
  const order = compareSpan(a, b, first, first + VALUE_BYTES);
  if (order !== 0) return order;
  return compareSpan(a, b, second, second + VALUE_BYTES);
}

function compareSpan(a: Run, b: Run, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const difference = runByteAt(a, at) - runByteAt(b, at);
    if (difference !== 0) return difference < 0 ? -at - 1 : at + 1;
  }
  return 0;
}

/** Whether `page` is a run; if so, it is left in `run`, canonical. */
export function findRun(page: Uint8Array, run: Run): boolean {
  const byte = backgroundOf(page);
  if (byte < 0) return false;
  let first = 0;
  while (first < PAGE_BYTES && page[first] === byte) first++;
  let last = PAGE_BYTES - 1;
  while (last > first && page[last] === byte) last--;
  if (last - first >= VALUE_BYTES) return false;
  const offset = first === PAGE_BYTES ? 0 : Math.min(first, LAST_VALUE_OFFSET);
  run.byte = byte;
  run.offset = offset;
  run.low = valueHalf(page, offset);
  run.high = valueHalf(page, offset + 4);
  return true;
}

/** The byte that two of three distant places agree on, since a value covers one of them at most; -1 if there is none. */
function backgroundOf(page: Uint8Array): number {
  const start = page[0];
  const middle = page[PAGE_BYTES / 2];
  const end = page[PAGE_BYTES - 1];
  if (start === middle || start === end) return start;
  return middle === end ? middle : -1;
}

function valueHalf(page: Uint8Array, at: number): number {
  return (page[at] | page[at + 1] << 8 | page[at + 2] << 16 |
    page[at + 3] << 24) >>> 0;
}
