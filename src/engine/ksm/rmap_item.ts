/**
 * rmap items: one for each (address space, page) that ksmd remembers.
 *
 * Three exclusive states, which the counters mirror:
 *
 * | state    | where                         | counted as                      |
 * | -------- | ----------------------------- | ------------------------------- |
 * | stable   | on a stable node's list       | `pagesShared`, `pagesSharing`   |
 * | unstable | in the unstable tree, or left | `pagesUnshared`                 |
 * |          | over from the pass before     |                                 |
 * | neither  | nowhere                       | `pagesVolatile`, by subtraction |
 *
 * `oldchecksum`, `age` and `remainingSkips` survive every change of state; they
 * die with the item.
 *
 * @module
 */
import { Arena, type HandleColumn } from "../lib/arena.ts";
import type { Handle } from "../lib/handle.ts";
import { RbLinks } from "../lib/rbtree.ts";
import type { AnonVma } from "../mm/anon_vma.ts";
import type { StableNode } from "../mm/frames.ts";
import type { MmId } from "../mm/mm.ts";

/** An rmap item; 0 is none. */
export type RmapItem = Handle<"RmapItem">;

/** The states of an item, as `state` holds them. */
export const ITEM_STATE = { neither: 0, unstable: 1, stable: 2 } as const;

/** All rmap items. */
export class RmapItems extends Arena<RmapItem> {
  /** The next item of the same address space, in rising order of pages. Always valid. */
  readonly next: HandleColumn<RmapItem> = this.handles<RmapItem>();
  /** Owner. Always valid. */
  readonly mm: HandleColumn<MmId> = this.handles<MmId>();
  /** The page's virtual page number. Always valid. */
  vpn: Float64Array = this.numbers(Float64Array, (array) => this.vpn = array);
  /** One of {@linkcode ITEM_STATE}. */
  state: Uint8Array = this.numbers(Uint8Array, (array) => this.state = array);
  /** Low 8 bits of the pass in which it was put into the unstable tree. Valid while unstable. */
  seqnr: Uint8Array = this.numbers(Uint8Array, (array) => this.seqnr = array);
  /** NUMA node in whose unstable tree it was put; the page may be on another. Valid while unstable. */
  nid: Uint8Array = this.numbers(Uint8Array, (array) => this.nid = array);
  /** When it was put into the tree of another NUMA node than 0, if it may still be in it; see {@linkcode "./stale_tree.ts"}. */
  linkedIn: Float64Array = this.numbers(
    Float64Array,
    (array) => this.linkedIn = array,
  );
  /** 1 if it was on a stable node since it was put into an unstable tree last: that overwrites its place there. */
  linksLost: Uint8Array = this.numbers(
    Uint8Array,
    (array) => this.linksLost = array,
  );
  /** The page's checksum when last computed; 0 when new. Always valid. */
  oldchecksum: Uint32Array = this.numbers(
    Uint32Array,
    (array) => this.oldchecksum = array,
  );
  /** Visits that computed the checksum. Always valid. KSM itself does not need it. */
  visits: Uint32Array = this.numbers(
    Uint32Array,
    (array) => this.visits = array,
  );
  /** How many of them in a row, up to the last one, found another checksum than the visit before; the first one always does, unless it is 0. Always valid. KSM itself does not need it. */
  changes: Uint32Array = this.numbers(
    Uint32Array,
    (array) => this.changes = array,
  );
  /** Visits under smart scan, at most 255. Always valid. */
  age: Uint8Array = this.numbers(Uint8Array, (array) => this.age = array);
  /** Coming visits that smart scan leaves out. Always valid. */
  remainingSkips: Uint8Array = this.numbers(
    Uint8Array,
    (array) => this.remainingSkips = array,
  );
  /** Where a reverse map of the KSM page starts, with a reference held. Set from the merge on, while stable. */
  readonly anonVma: HandleColumn<AnonVma> = this.handles<AnonVma>();
  /** The stable node it is on. Valid while stable, 0 otherwise. */
  readonly head: HandleColumn<StableNode> = this.handles<StableNode>();
  /** Its neighbour on the stable node's list. Valid while stable. */
  readonly hlistNext: HandleColumn<RmapItem> = this.handles<RmapItem>();
  /** Its other neighbour there. Valid while stable. */
  readonly hlistPrevious: HandleColumn<RmapItem> = this.handles<RmapItem>();
  /** Its place in the unstable tree. Valid while unstable and of the present pass. */
  readonly node: RbLinks = this.links(new RbLinks(1));

  constructor() {
    super("rmap item");
  }
}
