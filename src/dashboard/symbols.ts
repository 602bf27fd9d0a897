/**
 * The characters and colours that mean something on the dashboard. Every colour
 * has a character or a word beside it, so that all reads without colour.
 *
 * @module
 */
import type { ActorView, LogKind, PageState } from "../observe/snapshot.ts";
import type { Color } from "../tui/mod.ts";
import type { Motion } from "./state.ts";

/** What an actor is at. */
export type ActorState = ActorView["state"];

/** One set of characters, each one column wide but the arrow. */
export interface Symbols {
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
  /** Stands between who holds a lock and who waits for it. */
  readonly heldFrom: string;
  /** Marks a lock that the kernel's lock_stat does not have. */
  readonly ours: string;
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
const UNICODE_SYMBOLS: Symbols = {
  pages: {
    hole: "x",
    untouched: "·",
    plain: "-",
    volatile: "~",
    unshared: "○",
    zero: "0",
    merged: "●",
  },
  cursor: "▶",
  pointer: "◎",
  focus: "▸",
  gap: "│",
  motions: {
    running: "▶",
    stepping: "▷",
    travelling: "◁",
    past: "◀",
    paused: "▯",
    ended: "■",
    defect: "✗",
  },
  events: {
    merge: "●",
    cow: "◐",
    unmerge: "○",
    stale: "×",
    pass: "»",
    label: "◆",
    wait: "‖",
    migration: "→",
  },
  actors: {
    running: "▶",
    waiting: "‖",
    sleeping: "z",
    idle: "·",
    done: "■",
  },
  heldFrom: "←",
  ours: "*",
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
const ASCII_SYMBOLS: Symbols = {
  pages: {
    hole: "x",
    untouched: ".",
    plain: "-",
    volatile: "~",
    unshared: "o",
    zero: "0",
    merged: "#",
  },
  cursor: ">",
  pointer: "@",
  focus: ">",
  gap: "|",
  motions: {
    running: ">",
    stepping: ">",
    travelling: "<",
    past: "<",
    paused: "=",
    ended: "!",
    defect: "X",
  },
  events: {
    merge: "#",
    cow: "%",
    unmerge: "o",
    stale: "x",
    pass: ">",
    label: "*",
    wait: "!",
    migration: "m",
  },
  actors: {
    running: ">",
    waiting: "!",
    sleeping: "z",
    idle: ".",
    done: "x",
  },
  heldFrom: "<-",
  ours: "*",
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
export function symbolsFor(glyphs: { readonly ascii: boolean }): Symbols {
  return glyphs.ascii ? ASCII_SYMBOLS : UNICODE_SYMBOLS;
}

/** Colours of page states; a missing one is faint. */
export const PAGE_COLORS: Readonly<Record<PageState, Color | undefined>> = {
  hole: undefined,
  untouched: undefined,
  plain: "blue",
  volatile: "red",
  unshared: "yellow",
  zero: "blue",
  merged: "green",
};

/** Colours of kinds of events. */
export const EVENT_COLORS: Readonly<Record<LogKind, Color>> = {
  merge: "green",
  cow: "yellow",
  unmerge: "magenta",
  stale: "red",
  pass: "cyan",
  label: "brightBlue",
  wait: "red",
  migration: "blue",
};

/** Colours of what actors are at; a missing one is faint. */
export const ACTOR_COLORS: Readonly<Record<ActorState, Color | undefined>> = {
  running: "green",
  waiting: "red",
  sleeping: "blue",
  idle: undefined,
  done: undefined,
};

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
