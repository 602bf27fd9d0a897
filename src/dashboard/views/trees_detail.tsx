/**
 * The zoomed TREES: each tree with its height and the least that it could be,
 * chains, and the history of both sizes.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { NodeTreesView, Snapshot } from "../../observe/snapshot.ts";
import {
  Box,
  BrailleChart,
  type Color,
  type Element,
  Text,
} from "../../tui/mod.ts";
import type { DashboardState } from "../state.ts";
import { NodeTrees } from "./node_trees.tsx";

/** The trees of each node; where there is one pair of them, as those of node 0. */
function treesOf(snapshot: Snapshot): readonly NodeTreesView[] {
  const { stableTree, unstableTree, nodeTrees } = snapshot;
  if (nodeTrees !== undefined) return nodeTrees;
  if (stableTree === undefined || unstableTree === undefined) return [];
  return [{ nid: 0, stableTree, unstableTree }];
}

/** What KSM pages stand behind the nodes of the stable tree. */
function pagesText({ counters }: Snapshot): string {
  const { pagesShared, pagesSharing, stableNodeDups } = counters;
  const sharers = pagesShared === 0 ? 0 : pagesSharing / pagesShared + 1;
  const dups = stableNodeDups === 0
    ? ""
    : `, ${groupDigits(stableNodeDups)} of them dups in chains`;
  return `${groupDigits(pagesShared)} KSM pages${dups}, mapped ${
    groupDigits(sharers, 1)
  } times each on average`;
}

interface ChartProps {
  readonly name: string;
  readonly values: readonly number[];
  readonly color: Color;
}

/** The history of a size, as high as there is room. */
function Chart({ name, values, color }: ChartProps): Element {
  const most = groupDigits(Math.max(0, ...values));
  return (
    <Box flexDirection="column" flexGrow={1} flexBasis={0} minHeight={2}>
      <Box height={1} flexShrink={0}>
        <Text color={color} wrap="truncate">
          {`${name} nodes, batch by batch; at most ${most}`}
        </Text>
      </Box>
      <BrailleChart above={{ values, color }} />
    </Box>
  );
}

/** Props of {@linkcode TreesDetail}. */
export interface TreesDetailProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** Rows there are. */
  readonly rows: number;
}

/** The table of all trees, what stands behind them, and two graphs where there is room. */
export function TreesDetail({ state, rows }: TreesDetailProps): Element {
  const { snapshot, history: { values } } = state;
  const trees = treesOf(snapshot);
  if (trees.length === 0) return <Text dim>not to be seen from here</Text>;
  const table = Math.min(2 + trees.length, rows);
  const charts = rows - table - 2 >= 4;
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      <Box height={table} flexShrink={0}>
        <NodeTrees snapshot={snapshot} trees={trees} rows={table} withLeast />
      </Box>
      {rows > table && <Text wrap="truncate">{pagesText(snapshot)}</Text>}
      {charts && (
        <Box flexDirection="column" flexGrow={1} marginTop={1}>
          <Chart name="stable" values={values.stableNodes} color="green" />
          <Chart
            name="unstable"
            values={values.unstableNodes}
            color="yellow"
          />
        </Box>
      )}
    </Box>
  );
}
