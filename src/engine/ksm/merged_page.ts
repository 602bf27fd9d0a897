/**
 * How a page is merged.
 *
 * @module
 */
import type { Frame, StableNode } from "../mm/frames.ts";
import type { Mm } from "../mm/mm.ts";
import { KSM_ZERO_PTE, pteFrame } from "../mm/page_table.ts";
import type { Mapping } from "../mm/rmap.ts";
import type { Ksm } from "./ksm.ts";
import type { Reason } from "./reason.ts";
import type { RmapItem } from "./rmap_item.ts";

/** Other sharers that are named. */
const OTHERS_MAX = 8;

/** How the page at `vpn`, which `item` remembers, is merged; missing if it is not. */
export function mergedReason(
  ksm: Ksm,
  mm: Mm,
  vpn: number,
  item: RmapItem | 0,
): Reason<Mapping> | undefined {
  const { frames, items, knobs, nodes } = ksm;
  const pte = mm.pages.get(vpn);
  if (pte === KSM_ZERO_PTE) return { reason: "merged-with-zero-page" };
  const frame = pteFrame(pte);
  const node = frame !== 0 && frames.isKsm(frame)
    ? frames.stableNode.get(frame)
    : 0;
  if (frame === 0 || node === 0) return undefined;
  return {
    reason: "merged",
    frame,
    nid: frames.nid[frame],
    node,
    counted: item !== 0 && items.head.get(item) === node,
    sharers: nodes.rmapHlistLen[node],
    limit: knobs.maxPageSharing,
    dups: dupsBeside(ksm, node),
    others: othersOn(ksm, node, frame, { mm, vpn }),
  };
}

/** KSM pages on the chain that a node hangs on; 1 if it hangs on none. */
function dupsBeside({ nodes }: Ksm, node: StableNode): number {
  const chain = nodes.chain.get(node);
  if (chain === 0) return 1;
  let dups = 0;
  let dup = nodes.firstDup.get(chain);
  for (; dup !== 0; dup = nodes.nextDup.get(dup)) dups++;
  return dups;
}

/** Some of those that are counted on a node and map its page now. */
function othersOn(
  ksm: Ksm,
  node: StableNode,
  frame: Frame,
  page: Mapping,
): Mapping[] {
  const { items, nodes } = ksm;
  const others: Mapping[] = [];
  let item = nodes.hlist.get(node);
  for (; item !== 0; item = items.hlistNext.get(item)) {
    if (others.length === OTHERS_MAX) break;
    const mm = ksm.mmOf(item);
    const vpn = items.vpn[item];
    if (mm === page.mm && vpn === page.vpn) continue;
    if (pteFrame(mm.pages.get(vpn)) === frame) others.push({ mm, vpn });
  }
  return others;
}
