/**
 * Glances at two locks, one after the other and nothing in between, counted
 * together: a search of a tree makes one at each node, mostly at the same locks.
 *
 * @module
 */
import type { Lock } from "../engine/lib/lock.ts";
import type { LockTable } from "./locks/mod.ts";

/** What a glance takes, for how long. */
export interface Glance {
  /** Who looks. */
  readonly actor: number;
  /** The lock that is taken shared. */
  readonly outer: Lock;
  /** Where. */
  readonly outerSite: string;
  /** The lock that is taken exclusively, under it. */
  readonly inner: Lock;
  /** Where. */
  readonly innerSite: string;
  /** How long both are held, in virtual nanoseconds. */
  readonly nanos: number;
}

/** Equal glances that no other use of a lock has interrupted. */
export class Glances {
  readonly #locks: LockTable;
  #glance: Glance | undefined;
  #times = 0;

  /** None yet, at locks of this table. */
  constructor(locks: LockTable) {
    this.#locks = locks;
  }

  /** The nanoseconds of the last glance if it was at the same two locks, and nothing has happened to them since; else -1. */
  nanosOf(outer: Lock, inner: Lock): number {
    const glance = this.#glance;
    return glance?.outer === outer && glance.inner === inner
      ? glance.nanos
      : -1;
  }

  /** One more of the same. */
  again(): void {
    this.#times++;
  }

  /** The first of a kind. Says whether both locks are open. */
  begin(glance: Glance): boolean {
    this.end();
    const { outer, inner } = glance;
    const locks = this.#locks;
    if (!locks.isOpen(outer, "shared") || !locks.isOpen(inner, "exclusive")) {
      return false;
    }
    this.#glance = glance;
    this.#times = 1;
    return true;
  }

  /** Nobody has looked: what has not been counted yet is not to count. */
  drop(): void {
    this.#glance = undefined;
  }

  /** Something else is about to happen to locks: counts the glances so far. */
  end(): void {
    const glance = this.#glance;
    if (glance === undefined) return;
    const { actor, outer, outerSite, inner, innerSite, nanos } = glance;
    const times = this.#times;
    this.#locks.pass(actor, outer, "shared", outerSite, nanos, times);
    this.#locks.pass(actor, inner, "exclusive", innerSite, nanos, times);
    this.#glance = undefined;
  }
}
