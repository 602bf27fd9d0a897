/**
 * Stores of a migration, in an order of one's own.
 *
 * @module
 */
import type { Ksm } from "../../engine/ksm/mod.ts";
import type { Suspends } from "../../engine/lib/step.ts";

/** A store, and the place before it at which others may act. */
export interface Store {
  /** The place, by the engine's own name. */
  readonly site: string;
  /** The store. */
  make(): void;
}

/** Makes stores one after the other, with room for others before each and after the last. */
export function* storeInOrder(
  { steps }: Ksm,
  stores: readonly Store[],
): Suspends<void> {
  for (const { site, make } of stores) {
    if (steps.mayRace && steps.race(site)) yield steps.stop;
    make();
  }
  if (steps.mayRace && steps.race("folio_migrate_ksm:mapping")) {
    yield steps.stop;
  }
}
