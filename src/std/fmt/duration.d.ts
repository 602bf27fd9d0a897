/** How {@linkcode format} writes a duration. */
export interface FormatOptions {
  /** `1d 2h`, `01:02:03`, or `1 day, 2 hours`; narrow when missing. */
  style?: "narrow" | "digital" | "full";
  /** Leaves out units that are zero (only at the end in the digital style). */
  ignoreZero?: boolean;
}

/** Writes a duration, given in milliseconds; its sign is dropped. */
export function format(ms: number, options?: FormatOptions): string;
