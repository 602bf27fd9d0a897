/**
 * The panels by the digits that zoom them.
 *
 * @module
 */

/** A panel. */
export type PanelName =
  | "memory"
  | "trees"
  | "map"
  | "locks"
  | "ksmd"
  | "processes"
  | "events";

/** The panels in the order of their digits, from 1. */
export const PANELS: readonly PanelName[] = [
  "memory",
  "trees",
  "map",
  "locks",
  "ksmd",
  "processes",
  "events",
];

/** What stands over each panel. */
export const PANEL_TITLES: Readonly<Record<PanelName, string>> = {
  memory: "MEMORY",
  trees: "TREES",
  map: "PAGE MAP",
  locks: "LOCKS",
  ksmd: "KSMD",
  processes: "PROCESSES",
  events: "EVENTS",
};

/** Whether a name is that of a panel. */
export function isPanel(name: string): name is PanelName {
  return PANELS.some((panel) => panel === name);
}

/** Panels among others whose list is a table: titles stand over it, and where not all rows fit the last line says so. */
export const TABLE_PANELS: readonly PanelName[] = ["ksmd", "processes"];
