/**
 * Draws the trees of KSM: the whole of each is walked once, and its top is written
 * out node by node.
 *
 * @module
 */
import {
  type CompareStat,
  type Ksm,
  NODE_ROLE,
  pageOf,
  type RmapItem,
  sharerOf,
  treesInUse,
} from "../engine/ksm/mod.ts";
import { PAGE_BYTES } from "../engine/lib/page_size.ts";
import type { RbTree } from "../engine/lib/rbtree.ts";
import { type Frame, pteFrame, type StableNode } from "../engine/mm/mod.ts";
import type { Machine } from "./machine.ts";
import { pagePlace } from "./page_place.ts";
import type {
  ChainView,
  ComparesView,
  ContentView,
  KsmPageView,
  TreeDrawing,
  TreeEntryView,
  TreeNodeView,
  TreesDrawing,
} from "./tree_view.ts";

/** Dups of one chain that are shown. */
const DUPS_MAX = 32;

/** Chains that are shown besides those in the top levels. */
const CHAINS_MAX = 32;

/** The trees in use, with so many levels of each node by node. Changes nothing. */
export function treesDrawing(machine: Machine, levels: number): TreesDrawing {
  const { ksm } = machine;
  const inUse = treesInUse(ksm);
  const chains = chainsOf(ksm);
  return {
    stable: ksm.stableTrees.slice(0, inUse).map((tree, nid) =>
      draw(tree, nid, levels, (node) => stableEntry(machine, node))
    ),
    unstable: ksm.unstableTrees.slice(0, inUse).map((tree, nid) =>
      draw(tree, nid, levels, (item) => itemEntry(machine, item))
    ),
    ...(ksm.steps.mayInterleave && {
      stableCompares: compares(ksm.stableCompares),
      unstableCompares: compares(ksm.unstableCompares),
    }),
    visits: ksm.pagesScanned,
    chains: chains.slice(0, CHAINS_MAX).map(({ chain }) =>
      chainView(machine, chain)
    ),
    chainCount: chains.length,
    maxPageSharing: ksm.knobs.maxPageSharing,
  };
}

/** What is found out of a subtree on the way back from it. */
interface Subtree {
  readonly size: number;
  readonly height: number;
  readonly view?: TreeNodeView;
}

const NOTHING: Subtree = { size: 0, height: 0 };

/** One walk over one tree. */
class Drawing<H extends number> {
  /** Nodes met so far on each level. */
  readonly depths: number[] = [];
  readonly #tree: RbTree<H>;
  readonly #levels: number;
  readonly #entryOf: (node: H) => TreeEntryView | undefined;
  /** Trees that have got tangled may go round in circles: this many nodes and no more. */
  #left: number;

  constructor(
    tree: RbTree<H>,
    levels: number,
    entryOf: (node: H) => TreeEntryView | undefined,
  ) {
    this.#tree = tree;
    this.#levels = levels;
    this.#entryOf = entryOf;
    this.#left = tree.size;
  }

  /** Walks a subtree whose root is on a level. */
  walk(node: H | 0, level: number): Subtree {
    if (node === 0 || this.#left-- <= 0) return NOTHING;
    this.depths[level] = (this.depths[level] ?? 0) + 1;
    const left = this.walk(this.#tree.left(node), level + 1);
    const right = this.walk(this.#tree.right(node), level + 1);
    const size = left.size + 1 + right.size;
    const height = 1 + Math.max(left.height, right.height);
    const entry = level < this.#levels ? this.#entryOf(node) : undefined;
    if (entry === undefined) return { size, height };
    const view = {
      id: node,
      isRed: this.#tree.isRed(node),
      size,
      height,
      entry,
      ...(left.view && { left: left.view }),
      ...(right.view && { right: right.view }),
    };
    return { size, height, view };
  }
}

function draw<H extends number>(
  tree: RbTree<H>,
  nid: number,
  levels: number,
  entryOf: (node: H) => TreeEntryView | undefined,
): TreeDrawing {
  const drawing = new Drawing(tree, levels, entryOf);
  const { height, view } = drawing.walk(tree.root, 0);
  return {
    nid,
    nodes: tree.size,
    height,
    depths: drawing.depths,
    ...(view && { root: view }),
  };
}

/** What a node of a stable tree stands for. */
function stableEntry(machine: Machine, node: StableNode): TreeEntryView {
  const { nodes } = machine.ksm;
  if (nodes.role[node] !== NODE_ROLE.chain) {
    const page = ksmPage(machine, node);
    return { kind: "page", page, ...withContent(machine, [node]) };
  }
  const { nid: _nid, node: _node, ...chain } = chainView(machine, node);
  return { kind: "chain", ...chain };
}

/** What a node of an unstable tree stands for; nothing where a tree that has outlived its pass leads to a freed item. */
function itemEntry(
  machine: Machine,
  item: RmapItem,
): TreeEntryView | undefined {
  const { ksm } = machine;
  if (!ksm.items.isLive(item)) return undefined;
  const mm = ksm.mmOf(item);
  const vpn = ksm.items.vpn[item];
  const frame = pteFrame(mm.pages.get(vpn));
  return {
    kind: "item",
    place: pagePlace(machine, mm.id, vpn),
    ...(frame !== 0 && { content: contentView(ksm, frame) }),
  };
}

function ksmPage(machine: Machine, node: StableNode): KsmPageView {
  const { ksm } = machine;
  const live = pageOf(ksm, node);
  const sharer = live === 0 ? undefined : sharerOf(ksm, node, live);
  return {
    node,
    frame: ksm.nodes.kpfn.get(node),
    sharers: ksm.nodes.rmapHlistLen[node],
    mappings: live === 0 ? 0 : ksm.frames.mapcount[live],
    isStale: live === 0,
    ...(sharer && { sharer: pagePlace(machine, sharer.mm.id, sharer.vpn) }),
  };
}

/** All chains with their sharers, those with the most first. */
function chainsOf(ksm: Ksm): { chain: StableNode; sharers: number }[] {
  const { nodes } = ksm;
  return Array.from(nodes.each())
    .filter((node) => nodes.role[node] === NODE_ROLE.chain)
    .map((chain) => ({ chain, sharers: sharersOf(ksm, dupsOf(ksm, chain)) }))
    .sort((a, b) => b.sharers - a.sharers);
}

function dupsOf({ nodes }: Ksm, chain: StableNode): StableNode[] {
  const dups: StableNode[] = [];
  let dup = nodes.firstDup.get(chain);
  for (; dup !== 0; dup = nodes.nextDup.get(dup)) dups.push(dup);
  return dups;
}

function sharersOf({ nodes }: Ksm, dups: readonly StableNode[]): number {
  return dups.reduce((sum, node) => sum + nodes.rmapHlistLen[node], 0);
}

function chainView(machine: Machine, chain: StableNode): ChainView {
  const { nodes } = machine.ksm;
  const dups = dupsOf(machine.ksm, chain);
  return {
    nid: nodes.nid[chain],
    node: chain,
    dups: dups.slice(0, DUPS_MAX).map((node) => ksmPage(machine, node)),
    dupCount: dups.length,
    sharers: sharersOf(machine.ksm, dups),
    ...withContent(machine, dups),
  };
}

/** The bytes of equal KSM pages, as the first one that is there has them. */
function withContent(
  { ksm }: Machine,
  equal: readonly StableNode[],
): { content?: ContentView } {
  for (const node of equal) {
    const frame = pageOf(ksm, node);
    if (frame !== 0) return { content: contentView(ksm, frame) };
  }
  return {};
}

const KEY_BYTES = 8;

function contentView({ frames, memory }: Ksm, frame: Frame): ContentView {
  const { contents } = memory;
  const content = frames.contentOf(frame);
  const digits = (from: number) =>
    Array.from(
      { length: KEY_BYTES },
      (_, i) =>
        contents.byteAt(content, from + i).toString(16).padStart(2, "0"),
    ).join("");
  return {
    lead: digits(0),
    tail: digits(PAGE_BYTES - KEY_BYTES),
    checksum: contents.checksum(content),
  };
}

function compares({ bytes, counts }: CompareStat): ComparesView {
  const deepest = counts.findLastIndex((count) => count > 0);
  const levels = Array.from(
    counts.subarray(0, deepest + 1),
    (count, level) => ({ count, bytes: bytes[level] }),
  );
  return {
    levels,
    count: levels.reduce((sum, { count }) => sum + count, 0),
    bytes: levels.reduce((sum, level) => sum + level.bytes, 0),
  };
}
