/**
 * How address spaces come to ksmd and go from it.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import type { KsmHooks } from "../mm/memory.ts";
import type { Mm } from "../mm/mm.ts";
import { breakKsm } from "./break_ksm.ts";
import type { Ksm } from "./ksm.ts";
import { migrateKsmFolio, walkKsmMappings } from "./migrate_ksm.ts";
import { goingOffline, offline, offlineEnded } from "./offline.ts";
import { lockMmlist, unlockMmlist } from "./scan.ts";

/**
 * Gives `mm` a slot: just before the cursor's, so that it is scanned at the end
 * of a pass that has not begun, and not before the next pass in one that has;
 * while `run` is 2 at the end of the list, so that the unmerge meets it.
 *
 * Takes ksm_mmlist_lock.
 *
 * Models: __ksm_enter(), mm/ksm.c
 */
export function* ksmEnter(ksm: Ksm, mm: Mm): Suspends<void> {
  const { cursor, memory, slots } = ksm;
  yield* lockMmlist(ksm, "__ksm_enter:mmlist");
  const slot = slots.create(mm.id);
  slots.list.insertBefore(slot, ksm.knobs.run === 2 ? 0 : cursor.slot);
  yield* unlockMmlist(ksm, "__ksm_enter:mmlist");
  mm.registered = true;
  memory.mms.get(mm);
  ksm.observer?.({ event: "ksm_enter", mm });
}

/**
 * The last user of `mm` is gone. A slot without items is dropped at once. One
 * with items is moved right behind the cursor's for ksmd to empty, and one that
 * the cursor is on stays where it is; the counters keep counting until then.
 * ksmd may have dropped the slot meanwhile; then there is nothing to do.
 *
 * Takes ksm_mmlist_lock; then, where ksmd may be at work in `mm`, mmap_lock
 * exclusive for a moment, so that it is not when this returns.
 *
 * Models: __ksm_exit(), mm/ksm.c
 */
export function* ksmExit(ksm: Ksm, mm: Mm): Suspends<void> {
  if (!mm.registered) return;
  const { steps } = ksm;
  const mayBeAtWork = yield* unlistExiting(ksm, mm);
  if (mayBeAtWork && steps.mayInterleave) {
    if (steps.lock(mm.mmapLock, "exclusive", "__ksm_exit:mmap_lock")) {
      yield steps.stop;
    }
    if (steps.unlock(mm.mmapLock, "exclusive", "__ksm_exit:mmap_lock")) {
      yield steps.stop;
    }
  }
  ksm.observer?.({ event: "ksm_exit", mm });
}

/**
 * Drops the slot of an exiting `mm`, or leaves it to ksmd. Says whether ksmd may
 * be at work in `mm`. Takes ksm_mmlist_lock.
 */
export function* unlistExiting(ksm: Ksm, mm: Mm): Suspends<boolean> {
  const { cursor, memory, slots } = ksm;
  yield* lockMmlist(ksm, "__ksm_exit:mmlist");
  const slot = slots.of(mm.id);
  const atCursor = slot === cursor.slot;
  const dropped = slot !== 0 && !atCursor && slots.rmapList.get(slot) === 0;
  if (slot !== 0 && !atCursor) {
    slots.list.remove(slot);
    if (dropped) slots.destroy(slot);
    else slots.list.insertAfter(slot, cursor.slot);
  }
  yield* unlockMmlist(ksm, "__ksm_exit:mmlist");
  if (dropped) {
    mm.registered = false;
    mm.mergeAny = false;
    memory.mms.put(mm);
  }
  return slot !== 0 && !dropped;
}

/** What mm calls when a process forks, exits, or moves memory. */
export function ksmHooks(ksm: Ksm): KsmHooks {
  return {
    /**
     * Whether a new area is mergeable from birth.
     *
     * Models: ksm_vma_flags(), mm/ksm.c
     */
    *mapping(mm) {
      if (mm.mergeAny && !mm.registered) yield* ksmEnter(ksm, mm);
      return mm.mergeAny;
    },
    /**
     * A child is registered if its parent is, and starts without items.
     *
     * Models: ksm_fork(), include/linux/ksm.h
     */
    *forked(parent, child) {
      child.mergeAny = parent.mergeAny;
      if (parent.registered) yield* ksmEnter(ksm, child);
    },
    /**
     * What prctl set outlives the old program; what madvise set does not.
     *
     * Models: ksm_execve(), include/linux/ksm.h
     */
    *executed(old, fresh) {
      fresh.mergeAny = old.mergeAny;
      if (fresh.mergeAny) yield* ksmEnter(ksm, fresh);
    },
    /**
     * Comes before the pages go.
     *
     * Models: ksm_exit(), include/linux/ksm.h
     */
    exiting: (mm) => ksmExit(ksm, mm),
    *moving(mm, vma, start, end) {
      if (vma.mergeable) yield* breakKsm(ksm, mm, vma, start, end, mm.task);
    },
    walkMappings: (frame, visit) => walkKsmMappings(ksm, frame, visit),
    migrated: (fresh, old) => migrateKsmFolio(ksm, fresh, old),
    goingOffline: () => goingOffline(ksm),
    offline: (block) => offline(ksm, block),
    offlineEnded: () => offlineEnded(ksm),
  };
}
