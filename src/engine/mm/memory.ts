/**
 * The memory of one machine: everything that the functions of mm work on.
 *
 * @module
 */
import { scalarPageBytes } from "../lib/page_bytes.ts";
import { alone } from "../lib/alone.ts";
import { keepAll, keepFields, type Kept } from "../lib/kept.ts";
import type { Steps, Suspends } from "../lib/step.ts";
import { AnonVmas } from "./anon_vma.ts";
import { Contents } from "./contents.ts";
import { type Frame, Frames } from "./frames.ts";
import type { MemoryBlock } from "./memory_blocks.ts";
import { type Mm, Mms } from "./mm.ts";
import type { VisitMapping } from "./rmap.ts";
import type { Vma } from "./vma.ts";

/** Where mm calls into KSM, as the kernel's ksm_fork, ksm_exit and ksm_madvise. */
export interface KsmHooks {
  /** A new area of `mm` is about to be mapped; says whether it is mergeable from the start. */
  mapping(mm: Mm): Suspends<boolean>;
  /** `child` has been made a copy of `parent`; its areas follow. */
  forked(parent: Mm, child: Mm): Suspends<void>;
  /** A process has put a new program, in `fresh`, in the place of the one in `old`. */
  executed(old: Mm, fresh: Mm): Suspends<void>;
  /** The last user of `mm` is gone; its pages are still there. */
  exiting(mm: Mm): Suspends<void>;
  /** The pages from `start` to `end` are about to be moved; their sharing has to be undone. */
  moving(mm: Mm, vma: Vma, start: number, end: number): Suspends<void>;
  /** Goes to every place where a KSM page, which is locked, may be mapped. */
  walkMappings(frame: Frame, visit: VisitMapping): Suspends<void>;
  /** The locked KSM page `old` has become `fresh`, locked as well, which points at its stable node already. */
  migrated(fresh: Frame, old: Frame): Suspends<void>;
  /** A memory block is about to go offline: pages are going to be moved away from it. */
  goingOffline(): Suspends<void>;
  /** The block has gone offline: its frames are no memory any more. */
  offline(block: MemoryBlock): Suspends<void>;
  /** The block does not go offline after all. */
  offlineEnded(): Suspends<void>;
}

/** What mm reports as it happens. */
export type MemoryEvent = SharingBroken | PageMoved;

/** A page has left a KSM page. */
export interface SharingBroken {
  /** `cow`: a write made a private copy of a KSM page; `unshare`: so did a request to undo sharing. */
  readonly kind: "cow" | "unshare";
  /** Whose page. */
  readonly mm: Mm;
  /** Which page. */
  readonly vpn: number;
  /** The KSM page that it mapped until now; 0 for the zero page. */
  readonly frame: Frame | 0;
}

/** A page has migrated. */
export interface PageMoved {
  /** What has happened. */
  readonly kind: "migrated";
  /** Its frame until now. */
  readonly old: Frame;
  /** Its frame from now on; mapped wherever the old one was. */
  readonly frame: Frame;
}

/** One machine's memory. */
export class Memory {
  /** What its functions say their steps to. */
  readonly steps: Steps;
  /** The bytes of pages. */
  readonly contents: Contents = new Contents(scalarPageBytes);
  /** Page frames. */
  readonly frames: Frames;
  /** Reverse maps. */
  readonly anonVmas: AnonVmas;
  /** Address spaces. */
  readonly mms: Mms = new Mms();
  /** KSM, where there is one. */
  ksm: KsmHooks | undefined;
  /** Told of events as they happen. */
  observer: ((event: MemoryEvent) => void) | undefined;
  /** The `cow_ksm` line of vmstat: KSM pages copied, for a write or to undo sharing. */
  cowKsm = 0;
  /** The `pgmigrate_success` line of vmstat: pages that were moved. */
  pagesMigrated = 0;
  /** The `pgmigrate_fail` line of vmstat: pages that could not be moved. */
  migrationsFailed = 0;
  /** Entries of all page tables that KSM has put on the shared zero page. */
  ksmZeroPages = 0;
  /** Whether somebody takes a memory block offline, or brings one online; one at a time does. */
  inHotplug = false;

  /** NUMA nodes. */
  readonly nodes: number;

  /** Memory without processes; run alone, on one NUMA node, when nothing else is said. */
  constructor(steps: Steps = alone.steps, nodes = 1) {
    this.steps = steps;
    this.nodes = nodes;
    this.anonVmas = new AnonVmas(steps);
    this.frames = new Frames(this.contents, steps, nodes);
  }

  /** All of it, while nobody is inside a function of mm. */
  keep(): Kept {
    return keepAll([
      this.contents.keep(),
      this.frames.keep(),
      this.anonVmas.keep(),
      this.mms.keep(),
      keepFields(this),
    ]);
  }
}
