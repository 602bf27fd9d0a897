/**
 * Locks, as the engine names them. What becomes of those who want one is the
 * interpreter's business.
 *
 * @module
 */

/** How a lock of a class behaves. */
export type LockKind =
  /** Sleeping, one holder. */
  | "mutex"
  /** Spinning, one holder. */
  | "spinlock"
  /** Sleeping, one writer or many readers. */
  | "rwsem"
  /** One bit of a page's flags, sleeping, one holder. */
  | "bit lock";

/** A kind of lock that the model knows. */
export interface LockClass {
  /** Its place in {@linkcode LOCK_CLASSES}. */
  readonly index: number;
  /** Its name in `/proc/lock_stat`, or one of ours. */
  readonly name: string;
  /** How it behaves. */
  readonly kind: LockKind;
  /** Whether the kernel's lock_stat has it under this name; the others are ours. */
  readonly inLockStat: boolean;
}

/** The classes by name. */
export const LOCK_CLASS: {
  /** Guards both trees, all items and nodes, and the counters. */
  readonly threadMutex: LockClass;
  /** Guards the list of slots. */
  readonly mmlistLock: LockClass;
  /** Guards the areas of one address space. */
  readonly mmapLock: LockClass;
  /** Guards the reverse map of a family of address spaces. */
  readonly anonVma: LockClass;
  /** The lock bit of one page. */
  readonly folioLock: LockClass;
  /** Guards the page table of one address space. */
  readonly pageTableLock: LockClass;
} = {
  threadMutex: lockClass(0, "ksm_thread_mutex", "mutex", true),
  mmlistLock: lockClass(1, "ksm_mmlist_lock", "spinlock", true),
  mmapLock: lockClass(2, "&mm->mmap_lock", "rwsem", true),
  anonVma: lockClass(3, "&anon_vma->rwsem", "rwsem", true),
  folioLock: lockClass(4, "folio_lock", "bit lock", false),
  pageTableLock: lockClass(5, "page_table_lock", "spinlock", false),
};

/** All classes, each at its index. */
export const LOCK_CLASSES: readonly LockClass[] = Object.values(LOCK_CLASS);

/** One lock: its class, and which instance of it (the number of the mm or anon_vma, the page frame number; 0 for a single one). */
export interface Lock {
  /** What kind of lock. */
  readonly lockClass: LockClass;
  /** Which one of its kind. */
  readonly instance: number;
}

/** How a lock is held. */
export type LockMode = "exclusive" | "shared";

function lockClass(
  index: number,
  name: string,
  kind: LockKind,
  inLockStat: boolean,
): LockClass {
  return { index, name, kind, inLockStat };
}
