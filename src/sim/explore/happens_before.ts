/**
 * Which strides of a schedule had to come before which: what follows from their
 * conflicts, and not from the order that happened to be chosen.
 *
 * Each stride has a vector clock: for each actor, how many of its strides, by
 * number in the schedule, are known to come before. Two strides race where they
 * conflict, nothing in between orders them, and the later one could have gone
 * first.
 *
 * @module
 */
import type { LockMode } from "../../engine/lib/lock.ts";
import type { Cell } from "./access_log.ts";
import type { Stride } from "./stride.ts";

/** Who used a cell last: numbers of strides, -1 for none. */
interface Uses {
  write: number;
  /** Of each actor, since that write. */
  readonly reads: Int32Array;
}

/** Who took a lock last: for each actor the number of the stride, -1 for none. */
interface Takers {
  readonly exclusive: Int32Array;
  readonly shared: Int32Array;
}

/** The order of the strides of one schedule. */
export class HappensBefore {
  readonly #actors: number;
  readonly #strides: Stride[] = [];
  readonly #clocks: Int32Array[] = [];
  readonly #now: Int32Array[];
  readonly #uses = new Map<Cell, Uses>();
  readonly #takers = new Map<Cell, Takers>();

  /** Of a schedule of so many actors, at its beginning. */
  constructor(actors: number) {
    this.#actors = actors;
    this.#now = Array.from({ length: actors }, () => new Int32Array(actors));
  }

  /** Adds the next stride. */
  add(stride: Stride): void {
    const { actor, reads, writes, acquired } = stride;
    const at = this.#strides.length;
    const clock = this.#clockOf(stride);
    for (const cell of reads) this.#usesOf(cell).reads[actor] = at;
    for (const cell of writes) {
      const uses = this.#usesOf(cell);
      uses.write = at;
      uses.reads.fill(-1);
    }
    this.#strides.push(stride);
    this.#clocks.push(clock);
    this.#now[actor] = clock;
    if (acquired !== undefined) {
      this.#takersOf(acquired.cell)[acquired.mode][actor] = at;
    }
  }

  /** The clock of a stride that is to come next. */
  #clockOf({ actor, reads, writes, wokenBy }: Stride): Int32Array {
    const clock = this.#now[actor].slice();
    if (wokenBy !== undefined) this.#join(clock, wokenBy);
    for (const cell of reads) this.#join(clock, this.#uses.get(cell)?.write);
    for (const cell of writes) {
      const uses = this.#uses.get(cell);
      this.#join(clock, uses?.write);
      for (const read of uses?.reads ?? []) this.#join(clock, read);
    }
    clock[actor] = this.#strides.length + 1;
    return clock;
  }

  /**
   * The numbers of the strides that race with `stride`, which is not added yet;
   * none of them comes before another.
   */
  races({ actor, reads, writes, acquired, wokenBy }: Stride): number[] {
    const found: number[] = [];
    const clock = this.#now[actor].slice();
    if (wokenBy !== undefined) this.#join(clock, wokenBy);
    const waited = acquired?.waits === true ? acquired : undefined;
    if (waited !== undefined) {
      this.#racesForLock(waited.cell, waited.mode, clock, found);
      this.#joinReleases(waited.cell, waited.mode, clock);
    }
    const collect = (at: number) => this.#collect(at, actor, clock, found);
    for (const cell of reads) {
      if (cell === waited?.cell) continue;
      collect(this.#uses.get(cell)?.write ?? -1);
    }
    for (const cell of writes) {
      const uses = this.#uses.get(cell);
      if (cell === waited?.cell || uses === undefined) continue;
      collect(uses.write);
      uses.reads.forEach(collect);
    }
    return this.#latest(found);
  }

  /**
   * The numbers of the strides that let go the lock which `stride`, the next one,
   * takes, where it need not have come after them: before them its actor would
   * have waited.
   */
  releases({ actor, acquired }: Stride): number[] {
    if (acquired?.waits !== true) return [];
    const uses = this.#uses.get(acquired.cell);
    if (uses === undefined) return [];
    const found: number[] = [];
    const clock = this.#now[actor];
    this.#collect(uses.write, actor, clock, found);
    if (acquired.mode === "exclusive") {
      for (const read of uses.reads) this.#collect(read, actor, clock, found);
    }
    return found;
  }

  /** The same for an actor that has stopped before a lock for ever. */
  lockRaces(actor: number, cell: Cell, mode: LockMode): number[] {
    const found: number[] = [];
    this.#racesForLock(cell, mode, this.#now[actor], found);
    return this.#latest(
      found.filter((at) => this.#strides[at].actor !== actor),
    );
  }

  /**
   * With which actors a schedule can begin in which `stride`, the next one, comes
   * before stride number `at`, and all else that does not depend on that one goes
   * on as it is: one bit for each. Without a stride: that of an actor that cannot
   * make its next one.
   */
  initials(actor: number, at: number, stride?: Stride): number {
    const first = this.#strides[at].actor;
    const kept: number[] = [];
    let seen = 0;
    let initials = 0;
    const consider = (who: number, clock: Int32Array) => {
      if ((seen & (1 << who)) !== 0) return;
      seen |= 1 << who;
      const led = kept.some((k) => clock[this.#strides[k].actor] > k);
      if (!led) initials |= 1 << who;
    };
    for (let k = at + 1; k < this.#strides.length; k++) {
      const clock = this.#clocks[k];
      if (clock[first] > at) continue;
      consider(this.#strides[k].actor, clock);
      kept.push(k);
    }
    const last = stride === undefined
      ? this.#now[actor]
      : this.#clockOf(stride);
    consider(actor, last);
    return initials;
  }

  #racesForLock(
    cell: Cell,
    mode: LockMode,
    clock: Int32Array,
    found: number[],
  ): void {
    const takers = this.#takers.get(cell);
    if (takers === undefined) return;
    const collect = (at: number, other: number) => {
      if (at >= clock[other]) found.push(at);
    };
    takers.exclusive.forEach(collect);
    if (mode === "exclusive") takers.shared.forEach(collect);
  }

  /** A lock that is taken comes after all that let it go. */
  #joinReleases(cell: Cell, mode: LockMode, clock: Int32Array): void {
    const uses = this.#uses.get(cell);
    if (uses === undefined) return;
    this.#join(clock, uses.write);
    if (mode === "exclusive") {
      for (const read of uses.reads) this.#join(clock, read);
    }
  }

  #collect(
    at: number,
    actor: number,
    clock: Int32Array,
    found: number[],
  ): void {
    if (at < 0) return;
    const other = this.#strides[at].actor;
    if (other !== actor && at >= clock[other]) found.push(at);
  }

  /** Leaves out each stride that comes before another one of the list. */
  #latest(found: number[]): number[] {
    return found.filter((at, place) =>
      found.indexOf(at) === place &&
      !found.some((later) =>
        later !== at && this.#clocks[later][this.#strides[at].actor] > at
      )
    );
  }

  #join(clock: Int32Array, at = -1): void {
    if (at < 0) return;
    const other = this.#clocks[at];
    for (let actor = 0; actor < clock.length; actor++) {
      if (other[actor] > clock[actor]) clock[actor] = other[actor];
    }
  }

  #usesOf(cell: Cell): Uses {
    let uses = this.#uses.get(cell);
    if (uses === undefined) {
      uses = { write: -1, reads: new Int32Array(this.#actors).fill(-1) };
      this.#uses.set(cell, uses);
    }
    return uses;
  }

  #takersOf(cell: Cell): Takers {
    let takers = this.#takers.get(cell);
    if (takers === undefined) {
      takers = {
        exclusive: new Int32Array(this.#actors).fill(-1),
        shared: new Int32Array(this.#actors).fill(-1),
      };
      this.#takers.set(cell, takers);
    }
    return takers;
  }
}
