/**
 * The locks of one machine.
 *
 * @module
 */
import { Bug } from "../../engine/lib/assert.ts";
import { keepAll, keepFields, type Kept } from "../../engine/lib/kept.ts";
import type { Lock, LockClass, LockMode } from "../../engine/lib/lock.ts";
import type { LocksView } from "../lock_view.ts";
import { assertNoDeadlock } from "./deadlock.ts";
import { keyOf, labelOf, lockOf, LockState } from "./lock_state.ts";
import { lockStat } from "./lock_stat.ts";
import { heldBy, isOpen, READER, WAITED_FOR } from "./lock_words.ts";
import { locksView } from "./locks_view.ts";
import type { Waiter } from "./wait_queues.ts";

/** What a lock table asks its machine. */
export interface LockTableOptions {
  /** How long it takes until the next one has a lock of the class that has been let go. */
  readonly handoffNanos: (lockClass: LockClass) => number;
  /** How people know an actor. */
  readonly actorName: (actor: number) => string;
  /** How people know a lock; empty if they do not. */
  readonly lockName?: (lock: Lock) => string;
  /** Told of each actor that begins to wait. */
  readonly onWait?: (actor: number, lock: Lock) => void;
}

/** A lock that an actor holds. */
export interface HeldLock {
  /** Which one. */
  readonly lock: Lock;
  /** How. */
  readonly mode: LockMode;
  /** Where in the code it was taken. */
  readonly site: string;
  /** Since when, in virtual nanoseconds. */
  readonly since: number;
}

/** Answer of {@linkcode LockTable.release} where nobody waited. */
const NOBODY: readonly number[] = [];

/**
 * All locks of one machine: who holds them, who waits, and what lock_stat counts.
 *
 * Mutexes, spinlocks and bit locks have one holder, and go to those who wait in
 * the order of their coming. An rwsem is fair: a reader that comes while anybody
 * waits queues up too; when the lock becomes free, the first of the queue gets
 * it, a writer alone, a reader together with all other readers that wait. A lock
 * is handed over when it is let go, so nobody ever waits for a free one.
 *
 * Each actor has a CPU of its own, whose number is the actor's. Times are
 * virtual nanoseconds. What is counted means what it means in lock_stat: an
 * acquisition counts when the lock is let go again, a contention when the wait
 * ends, a trylock that fails not at all; a bounce is a lock that was last taken
 * on another CPU (the first taking is none). Of several readers, the one that
 * took the lock last is counted as its holder. A single lock has figures of its
 * own from the first wait for it on.
 *
 * Differs: no lock is stolen or spun for while somebody waits, because that
 * depends on the scheduling of CPUs, which is not modelled.
 */
export class LockTable {
  /** When those whom the last {@linkcode LockTable.release} answered hold the lock. */
  grantedAt = 0;
  /** Waits that have begun. */
  waits = 0;
  readonly #state: LockState = new LockState();
  readonly #options: LockTableOptions;

  /** All locks are free. */
  constructor(options: LockTableOptions) {
    this.#options = options;
  }

  /**
   * Takes the lock at time `now` if that needs no wait: if nobody holds it, or
   * readers do and nobody waits and `mode` is shared. Says whether it did.
   */
  take(
    actor: number,
    lock: Lock,
    mode: LockMode,
    site: string,
    now: number,
  ): boolean {
    const { instance, lockClass: { index } } = lock;
    const { words: locks } = this.#state.classes[index];
    if (instance >= locks.words.length) locks.grow(instance);
    const word = locks.words[instance];
    if (!isOpen(word, mode)) return false;
    if (word !== 0) this.#assertNotHeld(actor, lock, site);
    locks.words[instance] = mode === "exclusive"
      ? heldBy(actor)
      : word + READER;
    const number = this.#state.sites.number(index, mode, site);
    this.#acquired(actor, lock, number, now);
    return true;
  }

  /** Whether {@linkcode LockTable.take} would take the lock. */
  isOpen(lock: Lock, mode: LockMode): boolean {
    const { words } = this.#state.classes[lock.lockClass.index].words;
    return isOpen(words[lock.instance] ?? 0, mode);
  }

  /**
   * Takes an open lock for so long and lets it go, so many times, where nobody
   * else does anything in between: counts what {@linkcode LockTable.take} and
   * {@linkcode LockTable.release} would.
   */
  pass(
    actor: number,
    lock: Lock,
    mode: LockMode,
    site: string,
    nanos: number,
    times: number,
  ): void {
    const { instance, lockClass: { index } } = lock;
    const { sites, classes } = this.#state;
    const { words: locks, contended } = classes[index];
    if (instance >= locks.words.length) locks.grow(instance);
    if (locks.words[instance] !== 0) this.#assertNotHeld(actor, lock, site);
    const number = sites.number(index, mode, site);
    this.#bounce(actor, lock, number);
    sites.figures.held(number, nanos, times);
    const row = contended.row(instance, mode);
    if (row >= 0) contended.figures.held(row, nanos, times);
  }

  /**
   * Puts the actor at the end of the queue of a lock that it could not take.
   * Throws a {@linkcode Deadlock} if it would wait for itself.
   */
  enqueue(
    actor: number,
    lock: Lock,
    mode: LockMode,
    site: string,
    now: number,
  ): void {
    const { sites, queues, classes } = this.#state;
    const { instance, lockClass: { index } } = lock;
    const { words, contended, contentionPoints, holderPoints } = classes[index];
    if (isOpen(words.words[instance] ?? 0, mode)) {
      throw this.#misuse(actor, lock, site, ", which it could take");
    }
    if (queues.of(actor) !== undefined) {
      throw this.#misuse(actor, lock, site, " while it waits already");
    }
    this.waits++;
    const key = keyOf(lock);
    const number = sites.number(index, mode, site);
    const row = contended.ensureRow(instance, mode);
    if (words.lastCpus[instance] !== actor + 1) {
      sites.figures.contentionBounced(number);
      contended.figures.contentionBounced(row);
    }
    contentionPoints.count(site);
    holderPoints.count(this.#lastHoldersSite(key));
    queues.push({ actor, key, mode, site: number, since: now });
    words.words[instance] |= WAITED_FOR;
    assertNoDeadlock(this.#state, actor, this.#options.actorName);
    this.#options.onWait?.(actor, lock);
  }

  /**
   * Lets the lock go, and hands it over if it is free now and somebody waits.
   * Answers the actors that have got it, in their order: they hold it from
   * {@linkcode LockTable.grantedAt} on, and are counted as waiting until then.
   */
  release(
    actor: number,
    lock: Lock,
    mode: LockMode,
    now: number,
  ): readonly number[] {
    const { held, sites, classes } = this.#state;
    const { instance, lockClass: { index } } = lock;
    const { words: locks, contended } = classes[index];
    const at = held.find(actor, keyOf(lock));
    const nanos = now - held.since[at];
    if (at < 0 || sites.modes[held.sites[at]] !== mode || nanos < 0) {
      throw new Bug(
        `${this.#options.actorName(actor)} lets ${
          labelOf(lock)
        } go at ${now} ns, which it has not taken ${mode} before`,
      );
    }
    sites.figures.held(held.sites[at], nanos);
    held.remove(actor, at);
    const row = contended.row(instance, mode);
    if (row >= 0) contended.figures.held(row, nanos);
    const word = locks.words[instance];
    const left = mode === "exclusive" ? word & WAITED_FOR : word - READER;
    locks.words[instance] = left;
    return left === WAITED_FOR ? this.#handOver(lock, now) : NOBODY;
  }

  /** All locks and what is counted, while nobody waits. */
  keep(): Kept {
    return keepAll([this.#state.keep(), keepFields(this)]);
  }

  /** Whether the actor holds the lock. */
  holds(actor: number, lock: Lock): boolean {
    return this.#state.held.find(actor, keyOf(lock)) >= 0;
  }

  /** Whether the actor holds any lock. */
  holdsAny(actor: number): boolean {
    return (this.#state.held.depth[actor] ?? 0) > 0;
  }

  /** Whether anybody holds the lock. */
  isHeld(lock: Lock): boolean {
    const { words } = this.#state.classes[lock.lockClass.index].words;
    return lock.instance < words.length && words[lock.instance] !== 0;
  }

  /** The locks that the actor holds, in the order in which it took them. */
  heldBy(actor: number): readonly HeldLock[] {
    const { held, sites } = this.#state;
    return held.entries(actor).map((at) => ({
      lock: lockOf(held.keys[at]),
      mode: sites.modes[held.sites[at]],
      site: sites.names[held.sites[at]],
      since: held.since[at],
    }));
  }

  /** The lock that the actor waits for, if it does. */
  waitsFor(actor: number): Lock | undefined {
    const waiter = this.#state.queues.of(actor);
    return waiter && lockOf(waiter.key);
  }

  /** What can be seen of the locks at time `now`. */
  view(now: number): LocksView {
    return locksView(this.#state, this.#options, now);
  }

  /** The text of `/proc/lock_stat`. */
  lockStat(): string {
    return lockStat(this.#state);
  }

  /**
   * Sets all counters to 0, as writing 0 to `/proc/lock_stat` does. Held locks
   * stay held, and count in full when they are let go.
   */
  reset(): void {
    const { classes, sites } = this.#state;
    sites.figures.clearAll();
    for (const { contended, contentionPoints, holderPoints } of classes) {
      contended.clear();
      contentionPoints.clear();
      holderPoints.clear();
    }
  }

  #acquired(actor: number, lock: Lock, site: number, since: number): void {
    this.#state.held.push(actor, keyOf(lock), site, since);
    this.#bounce(actor, lock, site);
  }

  /** Counts it if the lock was last taken on another CPU. */
  #bounce(actor: number, lock: Lock, site: number): void {
    const { sites, classes } = this.#state;
    const { instance, lockClass: { index } } = lock;
    const { words: locks, contended } = classes[index];
    const lastCpu = locks.lastCpus[instance];
    if (lastCpu === actor + 1) return;
    locks.lastCpus[instance] = actor + 1;
    if (lastCpu === 0) return;
    sites.figures.acquisitionBounced(site);
    const row = contended.row(instance, sites.modes[site]);
    if (row >= 0) contended.figures.acquisitionBounced(row);
  }

  #handOver(lock: Lock, now: number): readonly number[] {
    const { queues, classes, sites } = this.#state;
    const { instance, lockClass } = lock;
    const { words: locks, contended } = classes[lockClass.index];
    const key = keyOf(lock);
    const granted = queues.next(key);
    this.grantedAt = now + this.#options.handoffNanos(lockClass);
    locks.words[instance] = wordOf(granted) |
      (queues.has(key) ? WAITED_FOR : 0);
    for (const { actor, site, mode, since } of granted) {
      const nanos = this.grantedAt - since;
      if (nanos < 0) throw new Bug(`${labelOf(lock)} goes back in time`);
      const row = contended.ensureRow(instance, mode);
      sites.figures.waited(site, nanos);
      contended.figures.waited(row, nanos);
      this.#acquired(actor, lock, site, this.grantedAt);
    }
    return granted.map(({ actor }) => actor);
  }

  #misuse(actor: number, lock: Lock, site: string, why: string): Bug {
    const name = this.#options.actorName(actor);
    return new Bug(`${name} waits for ${labelOf(lock)} at ${site}${why}`);
  }

  /** Where the lock was taken by the one of its holders who took it last: lock_stat counts one of them for each contention. */
  #lastHoldersSite(key: number): string {
    const { held, sites } = this.#state;
    const entries = this.#state.holders(key).map((actor) =>
      held.find(actor, key)
    );
    const last = entries.reduce((a, b) =>
      held.since[b] >= held.since[a] ? b : a
    );
    return sites.names[held.sites[last]];
  }

  /** Takes a reader that comes twice for a bug, though it would not always wait. */
  #assertNotHeld(actor: number, lock: Lock, site: string): void {
    if (!this.holds(actor, lock)) return;
    throw new Bug(
      `${this.#options.actorName(actor)} takes ${
        labelOf(lock)
      } at ${site} and holds it already`,
    );
  }
}

/** The word of a lock that was free and has been granted. */
function wordOf(granted: readonly Waiter[]): number {
  const [{ actor, mode }] = granted;
  return mode === "exclusive" ? heldBy(actor) : granted.length * READER;
}
