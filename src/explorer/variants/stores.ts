/**
 * Stores of a migration, in an order of one's own.
 *
 * @module
 */
import type { Ksm } from "../../engine/ksm/mod.ts";
import type { Suspends } from "../../engine/lib/step.ts";
import type { Frame, StableNode } from "../../engine/mm/mod.ts";

/** A store, and the place before it at which others may act. */
export interface Store {
  /** The place, by the engine's own name. */
  readonly site: string;
  /** The store. */
  make(): void;
}

/**
 * What KSM does when a page has moved, with other stores than its own. Others may
 * act before each and after the last.
 */
export function* migrateBy(
  { frames, steps }: Ksm,
  fresh: Frame,
  stores: (node: StableNode) => readonly Store[],
): Suspends<void> {
  const node = frames.stableNode.get(fresh);
  if (node === 0) return;
  for (const { site, make } of stores(node)) {
    if (steps.mayRace && steps.race(site)) yield steps.stop;
    make();
  }
  if (steps.mayRace && steps.race("folio_migrate_ksm:mapping")) {
    yield steps.stop;
  }
}
