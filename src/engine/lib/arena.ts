/**
 * Struct-of-arrays storage with typed handles.
 *
 * A structure of the kernel (a page frame, an rmap item) is one index into
 * parallel typed arrays, its columns. This costs tens of bytes where an object
 * costs hundreds, and makes a checkpoint a copy of a few arrays.
 *
 * ```
 *   handle       1       2       3
 *   live         1       0       1
 *   oldchecksum  9f3a..          0       <- items.oldchecksum[item]
 *   head         12              0       <- items.head.get(item)
 * ```
 *
 * Stale handles: every allocation and every free checks that the handle is in
 * the state it claims, and {@linkcode Arena.assertLive} lets any other place do
 * so. A freed handle rests until {@linkcode RESTING_HANDLES} others have been
 * freed after it, so that a stale one meets a dead entry rather than a new
 * tenant.
 *
 * @module
 */
import { assert } from "./assert.ts";
import { keepAll, keepFields, keepNumbers, type Kept } from "./kept.ts";

/** Freed handles that rest before the oldest of them is used again. */
export const RESTING_HANDLES = 64;

const FIRST_CAPACITY = 64;

/** The typed arrays that serve as columns. */
export type ColumnArray = Uint8Array | Int32Array | Uint32Array | Float64Array;

/**
 * Where handles come from. An arena has one pool, unless some of its handles are
 * not as good as others: those of one pool never get into another.
 */
export class HandlePool {
  /** Handles that are new to the pool are taken from the arena this many at a time. */
  chunk: number;
  /** Handles that the pool may still take from the arena. */
  left: number;
  /** Freed handles that rest before the oldest of them is used again; 0 where what comes of that is to be seen. */
  rest: number = RESTING_HANDLES;
  /** The next of its handles that was never in use. */
  next = 0;
  /** The one behind the last of those. */
  end = 0;
  /** The handle that was freed first; it is used again first. */
  oldestFree = 0;
  /** The handle that was freed last. */
  newestFree = 0;
  /** Handles that were freed, and not used again. */
  resting = 0;

  /** An empty pool, which never has more than `limit` handles. */
  constructor(chunk = 1, limit = Infinity) {
    this.chunk = chunk;
    this.left = limit;
  }

  /** Whether it can give no handle now. */
  get exhausted(): boolean {
    return this.resting <= this.rest && this.next === this.end &&
      this.left === 0;
  }

  /** Which handles it would give. */
  keep(): Kept {
    return keepFields(this);
  }
}

interface Column {
  grow(capacity: number): void;
  keep(entries: number): Kept;
  clear(index: number): void;
}

/** A column of handles into another arena; the one place where integers become handles. */
export class HandleColumn<H extends number> {
  #cells = new Int32Array(FIRST_CAPACITY);

  /** The handle stored for `index`, 0 when none is. */
  get(index: number): H | 0 {
    return this.#cells[index] as H | 0;
  }

  /** Stores `handle` for `index`. */
  set(index: number, handle: H | 0): void {
    this.#cells[index] = handle;
  }

  /** Makes room for indices below `capacity`. */
  grow(capacity: number): void {
    this.#cells = grown(this.#cells, capacity);
  }

  /** What is stored for indices below `entries`. */
  keep(entries: number): Kept {
    return keepNumbers(() => this.#cells, entries);
  }
}

function grown<A extends ColumnArray>(array: A, capacity: number): A {
  const next = new (array.constructor as new (length: number) => A)(capacity);
  next.set(array);
  return next;
}

/** The entries of one kind of structure. A subclass declares the columns. */
export abstract class Arena<H extends number> {
  /** What one entry is called in messages. */
  readonly noun: string;
  /** Entries in use. */
  live = 0;

  #columns: Column[] = [];
  #state = new Uint8Array(FIRST_CAPACITY);
  #nextFree = new Int32Array(FIRST_CAPACITY);
  /** Where handles come from when nothing else is said. */
  readonly pool: HandlePool = new HandlePool();
  #top = 1;

  /** No entries yet; `noun` is what messages call one. */
  constructor(noun: string) {
    this.noun = noun;
  }

  /** Indices below this one have room in every column. */
  get capacity(): number {
    return this.#state.length;
  }

  /** A new entry with all columns 0. */
  alloc(pool: HandlePool = this.pool): H {
    const index = this.#take(pool);
    assert(this.#state[index] === 0, `${this.noun} ${index} is in use already`);
    this.#state[index] = 1;
    this.live++;
    for (const column of this.#columns) column.clear(index);
    return index as H;
  }

  /** Gives an entry back to the pool that it is from. Its columns keep their values until it is used again. */
  free(handle: H, pool: HandlePool = this.pool): void {
    this.kill(handle);
    this.reuse(handle, pool);
  }

  /** The first half of {@linkcode Arena.free}: the entry is dead, but its handle is not used again yet. */
  kill(handle: H): void {
    this.assertLive(handle);
    this.#state[handle] = 0;
    this.live--;
  }

  /** The second half of {@linkcode Arena.free}: the handle of a dead entry may be used again. */
  reuse(handle: H, pool: HandlePool = this.pool): void {
    this.#nextFree[handle] = 0;
    if (pool.resting === 0) pool.oldestFree = handle;
    else this.#nextFree[pool.newestFree] = handle;
    pool.newestFree = handle;
    pool.resting++;
  }

  /** Whether `handle` names an entry in use. */
  isLive(handle: H | 0): boolean {
    return this.#state[handle] === 1;
  }

  /** Throws a bug unless `handle` names an entry in use. */
  assertLive(handle: H | 0): asserts handle is H {
    assert(
      this.#state[handle] === 1,
      `${this.noun} ${handle} is stale or none`,
    );
  }

  /** All entries in use, in the order of their handles. */
  *each(): Generator<H, void, void> {
    for (let index = 1; index < this.#top; index++) {
      if (this.#state[index] === 1) yield index as H;
    }
  }

  /** All entries, and all columns. */
  keep(): Kept {
    const top = this.#top;
    const { live } = this;
    const restore = () => {
      this.#top = top;
      this.live = live;
    };
    return keepAll([
      { bytes: 0, restore },
      this.pool.keep(),
      keepNumbers(() => this.#state, top),
      keepNumbers(() => this.#nextFree, top),
      ...this.#columns.map((column) => column.keep(top)),
    ]);
  }

  /**
   * Declares a column of numbers, with `cells` of them side by side for each
   * entry. `store` puts the array into its field whenever it has grown.
   */
  protected numbers<A extends ColumnArray>(
    make: new (length: number) => A,
    store: (array: A) => void,
    cells = 1,
  ): A {
    let array = new make(this.capacity * cells);
    this.#columns.push({
      grow: (capacity) => store(array = grown(array, capacity * cells)),
      clear: (index) => {
        for (let i = 0; i < cells; i++) array[index * cells + i] = 0;
      },
      keep: (entries) => keepNumbers(() => array, entries * cells),
    });
    return array;
  }

  /** Declares a column of handles. */
  protected handles<T extends number>(): HandleColumn<T> {
    const column = new HandleColumn<T>();
    column.grow(this.capacity);
    this.#columns.push({
      grow: (capacity) => column.grow(capacity),
      clear: (index) => column.set(index, 0),
      keep: (entries) => column.keep(entries),
    });
    return column;
  }

  /** Declares links of another structure that grow along. */
  protected links<
    L extends { ensure(capacity: number): void; keep(entries: number): Kept },
  >(links: L): L {
    links.ensure(this.capacity);
    this.#columns.push({
      grow: (capacity) => links.ensure(capacity),
      clear: () => {},
      keep: (entries) => links.keep(entries),
    });
    return links;
  }

  #take(pool: HandlePool): number {
    if (pool.resting > pool.rest) {
      const index = pool.oldestFree;
      pool.oldestFree = this.#nextFree[index];
      pool.resting--;
      return index;
    }
    if (pool.next === pool.end) this.#supply(pool);
    return pool.next++;
  }

  /** Gives a pool a chunk of handles that were never in use. */
  #supply(pool: HandlePool): void {
    const handles = Math.min(pool.chunk, pool.left);
    assert(handles > 0, `There is no ${this.noun} left`);
    pool.left -= handles;
    pool.next = this.#top;
    pool.end = this.#top += handles;
    while (this.capacity < this.#top) this.#grow(this.capacity * 2);
  }

  #grow(capacity: number): void {
    this.#state = grown(this.#state, capacity);
    this.#nextFree = grown(this.#nextFree, capacity);
    for (const column of this.#columns) column.grow(capacity);
  }
}
