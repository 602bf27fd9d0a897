/**
 * The dashboard's keys: the one table that acts, helps and stands at the bottom.
 *
 * @module
 */
import type { KeyBinding, KeyMap } from "../tui/mod.ts";
import { rowNames } from "./choice.ts";
import { PANEL_TITLES, type PanelName, PANELS } from "./panels.ts";
import type { DashboardState } from "./state.ts";
import type { Message } from "./update.ts";

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
    does: "zoomed: choose the row above",
    legend: "choose",
    message: { kind: "choose", by: -1 },
  },
  {
    keys: ["down"],
    does: "zoomed: choose the row below",
    legend: "choose",
    message: { kind: "choose", by: 1 },
  },
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

/** All other keys, in the order of the help. */
export const ACTION_KEYS: KeyMap<Message> = [...EVERYWHERE, BACK, ...CHOICE];

/** All keys. */
export const KEYS: KeyMap<Message> = [...ACTION_KEYS, ...ZOOM_KEYS];

/** The keys worth naming at the bottom, the most needed first. */
export function legendKeys(
  { zoomed, snapshot }: Pick<DashboardState, "zoomed" | "snapshot">,
): KeyMap<Message> {
  if (zoomed === undefined) return [...EVERYWHERE, ...ZOOM_KEYS];
  const [quit, help, ...others] = EVERYWHERE;
  const choice = rowNames(zoomed, snapshot).length > 1 ? CHOICE : [];
  return [quit, help, BACK, ...choice, ...others, ...ZOOM_KEYS];
}
