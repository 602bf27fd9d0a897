/**
 * The content of one page as a small description, so that a fill of a hundred
 * thousand pages costs a hundred thousand small objects and no bytes.
 *
 * @module
 */
import type { Pattern, U64 } from "./pattern.ts";
import { PAGE_BYTES } from "./pattern.ts";
import { addU64, mulU64, parseU64, smallU64 } from "./u64.ts";
import type { Halves } from "./u64.ts";

/**
 * Every byte is `byte`, but for the little-endian 64-bit value at `offset`.
 *
 * Canonical: equal pages have equal fields. `offset` is that of the first byte
 * that differs from `byte`, or 4088 if that lies later; when none differs,
 * `offset` is 0 and the value's bytes are all `byte`.
 */
export interface RunContent {
  /** Which description. */
  readonly kind: "run";
  /** The byte all over, 0 to 255. */
  readonly byte: number;
  /** Where the value stands, 0 to 4088; a multiple of nothing. */
  readonly offset: number;
  /** Lower half of the value, unsigned: bytes `offset` to `offset + 3`. */
  readonly low: number;
  /** Upper half of the value, unsigned: bytes `offset + 4` to `offset + 7`. */
  readonly high: number;
}

/** The output of a generator from a 64-bit start state. */
export interface GeneratedContent {
  /** Which description. */
  readonly kind: "generated";
  /** Random bytes, or random words. */
  readonly generator: "prng" | "text";
  /** Lower half of the start state, unsigned. */
  readonly low: number;
  /** Upper half of the start state, unsigned. */
  readonly high: number;
}

/** A page of a file. */
export interface FileContent {
  /** Which description. */
  readonly kind: "file";
  /** The path as the pattern names it. */
  readonly path: string;
  /** Byte of the file at which this page begins. */
  readonly offset: number;
}

/** The content of one page. */
export type PageContent = RunContent | GeneratedContent | FileContent;

/** The start states of neighbouring pages lie this far apart: 0xD1342543DE82EF95. */
const STATE_STRIDE: Halves = { low: 0xde82ef95, high: 0xd1342543 };

/** The byte of a `tail` pattern that names none. */
const TAIL_BYTE = 0x5a;

/** Where the value of a `tail` pattern stands. */
const VALUE_OFFSET_MAX = PAGE_BYTES - 8;

/** The content of page `i` of a fill. For many pages of one fill, {@linkcode pageContents} is faster. */
export function pageContent(pattern: Pattern, i: number): PageContent {
  return pageContents(pattern)(i);
}

/**
 * Reads a pattern once and gives the function from page to content.
 *
 * @example
 * ```ts
 * import { pageContents } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * const content = pageContents({ kind: "mod", base: 7, m: 4 });
 * assert.deepEqual(content(5), {
 *   kind: "run",
 *   byte: 0,
 *   offset: 0,
 *   low: 8,
 *   high: 0,
 * });
 * ```
 *
 * @throws {RangeError} A number of the pattern is not an unsigned 64-bit one.
 */
export function pageContents(pattern: Pattern): (i: number) => PageContent {
  switch (pattern.kind) {
    case "zero":
      return always(runContent(0, 0, ZERO));
    case "const": {
      const { byte } = pattern;
      const half = Math.imul(byte, 0x01010101) >>> 0;
      return always(runContent(byte, 0, { low: half, high: half }));
    }
    case "seq":
      return counting(0, 0, pattern.base, 0);
    case "mod":
      return counting(0, 0, pattern.base, pattern.m);
    case "tail": {
      const { byte = TAIL_BYTE, base, m = 0 } = pattern;
      return counting(byte, VALUE_OFFSET_MAX, base, m);
    }
    case "at": {
      const { byte, offset, base, m = 0 } = pattern;
      return counting(byte, offset, base, m);
    }
    case "prng":
    case "text":
      return generated(pattern.kind, pattern.seed, pattern.m ?? 0);
    case "file": {
      const { path, offset = 0 } = pattern;
      return (i) => ({ kind: "file", path, offset: offset + PAGE_BYTES * i });
    }
  }
}

const ZERO: Halves = { low: 0, high: 0 };

function always(content: PageContent): () => PageContent {
  return () => content;
}

/** `base + k` at an offset over one byte. */
function counting(
  byte: number,
  offset: number,
  base: U64,
  m: U64,
): (i: number) => PageContent {
  const first = known(base);
  const repeat = period(m);
  return (i) => runContent(byte, offset, addU64(first, smallU64(i % repeat)));
}

function generated(
  generator: "prng" | "text",
  seed: U64,
  m: U64,
): (i: number) => PageContent {
  const first = known(seed);
  const repeat = period(m);
  return (i) => {
    const distance = mulU64(smallU64(i % repeat), STATE_STRIDE);
    const { low, high } = addU64(first, distance);
    return { kind: "generated", generator, low, high };
  };
}

/** Pages until a pattern repeats; infinite, and so without effect on `i`, for 0. */
function period(m: U64): number {
  const { low, high } = known(m);
  return low === 0 && high === 0 ? Infinity : high * 0x1_0000_0000 + low;
}

function known(number: U64): Halves {
  const halves = parseU64(number);
  if (halves === undefined) {
    throw new RangeError(
      `Cannot use ${number} in a pattern: it is not an unsigned 64-bit number`,
    );
  }
  return halves;
}

/** Brings a value over one byte into the canonical form that {@linkcode RunContent} states. */
function runContent(byte: number, offset: number, value: Halves): RunContent {
  let { low, high } = value;
  let at = offset;
  for (
    let n = 0;
    n < 8 && (low & 0xff) === byte && at < VALUE_OFFSET_MAX;
    n++
  ) {
    low = (low >>> 8 | high << 24) >>> 0;
    high = (high >>> 8 | byte << 24) >>> 0;
    at++;
  }
  const plain = Math.imul(byte, 0x01010101) >>> 0;
  if (low === plain && high === plain) at = 0;
  return { kind: "run", byte, offset: at, low, high };
}
