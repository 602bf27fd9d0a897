/**
 * What KSM does with the bytes of a page: order them, sum them up, ask whether
 * they are all zero. These three take nearly all of a scan's time, so they stand
 * behind one interface, and {@linkcode scalarPageBytes} is the slow twin that
 * any faster implementation is checked against.
 *
 * @module
 */
import { PAGE_BYTES } from "./page_size.ts";
import { Xxh64 } from "./xxh64.ts";

/** The three questions about pages; each `Uint8Array` has the length of a page. */
export interface PageBytes {
  /**
   * Negative, 0 or positive as `memcmp` puts `a` before, equal to or after `b`: by
   * the first unsigned byte that differs. The amount is how many bytes it took to
   * tell, for {@linkcode bytesCompared}.
   */
  compare(a: Uint8Array, b: Uint8Array): number;
  /** The lower 32 bits of the page's XXH64, unsigned. */
  checksum(page: Uint8Array): number;
  /** Whether all bytes are 0. */
  isZero(page: Uint8Array): boolean;
}

/** How many bytes of each page a compare with this outcome has looked at. */
export function bytesCompared(order: number): number {
  return order === 0 ? PAGE_BYTES : Math.abs(order);
}

const WORD_BYTES = 4;
const PAGE_WORDS = PAGE_BYTES / WORD_BYTES;

const hasher = new Xxh64();

/** Plain loops, by words of 32 bits where the page's place in memory allows it. */
export const scalarPageBytes: PageBytes = {
  compare(a: Uint8Array, b: Uint8Array): number {
    let at = 0;
    if (isAligned(a) && isAligned(b)) {
      const wordsOfA = words(a);
      const wordsOfB = words(b);
      let word = 0;
      while (word < PAGE_WORDS && wordsOfA[word] === wordsOfB[word]) word++;
      at = word * WORD_BYTES;
    }
    while (at < PAGE_BYTES && a[at] === b[at]) at++;
    if (at === PAGE_BYTES) return 0;
    return a[at] < b[at] ? -at - 1 : at + 1;
  },

  checksum(page: Uint8Array): number {
    hasher.hash(page);
    return hasher.low;
  },

  isZero(page: Uint8Array): boolean {
    const cells = isAligned(page) ? words(page) : page;
    let at = 0;
    while (at < cells.length && cells[at] === 0) at++;
    return at === cells.length;
  },
};

function isAligned(page: Uint8Array): boolean {
  return page.byteOffset % WORD_BYTES === 0;
}

function words(page: Uint8Array): Uint32Array {
  return new Uint32Array(page.buffer, page.byteOffset, PAGE_WORDS);
}
