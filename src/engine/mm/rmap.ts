/**
 * The reverse map of anonymous pages: who maps this frame?
 *
 * A plain page points at an anon_vma, and may be mapped where an area of that
 * family covers its page offset. A KSM page has no anon_vma: its rmap items, which
 * KSM knows, say where it may be mapped.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import { type Frame, MAPPING } from "./frames.ts";
import type { Memory } from "./memory.ts";
import type { Mm } from "./mm.ts";
import { pteFrame } from "./page_table.ts";

/** A place where a frame is mapped, or may be. */
export interface Mapping {
  /** Whose. */
  readonly mm: Mm;
  /** Where. */
  readonly vpn: number;
}

/** What is done at each place of a walk; it answers whether the walk goes on. */
export type VisitMapping = (mm: Mm, vpn: number) => Suspends<boolean>;

/**
 * Every mapping of an anonymous page that is not a KSM page, found through its
 * anon_vma: each area of the family that covers the page's offset is looked at.
 */
export function mappingsOf(memory: Memory, frame: Frame): Mapping[] {
  return placesOf(memory, frame).filter(({ mm, vpn }) =>
    pteFrame(mm.pages.get(vpn)) === frame
  );
}

/** Where a plain page may be mapped. */
function placesOf({ frames, anonVmas }: Memory, frame: Frame): Mapping[] {
  const anonVma = frames.anonVma.get(frame);
  if (frames.mappingKind[frame] !== MAPPING.anon || anonVma === 0) return [];
  const found: Mapping[] = [];
  for (const mm of anonVmas.family(anonVma)) {
    for (const vma of mm.vmas) {
      const vpn = vma.start + (frames.index[frame] - vma.pageOffset);
      if (vma.anonVma !== anonVma || vpn < vma.start || vpn >= vma.end) {
        continue;
      }
      found.push({ mm, vpn });
    }
  }
  return found;
}

/**
 * Goes to every place where an anonymous page may be mapped, until a visit wants
 * no more. The caller holds the page's lock.
 *
 * Takes the anon_vma (shared) over the whole walk of a plain page; for a KSM page
 * what KSM's walk takes.
 *
 * Models: rmap_walk(), mm/rmap.c
 * Models: rmap_walk_anon(), mm/rmap.c
 */
export function* walkMappings(
  memory: Memory,
  frame: Frame,
  visit: VisitMapping,
): Suspends<void> {
  const { anonVmas, frames, ksm } = memory;
  if (frames.isKsm(frame)) {
    if (ksm) yield* ksm.walkMappings(frame, visit);
    return;
  }
  const anonVma = frames.anonVma.get(frame);
  if (anonVma === 0 || !anonVmas.isLive(anonVma)) return;
  yield* anonVmas.lock(anonVma, "shared", "rmap_walk_anon:anon_vma");
  for (const { mm, vpn } of placesOf(memory, frame)) {
    if (!(yield* visit(mm, vpn))) break;
  }
  yield* anonVmas.unlock(anonVma, "shared", "rmap_walk_anon:anon_vma");
}
