/**
 * move_pages(2): where pages are, and how a process has them moved to another
 * NUMA node.
 *
 * @module
 */
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import { NO_PTE, pteFrame } from "./page_table.ts";
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
  if (pte === NO_PTE) return PAGE_STATUS.enoent;
  const frame = pteFrame(pte);
  return frame === 0 ? PAGE_STATUS.efault : frames.nid[frame];
}
