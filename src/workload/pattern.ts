/**
 * Patterns: what a `fill` writes, page by page, said in a few numbers instead
 * of 4096 bytes.
 *
 * `i` is the page's index in the fill, from 0; `k` is `i` modulo `m`, or `i`
 * itself when `m` is 0 or missing. Sums are unsigned 64-bit and wrap.
 *
 * @module
 */

/** Bytes of a page in traces and scripts. */
export const PAGE_BYTES = 4096;

/**
 * An unsigned 64-bit number. Above 2^53 - 1 a JavaScript number is no longer
 * exact, so larger ones are text, decimal or like `"0xff00"`.
 */
export type U64 = number | string;

/** All bytes 0. */
export interface ZeroPattern {
  /** Which pattern. */
  readonly kind: "zero";
}

/** All bytes the same; the pages of the fill are equal. */
export interface ConstPattern {
  /** Which pattern. */
  readonly kind: "const";
  /** The byte, 0 to 255. */
  readonly byte: number;
}

/** Zero, but for `base + i` in the first eight bytes: every page is unique. */
export interface SeqPattern {
  /** Which pattern. */
  readonly kind: "seq";
  /** The first page's number. */
  readonly base: U64;
}

/** Zero, but for `base + k` in the first eight bytes: `m` different pages. */
export interface ModPattern {
  /** Which pattern. */
  readonly kind: "mod";
  /** The first page's number. */
  readonly base: U64;
  /** How many pages differ before they repeat. */
  readonly m: U64;
}

/** One byte all over, but for `base + k` in the last eight: the worst case of a compare. */
export interface TailPattern {
  /** Which pattern. */
  readonly kind: "tail";
  /** The first page's number. */
  readonly base: U64;
  /** How many pages differ before they repeat; all of them when 0 or missing. */
  readonly m?: U64;
  /** The byte, 0 to 255; 90 when missing. */
  readonly byte?: number;
}

/** One byte all over, but for `base + k` in the eight bytes from `offset` on. */
export interface AtPattern {
  /** Which pattern. */
  readonly kind: "at";
  /** The byte, 0 to 255. */
  readonly byte: number;
  /** Where the number stands, 0 to 4088. */
  readonly offset: number;
  /** The first page's number. */
  readonly base: U64;
  /** How many pages differ before they repeat; all of them when 0 or missing. */
  readonly m?: U64;
}

/** Random bytes (splitmix64). */
export interface PrngPattern {
  /** Which pattern. */
  readonly kind: "prng";
  /** Equal seeds give equal pages. */
  readonly seed: U64;
  /** How many pages differ before they repeat; all of them when 0 or missing. */
  readonly m?: U64;
}

/** Random English words: pages that differ early, in few bits. */
export interface TextPattern {
  /** Which pattern. */
  readonly kind: "text";
  /** Equal seeds give equal pages. */
  readonly seed: U64;
  /** How many pages differ before they repeat; all of them when 0 or missing. */
  readonly m?: U64;
}

/**
 * The bytes of a real file: page `i` is the file from `offset + 4096 * i` on.
 * What lies past the file's end is 0.
 */
export interface FilePattern {
  /** Which pattern. */
  readonly kind: "file";
  /** Path of the file, relative to the trace or script that names it. */
  readonly path: string;
  /** Byte at which page 0 begins, any number; 0 when missing. */
  readonly offset?: number;
}

/** What a `fill` writes. */
export type Pattern =
  | ZeroPattern
  | ConstPattern
  | SeqPattern
  | ModPattern
  | TailPattern
  | AtPattern
  | PrngPattern
  | TextPattern
  | FilePattern;

/** The name of a pattern's kind. */
export type PatternKind = Pattern["kind"];

/**
 * How pure code gets at a file: all its bytes, at once. Whoever may read files
 * has read them before; a path that is not among them is a bug.
 */
export type FileBytes = (path: string) => Uint8Array;
