/**
 * A region of memory, as scripts see it.
 *
 * @module
 */
import type { BoxProcess } from "./box_process.ts";
import { quote } from "./nearest.ts";
import type { NodeId } from "./numa_op.ts";
import type { Advice, Op, Prot } from "./op.ts";
import type { OpQueue } from "./op_queue.ts";
import { PAGES_PER_SLOT } from "./op.ts";
import type { Pattern } from "./pattern.ts";
import { isRecord } from "./shape.ts";

/** Where a region lies. */
export interface RegionPlace {
  /** Slot of 262144 pages, 0 to 1023. */
  readonly slot: number;
  /** Pages from the start of the slot; 0 when missing. */
  readonly off?: number;
}

/** What {@linkcode BoxRegion.move} may change besides the place. */
export interface MoveOptions {
  /** The new place; the next free slot when missing. */
  readonly at?: RegionPlace;
  /** The new length; as before when missing. */
  readonly pages?: number;
}

/** A part of a region. */
export interface PageRange {
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many; to the region's end when missing. */
  readonly count?: number;
}

/** Which pages {@linkcode BoxRegion.movePages} moves. */
export interface MovePagesOptions extends PageRange {
  /** Whether pages that are mapped more than once move too; no when missing. */
  readonly all?: boolean;
}

/**
 * A region of private anonymous memory.
 *
 * Parts are named by `start` and `count`: from page 0 when `start` is missing,
 * and to the region's end when `count` is.
 */
export class BoxRegion {
  /** Its process. */
  readonly process: BoxProcess;
  /** Its name, unique in the process. */
  readonly name: string;
  readonly #queue: OpQueue;
  #place: RegionPlace;
  #pages: number;

  /** @internal Scripts get regions from {@linkcode BoxProcess.mmap}. */
  constructor(
    process: BoxProcess,
    name: string,
    queue: OpQueue,
    place: RegionPlace,
    pages: number,
  ) {
    this.process = process;
    this.name = name;
    this.#queue = queue;
    this.#place = place;
    this.#pages = pages;
  }

  /** Its length in pages. */
  get pages(): number {
    return this.#pages;
  }

  /** Where it lies. */
  get place(): RegionPlace {
    return this.#place;
  }

  /** The slot after the last that it reaches into. */
  get slotEnd(): number {
    return slotEnd(this.#place, this.#pages);
  }

  /** Writes the pattern's pages over the whole region. */
  fill(pattern: Pattern): void;
  /** Writes pages 0 to `count - 1` of the pattern to `count` pages from `start` on. */
  fill(start: number, count: number, pattern: Pattern): void;
  fill(
    ...args: [pattern: Pattern] | [
      start: number,
      count: number,
      pattern: Pattern,
    ]
  ): void {
    const [start, count, pattern] = args.length === 1
      ? [0, undefined, args[0]]
      : args;
    const part = this.#part(start, count);
    this.#add({ op: "fill", ...part, pattern: copyOf(pattern) });
  }

  /** Writes 1 to 256 bytes, given in hex or as an array, inside one page. */
  write(page: number, offset: number, bytes: string | Uint8Array): void {
    const hex = bytes instanceof Uint8Array
      ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
      : bytes;
    this.#add({ op: "write", ...this.#name(), page, offset, bytes: hex });
  }

  /** Reads one byte of each page. */
  read(start = 0, count?: number): void {
    this.#add({ op: "read", ...this.#part(start, count) });
  }

  /** Reads all bytes; a recording has their hash. */
  hash(start = 0, count?: number): void {
    this.#add({ op: "hash", ...this.#part(start, count) });
  }

  /** Makes pages mergeable or not, or discards their contents. */
  madvise(advice: Advice, start = 0, count?: number): void {
    this.#add({ op: "madvise", ...this.#part(start, count), advice });
  }

  /** Unmaps pages; the others keep their numbers. */
  unmap(start = 0, count?: number): void {
    this.#add({ op: "munmap", ...this.#part(start, count) });
  }

  /** Changes what may be done with pages. */
  protect(prot: Prot, start = 0, count?: number): void {
    this.#add({ op: "mprotect", ...this.#part(start, count), prot });
  }

  /** Moves the region to another address (mremap), and may change its length. */
  move(options: MoveOptions = {}): void {
    const { pages } = options;
    const at = options.at ?? this.process.freePlace(pages ?? this.#pages);
    this.#add({
      op: "mremap",
      ...this.#name(),
      slot: at.slot,
      ...(at.off === undefined ? {} : { off: at.off }),
      ...(pages === undefined ? {} : { pages }),
    });
    this.#place = at;
    this.#pages = pages ?? this.#pages;
  }

  /** Allocates pages on a NUMA node from now on, whatever the process is bound to; nothing moves. */
  mbind(node: NodeId, { start = 0, count }: PageRange = {}): void {
    this.#add({ op: "mbind", ...this.#part(start, count), node });
  }

  /**
   * Moves pages to a NUMA node (move_pages); a recording has what came of each.
   *
   * @example
   * ```ts
   * import { opsOf, workload } from "ksmscope";
   * import assert from "node:assert/strict";
   *
   * const ops = opsOf(
   *   workload("move", function* (box) {
   *     const ram = box.process("vm").mmap("ram", 16);
   *     ram.fill({ kind: "seq", base: 1 });
   *     ram.movePages(1, { start: 8, all: true });
   *     yield* box.scanPasses(1);
   *   }),
   *   1,
   * );
   * assert.deepEqual(ops[3], {
   *   op: "move",
   *   proc: "vm",
   *   region: "ram",
   *   start: 8,
   *   node: 1,
   *   all: true,
   * });
   * ```
   */
  movePages(
    node: NodeId,
    { start = 0, count, all }: MovePagesOptions = {},
  ): void {
    this.#add({
      op: "move",
      ...this.#part(start, count),
      node,
      ...(all === undefined ? {} : { all }),
    });
  }

  #name(): { proc: string; region: string } {
    return { proc: this.process.name, region: this.name };
  }

  #part(
    start: number,
    count?: number,
  ): { proc: string; region: string; start: number; count?: number } {
    const part = { ...this.#name(), start };
    return count === undefined ? part : { ...part, count };
  }

  /** Appends an operation, unless another region has taken this one's name since. */
  #add(op: Op): void {
    if (this.process.region(this.name) !== this) {
      this.#queue.refuse(
        `Cannot use a region ${quote(this.name)} that was unmapped: ` +
          "another one has its name now",
      );
    }
    this.#queue.add(op);
  }
}

/** The pattern as it is now: it is filled in later, and the script may change its object meanwhile. */
function copyOf(pattern: Pattern): Pattern {
  return isRecord(pattern) ? { ...pattern } : pattern;
}

/** The slot after the last that a region at a place reaches into. */
export function slotEnd({ slot, off = 0 }: RegionPlace, pages: number): number {
  return slot + Math.ceil((off + pages) / PAGES_PER_SLOT);
}
