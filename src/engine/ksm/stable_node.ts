/**
 * Stable nodes: one for each KSM page.
 *
 * A stable node knows its page only by frame number and holds no reference on
 * it, so that a page nobody maps is freed at once. Whether the page is still
 * the node's own is for {@linkcode "./get_folio.ts"} to find out.
 *
 * @module
 */
import { Arena, type HandleColumn } from "../lib/arena.ts";
import { assert } from "../lib/assert.ts";
import { RbLinks } from "../lib/rbtree.ts";
import type { Frame, StableNode } from "../mm/frames.ts";
import type { RmapItem, RmapItems } from "./rmap_item.ts";

/** All stable nodes. */
export class StableNodes extends Arena<StableNode> {
  /** Frame number of its page. The page may be gone. */
  readonly kpfn: HandleColumn<Frame> = this.handles<Frame>();
  /** First of its rmap items, the newest one; 0 when it has none. */
  readonly hlist: HandleColumn<RmapItem> = this.handles<RmapItem>();
  /** How many rmap items it has. */
  rmapHlistLen: Int32Array = this.numbers(
    Int32Array,
    (array) => this.rmapHlistLen = array,
  );
  /** Its place in the stable tree. */
  readonly node: RbLinks = this.links(new RbLinks(1));

  readonly #items: RmapItems;

  /** No nodes yet; `items` are what will be on them. */
  constructor(items: RmapItems) {
    super("stable node");
    this.#items = items;
  }

  /** Puts `item` at the front of the node's list. Says whether the list was empty. */
  push(node: StableNode, item: RmapItem): boolean {
    const items = this.#items;
    const first = this.hlist.get(node);
    items.hlistNext.set(item, first);
    items.hlistPrevious.set(item, 0);
    if (first !== 0) items.hlistPrevious.set(first, item);
    this.hlist.set(node, item);
    this.rmapHlistLen[node]++;
    return first === 0;
  }

  /** Takes `item` off the node's list. Says whether the list is empty now. */
  remove(node: StableNode, item: RmapItem): boolean {
    const items = this.#items;
    const next = items.hlistNext.get(item);
    const previous = items.hlistPrevious.get(item);
    if (previous !== 0) items.hlistNext.set(previous, next);
    else {
      assert(
        this.hlist.get(node) === item,
        `rmap item ${item} is not on stable node ${node}`,
      );
      this.hlist.set(node, next);
    }
    if (next !== 0) items.hlistPrevious.set(next, previous);
    items.hlistNext.set(item, 0);
    items.hlistPrevious.set(item, 0);
    this.rmapHlistLen[node]--;
    return this.hlist.get(node) === 0;
  }
}
