/**
 * Virtual memory areas: ranges of an address space with one protection and one
 * set of flags.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Suspends } from "../lib/step.ts";
import type { AnonVma } from "./anon_vma.ts";
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import type { NodeId } from "./numa.ts";

/** What a process may do with a page: read and write, read, nothing. */
export type Protection = "rw" | "r" | "none";

/** One area: the pages from `start` up to, not including, `end`. All areas are private and anonymous. */
export interface Vma {
  /** First page. */
  start: number;
  /** The page after the last one. */
  end: number;
  /** Protection of all its pages. */
  protection: Protection;
  /** VM_MERGEABLE: ksmd may merge pages here. */
  mergeable: boolean;
  /** The NUMA node that mbind has bound its new pages to, if any. */
  boundTo: NodeId | undefined;
  /** 0 until the first fault. */
  anonVma: AnonVma | 0;
  /** Page offset of `start`: what `index` its pages carry, wherever the area is moved. */
  pageOffset: number;
}

/** Index of the first area that ends after `vpn`; the number of areas if there is none. */
export function firstVmaAfter(mm: Mm, vpn: number): number {
  const { vmas } = mm;
  let low = 0;
  let high = vmas.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (vmas[middle].end <= vpn) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The area that `vpn` is in. */
export function vmaAt(mm: Mm, vpn: number): Vma | undefined {
  const vma: Vma | undefined = mm.vmas[firstVmaAfter(mm, vpn)];
  return vma !== undefined && vma.start <= vpn ? vma : undefined;
}

/**
 * Adds an area that overlaps no other. The caller holds mmap_lock exclusive; takes
 * the lock of the area's anon_vma, exclusive.
 *
 * Models: anon_vma_clone(), mm/rmap.c
 */
export function* insertVma(memory: Memory, mm: Mm, vma: Vma): Suspends<void> {
  const { anonVmas } = memory;
  const site = "anon_vma_clone:anon_vma";
  const { anonVma } = vma;
  if (anonVma !== 0) yield* anonVmas.lock(anonVma, "exclusive", site);
  placeVma(memory, mm, vma);
  if (anonVma !== 0) yield* anonVmas.unlock(anonVma, "exclusive", site);
}

/**
 * Removes an area, whose pages are gone. Locks as {@linkcode insertVma}.
 *
 * Models: unlink_anon_vmas(), mm/rmap.c
 */
export function* removeVma(memory: Memory, mm: Mm, vma: Vma): Suspends<void> {
  const { anonVmas } = memory;
  const site = "unlink_anon_vmas:anon_vma";
  const { anonVma } = vma;
  if (anonVma !== 0) yield* anonVmas.lock(anonVma, "exclusive", site);
  displaceVma(memory, mm, vma);
  if (anonVma !== 0) yield* anonVmas.unlock(anonVma, "exclusive", site);
}

function placeVma(memory: Memory, mm: Mm, vma: Vma): void {
  mm.vmas.splice(firstVmaAfter(mm, vma.start), 0, vma);
  if (vma.anonVma !== 0) memory.anonVmas.link(vma.anonVma, mm);
}

function displaceVma(memory: Memory, mm: Mm, vma: Vma): void {
  const place = firstVmaAfter(mm, vma.start);
  assert(mm.vmas[place] === vma, `mm ${mm.id} has no such area`);
  mm.vmas.splice(place, 1);
  if (vma.anonVma !== 0) memory.anonVmas.unlink(vma.anonVma, mm);
}

/**
 * Splits areas so that none crosses `start` or `end`, and returns those inside, in
 * rising order. Locks as {@linkcode insertVma}.
 */
export function* isolateVmas(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
): Suspends<Vma[]> {
  yield* splitVma(memory, mm, start);
  yield* splitVma(memory, mm, end);
  const inside: Vma[] = [];
  for (let i = firstVmaAfter(mm, start); i < mm.vmas.length; i++) {
    if (mm.vmas[i].start >= end) break;
    inside.push(mm.vmas[i]);
  }
  return inside;
}

/** Whether every page from `start` up to `end` is in some area. */
export function isCovered(mm: Mm, start: number, end: number): boolean {
  let at = start;
  for (let i = firstVmaAfter(mm, start); i < mm.vmas.length; i++) {
    if (mm.vmas[i].start > at) break;
    at = mm.vmas[i].end;
    if (at >= end) break;
  }
  return at >= end;
}

/**
 * Makes two areas of the one that `at` is inside of. A walk of the reverse map
 * sees either the one or both.
 *
 * Models: split_vma(), mm/vma.c
 */
function* splitVma(memory: Memory, mm: Mm, at: number): Suspends<void> {
  const { anonVmas } = memory;
  const site = "split_vma:anon_vma";
  const vma = vmaAt(mm, at);
  if (vma === undefined || vma.start === at) return;
  const { anonVma } = vma;
  if (anonVma !== 0) yield* anonVmas.lock(anonVma, "exclusive", site);
  const upper: Vma = {
    ...vma,
    start: at,
    pageOffset: vma.pageOffset + (at - vma.start),
  };
  vma.end = at;
  placeVma(memory, mm, upper);
  if (anonVma !== 0) yield* anonVmas.unlock(anonVma, "exclusive", site);
}

/**
 * Joins neighbours from `start` to `end` that differ in nothing, so that areas do
 * not pile up. Locks as {@linkcode insertVma}.
 *
 * Models: vma_complete(), mm/vma.c
 */
export function* mergeVmas(
  memory: Memory,
  mm: Mm,
  start: number,
  end: number,
): Suspends<void> {
  const { anonVmas } = memory;
  const site = "vma_merge:anon_vma";
  let i = Math.max(1, firstVmaAfter(mm, start));
  while (i < mm.vmas.length && mm.vmas[i].start <= end) {
    const lower = mm.vmas[i - 1];
    const upper = mm.vmas[i];
    if (canJoin(lower, upper)) {
      const { anonVma } = lower;
      if (anonVma !== 0) yield* anonVmas.lock(anonVma, "exclusive", site);
      displaceVma(memory, mm, upper);
      lower.end = upper.end;
      if (anonVma !== 0) yield* anonVmas.unlock(anonVma, "exclusive", site);
    } else {
      i++;
    }
  }
}

/**
 * Whether two neighbours are one area but for the border.
 *
 * Models: is_mergeable_vma(), mm/vma.c
 */
function canJoin(lower: Vma, upper: Vma): boolean {
  return lower.end === upper.start &&
    lower.protection === upper.protection &&
    lower.mergeable === upper.mergeable &&
    lower.boundTo === upper.boundTo &&
    lower.anonVma === upper.anonVma &&
    lower.pageOffset + (lower.end - lower.start) === upper.pageOffset;
}
