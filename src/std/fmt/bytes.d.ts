/** How {@linkcode format} writes a size. */
export interface FormatOptions {
  /** Bits (`kbit`) where true, bytes (`kB`) where false or missing. */
  bits?: boolean;
  /** Powers of 1024 (`KiB`) where true, powers of 1000 (`kB`) where false or missing. */
  binary?: boolean;
  /** A plus sign before a positive size. */
  signed?: boolean;
  /** Digits as a language writes them: true for this computer's, or the language's tag. */
  locale?: boolean | string | string[];
  /** Digits after the point at least; the default is three significant digits in all. */
  minimumFractionDigits?: number;
  /** Digits after the point at most; the default is three significant digits in all. */
  maximumFractionDigits?: number;
}

/** Writes a size, such as `1.34 kB`. Throws a `TypeError` unless the size is finite. */
export function format(num: number, options?: FormatOptions): string;
