/**
 * The top line: what is shown, and how it moves.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import { timeText } from "../figures.ts";
import { REACHED_COLUMNS, reachedText } from "../pace.ts";
import { speedText } from "../speed.ts";
import {
  type DashboardState,
  isInPast,
  isRecording,
  type Motion,
  motionOf,
} from "../state.ts";
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

/** How a recording moves. */
const RECORDED_WORDS: Readonly<Record<Motion, string>> = {
  ...MOTION_WORDS,
  running: "playing",
  travelling: "seeking",
  ended: "end of recording",
};

/** Columns of the longest speed that is not odd, so that what follows does not jump. */
const SPEED_COLUMNS = 4;

/** Name of the program, wherever it stands. */
export const BRAND: Span = { text: "ksmscope", bold: true };

/** How the machine moves, as glyph and word. */
export function motionSpan(state: DashboardState, symbols: Symbols): Span {
  const motion = motionOf(state);
  const words = isRecording(state) ? RECORDED_WORDS : MOTION_WORDS;
  const text = `${symbols.motions[motion]} ${words[motion]}`;
  return { text, ...symbols.styles[`motion-${motion}`], bold: true };
}

/** The count of full scans in words. */
export function scanText({ snapshot }: DashboardState): string {
  return `scan ${groupDigits(snapshot.counters.fullScans)}`;
}

/** The time of what is seen; in a recording, of how much there is, and in the past, of how much was seen. */
function placeText(state: DashboardState): string {
  const { snapshot, moment, seenMillis } = state;
  const now = timeText(snapshot.timeMillis);
  const isPast = isInPast(state);
  if (!isPast && moment?.isRecorded !== true) return `t=${now}`;
  const all = timeText(isPast ? seenMillis : moment?.newestMillis ?? 0);
  return `t=${now.slice(0, -1).padStart(all.length - 1)} of ${all}`;
}

/** What is shown. */
function titleSpans(state: DashboardState, bold: boolean): Span[] {
  const name = { text: state.snapshot.title, bold };
  return isRecording(state)
    ? [{ text: `${RECORDED} `, bold: true }, name]
    : [name];
}

/** Says of what is seen that it was recorded. */
const RECORDED = "recorded";

/** The speed that was asked for, and the one that is reached where that is noticeably less: at length, in short, and not at all. Each is as wide as it ever is. */
function speedTexts({ speed, pace }: DashboardState): readonly string[] {
  const asked = speedText(speed);
  const alone = asked.padEnd(SPEED_COLUMNS);
  if (pace?.lags !== true) return [alone];
  const reached = reachedText(pace);
  const columns = SPEED_COLUMNS + REACHED_COLUMNS;
  return [
    `${asked} (${reached} reached)`.padEnd(columns + " ( reached)".length),
    `${asked} (${reached})`.padEnd(columns + " ()".length),
    alone,
  ];
}

/** The heading of the whole screen. */
export function headerHeading(
  state: DashboardState,
  symbols: Symbols,
): Heading {
  const about = { text: `  ${state.snapshot.model}`, dim: true };
  const title = titleSpans(state, true);
  const named = [BRAND, { text: "  " }, ...titleSpans(state, false)];
  const speeds = speedTexts(state);
  const asked = speeds[speeds.length - 1];
  const time = placeText(state);
  const scan = scanText(state);
  const motion = motionSpan(state, symbols);
  const glyph = { ...motion, text: symbols.motions[motionOf(state)] };
  const end = (speed: string) => [
    motion,
    { text: ` ${speed}  ${scan}  ${time}` },
  ];
  const shortEnd = (speed: string) => [
    glyph,
    { text: ` ${speed} ${scan}  ${time}` },
  ];
  const least = isRecording(state)
    ? [{
      start: [{ text: RECORDED, bold: true }],
      end: [glyph, { text: ` ${time}` }],
    }]
    : [];
  const titled = speeds.map((speed) => ({ start: title, end: end(speed) }));
  const inShort = speeds.slice(-2).map((speed) => ({
    start: title,
    end: shortEnd(speed),
  }));
  return [
    { start: [...named, about], end: end(speeds[0]) },
    { start: named, end: end(speeds[0]) },
    ...titled,
    ...inShort,
    { start: title, end: shortEnd(asked), cuts: true },
    ...least,
    { start: [], end: shortEnd(asked) },
    { start: shortEnd(asked) },
  ];
}
