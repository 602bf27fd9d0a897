/**
 * Walks of page tables: a long range is gone through one table at a time, and
 * others are let in between two of them.
 *
 * @module
 */
import type { Cost, Suspends } from "../lib/step.ts";
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import { tableEnd } from "./page_table.ts";

/**
 * Calls `visit` for every page from `start` up to `end` that `mm` maps, with the
 * page table lock held, which is taken anew for each table of 512 entries. Each
 * page costs one `cost`.
 *
 * Takes, for each table, first the page table lock of `beside` (if that is
 * another address space), then that of `mm`. Between two tables others may
 * change entries on both sides of the walk.
 *
 * Models: walk_pgd_range(), mm/pagewalk.c
 */
export function* walkTables(
  memory: Memory,
  mm: Mm,
  range: { readonly start: number; readonly end: number },
  site: string,
  cost: Cost,
  visit: (vpn: number) => void,
  beside: Mm = mm,
): Suspends<void> {
  const { steps } = memory;
  const { end } = range;
  let vpn = mm.pages.next(range.start, end);
  while (vpn !== -1) {
    const stop = Math.min(end, tableEnd(vpn));
    if (steps.mayInterleave) {
      if (
        beside !== mm && steps.lock(beside.pageTableLock, "exclusive", site)
      ) {
        yield steps.stop;
      }
      if (steps.lock(mm.pageTableLock, "exclusive", site)) yield steps.stop;
    }
    let visits = 0;
    for (
      let at = mm.pages.next(vpn, stop);
      at !== -1;
      at = mm.pages.next(at + 1, stop)
    ) {
      visit(at);
      visits++;
    }
    if (steps.mayInterleave) {
      if (steps.spend(cost, visits, site)) yield steps.stop;
      if (steps.unlock(mm.pageTableLock, "exclusive", site)) yield steps.stop;
      if (
        beside !== mm && steps.unlock(beside.pageTableLock, "exclusive", site)
      ) yield steps.stop;
      if (steps.reschedule(site)) yield steps.stop;
    }
    vpn = mm.pages.next(stop, end);
  }
}
