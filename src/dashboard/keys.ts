/**
 * The dashboard's keys: the one table that acts, helps and stands at the bottom.
 *
 * @module
 */
import type { KeyBinding, KeyMap } from "../tui/mod.ts";
import { rowNames } from "./choice.ts";
import type { MapMove } from "./map_cursor.ts";
import { PANEL_TITLES, type PanelName, PANELS } from "./panels.ts";
import type { DashboardState } from "./state.ts";
import type { Message } from "./update.ts";

/** Samples that a leap through the past covers. */
const LEAP = 20;

/** Rows that a leap through the rows of a zoomed panel covers. */
const PAGE = 10;

/** Keys that mean the same everywhere. */
const EVERYWHERE: KeyMap<Message> = [
  {
    keys: ["q"],
    does: "quit (so does ctrl+c)",
    legend: "quit",
    message: { kind: "quit" },
  },
  {
    keys: ["?"],
    does: "open or close this help",
    legend: "help",
    message: { kind: "help" },
  },
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
    does: "to the next merge, COW, wait or migration",
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
  {
    keys: ["enter"],
    does: "zoom the panel with the focus",
    message: { kind: "detail" },
  },
];

/** The key that leads back. */
const BACK: KeyBinding<Message> = {
  keys: ["escape"],
  does: "close the help, or the zoom",
  legend: "back",
  message: { kind: "back" },
};

/** Keys that mean something where rows can be chosen. */
const CHOICE: KeyMap<Message> = [
  {
    keys: ["up"],
    does: "row above",
    legend: "choose",
    message: { kind: "choose", by: -1 },
  },
  {
    keys: ["down"],
    does: "row below",
    legend: "choose",
    message: { kind: "choose", by: 1 },
  },
  {
    keys: ["pageup"],
    does: "ten rows up",
    message: { kind: "choose", by: -PAGE },
  },
  {
    keys: ["pagedown"],
    does: "ten rows down",
    message: { kind: "choose", by: PAGE },
  },
  {
    keys: ["home"],
    does: "first row",
    message: { kind: "choose", by: -Infinity },
  },
  {
    keys: ["end"],
    does: "last row",
    message: { kind: "choose", by: Infinity },
  },
];

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
export const MAP_KEYS: KeyMap<Message> = [
  mapKey(["left", "h"], "left", "move", { kind: "go", to: "left" }),
  mapKey(["down", "j"], "down", "move", { kind: "go", to: "down" }),
  mapKey(["up", "k"], "up", "move", { kind: "go", to: "up" }),
  mapKey(["right", "l"], "right", "move", { kind: "go", to: "right" }),
  mapKey(["pageup"], "screen up", undefined, {
    kind: "leaf",
    to: "up",
  }),
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
    does: `zoom ${PANEL_TITLES[panel]}`,
    legend: "zoom",
    message: { kind: "zoom", panel },
  };
}

/** The keys that zoom, one a panel. */
export const ZOOM_KEYS: KeyMap<Message> = PANELS.map(zoomKey);

/** Keys that mean the same whatever is zoomed, in the order of the help. */
export const ACTION_KEYS: KeyMap<Message> = [...EVERYWHERE, BACK];

/** All keys but those of the page map. */
export const KEYS: KeyMap<Message> = [...ACTION_KEYS, ...CHOICE, ...ZOOM_KEYS];

/** The keys that go about the zoomed panel: rows of a list, or the page map. */
export function wayKeys(
  { zoomed }: Pick<DashboardState, "zoomed">,
): KeyMap<Message> {
  return zoomed === "map" ? MAP_KEYS : CHOICE;
}

/** The keys that mean something now. */
export function keysOf(
  { zoomed }: Pick<DashboardState, "zoomed">,
): KeyMap<Message> {
  return zoomed === "map" ? [...MAP_KEYS, ...KEYS] : KEYS;
}

/** The keys that go about the zoomed panel, if it has a way. */
function panelKeys(
  state: Pick<DashboardState, "zoomed" | "snapshot" | "details">,
): KeyMap<Message> {
  if (state.zoomed === "map") return MAP_KEYS;
  return rowNames(state).length > 1 ? CHOICE : [];
}

/** The keys worth naming at the bottom, the most needed first. */
export function legendKeys(
  state: Pick<DashboardState, "zoomed" | "snapshot" | "details">,
): KeyMap<Message> {
  if (state.zoomed === undefined) return [...EVERYWHERE, ...ZOOM_KEYS];
  const [quit, help, ...others] = EVERYWHERE;
  const choice = panelKeys(state);
  return [quit, help, BACK, ...choice, ...others, ...ZOOM_KEYS];
}
