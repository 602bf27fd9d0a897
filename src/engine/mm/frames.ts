/**
 * Page frames: the physical pages, and what the kernel's `struct page` says of them.
 *
 * A frame is named by its page frame number, which is its handle. Code that
 * only knows a number (a stable node) may look at the columns of a frame that
 * is free or has a new tenant, as the kernel may: it has to check `mapping`.
 *
 * @module
 */
import { Arena, type HandleColumn } from "../lib/arena.ts";
import { assert, Bug } from "../lib/assert.ts";
import type { Handle } from "../lib/handle.ts";
import { keepAll, type Kept } from "../lib/kept.ts";
import { type Lock, LOCK_CLASS } from "../lib/lock.ts";
import type { Steps, Suspends } from "../lib/step.ts";
import type { AnonVma } from "./anon_vma.ts";
import type { Content, Contents } from "./contents.ts";
import {
  blockFor,
  keepBlocks,
  type MemoryBlock,
  memoryBlocks,
} from "./memory_blocks.ts";
import type { NodeId } from "./numa.ts";

/** A page frame number; 0 is none. */
export type Frame = Handle<"Frame">;

/** The stable node that a KSM page belongs to. mm compares it, and does not look inside. */
export type StableNode = Handle<"StableNode">;

/** What a frame's `mapping` says it is: nothing (free, or not mapped yet), an anonymous page, a KSM page. */
export const MAPPING = { none: 0, anon: 1, ksm: 2 } as const;

/** All page frames. */
export class Frames extends Arena<Frame> {
  /** References: one for each mapping, and one for each pin. A frame is freed when it reaches 0. */
  refcount: Int32Array = this.numbers(
    Int32Array,
    (array) => this.refcount = array,
  );
  /** Page table entries that map the frame. */
  mapcount: Int32Array = this.numbers(
    Int32Array,
    (array) => this.mapcount = array,
  );
  /** The lock bit, 1 while held. */
  locked: Uint8Array = this.numbers(Uint8Array, (array) => this.locked = array);
  /** One of {@linkcode MAPPING}; says which of the two columns after it is valid. */
  mappingKind: Uint8Array = this.numbers(
    Uint8Array,
    (array) => this.mappingKind = array,
  );
  /** Where the reverse map of an anonymous page starts. Valid while the kind is `anon`. */
  readonly anonVma: HandleColumn<AnonVma> = this.handles<AnonVma>();
  /** The node of a KSM page; 0 while it has none yet or no more. Valid while the kind is `ksm`. */
  readonly stableNode: HandleColumn<StableNode> = this.handles<StableNode>();
  /** Page offset inside the anonymous areas that map it. Valid while the kind is `anon`. */
  index: Float64Array = this.numbers(
    Float64Array,
    (array) => this.index = array,
  );
  /** 1 if the page is in the swap cache, which holds a reference. Nothing swaps: only looking up a KSM page asks for it. */
  swapCache: Uint8Array = this.numbers(
    Uint8Array,
    (array) => this.swapCache = array,
  );
  /** 1 while the page is taken off the LRU lists, to be migrated. */
  isolated: Uint8Array = this.numbers(
    Uint8Array,
    (array) => this.isolated = array,
  );
  /** NUMA node. Valid also when the frame is free. */
  nid: Uint8Array = this.numbers(Uint8Array, (array) => this.nid = array);
  /** Index of its memory block. Valid also when the frame is free. */
  block: Uint8Array = this.numbers(Uint8Array, (array) => this.block = array);
  /** The bytes. The frame holds a reference on them. */
  readonly content: HandleColumn<Content> = this.handles<Content>();

  /** The memory that the frames are in. */
  readonly blocks: readonly MemoryBlock[];

  readonly #contents: Contents;
  readonly #steps: Steps;

  /** No frames in use, on this many NUMA nodes; their bytes are in `contents`. */
  constructor(contents: Contents, steps: Steps, nodes: number) {
    super("frame");
    this.blocks = memoryBlocks(nodes);
    this.#contents = contents;
    this.#steps = steps;
  }

  /** A frame of `node` with these bytes and one reference, mapped nowhere. Takes over the caller's reference on `content`. */
  allocPage(content: Content, node: NodeId): Frame {
    const block = blockFor(this.blocks, node);
    const frame = this.alloc(block.pool);
    this.nid[frame] = node;
    this.block[frame] = block.index;
    this.refcount[frame] = 1;
    this.content.set(frame, content);
    return frame;
  }

  /** Raises the reference count of a frame that is in use. */
  get(frame: Frame): void {
    if (this.refcount[frame] <= 0) {
      throw new Bug(`frame ${frame} is pinned while free`);
    }
    this.refcount[frame]++;
  }

  /**
   * Raises the reference count unless it is 0; says whether it did.
   *
   * Models: folio_try_get(), include/linux/page_ref.h
   */
  tryGet(frame: Frame): boolean {
    if (this.refcount[frame] === 0) return false;
    this.refcount[frame]++;
    return true;
  }

  /**
   * Takes the page off the LRU lists, with a reference, so that nobody else
   * migrates it; says whether it was on them. {@linkcode Frames.putback} undoes it.
   *
   * Models: folio_isolate_lru(), mm/vmscan.c
   */
  isolate(frame: Frame): boolean {
    if (this.isolated[frame] === 1) return false;
    this.isolated[frame] = 1;
    this.get(frame);
    return true;
  }

  /**
   * Gives an isolated page back, and drops the reference.
   *
   * Models: putback_movable_pages(), mm/migrate.c
   */
  putback(frame: Frame): void {
    assert(this.isolated[frame] === 1, `frame ${frame} is not isolated`);
    this.isolated[frame] = 0;
    this.put(frame);
  }

  /**
   * Lets the count read 0, so that nobody raises it.
   *
   * Models: folio_ref_freeze(), include/linux/page_ref.h
   */
  freeze(frame: Frame, expected: number): void {
    assert(
      this.refcount[frame] === expected && this.locked[frame] === 1,
      `frame ${frame} is frozen in use`,
    );
    this.refcount[frame] = 0;
  }

  /**
   * Ends that, with a count that need not be the old one.
   *
   * Models: folio_ref_unfreeze(), include/linux/page_ref.h
   */
  unfreeze(frame: Frame, count: number): void {
    assert(this.refcount[frame] === 0, `frame ${frame} is not frozen`);
    this.refcount[frame] = count;
  }

  /** Makes `fresh` point at what `old` does. */
  copyMapping(fresh: Frame, old: Frame): void {
    this.mappingKind[fresh] = this.mappingKind[old];
    this.anonVma.set(fresh, this.anonVma.get(old));
    this.stableNode.set(fresh, this.stableNode.get(old));
    this.index[fresh] = this.index[old];
  }

  /** Drops a reference; the last one frees the frame, and with it the mapping by which a stable node knows it. */
  put(frame: Frame): void {
    if (this.refcount[frame] <= 0) {
      throw new Bug(`frame ${frame} is put while free`);
    }
    if (--this.refcount[frame] > 0) return;
    assert(
      this.mapcount[frame] === 0 && this.locked[frame] === 0,
      `frame ${frame} is freed while mapped or locked`,
    );
    this.mappingKind[frame] = MAPPING.none;
    this.#contents.put(this.contentOf(frame));
    this.free(frame, this.blocks[this.block[frame]].pool);
  }

  /** The bytes of a frame in use. */
  contentOf(frame: Frame): Content {
    const content = this.content.get(frame);
    if (content === 0) throw new Bug(`frame ${frame} has no content`);
    return content;
  }

  /** Replaces the bytes. Takes over the caller's reference on `content`. */
  store(frame: Frame, content: Content): void {
    this.#contents.put(this.contentOf(frame));
    this.content.set(frame, content);
  }

  /** Whether the frame is an anonymous page, KSM pages included, as the kernel counts. */
  isAnon(frame: Frame): boolean {
    return this.mappingKind[frame] !== MAPPING.none;
  }

  /** Whether the frame is a KSM page. */
  isKsm(frame: Frame): boolean {
    return this.mappingKind[frame] === MAPPING.ksm;
  }

  /**
   * Makes the frame a KSM page of `node`, or of none yet.
   *
   * Models: folio_set_stable_node(), mm/ksm.c
   */
  setStableNode(frame: Frame, node: StableNode | 0): void {
    this.mappingKind[frame] = MAPPING.ksm;
    this.stableNode.set(frame, node);
  }

  /** Makes the frame an anonymous page of `anonVma` at page offset `index`. */
  setAnon(frame: Frame, anonVma: AnonVma, index: number): void {
    this.mappingKind[frame] = MAPPING.anon;
    this.anonVma.set(frame, anonVma);
    this.index[frame] = index;
  }

  /** All frames, and the blocks that they are in. */
  override keep(): Kept {
    return keepAll([super.keep(), keepBlocks(this.blocks)]);
  }

  /** Locks the frame; waits while another holds it. */
  *lock(frame: Frame, site: string): Suspends<void> {
    if (
      this.#steps.mayInterleave &&
      this.#steps.lock(folioLock(frame), "exclusive", site)
    ) yield this.#steps.stop;
    assert(
      this.locked[frame] === 0,
      `frame ${frame} is locked at ${site} while its lock is held`,
    );
    this.locked[frame] = 1;
  }

  /** Locks the frame if nobody holds it; says whether it did. */
  *tryLock(frame: Frame, site: string): Suspends<boolean> {
    if (this.#steps.mayInterleave) {
      const lock = folioLock(frame);
      const taken = this.#steps.trylock(lock, "exclusive", site);
      if (!(taken === "stop" ? yield this.#steps.stop : taken)) return false;
    }
    if (this.locked[frame] === 1) return false;
    this.locked[frame] = 1;
    return true;
  }

  /** Lets the frame's lock go. */
  *unlock(frame: Frame, site: string): Suspends<void> {
    assert(this.locked[frame] === 1, `frame ${frame} is not locked at ${site}`);
    this.locked[frame] = 0;
    if (
      this.#steps.mayInterleave &&
      this.#steps.unlock(folioLock(frame), "exclusive", site)
    ) yield this.#steps.stop;
  }

  /**
   * Waits until nobody holds the frame's lock, without a reference: the frame may
   * be free then.
   *
   * Models: migration_entry_wait_on_locked(), mm/filemap.c
   * Differs: takes the lock for a moment, because waiting is known of locks only.
   */
  *waitUnlocked(frame: Frame, site: string): Suspends<void> {
    assert(this.#steps.mayInterleave, `${site} waits, but nobody else runs`);
    const lock = folioLock(frame);
    if (this.#steps.lock(lock, "exclusive", site)) yield this.#steps.stop;
    if (this.#steps.unlock(lock, "exclusive", site)) yield this.#steps.stop;
  }
}

function folioLock(frame: Frame): Lock {
  return { lockClass: LOCK_CLASS.folioLock, instance: frame };
}
