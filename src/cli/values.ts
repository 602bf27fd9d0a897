/**
 * What the texts of options mean.
 *
 * @module
 */
import { KNOBS } from "../engine/ksm/mod.ts";
import {
  SAMPLE_FORMATS,
  type SampleFormatName,
} from "../observe/sample_formats.ts";
import { THEME_NAMES, type ThemeName } from "../dashboard/theme_names.ts";
import { didYouMean } from "./did_you_mean.ts";
import { UserError } from "./user_error.ts";

/** When a run may end. */
export type Until = { readonly scans: number } | { readonly millis: number };

/** A knob to write before the workload starts. */
export interface KnobSetting {
  /** The name in sysfs. */
  readonly name: string;
  /** What to write. */
  readonly value: string;
}

/** The knobs that can be written, by their names in sysfs. */
const KNOB_NAMES = KNOBS.map(({ sysfs }) => sysfs);

/** Names of the formats. */
export const FORMAT_NAMES: readonly string[] = Object.keys(SAMPLE_FORMATS);

function isFormatName(text: string): text is SampleFormatName {
  return FORMAT_NAMES.includes(text);
}

/** `table`, `json`, ... */
export function parseFormat(text: string): SampleFormatName {
  if (isFormatName(text)) return text;
  throw new UserError(
    `Cannot print format "${text}"${didYouMean(text, FORMAT_NAMES)}; ` +
      `it must be one of ${FORMAT_NAMES.join(", ")}`,
  );
}

/** `10scans` or `30s`. */
export function parseUntil(text: string): Until {
  const [, scans, seconds] =
    /^(?:([1-9]\d{0,11})scans?|(\d{1,12}(?:\.\d+)?)s)$/.exec(text) ?? [];
  if (scans !== undefined) return { scans: Number(scans) };
  if (Number(seconds) > 0) return { millis: Number(seconds) * 1000 };
  throw new UserError(
    `Cannot run until "${text}": it must be a number of full scans such as ` +
      "10scans, or of virtual seconds such as 30s",
  );
}

/** A whole number from 0. */
export function parseSeed(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw new UserError(
    `Cannot take seed "${text}": it must be a whole number from 0 to ` +
      `${Number.MAX_SAFE_INTEGER}`,
  );
}

/** How many NUMA nodes: 1 or 2. */
export function parseNodes(text: string): 1 | 2 {
  if (text === "1") return 1;
  if (text === "2") return 2;
  throw new UserError(
    `Cannot make a machine with "${text}" NUMA nodes: it must be 1 or 2`,
  );
}

/** A number above 0: how many virtual seconds go by in a real one. */
export function parseSpeed(text: string): number {
  const speed = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (speed > 0 && Number.isFinite(speed)) return speed;
  throw new UserError(
    `Cannot run at speed "${text}": it must be a number above 0, such as ` +
      "0.5 or 10",
  );
}

/** The name of a theme. */
export function parseTheme(text: string): ThemeName {
  const name = THEME_NAMES.find((one) => one === text);
  if (name !== undefined) return name;
  throw new UserError(
    `Cannot use theme "${text}"${didYouMean(text, THEME_NAMES)}; ` +
      `it must be one of ${THEME_NAMES.join(", ")}`,
  );
}

/** `name=value`. */
export function parseKnob(text: string): KnobSetting {
  const [, name, value] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new UserError(
      `Cannot set knob "${text}": it must be name=value, such as ` +
        "pages_to_scan=1000",
    );
  }
  if (KNOB_NAMES.includes(name)) return { name, value };
  throw new UserError(
    `Cannot set knob "${name}"${didYouMean(name, KNOB_NAMES)}; ` +
      `it must be one of ${KNOB_NAMES.join(", ")}`,
  );
}
