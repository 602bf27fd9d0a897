/**
 * The state of KSM: everything that its functions work on.
 *
 * @module
 */
import type { Steps } from "../lib/step.ts";
import { PAGE_BYTES } from "../lib/page_size.ts";
import { RbTree } from "../lib/rbtree.ts";
import type { Frame, Frames, StableNode } from "../mm/frames.ts";
import type { Memory } from "../mm/memory.ts";
import type { Mm } from "../mm/mm.ts";
import {
  type Counters,
  type ProcessCounters,
  RMAP_ITEM_BYTES,
} from "./counters.ts";
import { knobDefaults, type Knobs } from "./knobs.ts";
import { type MmSlot, MmSlots } from "./mm_slot.ts";
import { type RmapItem, RmapItems } from "./rmap_item.ts";
import { StableNodes } from "./stable_node.ts";

/** Where ksmd is; there is one. */
export interface ScanCursor {
  /** The slot being scanned; 0, the head of the list, between two passes. */
  slot: MmSlot | 0;
  /** The next page to look at in that address space; 0 until the first mergeable area has been met. */
  vpn: number;
  /** The last rmap item of that address space behind the cursor; 0 at the beginning. */
  behind: RmapItem | 0;
  /** The page of the visit that `nextRmapItem` has just announced, with a reference held. */
  page: Frame | 0;
}

/** What KSM reports as it happens. */
export type KsmEvent =
  /** `mm`'s page `vpn` maps KSM page `frame` from now on; `item` is the one that was counted. */
  | {
    readonly kind: "merge";
    readonly mm: Mm;
    readonly vpn: number;
    readonly frame: Frame;
  }
  /** A KSM page was found gone, and `items` rmap items with it. */
  | { readonly kind: "stale"; readonly frame: Frame; readonly items: number }
  /** A full scan begins. */
  | { readonly kind: "start" }
  /** A full scan has ended. */
  | { readonly kind: "pass"; readonly fullScans: number };

/** KSM of one machine. */
export class Ksm {
  /** The memory it works on. */
  readonly memory: Memory;
  /** Makes the step points. */
  readonly steps: Steps;
  /** The machine's page frames. */
  readonly frames: Frames;
  /** What ksmd remembers of pages. */
  readonly items: RmapItems = new RmapItems();
  /** The KSM pages. */
  readonly nodes: StableNodes = new StableNodes(this.items);
  /** The registered address spaces. */
  readonly slots: MmSlots = new MmSlots();
  /** KSM pages in the order of their bytes, which nobody can change. */
  readonly stableTree: RbTree<StableNode> = new RbTree(this.nodes.node);
  /** Unchanged pages without a twin, in the order of their bytes when they came; emptied at each pass. */
  readonly unstableTree: RbTree<RmapItem> = new RbTree(this.items.node);
  /** Where ksmd is. */
  readonly cursor: ScanCursor = { slot: 0, vpn: 0, behind: 0, page: 0 };
  /** What sysfs lets one set. */
  readonly knobs: Knobs = knobDefaults();
  /** Told of events as they happen. */
  observer: ((event: KsmEvent) => void) | undefined;

  /** Full scans completed since the last unmerge. */
  seqnr = 0;
  /** See {@linkcode Counters}. */
  pagesScanned = 0;
  /** See {@linkcode Counters}. */
  pagesSkipped = 0;
  /** See {@linkcode Counters}. */
  pagesShared = 0;
  /** See {@linkcode Counters}. */
  pagesSharing = 0;
  /** See {@linkcode Counters}. */
  pagesUnshared = 0;

  /** KSM of a machine with this memory, stopped and empty. */
  constructor(memory: Memory) {
    this.memory = memory;
    this.steps = memory.steps;
    this.frames = memory.frames;
  }

  /** The address space of an item. */
  mmOf(item: RmapItem): Mm {
    return this.memory.mms.of(this.items.mm.get(item));
  }

  /** The address space of a slot. */
  mmOfSlot(slot: MmSlot): Mm {
    return this.memory.mms.of(this.slots.mm.get(slot));
  }

  /** A reading of the global counters. */
  counters(): Counters {
    const remembered = this.items.live;
    const placed = this.pagesShared + this.pagesSharing + this.pagesUnshared;
    return {
      pagesScanned: this.pagesScanned,
      fullScans: this.seqnr,
      pagesShared: this.pagesShared,
      pagesSharing: this.pagesSharing,
      pagesUnshared: this.pagesUnshared,
      pagesVolatile: Math.max(0, remembered - placed),
      pagesSkipped: this.pagesSkipped,
      ksmZeroPages: 0,
      stableNodeChains: 0,
      stableNodeDups: 0,
      generalProfit: this.pagesSharing * PAGE_BYTES -
        remembered * RMAP_ITEM_BYTES,
    };
  }

  /** A reading of one process's counters. */
  processCounters(mm: Mm): ProcessCounters {
    return {
      rmapItems: mm.ksmRmapItems,
      zeroPages: 0,
      mergingPages: mm.ksmMergingPages,
      processProfit: mm.ksmMergingPages * PAGE_BYTES -
        mm.ksmRmapItems * RMAP_ITEM_BYTES,
      mergeAny: false,
      mergeable: mm.vmas.some((vma) => vma.mergeable),
    };
  }
}
