/**
 * Memory hotremove: taking a memory block away while it is in use, and bringing
 * it back.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import { type Frame, MAPPING } from "./frames.ts";
import type { Memory } from "./memory.ts";
import type { MemoryBlock } from "./memory_blocks.ts";
import { migratePages } from "./migrate.ts";
import type { NodeId } from "./numa.ts";

/**
 * How often the pages of a block are gone through without one of them moving: where
 * others are at work, they may hold a page for a while.
 */
const FRUITLESS_ROUNDS = 1000;

/** What became of a block: `as before`: it was offline already; else the page that cannot be moved away. */
export type OfflineOutcome =
  | "offline"
  | "as before"
  | { readonly stuck: Frame };

/**
 * Takes a block offline: no page is allocated there any more, and those that are
 * there move to another NUMA node.
 *
 * Waits first until no other block goes offline. Takes what KSM's hooks take to
 * keep ksmd off, and what the migration of each page takes.
 *
 * Models: offline_pages(), mm/memory_hotplug.c
 * Differs: gives up on a page that cannot be moved, because the kernel tries for ever, until a signal ends it.
 */
export function* offlineBlock(
  memory: Memory,
  block: MemoryBlock,
): Suspends<OfflineOutcome> {
  yield* beginHotplug(memory);
  const outcome = block.online
    ? yield* takeOffline(memory, block)
    : "as before";
  yield* endHotplug(memory);
  return outcome;
}

function* takeOffline(
  memory: Memory,
  block: MemoryBlock,
): Suspends<OfflineOutcome> {
  const { frames, ksm, steps } = memory;
  block.online = false;
  if (ksm) yield* ksm.goingOffline();
  const target = otherNode(block.node);
  let fruitless = 0;
  for (
    let pages = pagesOf(memory, block);
    pages.length > 0;
    pages = pagesOf(memory, block)
  ) {
    const isolated = pages.filter((page) =>
      isMovable(memory, page) && frames.isolate(page)
    );
    const stay = yield* migratePages(memory, isolated, target);
    // A page that somebody else has isolated is on its way, too.
    const allStay = stay === pages.length;
    fruitless = allStay ? fruitless + 1 : 0;
    if (fruitless === (steps.mayInterleave ? FRUITLESS_ROUNDS : 1)) {
      block.online = true;
      if (ksm) yield* ksm.offlineEnded();
      return { stuck: pages[0] };
    }
    if (
      stay === isolated.length && steps.mayInterleave &&
      steps.relax("offline_pages:again")
    ) yield steps.stop;
  }
  if (ksm) yield* ksm.offline(block);
  return "offline";
}

/**
 * Brings a block online again, empty. Says whether it was offline. Waits first
 * until no block goes offline.
 *
 * Models: online_pages(), mm/memory_hotplug.c
 */
export function* onlineBlock(
  memory: Memory,
  block: MemoryBlock,
): Suspends<boolean> {
  yield* beginHotplug(memory);
  const wasOffline = !block.online;
  block.online = true;
  yield* endHotplug(memory);
  return wasOffline;
}

/**
 * Waits until nobody else changes what memory is there.
 *
 * Models: lock_device_hotplug_sysfs(), drivers/base/core.c
 */
function* beginHotplug(memory: Memory): Suspends<void> {
  const { steps } = memory;
  while (memory.inHotplug) {
    if (steps.wait("online", "lock_device_hotplug_sysfs:wait")) {
      yield steps.stop;
    }
  }
  memory.inHotplug = true;
}

/** Lets others change what memory is there. */
function* endHotplug(memory: Memory): Suspends<void> {
  const { steps } = memory;
  memory.inHotplug = false;
  if (
    steps.mayInterleave && steps.signal("online", "unlock_device_hotplug:wake")
  ) yield steps.stop;
}

/**
 * Frames of a block that are not free, those of migrations under way included:
 * one's new page may become a page of the block yet, and its old page may have
 * its count frozen.
 */
function pagesOf({ frames }: Memory, block: MemoryBlock): Frame[] {
  return [...frames.each()].filter((frame) =>
    frames.block[frame] === block.index
  );
}

/** Whether a page of a block is one to migrate: not one that is about to become a page, and not a frozen one. */
function isMovable({ frames }: Memory, page: Frame): boolean {
  return frames.refcount[page] > 0 &&
    frames.mappingKind[page] !== MAPPING.none;
}

/** Where the pages of a node go. */
function otherNode(node: NodeId): NodeId {
  return node === 0 ? 1 : 0;
}
