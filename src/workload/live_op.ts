/**
 * Operations that only a machine with a clock of its own can do: threads that
 * act at rates while ksmd scans by itself. A trace cannot hold them.
 *
 * @module
 */
import type { Op } from "./op.ts";

/** From here on everything goes by the virtual clock: ksmd scans by itself, and a `sleep` lets it. */
export interface LiveOp {
  /** Which operation. */
  readonly op: "live";
}

/** What a thread is there for. */
export type ThreadKind =
  | "thread"
  | "compaction"
  | "hotplug"
  | "balancer"
  | "reader"
  | "admin";

/** Starts a thread, which has a virtual CPU of its own. */
export interface ThreadOp {
  /** Which operation. */
  readonly op: "thread";
  /** Its name. */
  readonly name: string;
  /** What it is there for. */
  readonly kind: ThreadKind;
  /** The process with which it ends; none for one of the system's. */
  readonly proc?: string;
  /** Milliseconds from the end of a turn to the beginning of the next. */
  readonly everyMillis: number;
  /** How many turns it has; without end when missing. */
  readonly times?: number;
  /** What it does in its turn of this number, from 0. */
  readonly turn: (number: number) => readonly WorkloadOp[];
}

/** Moves so many pages, chosen by chance, to other frames of their nodes. */
export interface CompactOp {
  /** Which operation. */
  readonly op: "compact";
  /** How many pages. */
  readonly pages: number;
}

/** Moves so many pages, chosen by chance among those of one process only, to another node. */
export interface BalanceOp {
  /** Which operation. */
  readonly op: "balance";
  /** How many pages. */
  readonly pages: number;
}

/** Reads KSM's counters in sysfs, which takes no lock, and `ksm_stat` of every process, which does. */
export interface ReadStatsOp {
  /** Which operation. */
  readonly op: "readStats";
}

/** An operation that needs the virtual clock. */
export type TimedOp = LiveOp | ThreadOp | CompactOp | BalanceOp | ReadStatsOp;

/** Any operation of a workload: those that a trace can hold, and those that need the virtual clock. */
export type WorkloadOp = Op | TimedOp;

const TIMED_NAMES: ReadonlySet<string> = new Set<TimedOp["op"]>([
  "live",
  "thread",
  "compact",
  "balance",
  "readStats",
]);

/** Whether an operation needs the virtual clock. */
export function isTimedOp(op: WorkloadOp): op is TimedOp {
  return TIMED_NAMES.has(op.op);
}
