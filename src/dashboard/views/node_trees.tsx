/**
 * The trees of each NUMA node, where nodes do not share theirs.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type {
  NodeTreesView,
  Snapshot,
  TreeShape,
} from "../../observe/snapshot.ts";
import {
  Box,
  type Element,
  Table,
  type TableColumn,
  Text,
  type TextStyle,
} from "../../tui/mod.ts";
import type { Symbols } from "../symbols.ts";

/** How many chains and dups there are; empty where there are none. */
export function chainsText({ counters }: Snapshot): string {
  const { stableNodeChains, stableNodeDups } = counters;
  if (stableNodeChains === 0) return "";
  const chains = groupDigits(stableNodeChains);
  return `chains ${chains} dups ${groupDigits(stableNodeDups)}`;
}

/** Levels that a red-black tree of so many nodes has at least. */
export function leastHeight(nodes: number): number {
  return Math.ceil(Math.log2(nodes + 1));
}

/** The columns of one tree; its height goes before its nodes. */
function treeColumns(
  name: string,
  style: TextStyle,
  withLeast: boolean,
  shape: (trees: NodeTreesView) => TreeShape,
): TableColumn<NodeTreesView>[] {
  const least: TableColumn<NodeTreesView> = {
    title: "least",
    cell: (trees) => String(leastHeight(shape(trees).nodes)),
    align: "right",
  };
  return [
    {
      title: name,
      cell: (trees) => groupDigits(shape(trees).nodes),
      align: "right",
      priority: 5,
      minWidth: 7,
      style: () => style,
    },
    {
      title: withLeast ? "height" : "h",
      cell: (trees) => String(shape(trees).height),
      align: "right",
      priority: 2,
      minWidth: 2,
    },
    ...(withLeast ? [least] : []),
  ];
}

function columnsFor(
  withLeast: boolean,
  { styles }: Symbols,
): TableColumn<NodeTreesView>[] {
  const columns = (
    name: string,
    style: TextStyle,
    shape: (trees: NodeTreesView) => TreeShape,
  ) => treeColumns(name, style, withLeast, shape);
  return [
    { title: "node", cell: ({ nid }) => String(nid), priority: 9 },
    ...columns("stable", styles.stable, ({ stableTree }) => stableTree),
    ...columns("unstable", styles.unstable, ({ unstableTree }) => unstableTree),
  ];
}

/** Props of {@linkcode NodeTrees}. */
export interface NodeTreesProps {
  /** What is to be seen. */
  readonly snapshot: Snapshot;
  /** The trees, one pair a node. */
  readonly trees: readonly NodeTreesView[];
  /** Rows there are. */
  readonly rows: number;
  /** Whether to say beside each height what it could be at least. */
  readonly withLeast: boolean;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** A line a node: nodes of its trees, and their heights; below, the chains if there is room. */
export function NodeTrees(props: NodeTreesProps): Element {
  const { snapshot, trees, rows, withLeast, symbols } = props;
  const chains = chainsText(snapshot);
  return (
    <Box flexDirection="column">
      <Table columns={columnsFor(withLeast, symbols)} rows={trees} />
      {rows > 1 + trees.length && chains !== "" && (
        <Text wrap="truncate">{chains}</Text>
      )}
    </Box>
  );
}
