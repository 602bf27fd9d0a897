/**
 * TREES: how large and how high the two red-black trees are, now and before.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { Snapshot, TreeShape } from "../../observe/snapshot.ts";
import {
  Box,
  BrailleChart,
  type Element,
  Text,
  type TextStyle,
} from "../../tui/mod.ts";
import { absentText } from "../absence.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { chainsText, NodeTrees } from "./node_trees.tsx";
import type { Heading } from "./rule.ts";

/** Heading of TREES. */
export const TREES_HEADING: Heading = [{
  start: [{ text: "TREES", bold: true }],
}];

const NAME_COLUMNS = 8;
const COUNT_COLUMNS = 8;
/** Columns from which on nothing has to be shortened. */
const WORDS_COLUMNS = 33;
/** Columns from which on there is room for a graph beside the trees of nodes. */
const GRAPH_COLUMNS = 58;

interface TreeProps {
  readonly name: string;
  readonly shape: TreeShape;
  /** What else there is to say of it; the longest that there is room for is said. */
  readonly more?: readonly string[];
  readonly values: readonly number[];
  readonly style: TextStyle;
  readonly columns: number;
  readonly chartRows: number;
}

/** Nodes and height in words; short where there are few columns. */
function shapeText({ nodes, height }: TreeShape, columns: number): string {
  const count = groupDigits(nodes).padStart(COUNT_COLUMNS);
  const word = columns < WORDS_COLUMNS ? "h" : " height";
  return `${count} nodes ${word} ${String(height).padStart(2)}`;
}

function Tree(props: TreeProps): Element {
  const { name, shape, more = [], values, style, columns, chartRows } = props;
  const words = shapeText(shape, columns);
  const fits = (text: string): boolean =>
    NAME_COLUMNS + words.length + text.length <= columns;
  return (
    <>
      <Box height={1}>
        <Text {...style} wrap="truncate">{name.padEnd(NAME_COLUMNS)}</Text>
        <Text wrap="truncate">{words + (more.find(fits) ?? "")}</Text>
      </Box>
      {chartRows > 0 && (
        <BrailleChart
          height={chartRows}
          flexGrow={0}
          above={{ values, color: style.color }}
        />
      )}
    </>
  );
}

/** KSM pages with equal bytes, where there are any; at length, and in short. */
function chainsTexts(snapshot: Snapshot): string[] {
  const text = chainsText(snapshot);
  if (text === "") return [];
  const dups = groupDigits(snapshot.counters.stableNodeDups);
  return [`  ${text}`, `  dups ${dups}`];
}

/** Props of {@linkcode Trees}. */
export interface TreesProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** Columns there are. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** A line a node; where there is room, beside them the history of all nodes together. */
function TreesOfNodes(props: TreesProps): Element {
  const { state, columns, rows, symbols } = props;
  const { styles } = symbols;
  const { snapshot, history: { values } } = state;
  const { nodeTrees = [] } = snapshot;
  return (
    <Box flexGrow={1} columnGap={3}>
      <NodeTrees
        snapshot={snapshot}
        trees={nodeTrees}
        rows={rows}
        symbols={symbols}
        withLeast={false}
      />
      {columns >= GRAPH_COLUMNS && (
        <Box flexDirection="column" flexGrow={1} flexBasis={0}>
          <Text dim wrap="truncate">all, unstable below</Text>
          <BrailleChart
            above={{ values: values.stableNodes, color: styles.stable.color }}
            below={{
              values: values.unstableNodes,
              color: styles.unstable.color,
            }}
          />
        </Box>
      )}
    </Box>
  );
}

/** Each tree in words; below its words, if there is room, the history of its size. Where each node has trees, a line a node instead. */
export function Trees(props: TreesProps): Element {
  const { state, columns, rows, symbols: { styles } } = props;
  const { snapshot, history } = state;
  const chartRows = Math.max(0, Math.floor((rows - 2) / 2));
  const { stableTree, unstableTree, nodeTrees = [] } = snapshot;
  if (nodeTrees.length > 1) {
    return <TreesOfNodes {...props} />;
  }
  if (!stableTree && !unstableTree) {
    return <Text dim>{absentText(state)}</Text>;
  }
  return (
    <Box flexDirection="column" flexGrow={1}>
      {stableTree && (
        <Tree
          name="stable"
          shape={stableTree}
          more={chainsTexts(snapshot)}
          values={history.values.stableNodes}
          style={styles.stable}
          columns={columns}
          chartRows={chartRows}
        />
      )}
      {unstableTree && (
        <Tree
          name="unstable"
          shape={unstableTree}
          values={history.values.unstableNodes}
          style={styles.unstable}
          columns={columns}
          chartRows={chartRows}
        />
      )}
    </Box>
  );
}
