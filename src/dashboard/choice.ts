/**
 * The row that the user has chosen in a zoomed panel. It is remembered by its
 * name, so that it stays chosen when the rows change their order.
 *
 * @module
 */
import type { Snapshot } from "../observe/snapshot.ts";
import { actorLines } from "./actor_lines.ts";
import { classLines, lockStatName } from "./lock_lines.ts";
import type { PanelName } from "./panels.ts";

/** The names of the rows of a zoomed panel from top to bottom; none where no row can be chosen. */
export function rowNames(
  panel: PanelName | undefined,
  snapshot: Snapshot,
): string[] {
  switch (panel) {
    case "locks":
      return snapshot.locks === undefined
        ? []
        : classLines(snapshot.locks).map(lockStatName);
    case "ksmd":
      return actorLines(snapshot).map(({ actor }) => actor.name);
    default:
      return [];
  }
}

/** The index of the chosen row: the first where none is chosen, or the chosen one is gone. */
export function chosenIndex(
  names: readonly string[],
  chosen: string | undefined,
): number {
  return Math.max(0, chosen === undefined ? 0 : names.indexOf(chosen));
}

/** The name of the row so many further down, and no further than the last one. */
export function rowFrom(
  names: readonly string[],
  chosen: string | undefined,
  by: number,
): string | undefined {
  const to = chosenIndex(names, chosen) + by;
  return names[Math.max(0, Math.min(names.length - 1, to))];
}
