/**
 * What comes from a keyboard and a mouse.
 *
 * @module
 */

/** A key that was pressed. */
export interface KeyEvent {
  /** Tells keys from other events. */
  readonly kind: "key";
  /**
   * The key: a word such as `up`, `enter`, `f5` or `space`, or the character
   * itself. Letters with ctrl are small.
   */
  readonly name: string;
  /** Whether ctrl was held. */
  readonly ctrl: boolean;
  /** Whether alt was held. */
  readonly alt: boolean;
  /** Whether shift was held; known for keys with a word as name alone. */
  readonly shift: boolean;
  /** The text that the key types; empty when it types none. */
  readonly char: string;
}

/** Text that was pasted in one piece. */
export interface PasteEvent {
  /** Tells pastes from other events. */
  readonly kind: "paste";
  /** The text. */
  readonly text: string;
}

/** A button of a mouse. */
export type MouseButton = "left" | "middle" | "right";

/** What a mouse does: presses and releases a button, or turns its wheel by a step. */
export type MouseAction = "press" | "release" | "wheel-up" | "wheel-down";

/** A mouse was used. */
export interface MouseEvent {
  /** Tells the mouse from other events. */
  readonly kind: "mouse";
  /** What it did. */
  readonly action: MouseAction;
  /** The button; missing for the wheel. */
  readonly button: MouseButton | undefined;
  /** Column of the pointer, 0 on the left. */
  readonly column: number;
  /** Row of the pointer, 0 at the top. */
  readonly row: number;
  /** Whether ctrl was held. */
  readonly ctrl: boolean;
  /** Whether alt was held. */
  readonly alt: boolean;
  /** Whether shift was held; most terminals keep such events for themselves. */
  readonly shift: boolean;
}

/** What comes from a keyboard or a mouse. */
export type InputEvent = KeyEvent | PasteEvent | MouseEvent;

/** Names of keys that type no text, and of the space bar. */
export const KEY_NAMES = [
  "up",
  "down",
  "left",
  "right",
  "home",
  "end",
  "pageup",
  "pagedown",
  "insert",
  "delete",
  "backspace",
  "tab",
  "enter",
  "escape",
  "space",
  "f1",
  "f2",
  "f3",
  "f4",
  "f5",
  "f6",
  "f7",
  "f8",
  "f9",
  "f10",
  "f11",
  "f12",
] as const;

/** The name of a key that types no text, or of the space bar. */
export type KeyName = typeof KEY_NAMES[number];

/** The keys held while another was pressed. */
export interface Modifiers {
  /** Whether ctrl was held. */
  readonly ctrl?: boolean;
  /** Whether alt was held. */
  readonly alt?: boolean;
  /** Whether shift was held. */
  readonly shift?: boolean;
}

/** The event of a key with a name. */
export function namedKey(name: KeyName, modifiers: Modifiers = {}): KeyEvent {
  const { ctrl = false, alt = false, shift = false } = modifiers;
  const char = name === "space" && !ctrl && !alt ? " " : "";
  return { kind: "key", name, ctrl, alt, shift, char };
}

/** The event of a key that types a character. */
export function characterKey(
  char: string,
  modifiers: Omit<Modifiers, "shift"> = {},
): KeyEvent {
  if (char === " ") return namedKey("space", modifiers);
  const { ctrl = false, alt = false } = modifiers;
  const typed = ctrl || alt ? "" : char;
  return { kind: "key", name: char, ctrl, alt, shift: false, char: typed };
}

/** A key as a key map spells it, such as `q`, `?`, `ctrl+c`, `shift+tab` or `alt+f5`. */
export function keySpelling(key: KeyEvent): string {
  return [
    key.ctrl ? "ctrl+" : "",
    key.alt ? "alt+" : "",
    key.shift ? "shift+" : "",
    key.name,
  ].join("");
}

/** The key of a spelling, the inverse of {@linkcode keySpelling}; a wrong one is a `RangeError`. */
export function keyOf(spelling: string): KeyEvent {
  const [, prefixes = "", name = ""] =
    /^((?:ctrl\+|alt\+|shift\+)*)(.+)$/su.exec(spelling) ?? [];
  const modifiers: Modifiers = {
    ctrl: prefixes.includes("ctrl+"),
    alt: prefixes.includes("alt+"),
    shift: prefixes.includes("shift+"),
  };
  const known = KEY_NAMES.find((word) => word === name);
  if (known !== undefined) return namedKey(known, modifiers);
  if ([...name].length === 1 && !modifiers.shift) {
    return characterKey(name, modifiers);
  }
  throw new RangeError(
    `Cannot find the key "${spelling}": expected one character or one of ${
      KEY_NAMES.join(", ")
    }, after ctrl+, alt+ or shift+`,
  );
}
