/**
 * The step vocabulary: what a function of the engine says when it may sleep,
 * block, or race.
 *
 * A function of the kernel that can do so is a generator here, typed
 * {@linkcode Suspends}. It yields a {@linkcode Step} at each such point and goes
 * on when the interpreter answers. What a step means is the interpreter's
 * business: one that runs a single actor ({@linkcode "./alone.ts"}) needs none
 * of them, one that simulates time makes locks queue, one that explores
 * schedules makes every step a choice. Whatever is not `Suspends` is atomic.
 *
 * The engine asks before it yields, so that running alone costs next to
 * nothing:
 *
 * ```ts ignore
 * if (steps.mayInterleave) yield steps.lock(mm.mmapLock, "shared", "cmp_and_merge_page:mmap_lock");
 * ```
 *
 * @module
 */

/** The kernel's locks that the model knows, by their names in `/proc/lock_stat` where they have one. */
export type LockClass =
  | "ksm_thread_mutex"
  | "ksm_mmlist_lock"
  | "mmap_lock"
  | "folio_lock"
  | "page_table_lock";

/** One lock: its class, and which instance of it (the mm's id, the page frame number; 0 for a single one). */
export interface Lock {
  /** What kind of lock. */
  readonly lockClass: LockClass;
  /** Which one of its kind. */
  readonly instance: number;
}

/** How a lock is held. */
export type LockMode = "exclusive" | "shared";

/** What work costs time; the interpreter has the price. */
export type Cost = "checksum" | "compare" | "copy" | "fault" | "zap";

/** A point at which an actor may wait or another one may act. */
export type Step =
  /** Waits until the lock is held. */
  | {
    readonly kind: "lock";
    readonly lock: Lock;
    readonly mode: LockMode;
    readonly site: string;
  }
  /** Takes the lock if that needs no wait; the answer says whether it did. */
  | {
    readonly kind: "trylock";
    readonly lock: Lock;
    readonly mode: LockMode;
    readonly site: string;
  }
  /** Lets the lock go. */
  | {
    readonly kind: "unlock";
    readonly lock: Lock;
    readonly mode: LockMode;
    readonly site: string;
  }
  /** Offers the processor to others. */
  | { readonly kind: "reschedule"; readonly site: string }
  /** Spends processor time on `amount` units of work. */
  | {
    readonly kind: "spend";
    readonly cost: Cost;
    readonly amount: number;
    readonly site: string;
  }
  /** Another processor could act here, between two looks at shared state. */
  | { readonly kind: "race"; readonly site: string };

/** A computation that may stop at steps. An interpreter answers each with a boolean, which only `trylock` looks at. */
export type Suspends<T> = Generator<Step, T, boolean>;

/** Runs computations to their end, whatever they say on the way. */
export interface Interpreter {
  /** Whether it wants steps; see {@linkcode Steps}. */
  readonly mayInterleave: boolean;
  /** The result of `work`. */
  run<T>(work: Suspends<T>): T;
}

/** Makes steps, and says whether they are wanted. One for each machine. */
export class Steps {
  /** Whether another actor could run at a step. */
  mayInterleave = false;

  /** See {@linkcode Step}. */
  lock(lock: Lock, mode: LockMode, site: string): Step {
    return { kind: "lock", lock, mode, site };
  }

  /** See {@linkcode Step}. */
  trylock(lock: Lock, mode: LockMode, site: string): Step {
    return { kind: "trylock", lock, mode, site };
  }

  /** See {@linkcode Step}. */
  unlock(lock: Lock, mode: LockMode, site: string): Step {
    return { kind: "unlock", lock, mode, site };
  }

  /** See {@linkcode Step}. */
  reschedule(site: string): Step {
    return { kind: "reschedule", site };
  }

  /** See {@linkcode Step}. */
  spend(cost: Cost, amount: number, site: string): Step {
    return { kind: "spend", cost, amount, site };
  }

  /** See {@linkcode Step}. */
  race(site: string): Step {
    return { kind: "race", site };
  }
}
