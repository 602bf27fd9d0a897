/**
 * The reverse map of anonymous pages: who maps this frame?
 *
 * @module
 */
import { type Frame, MAPPING } from "./frames.ts";
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import { pteFrame } from "./page_table.ts";

/** One mapping of a frame. */
export interface Mapping {
  /** Whose. */
  readonly mm: Mm;
  /** Where. */
  readonly vpn: number;
}

/**
 * Every mapping of an anonymous page that is not a KSM page, found through its
 * anon_vma: each area of the family that covers the page's offset is looked at.
 *
 * Models: rmap_walk_anon(), mm/rmap.c
 */
export function mappingsOf(memory: Memory, frame: Frame): Mapping[] {
  const { frames, anonVmas } = memory;
  const anonVma = frames.anonVma.get(frame);
  if (frames.mappingKind[frame] !== MAPPING.anon || anonVma === 0) return [];
  const found: Mapping[] = [];
  for (const mm of anonVmas.family(anonVma)) {
    for (const vma of mm.vmas) {
      const vpn = vma.start + (frames.index[frame] - vma.pageOffset);
      if (vma.anonVma !== anonVma || vpn < vma.start || vpn >= vma.end) {
        continue;
      }
      if (pteFrame(mm.pages.get(vpn)) === frame) found.push({ mm, vpn });
    }
  }
  return found;
}
