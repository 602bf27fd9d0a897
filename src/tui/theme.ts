/**
 * A theme: what each role of text looks like, so that views name what something
 * means and one value decides about all colours.
 *
 * @module
 */
import type { ColorDepth } from "./color.ts";
import type { TextStyle } from "./style.ts";

/** What the toolkit's own widgets draw, by its meaning. */
export const ROLES = [
  "heading",
  "faint",
  "focus",
  "selected",
  "cursor",
  "accent",
  "good",
  "warning",
  "bad",
] as const;

/** A meaning that text can have. */
export type Role = typeof ROLES[number];

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
