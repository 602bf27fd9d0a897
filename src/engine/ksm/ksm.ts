/**
 * The state of KSM: everything that its functions work on.
 *
 * @module
 */
import { keepAll, keepFields, keepList, type Kept } from "../lib/kept.ts";
import type { Steps } from "../lib/step.ts";
import { PAGE_BYTES } from "../lib/page_size.ts";
import { RbTree } from "../lib/rbtree.ts";
import type { Frame, Frames, StableNode } from "../mm/frames.ts";
import type { Memory } from "../mm/memory.ts";
import type { Mm } from "../mm/mm.ts";
import { newTask, type Task } from "../mm/numa.ts";
import { type AdvisorContext, newAdvisorContext } from "./advisor.ts";
import {
  type Counters,
  type ProcessCounters,
  RMAP_ITEM_BYTES,
} from "./counters.ts";
import { CompareStat } from "./compare_stat.ts";
import { knobDefaults, type Knobs } from "./knobs.ts";
import { type MmSlot, MmSlots } from "./mm_slot.ts";
import { LINUX_PROTOCOL, type Protocol } from "./protocol.ts";
import { type RmapItem, RmapItems } from "./rmap_item.ts";
import { StableNodes } from "./stable_node.ts";
import { newTreeAges, type TreeAges } from "./stale_tree.ts";
import type { Tracepoint } from "./tracepoint.ts";

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

/** Where KSM gets the time from; nothing in the engine reads a clock of its own. */
export interface KsmClock {
  /** Milliseconds since the start of the machine. */
  nowMillis(): number;
  /** Processor time that ksmd has used so far, in nanoseconds. */
  ksmdCpuNanos(): bigint;
}

/** KSM of one machine. */
export class Ksm {
  /** The memory it works on. */
  readonly memory: Memory;
  /** The time that chains and the advisor go by. */
  readonly clock: KsmClock;
  /** What its functions say their steps to. */
  readonly steps: Steps;
  /** The machine's page frames. */
  readonly frames: Frames;
  /** What ksmd remembers of pages. */
  readonly items: RmapItems = new RmapItems();
  /** The KSM pages. */
  readonly nodes: StableNodes = new StableNodes(this.items);
  /** The registered address spaces. */
  readonly slots: MmSlots = new MmSlots();
  /** KSM pages in the order of their bytes, which nobody can change: one tree for each NUMA node. */
  readonly stableTrees: readonly RbTree<StableNode>[];
  /** Unchanged pages without a twin, in the order of their bytes when they came, for each NUMA node; those in use are emptied at each pass. */
  readonly unstableTrees: readonly RbTree<RmapItem>[];
  /** What searches of the stable trees compared so far, where others may run meanwhile. */
  readonly stableCompares: CompareStat = new CompareStat();
  /** What searches of the unstable trees compared so far, likewise. */
  readonly unstableCompares: CompareStat = new CompareStat();
  /** ksmd, as far as it allocates memory. */
  readonly thread: Task = newTask();
  /** Who writes the knobs, as far as that allocates memory. */
  readonly writer: Task = newTask();
  /** Which of those may outlive their pass. */
  readonly treeAges: TreeAges = newTreeAges();
  /** Where ksmd is. */
  readonly cursor: ScanCursor = { slot: 0, vpn: 0, behind: 0, page: 0 };
  /** What the scan-time advisor remembers. */
  advisor: AdvisorContext = newAdvisorContext();
  /** What sysfs lets one set. */
  readonly knobs: Knobs = knobDefaults();
  /** How it lives with races; set before anything runs. */
  protocol: Protocol = LINUX_PROTOCOL;
  /** Told of events as they happen. */
  observer: ((event: Tracepoint) => void) | undefined;

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
  /** See {@linkcode Counters}. */
  stableNodeChains = 0;
  /** See {@linkcode Counters}. */
  stableNodeDups = 0;

  /** KSM of a machine with this memory, stopped and empty. */
  constructor(memory: Memory, clock: KsmClock) {
    this.memory = memory;
    this.clock = clock;
    this.steps = memory.steps;
    this.frames = memory.frames;
    const nodes = Array.from({ length: memory.nodes }, (_, node) => node);
    this.stableTrees = nodes.map(() => new RbTree(this.nodes.node));
    this.unstableTrees = nodes.map(() => new RbTree(this.items.node));
  }

  /** All of its state, while nobody is inside one of its functions. */
  keep(): Kept {
    const { advisor } = this;
    const trees = [...this.stableTrees, ...this.unstableTrees];
    const restore = () => {
      if (this.advisor !== advisor) this.advisor = advisor;
    };
    return keepAll([
      this.items.keep(),
      this.nodes.keep(),
      this.slots.keep(),
      ...trees.map((tree) => tree.keep()),
      this.stableCompares.keep(),
      this.unstableCompares.keep(),
      keepFields(this.thread),
      keepFields(this.writer),
      keepFields(this.treeAges),
      keepList(this.treeAges.held),
      keepFields(this.cursor),
      keepFields(this.knobs),
      { bytes: 0, restore },
      keepFields(advisor),
      keepFields(this),
    ]);
  }

  /** The address space of an item. */
  mmOf(item: RmapItem): Mm {
    return this.memory.mms.of(this.items.mm.get(item));
  }

  /** The address space of a slot. */
  mmOfSlot(slot: MmSlot): Mm {
    return this.memory.mms.of(this.slots.mm.get(slot));
  }

  /**
   * A reading of the global counters.
   *
   * Models: pages_volatile_show(), mm/ksm.c
   * Models: general_profit_show(), mm/ksm.c
   */
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
      ksmZeroPages: this.memory.ksmZeroPages,
      stableNodeChains: this.stableNodeChains,
      stableNodeDups: this.stableNodeDups,
      generalProfit:
        (this.pagesSharing + this.memory.ksmZeroPages) * PAGE_BYTES -
        remembered * RMAP_ITEM_BYTES,
    };
  }

  /**
   * A reading of one process's counters.
   *
   * Models: ksm_process_profit(), mm/ksm.c
   * Models: ksm_process_mergeable(), mm/ksm.c
   */
  processCounters(mm: Mm): ProcessCounters {
    return {
      rmapItems: mm.ksmRmapItems,
      zeroPages: mm.ksmZeroPages,
      mergingPages: mm.ksmMergingPages,
      processProfit: (mm.ksmMergingPages + mm.ksmZeroPages) * PAGE_BYTES -
        mm.ksmRmapItems * RMAP_ITEM_BYTES,
      mergeAny: mm.mergeAny,
      mergeable: mm.vmas.some((vma) => vma.mergeable),
    };
  }
}
