/**
 * How all that means something on the dashboard looks. Views name what they
 * show; a theme says how that looks, and the user chooses a theme.
 *
 * A role is drawn in a hue, and all themes agree in which: what is well has the
 * same hue wherever it stands. A theme only says how each hue looks. No theme
 * has to be relied on, as a character or a word stands beside every colour.
 *
 * @module
 */
import type { ActorView, LogKind, PageState } from "../observe/snapshot.ts";
import {
  type Role,
  type RoleStyle,
  type Styles,
  TERMINAL_THEME,
  type Theme,
} from "../tui/mod.ts";
import type { Motion } from "./state.ts";
import { THEME_NAMES, type ThemeName } from "./theme_names.ts";

/** What an actor is at. */
export type ActorState = ActorView["state"];

/** What the dashboard shows in styles of its own, besides the toolkit's roles. */
export type DashboardRole =
  | Role
  | `page-${PageState}`
  /** The one copy that is kept of pages that were merged. */
  | "page-shared"
  | `event-${LogKind}`
  | `actor-${ActorState}`
  | `motion-${Motion}`
  /** Memory that is gained, and that is lost. */
  | "gain"
  | "loss"
  /** Somebody who waits for a lock. */
  | "waits"
  /** The two trees. */
  | "stable"
  | "unstable"
  /** A red node of a red-black tree. */
  | "node-red"
  /** How far something has come. */
  | "progress"
  /** What the user has to know just now. */
  | "notice";

/** The styles of the dashboard on one terminal. */
export type DashboardStyles = Styles<DashboardRole>;

/** A theme of the dashboard. */
export type DashboardTheme = Theme<DashboardRole>;

/** What hues stand for. */
type Hue =
  /** As it should be. */
  | "well"
  /** Kept for others. */
  | "kept"
  /** May yet become well, or needs a look. */
  | "open"
  /** Goes wrong, or holds up others. */
  | "alarm"
  /** Out of the game. */
  | "cold"
  /** Undone, or gone by. */
  | "past"
  /** A mark on the way. */
  | "mark"
  /** Of no interest. */
  | "faint";

/** The hue of each role of the dashboard's own. */
const HUES: Readonly<Record<Exclude<DashboardRole, Role>, Hue>> = {
  "page-hole": "faint",
  "page-untouched": "faint",
  "page-plain": "cold",
  "page-volatile": "alarm",
  "page-unshared": "open",
  "page-zero": "cold",
  "page-merged": "well",
  "page-shared": "kept",
  "event-merge": "well",
  "event-cow": "open",
  "event-unmerge": "past",
  "event-stale": "alarm",
  "event-pass": "kept",
  "event-label": "mark",
  "event-wait": "alarm",
  "event-migration": "cold",
  "actor-running": "well",
  "actor-waiting": "alarm",
  "actor-sleeping": "cold",
  "actor-idle": "faint",
  "actor-done": "faint",
  "motion-running": "well",
  "motion-stepping": "well",
  "motion-travelling": "past",
  "motion-frozen": "past",
  "motion-past": "past",
  "motion-paused": "open",
  "motion-ended": "kept",
  "motion-defect": "alarm",
  "gain": "well",
  "loss": "alarm",
  "waits": "alarm",
  "stable": "well",
  "unstable": "open",
  "node-red": "alarm",
  "progress": "well",
  "notice": "open",
};

type Hues = Readonly<Record<Hue, RoleStyle>>;

/** The user's own 16 colours. */
const TERMINAL_HUES: Hues = {
  well: { color: "green" },
  kept: { color: "cyan" },
  open: { color: "yellow" },
  alarm: { color: "red" },
  cold: { color: "blue" },
  past: { color: "magenta" },
  mark: { color: "brightBlue" },
  faint: { dim: true },
};

/** Colours that are the same on all terminals with 256 of them or more. */
const VIVID_HUES: Hues = {
  well: { color: "green", rich: { color: "#7fd88f" } },
  kept: { color: "cyan", rich: { color: "#5cc8d8" } },
  open: { color: "yellow", rich: { color: "#e5c453" } },
  alarm: { color: "red", rich: { color: "#f0616d" } },
  cold: { color: "blue", rich: { color: "#6c8cff" } },
  past: { color: "magenta", rich: { color: "#c792ea" } },
  mark: { color: "brightBlue", rich: { color: "#9ab8ff" } },
  faint: { dim: true },
};

/** Blue against yellow and orange, which people tell apart who do not tell red from green; after Okabe and Ito. */
const COLORBLIND_HUES: Hues = {
  well: { color: "brightBlue", rich: { color: "#56b4e9" } },
  kept: { color: "cyan", rich: { color: "#b8e0f5" } },
  open: { color: "yellow", rich: { color: "#f0e442" } },
  alarm: { color: "brightYellow", bold: true, rich: { color: "#e69f00" } },
  cold: { color: "blue", rich: { color: "#3d8bc4" } },
  past: { color: "magenta", rich: { color: "#cc79a7" } },
  mark: { color: "brightWhite", rich: { color: "#ffffff" } },
  faint: { dim: true },
};

/** No colours: what is well is plain, what needs a look is not. */
const MONOCHROME_HUES: Hues = {
  well: {},
  kept: {},
  open: { underline: true },
  alarm: { bold: true },
  cold: { dim: true },
  past: { underline: true },
  mark: { bold: true },
  faint: { dim: true },
};

/** The toolkit's roles in the hues of a theme. */
function widgetTheme(hues: Hues): Theme {
  return {
    ...TERMINAL_THEME,
    focus: { ...hues.kept, bold: true },
    accent: hues.kept,
    good: hues.well,
    warning: hues.open,
    bad: { ...hues.alarm, bold: true },
  };
}

const ROLE_NAMES = Object.keys(HUES) as (keyof typeof HUES)[];

function themeOf(hues: Hues): DashboardTheme {
  const own = (): Theme<keyof typeof HUES> => {
    const entries = ROLE_NAMES.map((role) => [role, hues[HUES[role]]]);
    return Object.fromEntries(entries);
  };
  return { ...widgetTheme(hues), ...own() };
}

/** The themes by name. */
export const THEMES: Readonly<Record<ThemeName, DashboardTheme>> = {
  terminal: themeOf(TERMINAL_HUES),
  vivid: themeOf(VIVID_HUES),
  colorblind: themeOf(COLORBLIND_HUES),
  monochrome: themeOf(MONOCHROME_HUES),
};

/** Themes in words. */
export const THEME_WORDS: Readonly<Record<ThemeName, string>> = {
  terminal: "the terminal's own 16 colours",
  vivid: "the same colours on every terminal with 256 of them or more",
  colorblind: "blue against yellow and orange, no red against green",
  monochrome: "no colours",
};

/** The theme after another. */
export function nextTheme(theme: ThemeName): ThemeName {
  const at = THEME_NAMES.indexOf(theme);
  return THEME_NAMES[(at + 1) % THEME_NAMES.length];
}
