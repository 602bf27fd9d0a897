/**
 * What some figures were in the snapshots before, for graphs: a bounded number
 * of values each, the oldest dropped first.
 *
 * @module
 */
import type { Snapshot } from "./snapshot.ts";

/** A figure that is remembered. */
export type Figure =
  | "stableNodes"
  | "unstableNodes"
  | "pagesShared"
  | "pagesSharing"
  | "pagesUnshared"
  | "pagesVolatile"
  | "zeroPages"
  | "profit"
  | "batches"
  | "pagesScanned"
  | "ksmdNanos";

/** How each figure is read, on machines of several nodes for all of them together; `undefined` where the source cannot see it. */
const READINGS: Readonly<
  Record<Figure, (snapshot: Snapshot) => number | undefined>
> = {
  stableNodes: (snapshot) => nodesOf(snapshot, "stableTree"),
  unstableNodes: (snapshot) => nodesOf(snapshot, "unstableTree"),
  pagesShared: ({ counters }) => counters.pagesShared,
  pagesSharing: ({ counters }) => counters.pagesSharing,
  pagesUnshared: ({ counters }) => counters.pagesUnshared,
  pagesVolatile: ({ counters }) => counters.pagesVolatile,
  zeroPages: ({ counters }) => counters.ksmZeroPages,
  profit: ({ counters }) => counters.generalProfit,
  batches: ({ ksmd }) => ksmd.batches,
  pagesScanned: ({ counters }) => counters.pagesScanned,
  ksmdNanos: ({ actors = [] }) =>
    actors.find(({ kind }) => kind === "ksmd")?.cpuNanos,
};

function valuesBy(
  of: (figure: Figure) => readonly number[],
): History["values"] {
  return {
    stableNodes: of("stableNodes"),
    unstableNodes: of("unstableNodes"),
    pagesShared: of("pagesShared"),
    pagesSharing: of("pagesSharing"),
    pagesUnshared: of("pagesUnshared"),
    pagesVolatile: of("pagesVolatile"),
    zeroPages: of("zeroPages"),
    profit: of("profit"),
    batches: of("batches"),
    pagesScanned: of("pagesScanned"),
    ksmdNanos: of("ksmdNanos"),
  };
}

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
  /** Batches that ksmd had done at the last reading; missing where no reading was taken, or what came after one is left out. */
  readonly lastBatches: number | undefined;
  /** When the readings were taken, in milliseconds since the start, oldest first. */
  readonly millis: readonly number[];
  /** The values, oldest first. */
  readonly values: Readonly<Record<Figure, readonly number[]>>;
}

/** A history without any reading yet. */
export function emptyHistory(limit: number): History {
  return {
    limit,
    lastBatches: undefined,
    millis: [],
    values: valuesBy(() => []),
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
  if (batches === history.lastBatches) return history;
  const longer = (figure: Figure): readonly number[] => {
    const value = READINGS[figure](snapshot);
    const values = history.values[figure];
    return value === undefined ? values : [...values, value].slice(-limit);
  };
  return {
    limit,
    lastBatches: batches,
    millis: [...history.millis, snapshot.timeMillis].slice(-limit),
    values: valuesBy(longer),
  };
}

/** The history of all these snapshots, however many they are: as if each had been read as it came, and none dropped. */
export function historyOf(snapshots: readonly Snapshot[]): History {
  const read = snapshots.filter(({ ksmd }, i) =>
    i === 0 || ksmd.batches !== snapshots[i - 1].ksmd.batches
  );
  const valuesOf = (figure: Figure): readonly number[] =>
    read.map(READINGS[figure]).filter((value) => value !== undefined);
  return {
    limit: Math.max(1, read.length),
    lastBatches: read.at(-1)?.ksmd.batches,
    millis: read.map(({ timeMillis }) => timeMillis),
    values: valuesBy(valuesOf),
  };
}

/** The history up to a moment, as if nothing had been read since. */
export function historyUpTo(history: History, millis: number): History {
  const { limit, values } = history;
  const later = history.millis.findIndex((each) => each > millis);
  if (later < 0) return history;
  const upTo = (figure: Figure): readonly number[] => {
    const missing = history.millis.length - values[figure].length;
    return values[figure].slice(0, Math.max(0, later - missing));
  };
  return {
    limit,
    lastBatches: undefined,
    millis: history.millis.slice(0, later),
    values: valuesBy(upTo),
  };
}
