/**
 * A search in the unstable tree that nobody notices: nothing is locked, pinned or
 * put in.
 *
 * @module
 */
import type { Frame } from "../mm/frames.ts";
import { pteFrame } from "../mm/page_table.ts";
import type { Mapping } from "../mm/rmap.ts";
import type { Ksm } from "./ksm.ts";
import { treesOf } from "./numa_trees.ts";
import { findMergeableVma } from "./unstable_tree.ts";

/** Where a search ends. */
export type WalkEnd =
  /** At an equal page. */
  | { readonly end: "match"; readonly entry: Mapping; readonly page: Frame }
  /** At an entry that maps the page itself, maps no page any more, or has moved to another NUMA node. */
  | {
    readonly end: "same-page" | "gone" | "moved";
    readonly entry?: Mapping;
    readonly page?: undefined;
  }
  /** At no entry. */
  | {
    readonly end: "none";
    readonly entry?: undefined;
    readonly page?: undefined;
  };

/** Where a search for the bytes of `page` would end, if it began now. */
export function walkUnstableTree(ksm: Ksm, page: Frame): WalkEnd {
  const { frames, items, memory, unstableTrees } = ksm;
  const nid = treesOf(ksm, page);
  const tree = unstableTrees[nid];
  let entry = tree.root;
  // A tree that has outlived its pass may lead to freed items, and round in circles.
  for (let left = items.live; entry !== 0 && left > 0; left--) {
    if (!items.isLive(entry)) return { end: "gone" };
    const mm = ksm.mmOf(entry);
    const vpn = items.vpn[entry];
    const place = { mm, vpn };
    const isThere = findMergeableVma(mm, vpn) !== undefined;
    const treePage = isThere ? pteFrame(mm.pages.get(vpn)) : 0;
    if (treePage === 0) return { end: "gone", entry: place };
    if (treePage === page) return { end: "same-page", entry: place };
    const order = memory.contents.compare(
      frames.contentOf(page),
      frames.contentOf(treePage),
    );
    if (order === 0) {
      const hasMoved = treesOf(ksm, treePage) !== nid;
      return hasMoved
        ? { end: "moved", entry: place }
        : { end: "match", entry: place, page: treePage };
    }
    entry = order < 0 ? tree.left(entry) : tree.right(entry);
  }
  return { end: "none" };
}
