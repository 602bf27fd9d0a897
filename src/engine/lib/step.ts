/**
 * The step vocabulary: what a function of the engine says when it may sleep,
 * block, or race.
 *
 * A function of the kernel that can do so is a generator here, typed
 * {@linkcode Suspends}. At each such point it says so to the interpreter's
 * {@linkcode Steps}, which answer whether it has to stop there; if so it yields
 * the step, and goes on when the interpreter resumes it. What a step means is
 * the interpreter's business: one that runs a single actor
 * ({@linkcode "./alone.ts"}) wants none of them, one that simulates time makes
 * locks queue, and stops an actor only where another one has to act before, one
 * that explores schedules makes every step a choice. Whatever is not `Suspends`
 * is atomic.
 *
 * The engine asks before it says anything, so that running alone costs next to
 * nothing:
 *
 * ```ts ignore
 * if (steps.mayInterleave && steps.lock(mm.mmapLock, "shared", "break_cow:mmap_lock")) yield steps.stop;
 * ```
 *
 * @module
 */
import type { Lock, LockMode } from "./lock.ts";

/**
 * What work costs time; the interpreter has the price. The amount is in bytes
 * for `checksum`, `compare`, `store` and `copy`, else the number of times.
 */
export type Cost =
  /** The scan looks at a page table entry that maps something. */
  | "walk"
  /** The scan passes an empty entry of a page table that has others. */
  | "hole"
  /** The scan fetches a page: pins it, finds its item, and lets it go at the end. */
  | "visit"
  /** An rmap item is made. */
  | "item alloc"
  /** An rmap item is freed. */
  | "item free"
  /** A page is summed up. */
  | "checksum"
  /** Two pages are compared, up to the first byte that differs. */
  | "compare"
  /** A walk gets from a stable node to its page. */
  | "stable node"
  /** A walk gets from an item of the unstable tree to the page that is mapped there now. */
  | "unstable node"
  /** A mapping loses write permission, or becomes a migration entry, and processors forget it. */
  | "protect"
  /** A mapping is changed to another page, and the old page is freed. */
  | "replace"
  /** A stable node is made and put into its tree. */
  | "stable insert"
  /** A process writes to its memory. */
  | "store"
  /** A page fault begins and ends. */
  | "fault"
  /** A mapping gets write permission back, for want of other users, or is restored after a migration. */
  | "reuse"
  /** A page is allocated, filled with zeros, and mapped. */
  | "zero fill"
  /** A page is allocated, gets the bytes of another one, and is mapped. */
  | "copy"
  /** A mapping goes. */
  | "zap"
  /** fork copies a mapping. */
  | "fork entry"
  /** mprotect changes a mapping. */
  | "mprotect entry"
  /** mremap moves a mapping. */
  | "move entry"
  /** An area is made, changed or removed. */
  | "area"
  /** An address space is made for a new process, with all else that a process needs. */
  | "fork"
  /** A thread gets the processor. */
  | "schedule";

/**
 * What an actor may wait for besides locks. `online`: that no memory is going
 * offline; `exit`: that other threads have left a process that exits; `grace
 * period`: that readers have left their sections.
 */
export type Condition = "online" | "exit" | "grace period";

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
  /** Waits until the condition is signalled; it may not hold any more when the actor goes on. */
  | {
    readonly kind: "wait";
    readonly condition: Condition;
    readonly site: string;
  }
  /** Lets all who wait for the condition go on. */
  | {
    readonly kind: "signal";
    readonly condition: Condition;
    readonly site: string;
  }
  /** Offers the processor to others. */
  | { readonly kind: "reschedule"; readonly site: string }
  /** Spins: looks again when others have acted. */
  | { readonly kind: "relax"; readonly site: string }
  /** Spends processor time on `amount` units of work. */
  | {
    readonly kind: "spend";
    readonly cost: Cost;
    readonly amount: number;
    readonly site: string;
  }
  /** Another processor could act here, between two looks at shared state. */
  | { readonly kind: "race"; readonly site: string };

/** A computation that may stop at steps. The interpreter resumes it with a boolean, which only `trylock` looks at. */
export type Suspends<T> = Generator<Step, T, boolean>;

/** Runs computations to their end, whatever they say on the way. */
export interface Interpreter {
  /** What the computations say their steps to. */
  readonly steps: Steps;
  /** The result of `work`. */
  run<T>(work: Suspends<T>): T;
}

/**
 * The ear of an interpreter. Each method answers whether the actor has to stop:
 * then it yields {@linkcode Steps.stop}, and the step is done when it is
 * resumed; else the step has been done on the spot.
 */
export interface Steps {
  /** Whether another actor could run at a step; if not, nothing need be said. */
  readonly mayInterleave: boolean;
  /** Whether another actor could run between any two looks at shared state, even where no time passes. */
  readonly mayRace: boolean;
  /** The step at which the actor has to stop. */
  readonly stop: Step;
  /** See {@linkcode Step}. */
  lock(lock: Lock, mode: LockMode, site: string): boolean;
  /** See {@linkcode Step}; `stop` is the order to stop, and the resumption tells whether the lock is taken. */
  trylock(lock: Lock, mode: LockMode, site: string): boolean | "stop";
  /** See {@linkcode Step}. */
  unlock(lock: Lock, mode: LockMode, site: string): boolean;
  /**
   * Takes `outer` shared and `inner` exclusively under it, spends, and lets both
   * go. Unlike the others it answers whether it has done so: only where nobody
   * could act in between. If not, nothing has been done, and the actor goes
   * step by step. For walks, which do this at each node.
   */
  glance(
    outer: Lock,
    outerSite: string,
    inner: Lock,
    innerSite: string,
    cost: Cost,
  ): boolean;
  /** See {@linkcode Step}. */
  wait(condition: Condition, site: string): boolean;
  /** See {@linkcode Step}. */
  signal(condition: Condition, site: string): boolean;
  /** See {@linkcode Step}. */
  reschedule(site: string): boolean;
  /** See {@linkcode Step}. */
  relax(site: string): boolean;
  /** See {@linkcode Step}. */
  spend(cost: Cost, amount: number, site: string): boolean;
  /** See {@linkcode Step}. */
  race(site: string): boolean;
}

/** Stops at every step. For interpreters that make each one a choice. */
export class EveryStep implements Steps {
  readonly mayInterleave = true;
  readonly mayRace = true;
  /** See {@linkcode Steps}. */
  stop: Step = { kind: "reschedule", site: "start" };

  /** See {@linkcode Steps}. */
  lock(lock: Lock, mode: LockMode, site: string): true {
    return this.#stopAt({ kind: "lock", lock, mode, site });
  }

  /** See {@linkcode Steps}. */
  trylock(lock: Lock, mode: LockMode, site: string): "stop" {
    this.#stopAt({ kind: "trylock", lock, mode, site });
    return "stop";
  }

  /** See {@linkcode Steps}. */
  unlock(lock: Lock, mode: LockMode, site: string): true {
    return this.#stopAt({ kind: "unlock", lock, mode, site });
  }

  /** See {@linkcode Steps}: always step by step. */
  glance(): false {
    return false;
  }

  /** See {@linkcode Steps}. */
  wait(condition: Condition, site: string): true {
    return this.#stopAt({ kind: "wait", condition, site });
  }

  /** See {@linkcode Steps}. */
  signal(condition: Condition, site: string): true {
    return this.#stopAt({ kind: "signal", condition, site });
  }

  /** See {@linkcode Steps}. */
  reschedule(site: string): true {
    return this.#stopAt({ kind: "reschedule", site });
  }

  /** See {@linkcode Steps}. */
  relax(site: string): true {
    return this.#stopAt({ kind: "relax", site });
  }

  /** See {@linkcode Steps}. */
  spend(cost: Cost, amount: number, site: string): true {
    return this.#stopAt({ kind: "spend", cost, amount, site });
  }

  /** See {@linkcode Steps}. */
  race(site: string): true {
    return this.#stopAt({ kind: "race", site });
  }

  #stopAt(step: Step): true {
    this.stop = step;
    return true;
  }
}
