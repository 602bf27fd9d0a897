/**
 * The characters that mean something on the dashboard, and their styles. Every
 * colour has a character or a word beside it, so that all reads without colour.
 *
 * @module
 */
import type { LogKind, PageState } from "../observe/snapshot.ts";
import { depthOf, type Rendering, stylesOf } from "../tui/mod.ts";
import type { Motion } from "./state.ts";
import { type ActorState, type DashboardStyles, THEMES } from "./theme.ts";
import type { ThemeName } from "./theme_names.ts";

/**
 * One set of characters, each one column wide. Each has one meaning: a page that
 * is merged and the event that it is from now on, whatever runs, whatever waits,
 * and whatever has ended have one character each.
 */
export interface Characters {
  /** A page of the page map, by its state. */
  readonly pages: Readonly<Record<PageState, string>>;
  /** ksmd's cursor. */
  readonly cursor: string;
  /** The user's cursor on the page map. */
  readonly pointer: string;
  /** Stands before the title of the panel with the focus. */
  readonly focus: string;
  /** Stands between two regions of the page map. */
  readonly gap: string;
  /** How the machine moves. */
  readonly motions: Readonly<Record<Motion, string>>;
  /** Kinds of events. */
  readonly events: Readonly<Record<LogKind, string>>;
  /** What actors are at. */
  readonly actors: Readonly<Record<ActorState, string>>;
  /** Stands at the title of a column by which rows are sorted, the least first. */
  readonly ascending: string;
  /** The same, the greatest first. */
  readonly descending: string;
  /** Marks a lock that the kernel's lock_stat does not have. */
  readonly ours: string;
  /** Stands at the level that a tree of so many nodes has at least. */
  readonly least: string;
  /** Stands before how many times something happened. */
  readonly times: string;
  /** Stands for a millionth. */
  readonly micro: string;
  /** Where a line meets a wall: from the right, the left, above, below, and from both of these. */
  readonly joints: Readonly<
    Record<
      "fromRight" | "fromLeft" | "fromAbove" | "fromBelow" | "cross",
      string
    >
  >;
}

/** For terminals that show Unicode. */
const UNICODE_CHARACTERS: Characters = {
  pages: {
    hole: "x",
    untouched: "·",
    plain: "-",
    volatile: "~",
    unshared: "○",
    zero: "0",
    merged: "●",
  },
  cursor: "★",
  pointer: "◎",
  focus: "❯",
  gap: "│",
  motions: {
    running: "▶",
    stepping: "▷",
    travelling: "◁",
    frozen: "▣",
    past: "◀",
    paused: "▯",
    ended: "■",
    defect: "✗",
  },
  events: {
    merge: "●",
    cow: "◐",
    unmerge: "⊖",
    stale: "†",
    pass: "»",
    label: "◆",
    wait: "‖",
    migration: "→",
  },
  actors: {
    running: "▶",
    waiting: "‖",
    sleeping: "z",
    idle: "_",
    done: "■",
  },
  ascending: "▲",
  descending: "▼",
  ours: "*",
  least: "⌊",
  times: "×",
  micro: "µ",
  joints: {
    fromRight: "├",
    fromLeft: "┤",
    fromAbove: "┴",
    fromBelow: "┬",
    cross: "┼",
  },
};

/** For terminals that show ASCII alone. */
const ASCII_CHARACTERS: Characters = {
  pages: {
    hole: "x",
    untouched: ".",
    plain: "-",
    volatile: "~",
    unshared: "o",
    zero: "0",
    merged: "#",
  },
  cursor: "K",
  pointer: "@",
  focus: ">",
  gap: "|",
  motions: {
    running: "r",
    stepping: "s",
    travelling: "t",
    frozen: "f",
    past: "<",
    paused: "=",
    ended: "e",
    defect: "X",
  },
  events: {
    merge: "#",
    cow: "%",
    unmerge: "u",
    stale: "d",
    pass: "/",
    label: "&",
    wait: "w",
    migration: "m",
  },
  actors: {
    running: "r",
    waiting: "w",
    sleeping: "z",
    idle: "_",
    done: "e",
  },
  ascending: "^",
  descending: "v",
  ours: "*",
  least: "L",
  times: "x",
  micro: "u",
  joints: {
    fromRight: "+",
    fromLeft: "+",
    fromAbove: "+",
    fromBelow: "+",
    cross: "+",
  },
};

/** The set for what a terminal can show. */
export function charactersFor(
  glyphs: { readonly ascii: boolean },
): Characters {
  return glyphs.ascii ? ASCII_CHARACTERS : UNICODE_CHARACTERS;
}

/** Characters, and how what they stand for looks. */
export interface Symbols extends Characters {
  /** The styles of the theme, by what they mean. */
  readonly styles: DashboardStyles;
}

/** Characters and styles of a theme for what a terminal can show. */
export function symbolsFor(screen: Rendering, theme: ThemeName): Symbols {
  const styles = stylesOf(THEMES[theme], depthOf(screen));
  return { ...charactersFor(screen.glyphs), styles };
}

/** Kinds of events in words. */
export const EVENT_WORDS: Readonly<Record<LogKind, string>> = {
  merge: "merge",
  cow: "COW break",
  unmerge: "unmerge",
  stale: "stale",
  pass: "scan",
  label: "sample",
  wait: "lock wait",
  migration: "migration",
};
