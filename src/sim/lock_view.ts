/**
 * What can be seen of locks: who waits for whom now, and what `/proc/lock_stat`
 * would say. All of it plain data that the reader owns.
 *
 * @module
 */

/** The columns of one line of lock_stat. Times are virtual nanoseconds; 0 where nothing was counted. */
export interface LockFigures {
  /** Contentions by an actor on another CPU than that of the last one that took the lock. */
  readonly conBounces: number;
  /** How often an actor had to wait. */
  readonly contentions: number;
  /** The shortest wait. */
  readonly waitMinNanos: number;
  /** The longest wait. */
  readonly waitMaxNanos: number;
  /** All waits together. */
  readonly waitTotalNanos: number;
  /** Acquisitions on another CPU than the one before. */
  readonly acqBounces: number;
  /** How often the lock was taken, and let go again. */
  readonly acquisitions: number;
  /** The shortest hold. */
  readonly holdMinNanos: number;
  /** The longest hold. */
  readonly holdMaxNanos: number;
  /** All holds together. */
  readonly holdTotalNanos: number;
}

/** A place in the code, and how often it was met there. */
export interface LockPoint {
  /** The place, as `function:what`. */
  readonly site: string;
  /** How often. */
  readonly count: number;
}

/** The figures of one call site of a lock class. */
export interface LockSiteView {
  /** The place, as `function:what`. */
  readonly site: string;
  /** How it takes the lock. */
  readonly mode: "exclusive" | "shared";
  /** What was counted there. */
  readonly figures: LockFigures;
}

/** The figures of one lock of a class. */
export interface LockInstanceView {
  /** Which one: number of the mm or anon_vma, page frame number; 0 for a single lock. */
  readonly instance: number;
  /** How people know it, such as the name of the process; empty where it has none. */
  readonly name: string;
  /** Held exclusively, by writers. */
  readonly exclusive: LockFigures;
  /** Held shared, by readers; missing where the lock knows no readers. */
  readonly shared?: LockFigures;
}

/** One lock class. */
export interface LockClassView {
  /** Its name in lock_stat, or ours. */
  readonly name: string;
  /** How its locks behave. */
  readonly kind: "mutex" | "spinlock" | "rwsem" | "bit lock";
  /** Whether the kernel's lock_stat has no such class. */
  readonly isOurs: boolean;
  /** Held exclusively, by writers. */
  readonly exclusive: LockFigures;
  /** Held shared, by readers; missing where the lock knows no readers. */
  readonly shared?: LockFigures;
  /** Up to four places at which actors began to wait, most often first. */
  readonly contentionPoints: readonly LockPoint[];
  /** Up to four places of those who held the lock when somebody began to wait, most often first. */
  readonly holderPoints: readonly LockPoint[];
  /** Each call site that took such a lock, in the order of their first use. */
  readonly sites: readonly LockSiteView[];
  /** The locks that somebody has waited for, longest total wait first; a bounded number. */
  readonly instances: readonly LockInstanceView[];
}

/** An actor that waits for a lock now. */
export interface LockWaitView {
  /** Who waits. */
  readonly actor: string;
  /** Name of the lock's class. */
  readonly lockClass: string;
  /** Which lock of its class. */
  readonly instance: number;
  /** How people know it; empty where it has no name. */
  readonly name: string;
  /** How it wants the lock. */
  readonly mode: "exclusive" | "shared";
  /** Where in the code it waits. */
  readonly site: string;
  /** Virtual nanoseconds that it has waited so far. */
  readonly waitedNanos: number;
  /** Who holds the lock, each with the place where it took it. */
  readonly holders: readonly LockHolderView[];
}

/** Who holds a lock. */
export interface LockHolderView {
  /** The actor. */
  readonly actor: string;
  /** Where in the code it took the lock. */
  readonly site: string;
}

/** All locks of a machine. */
export interface LocksView {
  /** The classes, in a fixed order. */
  readonly classes: readonly LockClassView[];
  /** Who waits now, longest wait first. */
  readonly waiting: readonly LockWaitView[];
}
