/**
 * What some figures were in the snapshots before, for graphs: a bounded number
 * of values each, the oldest dropped first.
 *
 * @module
 */
import type { Snapshot } from "./snapshot.ts";

/** A figure that is remembered. */
export type Figure = "stableNodes" | "unstableNodes";

/** How each figure is read, on machines of several nodes for all of them together; `undefined` where the source cannot see it. */
const READINGS: Readonly<
  Record<Figure, (snapshot: Snapshot) => number | undefined>
> = {
  stableNodes: (snapshot) => nodesOf(snapshot, "stableTree"),
  unstableNodes: (snapshot) => nodesOf(snapshot, "unstableTree"),
};

function nodesOf(
  snapshot: Snapshot,
  tree: "stableTree" | "unstableTree",
): number | undefined {
  return snapshot.nodeTrees === undefined
    ? snapshot[tree]?.nodes
    : snapshot.nodeTrees.reduce((sum, one) => sum + one[tree].nodes, 0);
}

/** Values of figures over time. It is plain data: adding to it makes a new one. */
export interface History {
  /** How many values each figure keeps at most. */
  readonly limit: number;
  /** Batches that ksmd had done at the last reading; missing before the first. */
  readonly batches: number | undefined;
  /** The values, oldest first. */
  readonly values: Readonly<Record<Figure, readonly number[]>>;
}

/** A history without any reading yet. */
export function emptyHistory(limit: number): History {
  return {
    limit,
    batches: undefined,
    values: { stableNodes: [], unstableNodes: [] },
  };
}

/**
 * The history with one more reading. A snapshot taken in the same batch as the
 * last one changes nothing, so that the time on a graph does not depend on how
 * often one looks while ksmd rests, or walks page by page.
 */
export function withReading(history: History, snapshot: Snapshot): History {
  const { limit } = history;
  const { batches } = snapshot.ksmd;
  if (batches === history.batches) return history;
  const longer = (figure: Figure): readonly number[] => {
    const value = READINGS[figure](snapshot);
    const values = history.values[figure];
    return value === undefined ? values : [...values, value].slice(-limit);
  };
  return {
    limit,
    batches,
    values: {
      stableNodes: longer("stableNodes"),
      unstableNodes: longer("unstableNodes"),
    },
  };
}
