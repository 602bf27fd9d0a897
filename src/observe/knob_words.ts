/**
 * What there is to say of the knobs that snapshots name.
 *
 * @module
 */
export { type KnobWords, knobWords } from "../machine/knob_words.ts";
