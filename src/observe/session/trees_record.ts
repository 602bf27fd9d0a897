/**
 * Drawn trees as they stand in a session.
 *
 * @module
 */
import type {
  ChainView,
  ComparesView,
  TreeDrawing,
  TreeNodeView,
  TreesDrawing,
} from "../detail.ts";
import {
  checked,
  type Codec,
  listOf,
  matching,
  object,
  optional,
  recordOf,
  ShapeError,
  whole,
} from "./codec.ts";
import {
  chainIn,
  CONTENT_TEXT,
  DUP_TEXT,
  NODE_TEXT,
  parseContent,
  parseDup,
  parseNode,
  printContent,
  printDup,
  printNode,
} from "./tree_text.ts";

/** Levels of each tree that are recorded. */
export const RECORDED_LEVELS = 6;

/** One tree. */
export interface TreeRecord {
  /** NUMA node that it is of. */
  readonly nid: number;
  /** Nodes in it. */
  readonly nodes: number;
  /** Levels. */
  readonly height: number;
  /** Nodes on each level. */
  readonly depths: readonly number[];
  /** The top: `"1"` is the root, and below node `"n"` stand `"2n"` and `"2n+1"`. */
  readonly top: Readonly<Record<string, string>>;
}

/** One chain. */
export interface ChainRecord {
  /** NUMA node of its tree. */
  readonly nid: number;
  /** Number of its node. */
  readonly node: number;
  /** The first of its KSM pages. */
  readonly dups: readonly { readonly page: string }[];
  /** How many there are. */
  readonly dupCount: number;
  /** Sharers of all of them together. */
  readonly sharers: number;
  /** Their bytes. */
  readonly content: string;
}

/** All trees. */
export interface TreesRecord {
  /** Stable trees. */
  readonly stable: readonly TreeRecord[];
  /** Unstable trees. */
  readonly unstable: readonly TreeRecord[];
  /** Compares and bytes in searches of the stable trees, level by level; missing where they are not counted. */
  readonly stableCompares?: readonly number[];
  /** The same of the unstable trees. */
  readonly unstableCompares?: readonly number[];
  /** Visits since the start. */
  readonly visits: number;
  /** Chains that are listed, and behind them others that stand in the top of a tree. */
  readonly chains: readonly ChainRecord[];
  /** How many of them are listed. */
  readonly listed: number;
  /** Chains in all. */
  readonly chainCount: number;
  /** `max_page_sharing`. */
  readonly maxPageSharing: number;
}

function topOf(
  node: TreeNodeView | undefined,
  place = 1,
): [string, TreeNodeView][] {
  if (node === undefined) return [];
  return [
    [String(place), node],
    ...topOf(node.left, 2 * place),
    ...topOf(node.right, 2 * place + 1),
  ];
}

function treeRecord({ root, ...tree }: TreeDrawing): TreeRecord {
  const top = topOf(root).map(([place, node]) => [place, printNode(node)]);
  return { ...tree, top: Object.fromEntries(top) };
}

function comparesRecord({ levels }: ComparesView): number[] {
  return levels.flatMap(({ count, bytes }) => [count, bytes]);
}

function chainRecord({ dups, content, ...chain }: ChainView): ChainRecord {
  return {
    ...chain,
    dups: dups.map((dup) => ({ page: printDup(dup) })),
    content: printContent(content),
  };
}

/** Chains in the top of a tree that are not among those listed. */
function unlisted({ stable, chains }: TreesDrawing): ChainView[] {
  return stable.flatMap(({ nid, root }) =>
    topOf(root).flatMap(([_, { id, entry }]) => {
      if (entry.kind !== "chain") return [];
      if (chains.some(({ node }) => node === id)) return [];
      const { kind: _kind, ...chain } = entry;
      return [{ nid, node: id, ...chain }];
    })
  );
}

/** What is written of drawn trees. */
export function treesRecord(trees: TreesDrawing): TreesRecord {
  const { stableCompares, unstableCompares, chains, ...rest } = trees;
  return {
    ...rest,
    stable: trees.stable.map(treeRecord),
    unstable: trees.unstable.map(treeRecord),
    ...(stableCompares && { stableCompares: comparesRecord(stableCompares) }),
    ...(unstableCompares && {
      unstableCompares: comparesRecord(unstableCompares),
    }),
    chains: [...chains, ...unlisted(trees)].map(chainRecord),
    listed: chains.length,
  };
}

function drawingOf(
  { top, ...tree }: TreeRecord,
  levels: number,
  chainOf: (node: number) => ChainView,
): TreeDrawing {
  const nodeAt = (place: number, level: number): TreeNodeView | undefined => {
    const text = level < levels ? top[String(place)] : undefined;
    if (text === undefined) return undefined;
    const left = nodeAt(2 * place, level + 1);
    const right = nodeAt(2 * place + 1, level + 1);
    const below = { ...(left && { left }), ...(right && { right }) };
    return parseNode(text, below, chainOf);
  };
  const root = nodeAt(1, 0);
  return { ...tree, ...(root && { root }) };
}

function comparesOf(record: readonly number[]): ComparesView {
  const levels = record.flatMap((count, i) =>
    i % 2 === 0 ? [{ count, bytes: record[i + 1] }] : []
  );
  return {
    levels,
    count: levels.reduce((sum, { count }) => sum + count, 0),
    bytes: levels.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function chainOf({ dups, content, ...chain }: ChainRecord): ChainView {
  return {
    ...chain,
    dups: dups.map(({ page }) => parseDup(page)),
    ...parseContent(content),
  };
}

/** The trees that were recorded, with so many levels of each at most. */
export function treesOf(record: TreesRecord, levels: number): TreesDrawing {
  const { listed, stableCompares, unstableCompares, ...rest } = record;
  const chains = record.chains.map(chainOf);
  const byNode = new Map(chains.map((chain) => [chain.node, chain]));
  const chainAt = (node: number): ChainView => {
    const chain = byNode.get(node);
    if (chain === undefined) throw new Error(`no chain ${node} in a session`);
    return chain;
  };
  return {
    ...rest,
    stable: record.stable.map((tree) => drawingOf(tree, levels, chainAt)),
    unstable: record.unstable.map((tree) => drawingOf(tree, levels, chainAt)),
    ...(stableCompares && { stableCompares: comparesOf(stableCompares) }),
    ...(unstableCompares && { unstableCompares: comparesOf(unstableCompares) }),
    chains: chains.slice(0, listed),
  };
}

const count = whole();

/** Places in the top of a tree: each but the root below another one. */
function checkTop(top: Readonly<Record<string, string>>, path: string): void {
  for (const name of Object.keys(top)) {
    const place = Number(name);
    const isPlace = String(place) === name && Number.isInteger(place) &&
      place >= 1 && place < 2 ** RECORDED_LEVELS;
    if (!isPlace) {
      throw new ShapeError(
        `${path}.${name}`,
        `is no place: places are 1 to ${2 ** RECORDED_LEVELS - 1}`,
      );
    }
    const above = String(place >> 1);
    if (place > 1 && !Object.hasOwn(top, above)) {
      throw new ShapeError(`${path}.${name}`, `stands below no node ${above}`);
    }
  }
}

const tree = object<TreeRecord>({
  nid: count,
  nodes: count,
  height: count,
  depths: listOf(count),
  top: checked(
    recordOf(
      matching('a node such as "B12 7 3 ? vm-a/ram+12"', NODE_TEXT),
    ),
    checkTop,
  ),
});

const chain = object<ChainRecord>({
  nid: count,
  node: count,
  dups: listOf(
    object<{ readonly page: string }>({
      page: matching(
        'a KSM page such as "93 812 5 5 vm-a/ram+12"',
        DUP_TEXT,
      ),
    }),
  ),
  dupCount: count,
  sharers: count,
  content: matching(
    "two times 8 bytes and a checksum, or ?",
    CONTENT_TEXT,
  ),
});

const compares = checked(listOf(count), (levels, path) => {
  if (levels.length % 2 !== 0) {
    throw new ShapeError(path, "must have two numbers a level");
  }
});

/** Each chain in the top of a tree is told of. */
function checkChains({ stable, unstable, chains }: TreesRecord, path: string) {
  const known = new Set(chains.map(({ node }) => node));
  for (const { top } of [...stable, ...unstable]) {
    for (const text of Object.values(top)) {
      const node = chainIn(text);
      if (node !== undefined && !known.has(node)) {
        throw new ShapeError(`${path}.chains`, `must tell of chain ${node}`);
      }
    }
  }
}

/** Between drawn trees and JSON. */
export const TREES: Codec<TreesRecord> = checked(
  object<TreesRecord>({
    stable: listOf(tree),
    unstable: listOf(tree),
    stableCompares: optional(compares),
    unstableCompares: optional(compares),
    visits: count,
    chains: listOf(chain),
    listed: count,
    chainCount: count,
    maxPageSharing: count,
  }),
  checkChains,
);
