/**
 * Memory blocks: which frame numbers belong to which node, and which of them can
 * be taken away.
 *
 * ```
 *   node 0   one block that stays
 *   node 1   four movable blocks   +   one block that stays
 *            (ZONE_MOVABLE)            (ZONE_NORMAL)
 * ```
 *
 * User pages come from movable memory first, as long as it is online and has
 * room. A frame number belongs to its block for ever, also while no page has it:
 * a stable node whose page is gone is still known to have been of that block.
 *
 * @module
 */
import { HandlePool } from "../lib/arena.ts";
import { Bug } from "../lib/assert.ts";
import { keepAll, keepFields, type Kept } from "../lib/kept.ts";
import type { NodeId } from "./numa.ts";

/** The only node with memory that can be taken offline. */
export const MOVABLE_NODE: NodeId = 1;

const MOVABLE_BLOCKS = 4;

/** Frames of a movable block: 128 MiB. */
export const MOVABLE_BLOCK_FRAMES = 32768;

/** Frame numbers that a block takes at a time. */
const CHUNK_FRAMES = 512;

/** One block. */
export interface MemoryBlock {
  /** Its place in {@linkcode memoryBlocks}. */
  readonly index: number;
  /** Its node. */
  readonly node: NodeId;
  /** Whether it can be taken offline. */
  readonly movable: boolean;
  /** Whether pages may be allocated here: not while it goes offline, and not when it is. */
  online: boolean;
  /** Its frame numbers. */
  readonly pool: HandlePool;
}

/** The blocks of a machine with this many nodes, in the order in which they are used. */
export function memoryBlocks(nodes: number): MemoryBlock[] {
  const kinds: { node: NodeId; movable: boolean }[] = [];
  for (let node = 0; node < nodes; node++) {
    if (node === MOVABLE_NODE) {
      for (let i = 0; i < MOVABLE_BLOCKS; i++) {
        kinds.push({ node, movable: true });
      }
    }
    kinds.push({ node, movable: false });
  }
  return kinds.map((kind, index) => ({
    ...kind,
    index,
    online: true,
    pool: new HandlePool(
      CHUNK_FRAMES,
      kind.movable ? MOVABLE_BLOCK_FRAMES : Infinity,
    ),
  }));
}

/** Which blocks are online, and which frames they would give. */
export function keepBlocks(blocks: readonly MemoryBlock[]): Kept {
  return keepAll(
    blocks.flatMap((block) => [
      block.pool.keep(),
      keepFields(block),
    ]),
  );
}

/**
 * The block from which the next page of a node comes.
 *
 * Models: gfp_zone(), include/linux/gfp.h
 */
export function blockFor(
  blocks: readonly MemoryBlock[],
  node: NodeId,
): MemoryBlock {
  for (const block of blocks) {
    if (block.node === node && block.online && !block.pool.exhausted) {
      return block;
    }
  }
  throw new Bug(`NUMA node ${node} has no memory`);
}
