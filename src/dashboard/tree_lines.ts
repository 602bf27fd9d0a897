/**
 * The lines of the zoomed TREES: each tree, and each chain of equal KSM pages.
 *
 * @module
 */
import type {
  ChainView,
  TreeDrawing,
  TreesDrawing,
} from "../observe/detail.ts";
import type {
  NodeTreesView,
  Snapshot,
  TreeShape,
} from "../observe/snapshot.ts";

/** The two kinds of trees. */
export type TreeKind = "stable" | "unstable";

/** One line. */
export type TreeLine =
  /** A tree. */
  | {
    readonly kind: TreeKind;
    /** What it is called. */
    readonly name: string;
    /** Its size: as it is drawn, or, before that, in the snapshot. */
    readonly shape: TreeShape;
    /** What it looks like; missing before it is known. */
    readonly drawing: TreeDrawing | undefined;
  }
  /** A chain. */
  | {
    readonly kind: "chain";
    /** What it is called. */
    readonly name: string;
    /** The chain. */
    readonly chain: ChainView;
  };

/** The trees of each node; where there is one pair of them, as those of node 0. */
export function nodeTreesOf(snapshot: Snapshot): readonly NodeTreesView[] {
  const { stableTree, unstableTree, nodeTrees } = snapshot;
  if (nodeTrees !== undefined) return nodeTrees;
  if (stableTree === undefined || unstableTree === undefined) return [];
  return [{ nid: 0, stableTree, unstableTree }];
}

/** The trees of each node, and below them the chains with the most sharers. */
export function treeLines(
  snapshot: Snapshot,
  drawing: TreesDrawing | undefined,
): TreeLine[] {
  const nodes = nodeTreesOf(snapshot);
  const trees = nodes.flatMap(({ nid, stableTree, unstableTree }) => {
    const line = (kind: TreeKind, shape: TreeShape): TreeLine => {
      const drawn = drawing?.[kind].find((one) => one.nid === nid);
      return {
        kind,
        name: nodes.length > 1 ? `${kind} ${nid}` : kind,
        shape: drawn ?? shape,
        drawing: drawn,
      };
    };
    return [line("stable", stableTree), line("unstable", unstableTree)];
  });
  const chains = (drawing?.chains ?? []).map((chain): TreeLine => ({
    kind: "chain",
    name: `chain ${chain.node}`,
    chain,
  }));
  return [...trees, ...chains];
}
