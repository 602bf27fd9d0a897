/**
 * The trees of KSM, drawn: their top levels node by node, and what they look like
 * below.
 *
 * @module
 */
import type { PagePlace } from "./page_place.ts";

/** A node of a stable or an unstable tree. */
export interface TreeNodeView {
  /** Number of the stable node or rmap item. */
  readonly id: number;
  /** Its colour in the red-black tree. */
  readonly isRed: boolean;
  /** Nodes of the subtree that begins here, this one included. */
  readonly size: number;
  /** Levels of that subtree. */
  readonly height: number;
  /** What it stands for. */
  readonly entry: TreeEntryView;
  /** The subtree of pages with smaller bytes; missing where there is none, or it is not drawn. */
  readonly left?: TreeNodeView;
  /** The subtree of pages with greater bytes; likewise. */
  readonly right?: TreeNodeView;
}

/** The bytes of a page, as far as a picture has room for them. */
export interface ContentView {
  /** The first 8 bytes, by which the tree is ordered first, as 16 hexadecimal digits. */
  readonly lead: string;
  /** The last 8 bytes, likewise. */
  readonly tail: string;
  /** The checksum that ksmd compares. */
  readonly checksum: number;
}

/** One KSM page. */
export interface KsmPageView {
  /** Number of its stable node. */
  readonly node: number;
  /** Its frame number. */
  readonly frame: number;
  /** rmap items on it: those that share it, the first one included. */
  readonly sharers: number;
  /** Page table entries that map it; more than `sharers` after a fork, less after writes that ksmd has not noticed. */
  readonly mappings: number;
  /** Whether the page is gone, and ksmd has not noticed. */
  readonly isStale: boolean;
  /** One place that maps it, if any is counted. */
  readonly sharer?: PagePlace;
}

/** What a node of a tree stands for. */
export type TreeEntryView =
  /** A KSM page. */
  | {
    readonly kind: "page";
    /** The page. */
    readonly page: KsmPageView;
    /** Its bytes; missing when it is gone. */
    readonly content?: ContentView;
  }
  /** Several KSM pages with equal bytes. */
  | {
    readonly kind: "chain";
    /** The first of them, in the order of the chain's list. */
    readonly dups: readonly KsmPageView[];
    /** How many there are. */
    readonly dupCount: number;
    /** Sharers of all of them together. */
    readonly sharers: number;
    /** Their bytes; missing when all are gone. */
    readonly content?: ContentView;
  }
  /** An unchanged page without a twin. */
  | {
    readonly kind: "item";
    /** Where it is. */
    readonly place: PagePlace;
    /** What it holds now, which need not be what it held when it came; missing when it maps no page any more. */
    readonly content?: ContentView;
  };

/** What searches compared on one level of the trees of a kind, since the start. */
export interface LevelCompares {
  /** Compares. */
  readonly count: number;
  /** Bytes of each page that they looked at. */
  readonly bytes: number;
}

/** One tree. */
export interface TreeDrawing {
  /** NUMA node that it is of. */
  readonly nid: number;
  /** Nodes in it. */
  readonly nodes: number;
  /** Levels; 0 when empty. */
  readonly height: number;
  /** Nodes on each level, the root's first. */
  readonly depths: readonly number[];
  /** The top levels; missing when it is empty. */
  readonly root?: TreeNodeView;
}

/** What ksmd compared in all trees of a kind, on all NUMA nodes together. */
export interface ComparesView {
  /** Level by level, the root's first, down to the deepest on which anything was compared. */
  readonly levels: readonly LevelCompares[];
  /** Compares in all. */
  readonly count: number;
  /** Bytes of each page that they looked at. */
  readonly bytes: number;
}

/** A chain of equal KSM pages, wherever it stands in its tree. */
export interface ChainView {
  /** NUMA node of its tree. */
  readonly nid: number;
  /** Its place in the tree: number of the node. */
  readonly node: number;
  /** The first of its KSM pages, in the order of its list. */
  readonly dups: readonly KsmPageView[];
  /** How many there are. */
  readonly dupCount: number;
  /** Sharers of all of them together. */
  readonly sharers: number;
  /** Their bytes; missing when all are gone. */
  readonly content?: ContentView;
}

/** All trees in use, and what was compared in them. */
export interface TreesDrawing {
  /** The trees of KSM pages, that of NUMA node 0 first. */
  readonly stable: readonly TreeDrawing[];
  /** The trees of unchanged pages without a twin, likewise. */
  readonly unstable: readonly TreeDrawing[];
  /** Compares in searches of the stable trees; missing where they are not counted, as in a machine without a clock. */
  readonly stableCompares?: ComparesView;
  /** Compares in searches of the unstable trees; likewise. */
  readonly unstableCompares?: ComparesView;
  /** Visits since the start, among which the compares are divided. */
  readonly visits: number;
  /** Chains with the most sharers, a bounded number. */
  readonly chains: readonly ChainView[];
  /** Chains in all. */
  readonly chainCount: number;
  /** `max_page_sharing`. */
  readonly maxPageSharing: number;
}
