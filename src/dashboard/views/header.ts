/**
 * The top line: what is shown, and how it moves.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import { timeText } from "../figures.ts";
import { speedText } from "../speed.ts";
import { type DashboardState, type Motion, motionOf } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import type { Heading } from "./rule.ts";
import type { Span } from "./span.ts";

const MOTION_WORDS: Readonly<Record<Motion, string>> = {
  running: "running",
  stepping: "stepping",
  travelling: "travelling",
  frozen: "picture frozen",
  past: "in the past",
  paused: "paused",
  ended: "workload ended",
  defect: "kernel defect",
};

/** Columns of the longest speed that is not odd, so that what follows does not jump. */
const SPEED_COLUMNS = 4;

/** Name of the program, wherever it stands. */
export const BRAND: Span = { text: "ksmscope", bold: true };

/** How the machine moves, as glyph and word. */
export function motionSpan(state: DashboardState, symbols: Symbols): Span {
  const motion = motionOf(state);
  const text = `${symbols.motions[motion]} ${MOTION_WORDS[motion]}`;
  return { text, ...symbols.styles[`motion-${motion}`], bold: true };
}

/** The count of full scans in words. */
export function scanText({ snapshot }: DashboardState): string {
  return `scan ${groupDigits(snapshot.counters.fullScans)}`;
}

/** The heading of the whole screen. */
export function headerHeading(
  state: DashboardState,
  symbols: Symbols,
): Heading {
  const { title, model, timeMillis } = state.snapshot;
  const name = { text: `  ${title}` };
  const about = { text: `  ${model}`, dim: true };
  const speed = speedText(state.speed).padEnd(SPEED_COLUMNS);
  const place = `${scanText(state)}  t=${timeText(timeMillis)}`;
  const motion = motionSpan(state, symbols);
  const end = [motion, { text: ` ${speed}  ${place}` }];
  const glyph = { ...motion, text: symbols.motions[motionOf(state)] };
  const shortEnd = [glyph, { text: ` ${speed} ${place}` }];
  return [
    { start: [BRAND, name, about], end },
    { start: [BRAND, name], end },
    { start: [{ ...name, text: title, bold: true }], end },
    { start: [{ ...name, text: title, bold: true }], end: shortEnd },
    { start: [], end: shortEnd },
    { start: shortEnd },
  ];
}
