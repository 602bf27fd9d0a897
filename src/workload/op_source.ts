/**
 * Where a driver gets its operations from, one at a time: a script or a trace.
 *
 * @module
 */
import type { WorkloadOp } from "./live_op.ts";
import type { Trace } from "./trace.ts";

/** A global counter of KSM. */
export type CounterName =
  | "pagesScanned"
  | "fullScans"
  | "pagesShared"
  | "pagesSharing"
  | "pagesUnshared"
  | "pagesVolatile"
  | "pagesSkipped"
  | "ksmZeroPages"
  | "stableNodeChains"
  | "stableNodeDups"
  | "generalProfit";

/** What a script learns from a scan. */
export interface ScanReply {
  /** The global counters after it. */
  readonly counters: Readonly<Record<CounterName, number>>;
}

/** A workload on its way: its operations in the order in which they run. */
export interface OpSource {
  /** The workload's name. */
  readonly name: string;
  /** One line that says what it is about. */
  readonly title: string;
  /** Whether the operations never end by themselves. */
  readonly endless: boolean;
  /**
   * The next operation; undefined after the last. `reply` tells how things
   * stand after the one before, and matters after a scan.
   */
  next(reply?: ScanReply): WorkloadOp | undefined;
}

/** Runs through a trace. */
export function openTrace(trace: Trace): OpSource {
  let index = 0;
  return {
    name: trace.name,
    title: trace.title,
    endless: false,
    next: () => trace.ops.at(index++),
  };
}
