/**
 * A small memory of pages that were written out lately.
 *
 * @module
 */
import { PAGE_BYTES } from "../lib/page_size.ts";
import type { Content } from "./content.ts";

/** A power of two: 1 MiB of pages. */
const SLOTS = 256;

/**
 * A direct-mapped cache: content `c` has its place in slot `c % 256`, and evicts
 * what stood there. A scan compares one page with many, so the one stays.
 */
export class ProducedPages {
  readonly #produce: (content: Content, out: Uint8Array) => void;
  readonly #pages: Uint8Array[] = [];
  /** Whose bytes each slot has, 0 for nobody's. */
  readonly #tenants = new Int32Array(SLOTS);

  /** An empty cache in front of `produce`, which writes a content's whole page. */
  constructor(produce: (content: Content, out: Uint8Array) => void) {
    this.#produce = produce;
    const bytes = new Uint8Array(SLOTS * PAGE_BYTES);
    for (let slot = 0; slot < SLOTS; slot++) {
      const start = slot * PAGE_BYTES;
      this.#pages.push(bytes.subarray(start, start + PAGE_BYTES));
    }
  }

  /** The content's bytes, to be read only, and only until the next call. */
  page(content: Content): Uint8Array {
    const slot = slotOf(content);
    const page = this.#pages[slot];
    if (this.#tenants[slot] !== content) {
      this.#produce(content, page);
      this.#tenants[slot] = content;
    }
    return page;
  }

  /** Forgets all bytes. */
  forgetAll(): void {
    this.#tenants.fill(0);
  }

  /** Forgets the bytes of a content whose handle may get another meaning. */
  forget(content: Content): void {
    const slot = slotOf(content);
    if (this.#tenants[slot] === content) this.#tenants[slot] = 0;
  }
}

/** The cache's place for a content; two contents in one place evict each other. */
export function slotOf(content: Content): number {
  return content & (SLOTS - 1);
}
