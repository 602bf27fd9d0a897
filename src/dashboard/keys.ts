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

/** Samples that a leap through the past covers. */
const LEAP = 20;

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
