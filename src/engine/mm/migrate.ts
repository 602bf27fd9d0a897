/**
 * Migration: giving a page another frame while processes use it.
 *
 * ```
 *   1  lock the page, and a new one
 *   2  turn every mapping into a migration entry     one not found: undo
 *   3  is the count what it has to be?               no: undo
 *   4  copy the bytes
 *   5  the new page points at what the old one does
 *   6  a KSM page: its stable node learns of it; see `migrate_ksm.ts`
 *   7  turn the migration entries into mappings of the new page
 *   8  let both locks go; the old page is freed
 * ```
 *
 * Who meets a migration entry in a fault waits for the old page's lock; ksmd
 * passes it by; fork copies it and munmap drops it, since it holds no reference.
 *
 * A page in the swap cache has its count frozen to 0 over step 5. Nothing swaps
 * here, but the flag is there, since looking up a KSM page depends on it.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import { PAGE_BYTES } from "../lib/page_size.ts";
import type { Suspends } from "../lib/step.ts";
import { type Frame, MAPPING } from "./frames.ts";
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import type { NodeId } from "./numa.ts";
import {
  isWritableMigration,
  migratingFrame,
  migrationPte,
  pteFrame,
  pteOf,
  pteWritable,
} from "./page_table.ts";
import { walkMappings } from "./rmap.ts";

/** How often a page is tried that cannot be moved. */
const ATTEMPTS = 10;

/**
 * Moves isolated pages to `node`, those that fail again and again up to so many
 * times; those that stay are put back in the end. Answers how many stay.
 *
 * Takes what {@linkcode migrateFolio} takes, for one page after the other.
 *
 * Models: migrate_pages(), mm/migrate.c
 * Differs: goes from page to page, because batches only save TLB flushes.
 */
export function* migratePages(
  memory: Memory,
  pages: readonly Frame[],
  node: NodeId,
  attempts = ATTEMPTS,
): Suspends<number> {
  const { frames, steps } = memory;
  let left = pages;
  for (let attempt = 0; attempt < attempts && left.length > 0; attempt++) {
    const failed: Frame[] = [];
    for (const page of left) {
      if (steps.mayInterleave && steps.reschedule("migrate_pages:resched")) {
        yield steps.stop;
      }
      if (!(yield* migrateFolio(memory, page, node))) failed.push(page);
    }
    left = failed;
  }
  memory.pagesMigrated += pages.length - left.length;
  memory.migrationsFailed += left.length;
  for (const page of left) frames.putback(page);
  return left.length;
}

/**
 * Moves one isolated page to `node`; the caller's reference goes with the old
 * frame. Says whether it did. If not, the page is as it was, and the caller still
 * holds it: a mapping was not found, or somebody else holds a reference.
 *
 * Takes the lock of the page, then of the new one; under them what the walks of
 * the reverse map take, and under that the page table lock for each mapping.
 *
 * Models: migrate_folio_unmap(), mm/migrate.c
 * Models: migrate_folio_move(), mm/migrate.c
 */
function* migrateFolio(
  memory: Memory,
  old: Frame,
  node: NodeId,
): Suspends<boolean> {
  const { contents, frames } = memory;
  if (frames.refcount[old] === 1) {
    // Freed meanwhile by all who had it.
    frames.put(old);
    return true;
  }
  contents.get(contents.zero);
  const fresh = frames.allocPage(contents.zero, node);
  yield* frames.lock(old, "migrate_folio_unmap:folio");
  yield* frames.lock(fresh, "migrate_folio_unmap:new_folio");
  // Once nobody maps the page, its anon_vma may be gone.
  const wasMapped = frames.mapcount[old] > 0;
  const anonVma = wasMapped && frames.mappingKind[old] === MAPPING.anon
    ? frames.anonVma.get(old)
    : 0;
  if (anonVma !== 0) memory.anonVmas.get(anonVma);
  if (wasMapped) yield* unmapForMigration(memory, old);
  const moved = frames.mapcount[old] === 0 &&
    (yield* moveToNewFolio(memory, fresh, old));
  if (wasMapped) yield* remap(memory, old, moved ? fresh : old);
  if (moved) memory.observer?.({ kind: "migrated", old, frame: fresh });
  if (anonVma !== 0) memory.anonVmas.put(anonVma);
  yield* frames.unlock(fresh, "migrate_folio_move:new_folio");
  frames.put(fresh);
  yield* frames.unlock(old, "migrate_folio_move:folio");
  if (moved) frames.put(old);
  return moved;
}

/**
 * Turns each mapping that the reverse map finds into a migration entry.
 *
 * Models: try_to_migrate(), mm/rmap.c
 */
function* unmapForMigration(memory: Memory, old: Frame): Suspends<void> {
  const { frames, steps } = memory;
  const site = "try_to_migrate_one:pte";
  yield* walkMappings(memory, old, function* (mm, vpn) {
    if (
      steps.mayInterleave && steps.lock(mm.pageTableLock, "exclusive", site)
    ) yield steps.stop;
    const pte = mm.pages.get(vpn);
    if (pteFrame(pte) === old) {
      mm.pages.set(vpn, migrationPte(old, pteWritable(pte)));
      frames.mapcount[old]--;
      frames.put(old);
    }
    if (steps.mayInterleave) {
      if (steps.spend("protect", 1, site)) yield steps.stop;
      if (steps.unlock(mm.pageTableLock, "exclusive", site)) yield steps.stop;
    }
    return frames.mapcount[old] > 0;
  });
}

/**
 * Turns each migration entry of `old` into a mapping of `page`, which is the new
 * page, or `old` again.
 *
 * Models: remove_migration_ptes(), mm/migrate.c
 */
function* remap(memory: Memory, old: Frame, page: Frame): Suspends<void> {
  const { steps } = memory;
  const site = "remove_migration_pte:pte";
  yield* walkMappings(memory, page, function* (mm, vpn) {
    if (
      steps.mayInterleave && steps.lock(mm.pageTableLock, "exclusive", site)
    ) yield steps.stop;
    if (migratingFrame(mm.pages.get(vpn)) === old) {
      restoreEntry(memory, mm, vpn, page);
    }
    if (steps.mayInterleave) {
      if (steps.spend("reuse", 1, site)) yield steps.stop;
      if (steps.unlock(mm.pageTableLock, "exclusive", site)) yield steps.stop;
    }
    return true;
  });
}

function restoreEntry(
  { frames }: Memory,
  mm: Mm,
  vpn: number,
  page: Frame,
): void {
  const writable = isWritableMigration(mm.pages.get(vpn));
  frames.get(page);
  frames.mapcount[page]++;
  mm.pages.set(vpn, pteOf(page, writable));
}

/**
 * Steps 3 to 6: unless somebody else holds a reference on `old`, `fresh` becomes
 * what `old` was. Says whether it did. No mapping of `old` is left; the caller
 * holds both locks and one reference on each.
 *
 * Models: __folio_migrate_mapping(), mm/migrate.c
 * Models: folio_migrate_flags(), mm/migrate.c
 */
function* moveToNewFolio(
  memory: Memory,
  fresh: Frame,
  old: Frame,
): Suspends<boolean> {
  const { contents, frames, ksm, steps } = memory;
  const inSwapCache = frames.swapCache[old];
  const expected = 1 + inSwapCache;
  if (frames.refcount[old] !== expected) return false;
  const content = frames.contentOf(old);
  contents.get(content);
  frames.store(fresh, content);
  if (
    steps.mayInterleave && steps.spend("copy", PAGE_BYTES, "folio_mc_copy:copy")
  ) yield steps.stop;
  if (frames.refcount[old] !== expected) return false;
  if (inSwapCache === 1) frames.freeze(old, expected);
  if (steps.mayRace && steps.race("__folio_migrate_mapping:frozen")) {
    yield steps.stop;
  }
  frames.copyMapping(fresh, old);
  if (steps.mayRace && steps.race("__folio_migrate_mapping:mapping")) {
    yield steps.stop;
  }
  if (inSwapCache === 1) {
    frames.refcount[fresh]++;
    frames.swapCache[fresh] = 1;
    frames.unfreeze(old, expected - 1);
    if (steps.mayRace && steps.race("__folio_migrate_mapping:unfrozen")) {
      yield steps.stop;
    }
  }
  if (frames.isKsm(fresh) && ksm) yield* ksm.migrated(fresh, old);
  frames.swapCache[old] = 0;
  if (steps.mayRace && steps.race("folio_migrate_flags:swapcache")) {
    yield steps.stop;
  }
  assert(frames.mapcount[old] === 0, `frame ${old} is mapped while it moves`);
  return true;
}
