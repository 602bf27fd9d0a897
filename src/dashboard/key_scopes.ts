/**
 * The dashboard's keys: the one table that acts, helps, stands at the bottom,
 * and makes the table of the README.
 *
 * @module
 */
import type { KeyBinding, KeyMap, KeyScope } from "../tui/mod.ts";
import type { DialogAction } from "./dialogs.ts";
import type { MapMove } from "./map_cursor.ts";
import { PANEL_TITLES, type PanelName, PANELS } from "./panels.ts";
import type { Message } from "./update.ts";

/** Samples that a leap through the past covers. */
const LEAP = 20;

/** Rows that a leap through a list covers. */
const PAGE = 10;

/** The key that leaves. */
export const QUIT: KeyBinding<Message> = {
  keys: ["q"],
  does: "quit (so does ctrl+c)",
  legend: "quit",
  message: { kind: "quit" },
};

/** The key of the help. */
export const HELP: KeyBinding<Message> = {
  keys: ["?"],
  does: "open or close this help",
  legend: "help",
  message: { kind: "toggle", dialog: "help" },
};

/** Keys that move the machine. */
export const PACE: KeyMap<Message> = [
  {
    keys: ["space"],
    does: "pause, or go on",
    legend: "pause",
    message: { kind: "pause" },
  },
  {
    keys: ["."],
    does: "pause, and visit one page",
    legend: "page",
    message: { kind: "step", stride: "page" },
  },
  {
    keys: ["b"],
    does: "pause, and scan one batch",
    legend: "batch",
    message: { kind: "step", stride: "batch" },
  },
  {
    keys: [">"],
    does: "pause, finish the full scan",
    legend: "scan",
    message: { kind: "step", stride: "pass" },
  },
  {
    keys: ["+", "="],
    does: "twice as fast",
    legend: "speed",
    message: { kind: "faster" },
  },
  {
    keys: ["-"],
    does: "half as fast",
    legend: "speed",
    message: { kind: "slower" },
  },
];

/** Keys that go through its past. */
export const PAST: KeyMap<Message> = [
  {
    keys: ["["],
    does: "back by a sample",
    legend: "time",
    message: { kind: "travel", to: { kind: "samples", by: -1 } },
  },
  {
    keys: ["]"],
    does: "forward by a sample",
    legend: "time",
    message: { kind: "travel", to: { kind: "samples", by: 1 } },
  },
  {
    keys: ["{"],
    does: `back by ${LEAP} samples`,
    message: { kind: "travel", to: { kind: "samples", by: -LEAP } },
  },
  {
    keys: ["}"],
    does: `forward by ${LEAP} samples`,
    message: { kind: "travel", to: { kind: "samples", by: LEAP } },
  },
  {
    keys: ["n"],
    does: "to the next merge, COW break, wait or migration",
    legend: "event",
    message: { kind: "travel", to: { kind: "event", direction: "next" } },
  },
  {
    keys: ["N"],
    does: "to the one before",
    legend: "event",
    message: { kind: "travel", to: { kind: "event", direction: "previous" } },
  },
  {
    keys: ["G"],
    does: "to the end of what is known",
    message: { kind: "travel", to: { kind: "end" } },
  },
  {
    keys: ["f"],
    does: "freeze the picture only, or let it follow",
    legend: "freeze",
    message: { kind: "freeze" },
  },
];

/** Keys that open something. */
export const TOOLS: KeyMap<Message> = [
  {
    keys: ["K"],
    does: "look at the knobs, and write one",
    legend: "knobs",
    message: { kind: "toggle", dialog: "knobs" },
  },
  {
    keys: ["k"],
    does: "the same, wherever k does not move up",
    message: { kind: "toggle", dialog: "knobs" },
  },
  {
    keys: ["w"],
    does: "go on with another workload",
    legend: "workload",
    message: { kind: "toggle", dialog: "workloads" },
  },
  {
    keys: ["e"],
    does: "export what is seen, as text or JSON",
    legend: "export",
    message: { kind: "toggle", dialog: "export" },
  },
  {
    keys: ["t"],
    does: "the next theme",
    legend: "theme",
    message: { kind: "theme" },
  },
];

/** Keys that go about the rows of a list. */
export const ROWS: KeyMap<Message> = [
  {
    keys: ["/"],
    does: "filter the rows of the panel with the focus",
    legend: "filter",
    message: { kind: "toggle", dialog: "filter" },
  },
  {
    keys: ["s"],
    does: "sort them by the next column",
    legend: "sort",
    message: { kind: "sort", how: "next" },
  },
  {
    keys: ["S"],
    does: "sort them the other way round",
    message: { kind: "sort", how: "reverse" },
  },
];

/** The key that leads back. */
export const BACK: KeyBinding<Message> = {
  keys: ["escape"],
  does: "close what is open, clear the filter, or leave the zoom",
  legend: "back",
  message: { kind: "back" },
};

/** A row of keys that goes about the rows of a list. */
function rowKey(
  keys: readonly string[],
  does: string,
  by: number,
  legend?: string,
): KeyBinding<Message> {
  const binding = { keys, does, message: { kind: "choose", by } } as const;
  return legend === undefined ? binding : { ...binding, legend };
}

/** The zoomed panel is a list, or, among others, the one with the focus. */
export const LIST: KeyScope<Message> = {
  title: "lists, zoomed or with the focus",
  keys: [
    rowKey(["up", "k"], "choose the row above, or scroll", -1, "move"),
    rowKey(["down", "j"], "choose the row below, or scroll", 1, "move"),
    rowKey(["pageup"], "ten rows up", -PAGE),
    rowKey(["pagedown"], "ten rows down", PAGE),
    rowKey(["home"], "to the first row", -Infinity),
    rowKey(["end"], "to the last row", Infinity),
  ],
};

/** Keys that go from panel to panel; the zoom goes along. */
const ASIDE: KeyMap<Message> = [
  {
    keys: ["left", "h"],
    does: "to the panel before (as shift+tab)",
    message: { kind: "focus-next", by: -1 },
  },
  {
    keys: ["right", "l"],
    does: "to the next panel (as tab does)",
    message: { kind: "focus-next", by: 1 },
  },
];

/** A panel other than the page map has the whole screen. */
export const ZOOMED: KeyScope<Message> = { title: "", keys: ASIDE };

/** All panels share the screen. */
export const OVERVIEW: KeyScope<Message> = {
  title: "overview",
  keys: [
    ...ASIDE,
    {
      keys: ["enter"],
      does: "zoom the panel with the focus",
      legend: "zoom",
      message: { kind: "detail" },
    },
  ],
};

/** A key that does something on the zoomed page map. */
function mapKey(
  keys: readonly string[],
  does: string,
  legend: string | undefined,
  move: MapMove,
): KeyBinding<Message> {
  const binding = { keys, does, message: { kind: "map", move } } as const;
  return legend === undefined ? binding : { ...binding, legend };
}

/** Keys of the zoomed page map; there they come before all others. */
const MAP_KEYS: KeyMap<Message> = [
  mapKey(["left", "h"], "left", "move", { kind: "go", to: "left" }),
  mapKey(["down", "j"], "down", "move", { kind: "go", to: "down" }),
  mapKey(["up", "k"], "up", "move", { kind: "go", to: "up" }),
  mapKey(["right", "l"], "right", "move", { kind: "go", to: "right" }),
  mapKey(["pageup"], "screen up", undefined, { kind: "leaf", to: "up" }),
  mapKey(["pagedown"], "screen down", undefined, {
    kind: "leaf",
    to: "down",
  }),
  mapKey(["z"], "closer", "closer", { kind: "look", closer: true }),
  mapKey(["Z"], "farther", "farther", { kind: "look", closer: false }),
  mapKey(["c"], "to ksmd", "to ksmd", { kind: "ksmd" }),
];

/** The key that zooms a panel. */
function zoomKey(panel: PanelName, index: number): KeyBinding<Message> {
  return {
    keys: [String(index + 1)],
    does: `zoom ${PANEL_TITLES[panel]}, or leave it`,
    legend: "zoom",
    message: { kind: "zoom", panel },
  };
}

/** The keys that zoom, one a panel. */
export const ZOOM_KEYS: KeyMap<Message> = PANELS.map(zoomKey);

function dialogKey(
  keys: KeyBinding<Message>["keys"],
  does: string,
  action: DialogAction,
  legend?: string,
): KeyBinding<Message> {
  const message = { kind: "dialog", action } as const;
  return legend === undefined
    ? { keys, does, message }
    : { keys, does, legend, message };
}

function moveKey(
  keys: readonly string[],
  does: string,
  by: number,
  legend?: string,
): KeyBinding<Message> {
  return dialogKey(keys, does, { kind: "move", by }, legend);
}

/** The help is open; all other keys work as ever. */
export const HELP_SCOPE: KeyScope<Message> = {
  title: "help",
  keys: [
    moveKey(["up", "k"], "scroll up", -1, "scroll"),
    moveKey(["down", "j"], "scroll down", 1, "scroll"),
    moveKey(["pageup"], "scroll up by a page", -PAGE),
    moveKey(["pagedown"], "scroll down by a page", PAGE),
    moveKey(["home"], "scroll to the start", -Infinity),
    moveKey(["end"], "scroll to the end", Infinity),
  ],
};

/** A list lies over the panels. */
export const MENU_SCOPE: KeyScope<Message> = {
  title: "knobs and menus",
  keys: [
    moveKey(["up", "k"], "choose the entry above", -1, "move"),
    moveKey(["down", "j"], "choose the entry below", 1, "move"),
    moveKey(["pageup"], "ten entries up", -PAGE),
    moveKey(["pagedown"], "ten entries down", PAGE),
    moveKey(["home"], "choose the first entry", -Infinity),
    moveKey(["end"], "choose the last entry", Infinity),
    dialogKey(
      ["enter"],
      "take it; of a knob, edit it",
      { kind: "enter" },
      "take",
    ),
  ],
};

/** Text is typed. */
export const TYPING_SCOPE: KeyScope<Message> = {
  title: "while typing",
  keys: [
    dialogKey(
      ["enter"],
      "write the knob, or keep the filter",
      { kind: "enter" },
      "write",
    ),
    {
      keys: ["escape"],
      does: "give the text up",
      legend: "give up",
      message: { kind: "back" },
    },
  ],
};

/** Keys that mean the same everywhere but where text is typed. */
export const EVERYWHERE: KeyScope<Message> = {
  title: "everywhere",
  keys: [
    QUIT,
    HELP,
    ...PACE,
    ...PAST,
    ...TOOLS,
    ...ROWS,
    BACK,
    ...ZOOM_KEYS,
  ],
};

/** The page map has the whole screen. */
export const ZOOMED_MAP: KeyScope<Message> = {
  title: "zoomed map",
  keys: MAP_KEYS,
};

/** All keys, in the order of the help. */
export const KEY_SCOPES: readonly KeyScope<Message>[] = [
  EVERYWHERE,
  OVERVIEW,
  LIST,
  ZOOMED_MAP,
  MENU_SCOPE,
  TYPING_SCOPE,
  HELP_SCOPE,
];
