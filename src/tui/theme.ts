/**
 * A theme: what each role of text looks like, so that views name what something
 * means and one value decides about all colours.
 *
 * @module
 */
import type { ColorDepth } from "./color.ts";
import type { TextStyle } from "./style.ts";

/** A meaning that text of the toolkit's own widgets can have. */
export type Role =
  /** Titles over columns. */
  | "heading"
  /** What matters less: scroll bars, what is left out, hints. */
  | "faint"
  /** The border of what has the focus, and the tab that is shown. */
  | "focus"
  /** The row that the user has chosen. */
  | "selected"
  /** The letter on which the cursor of a prompt stands. */
  | "cursor"
  /** Labels of prompts, and notices without any judgement. */
  | "accent"
  /** What went well. */
  | "good"
  /** What needs care. */
  | "warning"
  /** What went wrong. */
  | "bad";

/** How a role looks. */
export interface RoleStyle extends TextStyle {
  /** What differs where the terminal shows 256 colours or more; colours that it lacks are replaced by the nearest. */
  readonly rich?: TextStyle | undefined;
}

/** How each role looks; an app adds roles of its own as further names. */
export type Theme<Roles extends string = Role> = Readonly<
  Record<Roles, RoleStyle>
>;

/** The styles of a theme on one terminal. */
export type Styles<Roles extends string = Role> = Readonly<
  Record<Roles, TextStyle>
>;

/** The terminal's own 16 colours. */
export const TERMINAL_THEME: Theme = {
  heading: { dim: true },
  faint: { dim: true },
  focus: { color: "cyan", bold: true },
  selected: { inverse: true },
  cursor: { inverse: true },
  accent: { color: "cyan" },
  good: { color: "green" },
  warning: { color: "yellow" },
  bad: { color: "red", bold: true },
};

/** The style of one role. */
function styleAt(style: RoleStyle, depth: ColorDepth): TextStyle {
  const { rich, ...basic } = style;
  return depth >= 256 ? { ...basic, ...rich } : basic;
}

/**
 * The styles of a theme on a terminal of a depth.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { stylesOf, TERMINAL_THEME } from "ksmscope/tui";
 *
 * const theme = {
 *   ...TERMINAL_THEME,
 *   merged: { color: "green", rich: { color: "#7fd88f" } },
 * } as const;
 * assert.deepEqual(stylesOf(theme, 16).merged, { color: "green" });
 * assert.deepEqual(stylesOf(theme, 256).merged, { color: "#7fd88f" });
 * ```
 */
export function stylesOf<Roles extends string>(
  theme: Theme<Roles>,
  depth: ColorDepth,
): Styles<Roles>;
export function stylesOf(
  theme: Theme<string>,
  depth: ColorDepth,
): Styles<string> {
  return Object.fromEntries(
    Object.entries(theme).map(([role, style]) => [role, styleAt(style, depth)]),
  );
}
