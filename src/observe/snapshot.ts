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

/** Nodes and height (levels; 0 when empty) of one red-black tree. */
export interface TreeShape {
  /** Nodes in the tree. */
  readonly nodes: number;
  /** Levels from the root to the deepest leaf. */
  readonly height: number;
}

/** The state of one page of a process as ksmd sees it; the page map draws one glyph for each. */
export type PageState =
  /** Not mapped. */
  | "hole"
  /** Mapped, and never written; a read maps the kernel's zero page. */
  | "untouched"
  /** Present, in an area that is not mergeable. */
  | "plain"
  /** Mergeable and present, and in no tree: changing, skipped, or not visited yet. */
  | "volatile"
  /** In the unstable tree. */
  | "unshared"
  /** Maps a KSM page. */
  | "merged";

/** Codes of page states in {@linkcode RegionMap.pages}: a code is the index here. */
export const PAGE_STATES: readonly PageState[] = [
  "hole",
  "untouched",
  "plain",
  "volatile",
  "unshared",
  "merged",
];

/** One region of a process, page by page. */
export interface RegionMap {
  /** The name that the workload gave to it. */
  readonly name: string;
  /** For each page the index of its state in {@linkcode PAGE_STATES}. */
  readonly pages: Uint8Array;
}

/** One process. */
export interface ProcessView extends Readonly<ProcessCounters> {
  /** The name that the workload gave to it. */
  readonly name: string;
  /** Its process id. */
  readonly pid: number;
  /** Pages present in memory, shared ones counted for each process. */
  readonly residentPages: number;
  /** Empty when the source cannot see pages. */
  readonly regions: readonly RegionMap[];
}

/** Where ksmd's cursor is. */
export interface CursorView {
  /** Name of the process. */
  readonly process: string;
  /** Name of the region in it. */
  readonly region: string;
  /** Page of the region, from 0. */
  readonly page: number;
}

/** What ksmd is doing. */
export interface KsmdView {
  /** `scanning` a pass; `idle`: run is 1 and no process is registered; `stopped`: run is 0; `unmerged`: run is 2. */
  readonly state: "scanning" | "idle" | "stopped" | "unmerged";
  /** Part of the present pass that is done, 0 to 1, by rmap items and pages met. */
  readonly passProgress: number;
  /** Batches done since the start. */
  readonly batches: number;
  /** Missing between two passes. */
  readonly cursor?: CursorView;
}

/** The knobs in use, by their sysfs names, as text. */
export type KnobValues = Readonly<Record<string, string>>;

/** Something that happened to one page or to KSM as a whole. */
export interface EventView {
  /** Number of the event since the start, from 1. */
  readonly number: number;
  /** Virtual time in milliseconds. */
  readonly timeMillis: number;
  /**
   * `merge`: pages were merged; `cow`: a write broke sharing; `unmerge`: sharing
   * was undone by request; `stale`: a KSM page died; `pass`: a full scan ended;
   * `label`: a sample of the workload.
   */
  readonly kind: "merge" | "cow" | "unmerge" | "stale" | "pass" | "label";
  /** One line, such as `vm-a ram+12 merged with vm-b ram+7`. */
  readonly text: string;
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
  /** What ksmd is doing. */
  readonly ksmd: KsmdView;
  /** The knobs in use. */
  readonly knobs: KnobValues;
  /** Processes in the order of their creation. */
  readonly processes: readonly ProcessView[];
  /** The last events, oldest first; a bounded number of them. */
  readonly events: readonly EventView[];
}

/** How far a source moves in one step. */
export type Stride = "page" | "batch" | "pass";

/** Why {@linkcode Source.advance} came back. */
export type Advance =
  /** The stride is done. */
  | "done"
  /** The workload asks for a sample; {@linkcode Source.label} names it. */
  | "sample"
  /** The workload has ended, and ksmd has nothing left to do in it. */
  | "end";

/** Where snapshots come from. */
export interface Source {
  /** Moves one stride on. */
  advance(stride: Stride): Advance;
  /** The label of the sample that the last advance stopped at. */
  readonly label: string | undefined;
  /** What is to be seen now. */
  snapshot(): Snapshot;
}
