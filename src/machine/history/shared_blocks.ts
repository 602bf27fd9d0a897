/**
 * What checkpoints hold in common.
 *
 * From one checkpoint to the next most of a machine stays as it is, so most blocks
 * of their copies are equal. As KSM does with pages, equal ones are found by their
 * checksum and a full compare, and are kept once, with a count of their holders.
 *
 * @module
 */
import { assert } from "../../engine/lib/assert.ts";
import type { ColumnArray } from "../../engine/lib/arena.ts";
import type { Blocks } from "../../engine/lib/kept.ts";

/** Of something that is kept once. */
interface Shared {
  /** How many hold it. */
  holders: number;
  /** Its checksum; missing where nobody may find it by that. */
  readonly checksum?: number;
}

/** The blocks and pages of all checkpoints, each with its holders. */
export class SharedBlocks {
  /** What they take together. */
  bytes = 0;
  readonly #shared = new Map<ColumnArray, Shared>();
  readonly #byChecksum = new Map<number, ColumnArray>();

  /** One holder more of each block; puts those that are known in the place of equal ones. */
  share(blocks: Blocks): void {
    blocks.forEach((block, i) => {
      if (this.#shared.has(block)) return this.hold(block);
      const checksum = checksumOf(block);
      const known = this.#byChecksum.get(checksum);
      if (known !== undefined && areEqual(known, block)) {
        blocks[i] = known;
        return this.hold(known);
      }
      // Of two with one checksum the first is found, the other kept for itself.
      const isFound = known === undefined;
      if (isFound) this.#byChecksum.set(checksum, block);
      this.#add(block, { holders: 1, ...(isFound && { checksum }) });
    });
  }

  /** One holder more of a block or page, and of no other that is equal. */
  hold(block: ColumnArray): void {
    const shared = this.#shared.get(block);
    if (shared === undefined) this.#add(block, { holders: 1 });
    else shared.holders++;
  }

  /** One holder less; with the last the block goes. */
  release(block: ColumnArray): void {
    const shared = this.#shared.get(block);
    assert(shared !== undefined, "Nobody holds the block");
    if (--shared.holders > 0) return;
    this.#shared.delete(block);
    this.bytes -= block.byteLength;
    if (shared.checksum !== undefined) {
      this.#byChecksum.delete(shared.checksum);
    }
  }

  #add(block: ColumnArray, shared: Shared): void {
    this.#shared.set(block, shared);
    this.bytes += block.byteLength;
  }
}

/** FNV-1a over words of four bytes, and single bytes at the end. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function checksumOf(block: ColumnArray): number {
  const words = wordsOf(block);
  const rest = restOf(block);
  let sum = FNV_OFFSET ^ block.BYTES_PER_ELEMENT;
  for (let i = 0; i < words.length; i++) {
    sum = Math.imul(sum ^ words[i], FNV_PRIME);
    // A high bit reaches no lower one by multiplication.
    sum ^= sum >>> 15;
  }
  for (let i = 0; i < rest.length; i++) {
    sum = Math.imul(sum ^ rest[i], FNV_PRIME);
  }
  return sum;
}

/** Whether two blocks are the same numbers in the same kind of array: bit by bit, as -0 is not 0 and a NaN itself. */
function areEqual(a: ColumnArray, b: ColumnArray): boolean {
  if (a.constructor !== b.constructor || a.length !== b.length) return false;
  return areSame(wordsOf(a), wordsOf(b)) && areSame(restOf(a), restOf(b));
}

function areSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}

function wordsOf({ buffer, byteOffset, byteLength }: ColumnArray): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength >> 2);
}

function restOf({ buffer, byteOffset, byteLength }: ColumnArray): Uint8Array {
  const whole = byteLength & ~3;
  return new Uint8Array(buffer, byteOffset + whole, byteLength - whole);
}
