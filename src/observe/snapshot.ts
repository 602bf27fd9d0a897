/**
 * What a view shows: one {@linkcode Snapshot} at a time, from any
 * {@linkcode Source}.
 *
 * A snapshot is plain data and owns all its arrays, so that a history of them
 * can be kept. Where a source cannot know a part (the real kernel shows no
 * tree), the part is missing, and the view leaves its place out.
 *
 * @module
 */
import type { Counters, ProcessCounters } from "../engine/ksm/counters.ts";
import type { ActorView } from "../machine/actor_view.ts";
import type { Stop, Stride } from "../machine/stride.ts";
import type { LogEntry } from "../machine/event_log.ts";
import type { KnobValues, KsmdView, TreeShape } from "../machine/ksm_view.ts";
import type { LocksView } from "../machine/locks_view.ts";
import type { RegionMap } from "../machine/page_map.ts";
import type { DetailSource } from "./detail.ts";

export type { ActorKind, ActorView } from "../machine/actor_view.ts";
export type {
  LockClassView,
  LockFigures,
  LockHolderView,
  LockInstanceView,
  LockPoint,
  LockSiteView,
  LocksView,
  LockWaitView,
} from "../machine/locks_view.ts";
export type {
  CursorView,
  KnobValues,
  KsmdView,
  TreeShape,
} from "../machine/ksm_view.ts";
export { LOG_KINDS } from "../machine/event_log.ts";
export type { LogEntry, LogKind } from "../machine/event_log.ts";
export { PAGE_STATES } from "../machine/page_map.ts";
export type { PageState, RegionMap } from "../machine/page_map.ts";
export type { Stop, Stride };

/** One process. */
export interface ProcessView extends Readonly<ProcessCounters> {
  /** The name that the workload gave to it. */
  readonly name: string;
  /** Its process id. */
  readonly pid: number;
  /** Pages present in memory, shared ones counted for each process, the zero page not. */
  readonly residentPages: number;
  /** Empty when the source cannot see pages. */
  readonly regions: readonly RegionMap[];
}

/** The trees of one NUMA node. */
export interface NodeTreesView {
  /** Number of the node. */
  readonly nid: number;
  /** Its tree of KSM pages. */
  readonly stableTree: TreeShape;
  /** Its tree of unchanged pages without a twin. */
  readonly unstableTree: TreeShape;
}

/** Everything a source shows at one moment. */
export interface Snapshot {
  /** Name of the workload, session or host. */
  readonly title: string;
  /** What is modelled or read, such as `linux 6.18 model`. */
  readonly model: string;
  /** Bytes of a page. */
  readonly pageBytes: number;
  /** Virtual (or real) milliseconds since the start. */
  readonly timeMillis: number;
  /** The global counters. */
  readonly counters: Readonly<Counters>;
  /** The tree of KSM pages; missing where it cannot be seen. */
  readonly stableTree?: TreeShape;
  /** The tree of unchanged pages without a twin; missing where it cannot be seen. */
  readonly unstableTree?: TreeShape;
  /** Both trees of each NUMA node in use, node 0 first; missing where there is one pair of trees only. */
  readonly nodeTrees?: readonly NodeTreesView[];
  /** Locks and who waits for them; missing where they cannot be seen. */
  readonly locks?: LocksView;
  /** The actors of the machine, ksmd first; missing where they cannot be seen. */
  readonly actors?: readonly ActorView[];
  /** What ksmd is doing. */
  readonly ksmd: KsmdView;
  /** The knobs in use. */
  readonly knobs: KnobValues;
  /** Processes in the order of their creation. */
  readonly processes: readonly ProcessView[];
  /** The last events, oldest first; a bounded number of them. */
  readonly events: readonly LogEntry[];
}

/** Where snapshots come from. */
export interface Source extends DetailSource {
  /** Moves one stride on. */
  advance(stride: Stride): Stop;
  /** Why nothing goes on for good: what the modelled kernel does from here on cannot be told. */
  readonly defect: Error | undefined;
  /** The label of the sample that the last advance stopped at. */
  readonly label: string | undefined;
  /** Virtual milliseconds since the start, without the price of a snapshot. */
  readonly timeMillis: number;
  /** The count of full scans, without the price of a snapshot. */
  readonly fullScans: number;
  /** What is to be seen now. */
  snapshot(): Snapshot;
}
