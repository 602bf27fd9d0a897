/**
 * Which mouse events the reports of terminals stand for, in the encoding that
 * xterm calls SGR (private mode 1006): `CSI < bits ; column ; row M`, with `m`
 * for a release.
 *
 * @module
 */
import type { MouseAction, MouseButton, MouseEvent } from "./input_event.ts";

const SHIFT = 4;
const ALT = 8;
const CTRL = 16;
const MOTION = 32;
const WHEEL = 64;
const MORE_BUTTONS = 128;

const BUTTONS: readonly MouseButton[] = ["left", "middle", "right"];
const WHEELS: readonly MouseAction[] = ["wheel-up", "wheel-down"];

/** No screen is as wide or high; a report beyond is noise. */
const PLACE_MAX = 0xffff;

/** The event of a report; none for what is no report of a press, a release or the wheel. */
export function mouseEvent(
  parameters: string,
  final: string,
): MouseEvent | undefined {
  const found = /^<(\d{1,3});(\d{1,5});(\d{1,5})$/.exec(parameters);
  if (found === null || final !== "M" && final !== "m") return undefined;
  const [bits, x, y] = found.slice(1).map(Number);
  const placed = x >= 1 && y >= 1 && x <= PLACE_MAX && y <= PLACE_MAX;
  if (!placed || (bits & (MOTION | MORE_BUTTONS)) !== 0) return undefined;
  const number = bits & 3;
  const turns = (bits & WHEEL) !== 0;
  const action = turns ? WHEELS[number] : final === "M" ? "press" : "release";
  const button = turns ? undefined : BUTTONS[number];
  if (action === undefined || !turns && button === undefined) return undefined;
  return {
    kind: "mouse",
    action,
    button,
    column: x - 1,
    row: y - 1,
    ctrl: (bits & CTRL) !== 0,
    alt: (bits & ALT) !== 0,
    shift: (bits & SHIFT) !== 0,
  };
}
