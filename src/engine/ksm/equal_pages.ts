/**
 * Where a page's bytes are, too: all pages of the machine are looked at, by what
 * is known of their contents.
 *
 * @module
 */
import type { Content } from "../mm/content.ts";
import type { Frame, StableNode } from "../mm/frames.ts";
import type { Mm } from "../mm/mm.ts";
import { pteFrame } from "../mm/page_table.ts";
import type { Mapping } from "../mm/rmap.ts";
import { pointsBack } from "./get_folio.ts";
import { isPruneDue } from "./chain.ts";
import type { Ksm } from "./ksm.ts";
import { isExiled, isMisplaced } from "./migrate_nodes.ts";
import { treesOf } from "./numa_trees.ts";
import type { Twin, TwinState } from "./reason.ts";
import type { RmapItem } from "./rmap_item.ts";
import { eachPage, isInTree, isScanned } from "./scanned_pages.ts";
import { isLeftOut } from "./smart_scan.ts";
import { NODE_ROLE } from "./stable_node.ts";

/** An equal KSM page. */
export interface EqualKsmPage {
  /** Its stable node. */
  readonly node: StableNode;
  /** Its frame. */
  readonly frame: Frame;
  /** Who maps it, if anybody counted does. */
  readonly with: Mapping | undefined;
}

/** The pages that hold the bytes of one page, on their NUMA nodes. */
export interface EqualPages {
  /** A KSM page that takes sharers, in the tree where the page is searched for. */
  joinable: EqualKsmPage | undefined;
  /** Whether the search meets another KSM page first, one that takes sharers and has left the tree's NUMA node. */
  isHidden: boolean;
  /** KSM pages there that have as many as they may. */
  readonly full: EqualKsmPage[];
  /** One there that has no counted sharer any more. */
  uncounted: EqualKsmPage | undefined;
  /** One that has moved to the page's NUMA node, and is not in the tree there yet. */
  arriving: EqualKsmPage | undefined;
  /** Other frames that are no KSM pages, in areas that ksmd scans, on NUMA nodes that count as one with the page's. */
  readonly twins: Set<Frame>;
  /** The one of them that is nearest to a merge. */
  nearest: (Twin<Mapping> & { readonly frame: Frame }) | undefined;
  /** An equal page on a NUMA node that does not count as one with the page's. */
  elsewhere: { readonly place: Mapping; readonly nid: number } | undefined;
  /** An equal page in an area that ksmd does not scan. */
  unoffered: Mapping | undefined;
  /** Another place that maps the page itself. */
  mate: Mapping | undefined;
}

/** Looks for the bytes of the page in `frame`, which `mm` maps at `vpn` and `item` remembers. */
export function equalPages(
  ksm: Ksm,
  mm: Mm,
  vpn: number,
  frame: Frame,
  item: RmapItem | 0,
): EqualPages {
  const found: EqualPages = {
    joinable: undefined,
    isHidden: false,
    full: [],
    uncounted: undefined,
    arriving: undefined,
    twins: new Set(),
    nearest: undefined,
    elsewhere: undefined,
    unoffered: undefined,
    mate: undefined,
  };
  const content = ksm.frames.contentOf(frame);
  lookAtKsmPages(ksm, content, treesOf(ksm, frame), item, found);
  for (const space of ksm.memory.mms.each()) {
    if (space.exiting) continue;
    eachPage(ksm, space, (at, other, memo, vma) => {
      if (space === mm && at === vpn) return;
      const place = { mm: space, vpn: at };
      if (other === frame) found.mate ??= place;
      else if (!ksm.frames.isKsm(other) && isEqual(ksm, content, other)) {
        if (!isScanned(ksm, space, vma)) found.unoffered ??= place;
        else if (treesOf(ksm, other) !== treesOf(ksm, frame)) {
          found.elsewhere ??= { place, nid: ksm.frames.nid[other] };
        } else noteTwin(ksm, found, { mm, vpn }, place, other, memo);
      }
    });
  }
  return found;
}

function lookAtKsmPages(
  ksm: Ksm,
  content: Content,
  nid: number,
  item: RmapItem | 0,
  found: EqualPages,
): void {
  const { items, knobs, nodes } = ksm;
  // A page that was written leaves the KSM page it is still counted on before it is searched for.
  const left = item === 0 ? 0 : items.head.get(item);
  for (const node of nodes.each()) {
    const frame = pageOf(ksm, node);
    if (frame === 0 || !isEqual(ksm, content, frame)) continue;
    const page = { node, frame, with: sharerOf(ksm, node, frame) };
    const isSettled = !isExiled(ksm, node) && !isMisplaced(ksm, node);
    if (treesOf(ksm, frame) !== nid) {
      if (page.with !== undefined) {
        const place = page.with;
        found.elsewhere ??= { place, nid: ksm.frames.nid[frame] };
      }
    } else if (!isSettled) found.arriving ??= page;
    else {
      const sharers = nodes.rmapHlistLen[node] - (node === left ? 1 : 0);
      if (sharers === 0) found.uncounted ??= page;
      else if (sharers < knobs.maxPageSharing) found.joinable ??= page;
      else found.full.push(page);
    }
  }
  const { joinable } = found;
  if (joinable !== undefined) {
    const chosen = chosenDup(ksm, joinable.node, left);
    found.isHidden = isMisplaced(ksm, chosen);
  }
}

/** Which KSM page a search compares with where `node` stands, alone or beside others; one item of `left` is gone by then. */
function chosenDup(
  ksm: Ksm,
  node: StableNode,
  left: StableNode | 0,
): StableNode {
  const { knobs, nodes } = ksm;
  const chain = nodes.chain.get(node);
  if (chain === 0) return node;
  const sharers = (dup: StableNode) =>
    nodes.rmapHlistLen[dup] - (dup === left ? 1 : 0);
  const takers: StableNode[] = [];
  let dup = nodes.firstDup.get(chain);
  for (; dup !== 0; dup = nodes.nextDup.get(dup)) {
    const takes = sharers(dup) > 0 && sharers(dup) < knobs.maxPageSharing;
    if (takes && pageOf(ksm, dup) !== 0) takers.push(dup);
  }
  if (!isPruneDue(ksm, chain)) return takers[0];
  return takers.reduce((best, each) =>
    sharers(each) > sharers(best) ? each : best
  );
}

/** The page of a node that is no chain, if it is still there. */
export function pageOf(ksm: Ksm, node: StableNode): Frame | 0 {
  const { frames, nodes } = ksm;
  if (nodes.role[node] === NODE_ROLE.chain) return 0;
  const frame = nodes.kpfn.get(node);
  if (frame === 0 || !pointsBack(ksm, frame, node)) return 0;
  return frames.refcount[frame] > 0 ? frame : 0;
}

/** Somebody who is counted on a node and still maps its page. */
export function sharerOf(
  ksm: Ksm,
  node: StableNode,
  frame: Frame,
): Mapping | undefined {
  const { items, nodes } = ksm;
  let item = nodes.hlist.get(node);
  for (; item !== 0; item = items.hlistNext.get(item)) {
    const place = { mm: ksm.mmOf(item), vpn: items.vpn[item] };
    if (pteFrame(place.mm.pages.get(place.vpn)) === frame) return place;
  }
  return undefined;
}

function isEqual(ksm: Ksm, content: Content, frame: Frame): boolean {
  const { frames, memory: { contents } } = ksm;
  return contents.compare(content, frames.contentOf(frame)) === 0;
}

/** How near a state is to a merge; the nearest first. */
const NEARNESS: readonly TwinState[] = [
  "in-tree",
  "ready",
  "skipped",
  "changed",
  "not-visited",
  "page-locked",
  "pinned",
];

/** Counts a twin, and remembers it if it is nearer to a merge than the one before, or as near and close to the page. */
function noteTwin(
  ksm: Ksm,
  found: EqualPages,
  page: Mapping,
  place: Mapping,
  frame: Frame,
  item: RmapItem | 0,
): void {
  found.twins.add(frame);
  const state = twinState(ksm, frame, item);
  const { nearest } = found;
  if (nearest !== undefined) {
    const order = NEARNESS.indexOf(state) - NEARNESS.indexOf(nearest.state);
    if (order > 0) return;
    const isCloser = distance(page, place) < distance(page, nearest.place);
    if (order === 0 && !isCloser) return;
  }
  found.nearest = { place, state, frame };
}

function distance(page: Mapping, other: Mapping): number {
  return page.mm === other.mm ? Math.abs(page.vpn - other.vpn) : Infinity;
}

/** How a page that is no KSM page stands with a merge. */
function twinState(ksm: Ksm, frame: Frame, item: RmapItem | 0): TwinState {
  const { frames, items, knobs, memory: { contents } } = ksm;
  if (frames.locked[frame] === 1) return "page-locked";
  if (extraReferences(ksm, frame) !== 0) return "pinned";
  if (item === 0) return "not-visited";
  const checksum = contents.checksum(frames.contentOf(frame));
  if (items.oldchecksum[item] !== checksum) return "changed";
  if (isInTree(ksm, item)) return "in-tree";
  const isSkipped = knobs.smartScan &&
    isLeftOut(items.age[item], items.remainingSkips[item]);
  return isSkipped ? "skipped" : "ready";
}

/** References beyond those that mappings and the swap cache hold. */
export function extraReferences(ksm: Ksm, frame: Frame): number {
  const { mapcount, refcount, swapCache } = ksm.frames;
  return refcount[frame] - mapcount[frame] - swapCache[frame];
}
