/**
 * The pages that ksmd goes through, in its order, for those who only look.
 *
 * @module
 */
import type { Frame } from "../mm/frames.ts";
import type { Mm } from "../mm/mm.ts";
import type { Vma } from "../mm/vma.ts";
import { pteFrame } from "../mm/page_table.ts";
import type { Ksm } from "./ksm.ts";
import { ITEM_STATE, type RmapItem } from "./rmap_item.ts";

/** What is told of each page: where it is, the frame that is mapped there, and what ksmd remembers of it, 0 if nothing. */
export type PageVisitor = (
  vpn: number,
  frame: Frame,
  item: RmapItem | 0,
  vma: Vma,
) => void;

/** All pages of an address space that map a frame, in rising order, those of areas that are not mergeable as well. */
export function eachPage(ksm: Ksm, mm: Mm, visit: PageVisitor): void {
  const { items, slots } = ksm;
  const slot = slots.of(mm.id);
  let item = slot === 0 ? 0 : slots.rmapList.get(slot);
  for (const vma of mm.vmas) {
    let vpn = mm.pages.nextFrame(vma.start, vma.end);
    for (; vpn !== -1; vpn = mm.pages.nextFrame(vpn + 1, vma.end)) {
      const frame = pteFrame(mm.pages.get(vpn));
      if (frame === 0) continue;
      while (item !== 0 && items.vpn[item] < vpn) item = items.next.get(item);
      const isHere = item !== 0 && items.vpn[item] === vpn;
      visit(vpn, frame, isHere ? item : 0, vma);
    }
  }
}

/** What ksmd remembers of a page; 0 if nothing. */
export function itemOf(
  { items, slots }: Ksm,
  mm: Mm,
  vpn: number,
): RmapItem | 0 {
  const slot = slots.of(mm.id);
  let item = slot === 0 ? 0 : slots.rmapList.get(slot);
  while (item !== 0 && items.vpn[item] < vpn) item = items.next.get(item);
  return item !== 0 && items.vpn[item] === vpn ? item : 0;
}

/** Whether ksmd would visit the pages of an area: it has been offered, and its process is on ksmd's list and lives. */
export function isScanned(ksm: Ksm, mm: Mm, vma: Vma): boolean {
  return vma.mergeable && !mm.exiting && ksm.slots.of(mm.id) !== 0;
}

/** Whether an item is in the unstable tree, and not only left over from an earlier pass. */
export function isInTree({ items, seqnr }: Ksm, item: RmapItem | 0): boolean {
  return item !== 0 && items.state[item] === ITEM_STATE.unstable &&
    items.seqnr[item] === (seqnr & 0xff);
}
