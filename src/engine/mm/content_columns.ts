/**
 * The entries of the content table, and how equal ones are found.
 *
 * @module
 */
import { Arena, HandleColumn } from "../lib/arena.ts";
import { keepAll, type Kept } from "../lib/kept.ts";
import type { Content } from "./content.ts";
import type { Run } from "./run.ts";

/** How a content is described; the description names the bytes completely. */
export const ContentKind = {
  /** One byte all over but for a value: see `run.ts`. `origin` is byte and offset. */
  run: 0,
  /** A generator's page. `origin` is the generator's number. */
  generated: 1,
  /** Bytes kept as they are. `origin`, `low` and `high` mean nothing. */
  bytes: 2,
} as const;

/** Bits of the column `known`. */
export const Known = {
  /** `lead` is set. */
  lead: 1,
  /** `checksum` is set. */
  checksum: 2,
} as const;

/**
 * Words of a lead: 32 bytes. Eight random bytes would tell pages apart, but those
 * of a text begin with the same few words all over.
 */
const LEAD_WORDS = 8;

const FIRST_BUCKETS = 64;

const ORIGIN_BYTE_SHIFT = 12;
const ORIGIN_OFFSET_MASK = (1 << ORIGIN_BYTE_SHIFT) - 1;

/** The table's columns: some seventy bytes for each content, however its bytes come about. */
export class ContentColumns extends Arena<Content> {
  /** How many references are held; 0 for an entry that is not in use. */
  refs: Int32Array = this.numbers(Int32Array, (array) => this.refs = array);
  /** One of {@linkcode ContentKind}. */
  kind: Uint8Array = this.numbers(Uint8Array, (array) => this.kind = array);
  /** Which of the lazy columns are set, bits of {@linkcode Known}. */
  known: Uint8Array = this.numbers(Uint8Array, (array) => this.known = array);
  /** First part of the description. */
  origin: Uint32Array = this.numbers(
    Uint32Array,
    (array) => this.origin = array,
  );
  /** Lower half of a run's value or a generator's key. */
  low: Uint32Array = this.numbers(Uint32Array, (array) => this.low = array);
  /** Upper half of a run's value or a generator's key. */
  high: Uint32Array = this.numbers(Uint32Array, (array) => this.high = array);
  /**
   * The first bytes of the page, {@linkcode LEAD_WORDS} big-endian words side by
   * side: so numbers order as bytes do.
   */
  lead: Uint32Array = this.numbers(
    Uint32Array,
    (array) => this.lead = array,
    LEAD_WORDS,
  );
  /** What KSM computes as the page's checksum. */
  checksum: Uint32Array = this.numbers(
    Uint32Array,
    (array) => this.checksum = array,
  );

  /** What {@linkcode ContentColumns.firstLike} finds the entry by. */
  hash: Uint32Array = this.numbers(Uint32Array, (array) => this.hash = array);

  /** The next entry in the same bucket. */
  readonly #following = this.handles<Content>();
  /** The first entry of each bucket; a bucket holds the hashes that agree in their lower bits. */
  #buckets = new HandleColumn<Content>();
  #bucketCount = 0;

  /** An empty table. */
  constructor() {
    super("content");
    this.#spread(FIRST_BUCKETS);
  }

  /** Adds an entry with one reference. */
  add(
    kind: number,
    origin: number,
    low: number,
    high: number,
    hash: number,
  ): Content {
    const content = this.alloc();
    this.refs[content] = 1;
    this.kind[content] = kind;
    this.origin[content] = origin;
    this.low[content] = low;
    this.high[content] = high;
    this.hash[content] = hash;
    if (this.live > this.#bucketCount) this.#spread(2 * this.#bucketCount);
    else this.#link(content);
    return content;
  }

  /** Takes an entry out. */
  remove(content: Content): void {
    const bucket = this.#bucketOf(this.hash[content]);
    const after = this.#following.get(content);
    let before = this.#buckets.get(bucket);
    if (before === content) {
      this.#buckets.set(bucket, after);
    } else {
      while (this.#following.get(before) !== content) {
        before = this.#following.get(before);
      }
      this.#following.set(before, after);
    }
    this.free(content);
  }

  /** The entry with this description, 0 if there is none. */
  find(
    kind: number,
    origin: number,
    low: number,
    high: number,
    hash: number,
  ): Content | 0 {
    for (let at = this.firstLike(hash); at !== 0; at = this.nextLike(at)) {
      if (
        this.kind[at] === kind && this.origin[at] === origin &&
        this.low[at] === low && this.high[at] === high
      ) return at;
    }
    return 0;
  }

  /** The first entry that may have this hash; the others follow by {@linkcode ContentColumns.nextLike}. */
  firstLike(hash: number): Content | 0 {
    return this.#buckets.get(this.#bucketOf(hash));
  }

  /** The next entry that may have the same hash. */
  nextLike(content: Content): Content | 0 {
    return this.#following.get(content);
  }

  /** Sets the lead, word by word. */
  setLead(content: Content, wordAt: (offset: number) => number): void {
    const first = content * LEAD_WORDS;
    for (let word = 0; word < LEAD_WORDS; word++) {
      this.lead[first + word] = wordAt(4 * word);
    }
    this.known[content] |= Known.lead;
  }

  /** Negative, 0 or positive as the lead of `a` stands to that of `b`, both being known; the amount is the number of bytes up to the difference. */
  compareLeads(a: Content, b: Content): number {
    const { lead } = this;
    const firstOfA = a * LEAD_WORDS;
    const firstOfB = b * LEAD_WORDS;
    for (let word = 0; word < LEAD_WORDS; word++) {
      const wordOfA = lead[firstOfA + word];
      const wordOfB = lead[firstOfB + word];
      if (wordOfA !== wordOfB) {
        const equalBytes = Math.clz32(wordOfA ^ wordOfB) >>> 3;
        const bytes = 4 * word + equalBytes + 1;
        return wordOfA < wordOfB ? -bytes : bytes;
      }
    }
    return 0;
  }

  /** Reads an entry of kind `run` into `run`. */
  loadRun(content: Content, run: Run): void {
    run.byte = this.origin[content] >>> ORIGIN_BYTE_SHIFT;
    run.offset = this.origin[content] & ORIGIN_OFFSET_MASK;
    run.low = this.low[content];
    run.high = this.high[content];
  }

  /** All entries. */
  override keep(): Kept {
    const buckets = this.#buckets;
    const count = this.#bucketCount;
    const restore = () => {
      this.#buckets = buckets;
      this.#bucketCount = count;
    };
    return keepAll([
      super.keep(),
      buckets.keep(count),
      { bytes: 0, restore },
    ]);
  }

  #bucketOf(hash: number): number {
    return hash & (this.#bucketCount - 1);
  }

  #link(content: Content): void {
    const bucket = this.#bucketOf(this.hash[content]);
    this.#following.set(content, this.#buckets.get(bucket));
    this.#buckets.set(bucket, content);
  }

  /** Deals all entries into `bucketCount` buckets, a power of two. */
  #spread(bucketCount: number): void {
    this.#buckets = new HandleColumn<Content>();
    this.#buckets.grow(bucketCount);
    this.#bucketCount = bucketCount;
    for (const content of this.each()) this.#link(content);
  }
}

/** A run's byte and offset as one number, for the column `origin`. */
export function runOrigin(run: Run): number {
  return run.byte << ORIGIN_BYTE_SHIFT | run.offset;
}
