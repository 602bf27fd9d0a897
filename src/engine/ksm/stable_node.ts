/**
 * Stable nodes: one for each KSM page, and one for each chain.
 *
 * A stable node knows its page only by frame number and holds no reference on
 * it, so that a page nobody maps is freed at once. Whether the page is still
 * the node's own is for {@linkcode "./get_folio.ts"} to find out.
 *
 * Four roles:
 *
 * | role      | stands for                         | linked                   |
 * | --------- | ---------------------------------- | ------------------------ |
 * | regular   | a KSM page                         | in a stable tree         |
 * | chain     | several KSM pages with equal bytes | in a stable tree         |
 * | dup       | one of those                       | on the list of its chain |
 * | migrating | a KSM page that has left its node  | on the list of exiles    |
 *
 * @module
 */
import { Arena, type HandleColumn } from "../lib/arena.ts";
import { assert } from "../lib/assert.ts";
import { ListLinks } from "../lib/list.ts";
import { RbLinks } from "../lib/rbtree.ts";
import type { Frame, StableNode } from "../mm/frames.ts";
import type { RmapItem, RmapItems } from "./rmap_item.ts";

/** The roles of a node, as `role` holds them. */
export const NODE_ROLE = {
  regular: 0,
  dup: 1,
  chain: 2,
  migrating: 3,
} as const;

/** All stable nodes. */
export class StableNodes extends Arena<StableNode> {
  /** One of {@linkcode NODE_ROLE}. */
  role: Uint8Array = this.numbers(Uint8Array, (array) => this.role = array);
  /** Frame number of its page. The page may be gone. Valid unless a chain. */
  readonly kpfn: HandleColumn<Frame> = this.handles<Frame>();
  /** NUMA node in whose tree it stands, or its chain does; the page may be on another. Valid unless migrating. */
  nid: Uint8Array = this.numbers(Uint8Array, (array) => this.nid = array);
  /** First of its rmap items, the newest one; 0 when it has none, and for a chain. */
  readonly hlist: HandleColumn<RmapItem> = this.handles<RmapItem>();
  /** How many rmap items it has. */
  rmapHlistLen: Int32Array = this.numbers(
    Int32Array,
    (array) => this.rmapHlistLen = array,
  );
  /** The first of a chain's dups. Valid for a chain; 0 when all have gone. */
  readonly firstDup: HandleColumn<StableNode> = this.handles<StableNode>();
  /** The chain that a dup hangs on. Valid for a dup. */
  readonly chain: HandleColumn<StableNode> = this.handles<StableNode>();
  /** A dup's neighbour on its chain's list. Valid for a dup. */
  readonly nextDup: HandleColumn<StableNode> = this.handles<StableNode>();
  /** Its other neighbour there. Valid for a dup. */
  readonly previousDup: HandleColumn<StableNode> = this.handles<StableNode>();
  /** When all of a chain's dups were last looked at, in jiffies. Valid for a chain. */
  chainPruneTime: Float64Array = this.numbers(
    Float64Array,
    (array) => this.chainPruneTime = array,
  );
  /** Its place in the stable tree. Valid for a regular node and for a chain. */
  readonly node: RbLinks = this.links(new RbLinks(1));
  /** The list `migrate_nodes`. Valid while migrating. */
  readonly exiled: ListLinks<StableNode> = this.links(
    new ListLinks<StableNode>(),
  );

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

  /** Puts `node` at the front of a chain's list. */
  pushDup(chain: StableNode, node: StableNode): void {
    const first = this.firstDup.get(chain);
    this.role[node] = NODE_ROLE.dup;
    this.chain.set(node, chain);
    this.nextDup.set(node, first);
    this.previousDup.set(node, 0);
    if (first !== 0) this.previousDup.set(first, node);
    this.firstDup.set(chain, node);
  }

  /**
   * Takes a dup off its chain's list; it is a regular node without a place then.
   *
   * Models: __stable_node_dup_del(), mm/ksm.c
   */
  removeDup(dup: StableNode): void {
    const chain = this.chain.get(dup);
    assert(chain !== 0, `Stable node ${dup} is no dup`);
    const next = this.nextDup.get(dup);
    const previous = this.previousDup.get(dup);
    if (previous !== 0) this.nextDup.set(previous, next);
    else this.firstDup.set(chain, next);
    if (next !== 0) this.previousDup.set(next, previous);
    this.role[dup] = NODE_ROLE.regular;
    this.chain.set(dup, 0);
    this.nextDup.set(dup, 0);
    this.previousDup.set(dup, 0);
  }

  /** Whether `dup` is all that its chain has. */
  isOnlyDup(dup: StableNode): boolean {
    return this.nextDup.get(dup) === 0 && this.previousDup.get(dup) === 0;
  }
}
