/**
 * Unsigned 64-bit arithmetic in two 32-bit halves: BigInt allocates at every
 * step, and page contents are made by the hundred thousand.
 *
 * @module
 */
import type { U64 } from "./pattern.ts";

/** An unsigned 64-bit number. */
export interface Halves {
  /** Bits 0 to 31, unsigned. */
  readonly low: number;
  /** Bits 32 to 63, unsigned. */
  readonly high: number;
}

const HALF = 0x1_0000_0000;
const U64_TEXT = /^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/;

/** Reads a number of a pattern; undefined when it is none, or does not fit into 64 bits. */
export function parseU64(number: U64): Halves | undefined {
  if (typeof number === "number") {
    if (!Number.isSafeInteger(number) || number < 0) return undefined;
    return { low: number >>> 0, high: Math.floor(number / HALF) };
  }
  if (!U64_TEXT.test(number)) return undefined;
  const value = BigInt(number);
  if (value >> 64n !== 0n) return undefined;
  return { low: Number(value & 0xffffffffn), high: Number(value >> 32n) };
}

/** The sum, which wraps. */
export function addU64(a: Halves, b: Halves): Halves {
  const low = a.low + b.low;
  const carry = low >= HALF ? 1 : 0;
  return { low: low >>> 0, high: (a.high + b.high + carry) >>> 0 };
}

/** The product, which wraps. */
export function mulU64(a: Halves, b: Halves): Halves {
  return {
    low: Math.imul(a.low, b.low) >>> 0,
    high: (mulHigh(a.low, b.low) + Math.imul(a.low, b.high) +
      Math.imul(a.high, b.low)) >>> 0,
  };
}

/** Bits 32 to 63 of the product of two unsigned 32-bit numbers; the sign of the result means nothing. */
export function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const lowLow = Math.imul(aLow, bLow) >>> 0;
  const highLow = Math.imul(aHigh, bLow) >>> 0;
  const lowHigh = Math.imul(aLow, bHigh) >>> 0;
  const middle = (lowLow >>> 16) + (highLow & 0xffff) + (lowHigh & 0xffff);
  return (Math.imul(aHigh, bHigh) + (highLow >>> 16) + (lowHigh >>> 16) +
    (middle >>> 16)) | 0;
}

/** A whole number below 2^53 in halves. */
export function smallU64(number: number): Halves {
  return { low: number >>> 0, high: Math.floor(number / HALF) };
}

/** Sixteen hex digits. */
export function hexU64({ low, high }: Halves): string {
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
