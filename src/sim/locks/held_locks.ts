/**
 * Which locks each actor holds.
 *
 * @module
 */
import { Bug } from "../../engine/lib/assert.ts";
import { keepAll, keepNumbers, type Kept } from "../../engine/lib/kept.ts";

/** How many locks an actor holds at most. The deepest order of the kernel's KSM has five. */
export const MOST_HELD = 16;

const FIRST_ACTORS = 16;

/**
 * The held locks of all actors: for each actor {@linkcode MOST_HELD} entries, in
 * the order in which the locks were taken.
 */
export class HeldLocks {
  /** How many locks each actor holds. */
  depth: Int32Array = new Int32Array(FIRST_ACTORS);
  /** Number of the lock of each entry. */
  keys: Int32Array = new Int32Array(FIRST_ACTORS * MOST_HELD);
  /** Number of the site that took it. */
  sites: Int32Array = new Int32Array(FIRST_ACTORS * MOST_HELD);
  /** Since when it is held. */
  since: Float64Array = new Float64Array(FIRST_ACTORS * MOST_HELD);

  /** The actor holds one more. */
  push(actor: number, key: number, site: number, since: number): void {
    if (actor >= this.depth.length) this.#grow(actor);
    const depth = this.depth[actor];
    if (depth === MOST_HELD) {
      throw new Bug(`actor ${actor} takes more than ${MOST_HELD} locks`);
    }
    const at = actor * MOST_HELD + depth;
    this.keys[at] = key;
    this.sites[at] = site;
    this.since[at] = since;
    this.depth[actor] = depth + 1;
  }

  /** The entry of a lock that the actor holds, -1 if it does not. */
  find(actor: number, key: number): number {
    const { keys } = this;
    const first = actor * MOST_HELD;
    for (let at = first + this.depth[actor] - 1; at >= first; at--) {
      if (keys[at] === key) return at;
    }
    return -1;
  }

  /** The actor holds the lock of entry `at` no more. */
  remove(actor: number, at: number): void {
    const last = actor * MOST_HELD + --this.depth[actor];
    for (; at < last; at++) {
      this.keys[at] = this.keys[at + 1];
      this.sites[at] = this.sites[at + 1];
      this.since[at] = this.since[at + 1];
    }
  }

  /** The entries of an actor, in the order in which it took the locks. */
  entries(actor: number): number[] {
    const depth = actor < this.depth.length ? this.depth[actor] : 0;
    return Array.from({ length: depth }, (_, i) => actor * MOST_HELD + i);
  }

  /** The actors that hold a lock, in the order of their numbers. */
  holders(key: number): number[] {
    const actors: number[] = [];
    for (let actor = 0; actor < this.depth.length; actor++) {
      if (this.find(actor, key) >= 0) actors.push(actor);
    }
    return actors;
  }

  /** Who holds what. */
  keep(): Kept {
    const { depth, keys, sites, since } = this;
    return keepAll([
      keepNumbers(() => this.depth, depth.length),
      keepNumbers(() => this.keys, keys.length),
      keepNumbers(() => this.sites, sites.length),
      keepNumbers(() => this.since, since.length),
    ]);
  }

  #grow(actor: number): void {
    const actors = Math.max(actor + 1, this.depth.length * 2);
    const { depth, keys, sites, since } = this;
    this.depth = new Int32Array(actors);
    this.keys = new Int32Array(actors * MOST_HELD);
    this.sites = new Int32Array(actors * MOST_HELD);
    this.since = new Float64Array(actors * MOST_HELD);
    this.depth.set(depth);
    this.keys.set(keys);
    this.sites.set(sites);
    this.since.set(since);
  }
}
