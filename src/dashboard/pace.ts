/**
 * How fast virtual time really goes, where it is slower than it was asked to.
 *
 * The edge measures each frame ({@linkcode Stretch}); here that is smoothed over
 * some seconds, so that the figure neither flickers nor comes and goes with one
 * slow frame.
 *
 * @module
 */

/** What came of one frame: so much time on the wall, and the virtual time that was gone in it, or is not behind. */
export interface Stretch {
  /** Milliseconds on the wall. */
  readonly wallMillis: number;
  /** Virtual milliseconds: at a set speed those that were asked for, less those that were given up; at full speed all that passed. */
  readonly virtualMillis: number;
}

/** What is known of the last seconds, in which newer frames weigh more. */
export interface Pace extends Stretch {
  /** The speed that was asked for. */
  readonly speed: number;
  /** Whether that is noticeably not reached. */
  readonly lags: boolean;
}

/** After so many milliseconds a frame weighs a third of what it did. */
const FADE_MILLIS = 2000;

/** Milliseconds of weighed frames from which on one can tell: one and a half seconds after the start. */
const WHILE_MILLIS = 1000;

/** Below this part of the speed it is noticeably not reached... */
const LAGS_BELOW = 0.9;

/** ...until it is more than this again. */
const KEEPS_UP_ABOVE = 0.95;

/** Virtual milliseconds for each millisecond on the wall. */
export function reachedSpeed({ wallMillis, virtualMillis }: Stretch): number {
  return wallMillis > 0 ? virtualMillis / wallMillis : 0;
}

/** What is known after one more frame; at another speed one begins anew. */
export function pacedBy(
  before: Pace | undefined,
  stretch: Stretch,
  speed: number,
): Pace {
  const old = before?.speed === speed
    ? before
    : { wallMillis: 0, virtualMillis: 0, lags: false };
  const fade = Math.exp(-stretch.wallMillis / FADE_MILLIS);
  const sums = {
    wallMillis: old.wallMillis * fade + stretch.wallMillis,
    virtualMillis: old.virtualMillis * fade + stretch.virtualMillis,
  };
  const part = speed === Infinity ? 0 : reachedSpeed(sums) / speed;
  const lags = sums.wallMillis >= WHILE_MILLIS &&
    part < (old.lags ? KEEPS_UP_ABOVE : LAGS_BELOW);
  return { ...sums, speed, lags };
}

/** Columns of the longest text of a speed up to some thousands. */
export const REACHED_COLUMNS = 4;

/** A speed that was reached, in few digits: `0.08`, `1.2`, `38`. */
export function reachedText(pace: Stretch): string {
  const speed = reachedSpeed(pace);
  const digits = speed < 0.995 ? 2 : speed < 9.95 ? 1 : 0;
  return speed.toFixed(digits);
}
