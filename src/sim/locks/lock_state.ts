/**
 * What is known of the locks of one machine.
 *
 * @module
 */
import { keepAll, type Kept } from "../../engine/lib/kept.ts";
import { type Lock, LOCK_CLASSES } from "../../engine/lib/lock.ts";
import { ContendedLocks } from "./contended_locks.ts";
import { HeldLocks } from "./held_locks.ts";
import { LockPoints } from "./lock_points.ts";
import { LockSites } from "./lock_sites.ts";
import { EXCLUSIVE, holderOf, LockWords } from "./lock_words.ts";
import { WaitQueues } from "./wait_queues.ts";

/** What is known of one class. */
export class LockClassState {
  /** The state of each lock. */
  readonly words: LockWords = new LockWords();
  /** Figures of single locks. */
  readonly contended: ContendedLocks = new ContendedLocks();
  /** Where actors began to wait. */
  readonly contentionPoints: LockPoints = new LockPoints();
  /** Where the lock had been taken by those who held it then. */
  readonly holderPoints: LockPoints = new LockPoints();

  /** All of it. */
  keep(): Kept {
    return keepAll([
      this.words.keep(),
      this.contended.keep(),
      this.contentionPoints.keep(),
      this.holderPoints.keep(),
    ]);
  }
}

/** What is known of all locks; plain data. A lock has a number in it, its key, that unites class and instance. */
export class LockState {
  /** Each class, at its index. */
  readonly classes: readonly LockClassState[] = LOCK_CLASSES.map(() =>
    new LockClassState()
  );
  /** What is counted, by call site. */
  readonly sites: LockSites = new LockSites();
  /** Who holds what. */
  readonly held: HeldLocks = new HeldLocks();
  /** Who waits for what. */
  readonly queues: WaitQueues = new WaitQueues();

  /** All of it, while nobody waits. */
  keep(): Kept {
    return keepAll([
      ...this.classes.map((each) => each.keep()),
      this.sites.keep(),
      this.held.keep(),
      this.queues.keep(),
    ]);
  }

  /** Who holds a lock, in the order of their numbers. */
  holders(key: number): number[] {
    const { instance, lockClass } = lockOf(key);
    const word = this.classes[lockClass.index].words.words[instance];
    return (word & EXCLUSIVE) !== 0 ? [holderOf(word)] : this.held.holders(key);
  }

  /** Where the actor has taken a lock that it holds. */
  siteOfHolder(actor: number, key: number): string {
    return this.sites.names[this.held.sites[this.held.find(actor, key)]];
  }
}

/** The number of a lock. */
export function keyOf({ lockClass, instance }: Lock): number {
  return instance * LOCK_CLASSES.length + lockClass.index;
}

/** The lock of a number. */
export function lockOf(key: number): Lock {
  return {
    lockClass: LOCK_CLASSES[key % LOCK_CLASSES.length],
    instance: Math.floor(key / LOCK_CLASSES.length),
  };
}

/** A lock in messages: its class, and its number unless there is only one. */
export function labelOf({ lockClass, instance }: Lock): string {
  return instance === 0 ? lockClass.name : `${lockClass.name} ${instance}`;
}
