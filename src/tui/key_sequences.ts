/**
 * Which keys the escape sequences of terminals stand for (xterm, the Linux
 * console, rxvt, and those that follow them).
 *
 * @module
 */
import {
  characterKey,
  type KeyEvent,
  type KeyName,
  type Modifiers,
  namedKey,
} from "./input_event.ts";

/** Keys by the final byte of `CSI` and `SS3` sequences. */
const BY_FINAL: Readonly<Record<string, KeyName>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
  P: "f1",
  Q: "f2",
  R: "f3",
  S: "f4",
};

/** Keys by the first parameter of `CSI` sequences that end in `~`. */
const BY_NUMBER: Readonly<Record<string, KeyName>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "pageup",
  6: "pagedown",
  7: "home",
  8: "end",
  11: "f1",
  12: "f2",
  13: "f3",
  14: "f4",
  15: "f5",
  17: "f6",
  18: "f7",
  19: "f8",
  20: "f9",
  21: "f10",
  23: "f11",
  24: "f12",
};

/** The keypad in application mode, by the final byte of `SS3` sequences. */
const KEYPAD = new Map(
  Array.from(
    "jklmnopqrstuvwxyX",
    (final, index) => [final, "*+,-./0123456789="[index]] as const,
  ),
);

const LINUX_FUNCTION_KEYS: Readonly<Record<string, KeyName>> = {
  A: "f1",
  B: "f2",
  C: "f3",
  D: "f4",
  E: "f5",
};

/** The bits that xterm adds to 1 in the second parameter. */
const SHIFT = 1;
const ALT = 2;
const CTRL = 4;
const META = 8;

function modifiersOf(parameter: string): Modifiers {
  const bits = Math.max(0, Number(parameter) - 1);
  return {
    shift: (bits & SHIFT) !== 0,
    alt: (bits & (ALT | META)) !== 0,
    ctrl: (bits & CTRL) !== 0,
  };
}

/** The key of `CSI parameters final`; none for what is not a key, such as a report. */
export function csiKey(
  parameters: string,
  final: string,
): KeyEvent | undefined {
  if (!/^\d*(;\d+)?$/.test(parameters)) return undefined;
  const [number, modifier = "1"] = parameters.split(";");
  if (final === "Z") return namedKey("tab", { shift: true });
  const name = final === "~" ? BY_NUMBER[number] : BY_FINAL[final];
  return name === undefined ? undefined : namedKey(name, modifiersOf(modifier));
}

/** The key of `SS3 modifier final`; none for what is not a key. */
export function ss3Key(modifier: string, final: string): KeyEvent | undefined {
  const name = final === "M" ? "enter" : BY_FINAL[final];
  if (name !== undefined) return namedKey(name, modifiersOf(modifier || "1"));
  const char = KEYPAD.get(final);
  return char === undefined ? undefined : characterKey(char);
}

/** The key of `CSI [ final`, by which the Linux console sends the first function keys. */
export function linuxKey(final: string): KeyEvent | undefined {
  const name = LINUX_FUNCTION_KEYS[final];
  return name === undefined ? undefined : namedKey(name);
}

/** The key of a single byte below 0x80, escape excepted. */
export function byteKey(byte: number, alt: boolean): KeyEvent {
  switch (byte) {
    case 0x00:
      return namedKey("space", { ctrl: true, alt });
    case 0x08:
    case 0x7f:
      return namedKey("backspace", { alt });
    case 0x09:
      return namedKey("tab", { alt });
    case 0x0a:
    case 0x0d:
      return namedKey("enter", { alt });
  }
  if (byte >= 0x20) return characterKey(String.fromCharCode(byte), { alt });
  const held = String.fromCharCode(byte | 0x40).toLowerCase();
  return characterKey(held, { ctrl: true, alt });
}
