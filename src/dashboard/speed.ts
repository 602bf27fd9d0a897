/**
 * How fast virtual time goes: virtual milliseconds for each millisecond on the
 * wall. `Infinity` is as fast as the computer allows.
 *
 * @module
 */

/** The slowest speed: an eighth of the wall's. */
const MIN_SPEED = 1 / 8;

/** The fastest speed but `Infinity`. */
const MAX_PACED_SPEED = 64;

/** Twice as fast; beyond the fastest pace there is `Infinity`. */
export function faster(speed: number): number {
  if (speed >= MAX_PACED_SPEED) return Infinity;
  return Math.min(MAX_PACED_SPEED, speed * 2);
}

/** Half as fast, but not beyond the slowest speed; one that started slower stays as it is. */
export function slower(speed: number): number {
  if (speed === Infinity) return MAX_PACED_SPEED;
  return Math.min(speed, Math.max(MIN_SPEED, speed / 2));
}

/** A speed in few letters, such as `x4`, `x1/8` or `max`. */
export function speedText(speed: number): string {
  if (speed === Infinity) return "max";
  const share = 1 / speed;
  const text = speed < 1 && Number.isInteger(share)
    ? `1/${share}`
    : String(Math.round(speed * 100) / 100);
  return `x${text}`;
}
