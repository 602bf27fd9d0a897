/**
 * The page map: how ksmd sees each page of a process.
 *
 * @module
 */
import { ITEM_STATE, type Ksm } from "../engine/ksm/mod.ts";
import {
  firstVmaAfter,
  KSM_ZERO_PTE,
  type Mm,
  presentFrame,
} from "../engine/mm/mod.ts";
import type { Machine } from "./machine.ts";
import type { Process } from "./process_table.ts";
import type { Region } from "./regions.ts";

/** The state of one page of a process as ksmd sees it. */
export type PageState =
  /** Not mapped. */
  | "hole"
  /** Mapped, and never written; a read maps the kernel's zero page. */
  | "untouched"
  /** Present, in an area that is not mergeable. */
  | "plain"
  /** Mergeable and present, and in no tree: changing, skipped, or not visited yet. */
  | "volatile"
  /** In the unstable tree. */
  | "unshared"
  /** Merged with the shared zero page. */
  | "zero"
  /** Maps a KSM page. */
  | "merged";

/** Codes of page states in {@linkcode RegionMap.pages}: a code is the index here. */
export const PAGE_STATES: readonly PageState[] = [
  "hole",
  "untouched",
  "plain",
  "volatile",
  "unshared",
  "zero",
  "merged",
];

/** One region of a process, page by page. */
export interface RegionMap {
  /** The name that the workload gave to it. */
  readonly name: string;
  /** For each page the index of its state in {@linkcode PAGE_STATES}. */
  readonly pages: Uint8Array;
}

/** Pages of a region that the map shows at most; the rest of a huge sparse region is left out. */
export const MAPPED_PAGES_MAX: number = 1 << 20;

const CODES = Object.fromEntries(
  PAGE_STATES.map((state, code) => [state, code]),
) as Record<PageState, number>;

/** The maps of all regions of a process, in the order of their creation. */
export function regionMaps(machine: Machine, process: Process): RegionMap[] {
  const { mm, regions } = process;
  const pagesOf = new Map<string, Uint8Array>();
  for (const [name, region] of regions) {
    pagesOf.set(name, pageCodes(machine, mm, region));
  }
  markUnshared(machine.ksm, process, pagesOf);
  return Array.from(pagesOf, ([name, pages]) => ({ name, pages }));
}

/** The states of a region's pages as its areas and entries tell them, `unshared` left out. */
function pageCodes(
  machine: Machine,
  mm: Mm,
  { start, pages }: Region,
): Uint8Array {
  const codes = new Uint8Array(Math.min(pages, MAPPED_PAGES_MAX));
  const end = start + codes.length;
  for (let i = firstVmaAfter(mm, start); i < mm.vmas.length; i++) {
    const vma = mm.vmas[i];
    if (vma.start >= end) break;
    const from = Math.max(start, vma.start);
    const to = Math.min(end, vma.end);
    codes.fill(CODES.untouched, from - start, to - start);
    const present = vma.mergeable ? CODES.volatile : CODES.plain;
    for (
      let vpn = mm.pages.next(from, to);
      vpn !== -1;
      vpn = mm.pages.next(vpn + 1, to)
    ) {
      const pte = mm.pages.get(vpn);
      const frame = presentFrame(pte);
      if (frame !== 0) {
        const merged = machine.memory.frames.isKsm(frame);
        codes[vpn - start] = merged ? CODES.merged : present;
      } else if (pte === KSM_ZERO_PTE) codes[vpn - start] = CODES.zero;
    }
  }
  return codes;
}

/** Goes once through the remembered pages of a process, which stand in rising order. */
function markUnshared(
  ksm: Ksm,
  { mm, regions }: Process,
  pagesOf: ReadonlyMap<string, Uint8Array>,
): void {
  const slot = ksm.slots.of(mm.id);
  if (slot === 0) return;
  const { items } = ksm;
  let item = ksm.slots.rmapList.get(slot);
  for (; item !== 0; item = items.next.get(item)) {
    if (items.state[item] !== ITEM_STATE.unstable) continue;
    const place = regions.at(items.vpn[item]);
    if (place === undefined) continue;
    const codes = pagesOf.get(place.region);
    // Beyond the part that is shown, there is no code to change.
    if (codes?.[place.page] === CODES.volatile) {
      codes[place.page] = CODES.unshared;
    }
  }
}
