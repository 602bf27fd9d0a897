/**
 * What a session holds of each part of a {@linkcode Snapshot}. A part that is
 * not here does not compile.
 *
 * @module
 */
import type { Counters } from "../../engine/ksm/counters.ts";
import type { Happened } from "../rewind.ts";
import type {
  ActorView,
  CursorView,
  KsmdView,
  LockClassView,
  LockFigures,
  LockHolderView,
  LockInstanceView,
  LockPoint,
  LockSiteView,
  LocksView,
  LockWaitView,
  LogEntry,
  NodeTreesView,
  ProcessView,
  RegionMap,
  Snapshot,
  TreeShape,
} from "../snapshot.ts";
import { LOG_KINDS } from "../snapshot.ts";
import {
  asText,
  listOf,
  number,
  numberFrom,
  object,
  type ObjectCodec,
  oneOf,
  optional,
  recordOf,
  ShapeError,
  text,
  truth,
  whole,
} from "./codec.ts";
import { SHARING, type SharingRecord } from "./sharing_record.ts";
import { TREES, type TreesRecord } from "./trees_record.ts";
import { PAGES_VALID, parsePages, printPages } from "./page_text.ts";

/** The highest red-black tree that fits into a memory. */
const HEIGHT_MAX = 128;

const count = whole();
const nanos = numberFrom(0);
const mode = oneOf("exclusive", "shared");

const counters = object<Counters>({
  pagesScanned: count,
  fullScans: count,
  pagesShared: count,
  pagesSharing: count,
  pagesUnshared: count,
  pagesVolatile: number,
  pagesSkipped: count,
  ksmZeroPages: number,
  stableNodeChains: count,
  stableNodeDups: count,
  generalProfit: number,
});

const tree = object<TreeShape>({ nodes: count, height: whole(HEIGHT_MAX) });

const nodeTrees = object<NodeTreesView>({
  nid: count,
  stableTree: tree,
  unstableTree: tree,
});

const region = object<RegionMap>({
  name: text,
  pages: asText(PAGES_VALID, printPages, parsePages),
});

const process = object<ProcessView>({
  name: text,
  pid: count,
  residentPages: count,
  rmapItems: number,
  zeroPages: number,
  mergingPages: number,
  processProfit: number,
  mergeAny: truth,
  mergeable: truth,
  regions: listOf(region),
});

const figures = object<LockFigures>({
  conBounces: count,
  contentions: count,
  waitMinNanos: nanos,
  waitMaxNanos: nanos,
  waitTotalNanos: nanos,
  acqBounces: count,
  acquisitions: count,
  holdMinNanos: nanos,
  holdMaxNanos: nanos,
  holdTotalNanos: nanos,
});

const point = object<LockPoint>({ site: text, count });

const site = object<LockSiteView>({ site: text, mode, figures });

const instance = object<LockInstanceView>({
  instance: count,
  name: text,
  exclusive: figures,
  shared: optional(figures),
});

const lockClass = object<LockClassView>({
  name: text,
  kind: oneOf("mutex", "spinlock", "rwsem", "bit lock"),
  isOurs: truth,
  exclusive: figures,
  shared: optional(figures),
  contentionPoints: listOf(point),
  holderPoints: listOf(point),
  sites: listOf(site),
  instances: listOf(instance),
});

const holder = object<LockHolderView>({ actor: text, site: text });

const wait = object<LockWaitView>({
  actor: text,
  lockClass: text,
  instance: count,
  name: text,
  mode,
  site: text,
  waitedNanos: nanos,
  holders: listOf(holder),
});

const locks = object<LocksView>({
  classes: listOf(lockClass),
  waiting: listOf(wait),
});

const actor = object<ActorView>({
  name: text,
  kind: oneOf(
    "ksmd",
    "thread",
    "compaction",
    "balancer",
    "hotplug",
    "reader",
    "admin",
  ),
  state: oneOf("running", "waiting", "sleeping", "idle", "done"),
  doing: text,
  cpuNanos: nanos,
});

const cursor = object<CursorView>({ process: text, region: text, page: count });

const ksmd = object<KsmdView>({
  state: oneOf("scanning", "idle", "stopped", "unmerged"),
  passProgress: numberFrom(0, 1),
  batches: count,
  cursor: optional(cursor),
});

const entry = object<LogEntry>({
  number: count,
  timeMillis: nanos,
  kind: oneOf(...LOG_KINDS),
  text,
});

/** What all samples of a session have in common. */
export type SessionConstants = Pick<
  Snapshot,
  "title" | "model" | "pageBytes"
>;

/** One sample. */
export interface SessionSample extends Omit<Snapshot, keyof SessionConstants> {
  /** The workload's name for this moment; missing where it has none. */
  readonly label?: string;
  /** How often what has happened so far that one can look for. */
  readonly happened: Happened;
  /** The top of the trees; missing where it was not recorded. */
  readonly trees?: TreesRecord;
  /** Who shares with whom, among the processes of the sample; likewise. */
  readonly sharing?: SharingRecord;
}

/** Between samples and JSON. */
export const SAMPLE: ObjectCodec<SessionSample> = object<SessionSample>({
  timeMillis: nanos,
  label: optional(text),
  counters,
  stableTree: optional(tree),
  unstableTree: optional(tree),
  nodeTrees: optional(listOf(nodeTrees)),
  locks: optional(locks),
  actors: optional(listOf(actor)),
  ksmd,
  knobs: recordOf(text),
  processes: listOf(process),
  events: listOf(entry),
  happened: object<Happened>({
    merge: count,
    cow: count,
    wait: count,
    migration: count,
  }),
  trees: optional(TREES),
  sharing: optional(SHARING),
});

/**
 * Checks that the parts of a sample belong together, and that it comes after the one `before`, if there is one.
 *
 * @throws {ShapeError} They do not, or it does not.
 */
export function checkSample(
  { processes, sharing, timeMillis }: SessionSample,
  before: SessionSample | undefined,
): void {
  const earliest = before?.timeMillis ?? 0;
  if (timeMillis < earliest) {
    const problem = `is ${timeMillis}: the sample before is at ${earliest}`;
    throw new ShapeError(".timeMillis", problem);
  }
  const sharers = sharing?.processes.length ?? processes.length;
  if (sharers === processes.length) return;
  throw new ShapeError(
    ".sharing.processes",
    `has ${sharers} processes: there are ${processes.length}`,
  );
}

/** What the first line of a session says that it is; the second one is written, and the first one had no caption. */
export type SessionFormat = "ksmscope-session/1" | "ksmscope-session/2";

/** The first line of a session. */
export interface SessionHeader extends SessionConstants {
  /** Which format this is. */
  readonly format: SessionFormat;
  /** What to watch in it; missing where nothing was said of it. */
  readonly caption?: string;
  /** The knobs at the beginning. */
  readonly knobs: Readonly<Record<string, string>>;
}

/** Between first lines and JSON. */
export const HEADER: ObjectCodec<SessionHeader> = object<SessionHeader>({
  format: oneOf("ksmscope-session/1", "ksmscope-session/2"),
  caption: optional(text),
  title: text,
  model: text,
  pageBytes: whole(1 << 30),
  knobs: recordOf(text),
});

/** A line that says that things went another way. */
export interface SessionBranch {
  /** How many samples, from the first on, are left of those before. */
  readonly keep: number;
}

/** Between such lines and JSON. */
export const BRANCH: ObjectCodec<SessionBranch> = object<SessionBranch>({
  keep: count,
});
