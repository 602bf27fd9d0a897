/**
 * Events: what a machine answered to single operations.
 *
 * @module
 */

/** Global counters, in the order of the recording's columns. */
export type Row = readonly number[];

/**
 * Where the pages of each region are, by the region's name: a text of runs, as
 * {@linkcode printRuns} prints them, with one value for each page. 0 or 1 is the
 * node, -2 says that no page is there, -14 that it is the zero page or unmapped.
 */
export type RegionNodes = Readonly<Record<string, string>>;

/**
 * Figures of one process by their names in procfs; on a machine with two nodes
 * also `nodes`.
 */
export type ProcessSample = Readonly<
  Record<string, number | boolean | RegionNodes>
>;

/** What a scan did. */
export interface ScanEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "scanBatches" | "scanPasses";
  /** Batches done. */
  readonly batches: number;
  /** Full scans ended. */
  readonly passes: number;
  /** Counters after each batch or each full scan, as the operation asks. */
  readonly rows: readonly Row[];
  /** Present when the scan ended early: ksmd had nothing to do. */
  readonly stop?: "idle";
}

/** All counters at one moment. */
export interface SampleEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "sample";
  /** Name of the sample. */
  readonly label?: string;
  /** The global counters. */
  readonly ksm: Row;
  /** Figures of each live process, by its name. */
  readonly procs: Readonly<Record<string, ProcessSample>>;
  /** The text of each knob, by its name in sysfs. */
  readonly knobs?: Readonly<Record<string, string>>;
}

/** What a write to a knob came to. */
export interface KnobEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "knob";
  /** 0, or why the value was refused. */
  readonly errno: number;
  /** The knob's text afterwards. */
  readonly now: string;
}

/** Whether a call succeeded. */
export interface ErrnoEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "run" | "madvise";
  /** 0, or why it failed. */
  readonly errno: number;
}

/** What prctl answered. */
export interface PrctlEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "prctl";
  /** 0, or why it failed. */
  readonly errno: number;
  /** The flag afterwards. */
  readonly get: number;
}

/** The hash of some pages. */
export interface HashEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "hash";
  /** FNV-1a 64 over all bytes, sixteen hex digits. */
  readonly fnv1a64: string;
}

/** What move_pages answered. */
export interface MoveEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "move";
  /** 0, or why the call failed. */
  readonly errno: number;
  /** What the call returned: pages that were left where they are or not looked at; -1 when it failed. */
  readonly left: number;
  /**
   * A text of runs, as {@linkcode printRuns} prints them, with one value for
   * each page of the operation: its node, an errno below 0, or
   * {@linkcode UNTOLD}.
   */
  readonly status: string;
}

/** The status of a page of which `move` says nothing, since it gave up before. */
export const UNTOLD: number = -999;

/** What came of taking memory offline, or online again. */
export interface BlocksEvent {
  /** Index of the operation in the trace. */
  readonly i: number;
  /** The operation. */
  readonly op: "offline" | "online";
  /** Movable memory blocks of the node, those that are offline included. */
  readonly blocks: number;
  /** 0, or why a block could not change; the highest of all blocks. */
  readonly errno: number;
}

/** What was recorded of one operation. Operations that answer nothing have no event. */
export type RecordedEvent =
  | ScanEvent
  | SampleEvent
  | KnobEvent
  | ErrnoEvent
  | PrctlEvent
  | HashEvent
  | MoveEvent
  | BlocksEvent;
