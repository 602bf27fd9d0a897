/**
 * How often what has happened in a machine that people look for.
 *
 * @module
 */
import type { Machine } from "../machine.ts";

/** Counts since the start. */
export interface Happened {
  /** Pages that were merged. */
  readonly merge: number;
  /** Writes that broke sharing. */
  readonly cow: number;
  /** Waits for a lock that began. */
  readonly wait: number;
  /** Pages that were moved to another frame. */
  readonly migration: number;
}

/** What happens in a machine that people look for. */
export type Happening = keyof Happened;

/** What has happened so far. */
export function happenedIn(machine: Machine): Happened {
  return {
    merge: machine.merges,
    cow: machine.cowBreaks,
    wait: machine.simulation?.locks.waits ?? 0,
    migration: machine.memory.pagesMigrated,
  };
}

/** What has happened from `before` to `after`, one of it; undefined where nothing has. */
export function happeningBetween(
  before: Happened,
  after: Happened,
): Happening | undefined {
  if (after.merge !== before.merge) return "merge";
  if (after.cow !== before.cow) return "cow";
  if (after.migration !== before.migration) return "migration";
  return after.wait === before.wait ? undefined : "wait";
}
