/**
 * The knobs in words, for those who let people set them.
 *
 * @module
 */
import { KNOBS } from "../engine/ksm/mod.ts";

/** What there is to say of a knob. */
export interface KnobWords {
  /** What it sets, in a line. */
  readonly meaning: string;
  /** What it takes. */
  readonly valid: string;
}

const WORDS: ReadonlyMap<string, KnobWords> = new Map(
  KNOBS.map(({ sysfs, meaning, valid }) => [sysfs, { meaning, valid }]),
);

/** The words for a knob by the name of its file; none for one that is not known. */
export function knobWords(name: string): KnobWords | undefined {
  return WORDS.get(name);
}
