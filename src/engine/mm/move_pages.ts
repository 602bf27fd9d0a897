/**
 * move_pages(2): where pages are, and how a process has them moved to another
 * NUMA node.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import type { Frame } from "./frames.ts";
import type { Memory } from "./memory.ts";
import { migratePages } from "./migrate.ts";
import type { Mm } from "./mm.ts";
import type { NodeId } from "./numa.ts";
import { pteFrame, pteReadable } from "./page_table.ts";
import { vmaAt } from "./vma.ts";

/** What move_pages says of a page that it cannot name a node for: an errno below 0. */
export const PAGE_STATUS = {
  /** No page is there. */
  enoent: -2,
  /** The page is mapped more than once, and only all of its owners may move it. */
  eacces: -13,
  /** The shared zero page is there, or nothing is mapped at all. */
  efault: -14,
  /** The page has been taken to be moved already. */
  ebusy: -16,
  /** Nothing is said: the call gave up before. */
  untold: -999,
} as const;

/**
 * Where the page at `vpn` is: its NUMA node, or one of {@linkcode PAGE_STATUS}.
 *
 * Models: do_pages_stat_array(), mm/migrate.c
 */
export function pageStatus({ frames }: Memory, mm: Mm, vpn: number): number {
  if (vmaAt(mm, vpn) === undefined) return PAGE_STATUS.efault;
  const pte = mm.pages.get(vpn);
  if (!pteReadable(pte)) return PAGE_STATUS.enoent;
  const frame = pteFrame(pte);
  return frame === 0 ? PAGE_STATUS.efault : frames.nid[frame];
}

/** What a call of move_pages is asked for. */
export interface MoveRequest {
  /** First page. */
  readonly start: number;
  /** The page after the last one. */
  readonly end: number;
  /** Where to. */
  readonly node: NodeId;
  /** MPOL_MF_MOVE_ALL: also pages that are mapped more than once. */
  readonly all: boolean;
}

/** What it came to. */
export interface MovedPages {
  /** Pages that stay where they are though they should move, and those not looked at any more. */
  readonly left: number;
  /** For each page its NUMA node, or one of {@linkcode PAGE_STATUS}. */
  readonly statuses: number[];
}

/**
 * Moves pages to a NUMA node, in rising order. Pages wait on a list, which is
 * migrated when a page comes that need not or cannot join it, and in the end. The
 * call gives up when one of a list stays; then it does not even say what has
 * become of the others on it.
 *
 * Takes mmap_lock (shared), under it the page table lock, for each page; without
 * those what the migration of each takes.
 *
 * Models: do_pages_move(), mm/migrate.c
 */
export function* movePages(
  memory: Memory,
  mm: Mm,
  request: MoveRequest,
): Suspends<MovedPages> {
  const { start, end, node, all } = request;
  const statuses = new Array<number>(end - start).fill(PAGE_STATUS.untold);
  let list: Frame[] = [];
  for (let vpn = start; vpn < end; vpn++) {
    const found = yield* isolateForMove(memory, mm, vpn, node, all);
    if (typeof found === "object") {
      list.push(found.isolated);
      continue;
    }
    statuses[vpn - start] = found;
    const stay = yield* migratePages(memory, list, node);
    if (stay > 0) return { left: stay + (end - vpn - 1), statuses };
    statuses.fill(node, vpn - start - list.length, vpn - start);
    list = [];
  }
  const left = yield* migratePages(memory, list, node);
  if (left === 0) statuses.fill(node, end - start - list.length);
  return { left, statuses };
}

/**
 * Isolates the page at `vpn` to be moved; else answers its status.
 *
 * Models: add_folio_for_migration(), mm/migrate.c
 */
function* isolateForMove(
  memory: Memory,
  mm: Mm,
  vpn: number,
  node: NodeId,
  all: boolean,
): Suspends<{ readonly isolated: Frame } | number> {
  const { frames, steps } = memory;
  if (steps.mayInterleave) {
    if (steps.lock(mm.mmapLock, "shared", MOVE_MMAP)) yield steps.stop;
    if (steps.lock(mm.pageTableLock, "exclusive", MOVE_PTE)) yield steps.stop;
  }
  const frame = pteFrame(mm.pages.get(vpn));
  let result: { readonly isolated: Frame } | number;
  if (frame === 0 || frames.nid[frame] === node) {
    result = pageStatus(memory, mm, vpn);
  } else if (frames.mapcount[frame] > 1 && !all) result = PAGE_STATUS.eacces;
  else if (frames.isolate(frame)) result = { isolated: frame };
  else result = PAGE_STATUS.ebusy;
  if (steps.mayInterleave) {
    if (steps.unlock(mm.pageTableLock, "exclusive", MOVE_PTE)) yield steps.stop;
    if (steps.unlock(mm.mmapLock, "shared", MOVE_MMAP)) yield steps.stop;
  }
  return result;
}

const MOVE_MMAP = "add_folio_for_migration:mmap_lock";
const MOVE_PTE = "add_folio_for_migration:pte";
