/**
 * Locks as far as a schedule depends on them: who holds which.
 *
 * @module
 */
import { Bug } from "../../engine/lib/assert.ts";
import type { Lock, LockMode } from "../../engine/lib/lock.ts";
import type { Cell } from "./access_log.ts";

/** Instances of one class that have cells of their own. */
const INSTANCES = 2 ** 20;

/** The cell of a lock. Cells of locks, like those of conditions, are below 0; all others are not. */
export function lockCell({ lockClass, instance }: Lock): Cell {
  return -(1000 + lockClass.index * INSTANCES + instance);
}

/** Who holds a lock: one, or some that share it. */
interface Holders {
  readonly actors: number[];
  mode: LockMode;
}

/** The locks that are held. */
export class ExploredLocks {
  readonly #held = new Map<Cell, Holders>();

  /** Whether `actor` can take the lock now. Who holds it already waits for himself, for ever. */
  isOpen(lock: Lock, mode: LockMode): boolean {
    const holders = this.#held.get(lockCell(lock));
    if (holders === undefined || holders.actors.length === 0) return true;
    return mode === "shared" && holders.mode === "shared";
  }

  /** Takes an open lock. */
  take(actor: number, lock: Lock, mode: LockMode): void {
    const cell = lockCell(lock);
    const holders = this.#held.get(cell);
    if (holders === undefined) this.#held.set(cell, { actors: [actor], mode });
    else {
      holders.actors.push(actor);
      holders.mode = mode;
    }
  }

  /** Lets a lock go. */
  release(actor: number, lock: Lock, mode: LockMode): void {
    const holders = this.#held.get(lockCell(lock));
    const at = holders?.mode === mode ? holders.actors.indexOf(actor) : -1;
    if (holders === undefined || at < 0) {
      const { lockClass: { name }, instance } = lock;
      throw new Bug(
        `Actor ${actor} lets ${name} ${instance} go, which it has not taken ${mode}`,
      );
    }
    holders.actors.splice(at, 1);
  }

  /** Who holds the lock. */
  holders(lock: Lock): readonly number[] {
    return this.#held.get(lockCell(lock))?.actors ?? [];
  }
}
