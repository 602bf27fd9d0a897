/**
 * The table of page contents: equal contents are one entry with a reference
 * count, and its bytes are written out only when somebody has to look at them.
 *
 * ```text
 *   frames                  contents
 *   content  7  ------+     handle  refs  kind       description      lead, checksum
 *   content  7  ------+-->  7       2     run        0x5a, 42 @ 4088  5a5a5a5a.. 9f31..
 *   content  8  --------->  8       1     generated  prng, key 99     not yet asked
 *   content  9  --------->  9       1     bytes      4096 bytes       7f454c46.. not yet
 * ```
 *
 * Equal descriptions are one entry; a run is brought into canonical form first,
 * and bytes that turn out to be a run become that run. So two entries differ
 * in their bytes unless a generator made one of them, and even then
 * {@linkcode Contents.compare} finds them equal.
 *
 * An entry takes some eighty bytes. The 4096 of a run or of a generator's page
 * exist only while a compare looks beyond the lead, or a checksum is
 * computed, and a little longer in a cache.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import { keepAll, type Kept } from "../lib/kept.ts";
import type { PageBytes } from "../lib/page_bytes.ts";
import { PAGE_BYTES } from "../lib/page_size.ts";
import type { Content, ContentGenerator } from "./content.ts";
import {
  ContentColumns,
  ContentKind,
  Known,
  runOrigin,
} from "./content_columns.ts";
import { ContentPages, wordAt } from "./content_pages.ts";
import type { Patch } from "./patch.ts";
import {
  canonicalize,
  compareRuns,
  emptyRun,
  findRun,
  LAST_VALUE_OFFSET,
  type Run,
  runByteAt,
  runWordAt,
} from "./run.ts";

export type { Content, ContentGenerator };

/**
 * All page contents of one machine.
 *
 * Each `of` function, and {@linkcode Contents.patched}, returns a content with
 * one reference raised for the caller, who gives it back by
 * {@linkcode Contents.put}.
 *
 * The kernel has no such table; there, a page's bytes are in the page.
 */
export class Contents {
  /** The page of zeros, which is there from the beginning and never freed: the table holds a reference itself. */
  readonly zero: Content;

  readonly #bytes: PageBytes;
  readonly #columns = new ContentColumns();
  readonly #pages = new ContentPages(this.#columns);

  // Written afresh by whoever uses them; nothing stays in them between two calls.
  readonly #run: Run = emptyRun();
  readonly #otherRun: Run = emptyRun();
  readonly #scratch = new Uint8Array(PAGE_BYTES);

  /** A table with the page of zeros, which orders and sums pages by `bytes`. */
  constructor(bytes: PageBytes) {
    this.#bytes = bytes;
    this.zero = this.ofRun(0, 0, 0, 0);
  }

  /** How many entries there are, the page of zeros included. */
  get live(): number {
    return this.#columns.live;
  }

  /**
   * The page that is `byte` all over, but for a 64-bit little-endian value at
   * `offset` (0 to 4088), given as two halves.
   */
  ofRun(byte: number, offset: number, low: number, high: number): Content {
    assert(byte >= 0 && byte <= 0xff, "a run's byte is from 0 to 255");
    assert(
      offset >= 0 && offset <= LAST_VALUE_OFFSET,
      "a run's value ends within the page",
    );
    const run = this.#run;
    run.byte = byte;
    run.offset = offset;
    run.low = low >>> 0;
    run.high = high >>> 0;
    canonicalize(run);
    return this.#ofCanonical(run);
  }

  /** The page that `generator` makes from a 64-bit key, given as two halves. */
  ofGenerator(
    generator: ContentGenerator,
    low: number,
    high: number,
  ): Content {
    const number = this.#pages.numberOf(generator);
    return this.#ofDescription(
      ContentKind.generated,
      number,
      low >>> 0,
      high >>> 0,
    );
  }

  /** The page with these 4096 bytes. They may be kept as they are, so nobody may change them afterwards. */
  ofBytes(page: Uint8Array): Content {
    return this.#ofPage(page, false);
  }

  /** The page that is `content` with `bytes` in place of those from `offset` on. The reference on `content` stays. */
  patched(content: Content, offset: number, bytes: Uint8Array): Content {
    assert(
      offset >= 0 && offset + bytes.length <= PAGE_BYTES,
      "a patch ends within the page",
    );
    const page = this.#scratch;
    this.read(content, page);
    if (bytes.every((byte, index) => page[offset + index] === byte)) {
      this.get(content);
      return content;
    }
    page.set(bytes, offset);
    const patch = this.#pages.patchOf(content, offset, bytes);
    return this.#ofPage(page, true, patch);
  }

  /** Raises a reference; {@linkcode Contents.put} gives it back. */
  get(content: Content): void {
    const { refs } = this.#columns;
    assert(refs[content] > 0, "only a content in use gets a reference");
    refs[content]++;
  }

  /** Gives a reference back; with the last one the content is gone. */
  put(content: Content): void {
    const { refs } = this.#columns;
    assert(refs[content] > 0, "only a content in use has a reference to put");
    refs[content]--;
    if (refs[content] > 0) return;
    assert(content !== this.zero, "the table keeps a reference on zero");
    this.#pages.forget(content);
    this.#columns.remove(content);
  }

  /** How many references are held, the table's own on {@linkcode Contents.zero} included. */
  refs(content: Content): number {
    return this.#columns.refs[content];
  }

  /**
   * Negative, 0 or positive as `memcmp` puts the bytes of `a` before, equal to or
   * after those of `b`. The amount is the number of bytes up to the difference,
   * as `bytesCompared` takes it.
   *
   * Models: memcmp_pages(), mm/util.c
   * Differs: bytes are written out only where descriptions do not settle the order, because that is faster.
   */
  compare(a: Content, b: Content): number {
    if (a === b) return 0;
    this.#knowLead(a);
    this.#knowLead(b);
    const order = this.#columns.compareLeads(a, b);
    if (order !== 0) return order;
    const { kind } = this.#columns;
    if (kind[a] === ContentKind.run && kind[b] === ContentKind.run) {
      this.#columns.loadRun(a, this.#run);
      this.#columns.loadRun(b, this.#otherRun);
      return compareRuns(this.#run, this.#otherRun);
    }
    return this.#compareWritten(a, b);
  }

  /**
   * The checksum of the bytes, computed once.
   *
   * Models: calc_checksum(), mm/ksm.c
   * Differs: the result is kept with the bytes, because it is the same as long as they are.
   */
  checksum(content: Content): number {
    const columns = this.#columns;
    if ((columns.known[content] & Known.checksum) === 0) {
      const page = this.#pages.page(content);
      columns.checksum[content] = this.#bytes.checksum(page);
      columns.known[content] |= Known.checksum;
    }
    return columns.checksum[content];
  }

  /** The byte at `offset`. */
  byteAt(content: Content, offset: number): number {
    if (this.#columns.kind[content] !== ContentKind.run) {
      return this.#pages.page(content)[offset];
    }
    this.#columns.loadRun(content, this.#run);
    return runByteAt(this.#run, offset);
  }

  /** Copies the 4096 bytes to `out`. */
  read(content: Content, out: Uint8Array): void {
    out.set(this.#pages.page(content));
  }

  /** Whether all bytes are 0. */
  isZero(content: Content): boolean {
    // Only a generator can make zeros that the table has not seen as such.
    return content === this.zero ||
      this.#columns.kind[content] === ContentKind.generated &&
        this.#bytes.isZero(this.#pages.page(content));
  }

  /** All contents, and who refers to them. */
  keep(): Kept {
    return keepAll([this.#columns.keep(), this.#pages.keep()]);
  }

  /** The entry for a canonical run. */
  #ofCanonical(run: Run): Content {
    const { low, high } = run;
    const origin = runOrigin(run);
    const content = this.#ofDescription(ContentKind.run, origin, low, high);
    if ((this.#columns.known[content] & Known.lead) === 0) {
      this.#columns.setLead(content, (offset) => runWordAt(run, offset));
    }
    return content;
  }

  #ofDescription(
    kind: number,
    origin: number,
    low: number,
    high: number,
  ): Content {
    const hash = hashOf(kind, origin, low, high);
    const content = this.#columns.find(kind, origin, low, high, hash);
    if (content === 0) return this.#columns.add(kind, origin, low, high, hash);
    this.get(content);
    return content;
  }

  /** The entry for written bytes. Those that are only `lent` are copied before they are kept. With `patch`, if it is known, they come about again. */
  #ofPage(page: Uint8Array, lent: boolean, patch?: Patch): Content {
    assert(page.length === PAGE_BYTES, "a page has 4096 bytes");
    if (findRun(page, this.#run)) return this.#ofCanonical(this.#run);
    const columns = this.#columns;
    const checksum = this.#bytes.checksum(page);
    const equal = this.#findBytes(page, checksum);
    if (equal !== 0) {
      this.get(equal);
      return equal;
    }
    const content = columns.add(ContentKind.bytes, 0, 0, 0, checksum);
    this.#pages.add(content, lent ? page.slice() : page, patch);
    columns.setLead(content, (offset) => wordAt(page, offset));
    columns.checksum[content] = checksum;
    columns.known[content] |= Known.checksum;
    return content;
  }

  /** The entry that keeps these bytes, 0 if there is none. Such entries have the checksum for a hash. */
  #findBytes(page: Uint8Array, checksum: number): Content | 0 {
    const columns = this.#columns;
    let content = columns.firstLike(checksum);
    for (; content !== 0; content = columns.nextLike(content)) {
      if (columns.hash[content] !== checksum) continue;
      if (columns.kind[content] !== ContentKind.bytes) continue;
      const kept = this.#pages.keptPage(content);
      if (this.#bytes.compare(kept, page) === 0) break;
    }
    return content;
  }

  /** A generator's page gets its lead when it is written out for the first time; the others are born with it. */
  #knowLead(content: Content): void {
    if ((this.#columns.known[content] & Known.lead) === 0) {
      this.#pages.page(content);
    }
  }

  /** Compares by all bytes. */
  #compareWritten(a: Content, b: Content): number {
    let pageOfA = this.#pages.page(a);
    if (this.#pages.mayCollide(a, b)) {
      // Writing out b may write over a.
      this.#scratch.set(pageOfA);
      pageOfA = this.#scratch;
    }
    return this.#bytes.compare(pageOfA, this.#pages.page(b));
  }
}

/** Spreads a description over 32 bits, so that neighbouring numbers fall into different buckets. */
function hashOf(
  kind: number,
  origin: number,
  low: number,
  high: number,
): number {
  let hash = Math.imul(origin << 2 | kind, 0x9e3779b1);
  hash = Math.imul(hash ^ hash >>> 15 ^ low, 0x85ebca77);
  hash = Math.imul(hash ^ hash >>> 13 ^ high, 0xc2b2ae3d);
  return (hash ^ hash >>> 16) >>> 0;
}
