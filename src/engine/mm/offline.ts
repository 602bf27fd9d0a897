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
 * Takes what KSM's hooks take to keep ksmd off, and what the migration of each
 * page takes.
 *
 * Models: offline_pages(), mm/memory_hotplug.c
 * Differs: gives up on a page that cannot be moved, because the kernel tries for ever, until a signal ends it.
 */
export function* offlineBlock(
  memory: Memory,
  block: MemoryBlock,
): Suspends<OfflineOutcome> {
  const { ksm, steps } = memory;
  if (!block.online) return "as before";
  block.online = false;
  if (ksm) yield* ksm.goingOffline();
  const target = otherNode(block.node);
  let fruitless = 0;
  for (
    let pages = pagesOf(memory, block);
    pages.length > 0;
    pages = pagesOf(memory, block)
  ) {
    const isolated = pages.filter((page) => memory.frames.isolate(page));
    const stay = yield* migratePages(memory, isolated, target);
    // A page that somebody else has isolated is on its way, too.
    const allStay = stay === pages.length;
    fruitless = allStay ? fruitless + 1 : 0;
    if (fruitless === (steps.mayInterleave ? FRUITLESS_ROUNDS : 1)) {
      block.online = true;
      if (ksm) yield* ksm.offlineEnded();
      return { stuck: pages[0] };
    }
    if (steps.mayInterleave && steps.relax("offline_pages:again")) {
      yield steps.stop;
    }
  }
  if (ksm) yield* ksm.offline(block);
  return "offline";
}

/**
 * Brings a block online again, empty. Says whether it was offline.
 *
 * Models: online_pages(), mm/memory_hotplug.c
 */
export function onlineBlock(block: MemoryBlock): boolean {
  const wasOffline = !block.online;
  block.online = true;
  return wasOffline;
}

/** Pages of a block that are in use; the new pages of migrations under way are not yet. */
function pagesOf({ frames }: Memory, block: MemoryBlock): Frame[] {
  return [...frames.each()].filter((frame) =>
    frames.block[frame] === block.index && frames.refcount[frame] > 0 &&
    frames.mappingKind[frame] !== MAPPING.none
  );
}

/** Where the pages of a node go. */
function otherNode(node: NodeId): NodeId {
  return node === 0 ? 1 : 0;
}
