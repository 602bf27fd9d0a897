/**
 * Who waits for which lock.
 *
 * @module
 */
import { assert } from "../../engine/lib/assert.ts";
import type { Kept } from "../../engine/lib/kept.ts";
import type { LockMode } from "../../engine/lib/lock.ts";

/** Readers that are let in at once at most, as by the kernel's rwsem. */
const MOST_READERS_AT_ONCE = 256;

/** An actor that waits. */
export interface Waiter {
  /** Who. */
  readonly actor: number;
  /** Number of the lock. */
  readonly key: number;
  /** How it wants the lock. */
  readonly mode: LockMode;
  /** Number of the site where it waits. */
  readonly site: number;
  /** Since when. */
  readonly since: number;
}

/** A queue for each lock that somebody waits for, first come first. */
export class WaitQueues {
  readonly #byLock: Map<number, Waiter[]> = new Map();
  readonly #byActor: Map<number, Waiter> = new Map();

  /** That nobody waits. */
  keep(): Kept {
    assert(this.size === 0, "Somebody waits for a lock");
    const restore = () => {
      this.#byLock.clear();
      this.#byActor.clear();
    };
    return { bytes: 0, restore };
  }

  /** How many actors wait. */
  get size(): number {
    return this.#byActor.size;
  }

  /** What the actor waits for, if it does. */
  of(actor: number): Waiter | undefined {
    return this.#byActor.get(actor);
  }

  /** All who wait. */
  all(): IterableIterator<Waiter> {
    return this.#byActor.values();
  }

  /** Whether somebody waits for the lock. */
  has(key: number): boolean {
    return this.#byLock.has(key);
  }

  /** The waiter goes to the end of its lock's queue. */
  push(waiter: Waiter): void {
    const queue = this.#byLock.get(waiter.key);
    if (queue === undefined) this.#byLock.set(waiter.key, [waiter]);
    else queue.push(waiter);
    this.#byActor.set(waiter.actor, waiter);
  }

  /**
   * Takes those out of the queue that get the free lock next: the first one, and
   * if that is a reader all other readers too, those behind writers included.
   * The others keep their order.
   */
  next(key: number): Waiter[] {
    const queue = this.#byLock.get(key) ?? [];
    const granted: Waiter[] = [];
    const left: Waiter[] = [];
    for (const waiter of queue) {
      const isNext = granted.length === 0 ||
        (granted[0].mode === "shared" && waiter.mode === "shared" &&
          granted.length < MOST_READERS_AT_ONCE);
      (isNext ? granted : left).push(waiter);
    }
    if (left.length === 0) this.#byLock.delete(key);
    else this.#byLock.set(key, left);
    for (const { actor } of granted) this.#byActor.delete(actor);
    return granted;
  }
}
