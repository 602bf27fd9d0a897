/**
 * The knobs: what `/sys/kernel/mm/ksm` lets one write, with defaults, accepted
 * text and refusals.
 *
 * @module
 */

/** The knobs' present values. */
export interface Knobs {
  /** 0 stopped, 1 merging, 2 unmerged. Written through {@linkcode "./run.ts"}, since it acts. */
  run: 0 | 1 | 2;
  /** Pages of one batch; read when the batch starts. */
  pagesToScan: number;
  /** Milliseconds between two batches. */
  sleepMillisecs: number;
  /** Whether pages that did not merge for long are visited less often. */
  smartScan: boolean;
}

/** Linux error numbers that a write can come back with; 0 is success. */
export const ERRNO = { ok: 0, enomem: 12, einval: 22 } as const;

/** The knobs of a machine that has just started. */
export function knobDefaults(): Knobs {
  return { run: 0, pagesToScan: 100, sleepMillisecs: 20, smartScan: true };
}

/** One row of the knob table: a knob whose write changes its value and nothing else. */
export interface KnobDefinition {
  /** The file's name in sysfs. */
  readonly sysfs: string;
  /** Accepts or refuses text, as the kernel does; answers an errno. */
  write(knobs: Knobs, text: string): number;
  /** The text that a read shows. */
  read(knobs: Knobs): string;
}

/** The knobs whose write does no more than store, in sysfs's spelling. */
export const KNOBS: readonly KnobDefinition[] = [
  {
    sysfs: "pages_to_scan",
    write: (knobs, text) =>
      storeUint(text, (value) => knobs.pagesToScan = value),
    read: (knobs) => String(knobs.pagesToScan),
  },
  {
    sysfs: "sleep_millisecs",
    write: (knobs, text) =>
      storeUint(text, (value) => knobs.sleepMillisecs = value),
    read: (knobs) => String(knobs.sleepMillisecs),
  },
  {
    sysfs: "smart_scan",
    write: (knobs, text) =>
      storeBoolean(text, (value) => knobs.smartScan = value),
    read: (knobs) => knobs.smartScan ? "1" : "0",
  },
];

/** Name of the knob that starts, stops and undoes merging. */
export const RUN_KNOB = "run";

/**
 * An unsigned 32-bit number as sysfs takes it: decimal digits, perhaps with a
 * leading `+`, and one newline at the end; `undefined` for any other text.
 */
export function parseUint(text: string): number | undefined {
  const digits = /^\+?([0-9]+)\n?$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const value = Number(digits);
  return value <= 0xffffffff ? value : undefined;
}

/**
 * A boolean as sysfs takes it: the first character decides, for `on` and `off`
 * the first two; `undefined` for any other text.
 */
export function parseBoolean(text: string): boolean | undefined {
  if (/^(?:[yt1]|on)/i.test(text)) return true;
  if (/^(?:[nf0]|of)/i.test(text)) return false;
  return undefined;
}

function storeUint(text: string, store: (value: number) => void): number {
  const value = parseUint(text);
  if (value === undefined) return ERRNO.einval;
  store(value);
  return ERRNO.ok;
}

function storeBoolean(text: string, store: (value: boolean) => void): number {
  const value = parseBoolean(text);
  if (value === undefined) return ERRNO.einval;
  store(value);
  return ERRNO.ok;
}
