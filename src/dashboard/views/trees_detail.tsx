/**
 * The zoomed TREES: all trees and chains, and of the chosen one its top, its
 * levels and its history, or its dups.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { TreeDrawing, TreesDrawing } from "../../observe/detail.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import {
  Box,
  BrailleChart,
  type Element,
  Table,
  type TableColumn,
  Text,
  type TextStyle,
} from "../../tui/mod.ts";
import { absentText } from "../absence.ts";
import { chosenRow } from "../choice.ts";
import { rowsId } from "../mouse.ts";
import { type DashboardState, isRecording } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { type TreeKind, type TreeLine, treeLines } from "../tree_lines.ts";
import { ChainDetail, chainHeading, chainText } from "./chain_detail.tsx";
import { Band } from "./frame.tsx";
import { leastHeight } from "./node_trees.tsx";
import { type Heading, Rule } from "./rule.ts";
import { TreeCanvas } from "./tree_canvas.ts";
import { levelRows, levelsHeading, TreeLevels } from "./tree_levels.tsx";

/** What KSM pages stand behind the nodes of the stable trees. */
function pagesText({ counters }: Snapshot): string {
  const { pagesShared, pagesSharing, stableNodeChains, stableNodeDups } =
    counters;
  const sharers = pagesShared === 0 ? 0 : pagesSharing / pagesShared + 1;
  const chains = stableNodeChains === 0
    ? ""
    : `, chains ${groupDigits(stableNodeChains)} dups ${
      groupDigits(stableNodeDups)
    }`;
  return `${groupDigits(pagesShared)} KSM pages, mapped ${
    groupDigits(sharers, 1)
  } times each${chains}`;
}

/** Heading of the zoomed TREES. */
export function treesDetailHeading(snapshot: Snapshot): Heading {
  const start = [{ text: "TREES", bold: true }];
  return [{ start, end: [{ text: pagesText(snapshot) }] }, { start }];
}

/** What a line holds, in words. */
function holdsText(line: TreeLine): string {
  switch (line.kind) {
    case "stable":
      return "KSM pages, by their bytes";
    case "unstable":
      return "unchanged pages without a twin";
    case "chain":
      return chainText(line.chain);
  }
}

/** A column of a figure that only trees have. */
function shapeColumn(
  title: string,
  priority: number,
  minWidth: number,
  figure: (shape: { nodes: number; height: number }) => number,
): TableColumn<TreeLine> {
  return {
    title,
    cell: (line) =>
      line.kind === "chain" ? "" : groupDigits(figure(line.shape)),
    align: "right",
    priority,
    minWidth,
  };
}

function columnsFor({ styles }: Symbols): TableColumn<TreeLine>[] {
  return [
    {
      title: "tree",
      cell: ({ name }) => name,
      priority: 9,
      minWidth: 11,
      style: ({ kind }) => kind === "chain" ? {} : styles[kind],
    },
    shapeColumn("nodes", 8, 9, ({ nodes }) => nodes),
    shapeColumn("height", 7, 6, ({ height }) => height),
    shapeColumn("least", 3, 6, ({ nodes }) => leastHeight(nodes)),
    { title: "holds", cell: holdsText, priority: 2, minWidth: 20, grows: true },
  ];
}

interface ChartProps {
  readonly name: string;
  readonly values: readonly number[];
  readonly style: TextStyle;
  readonly columns: number;
}

/** The history of a size, as high as there is room. A column shows two readings. */
function Chart(props: ChartProps): Element {
  const { name, style, columns } = props;
  const values = props.values.slice(-2 * columns);
  const most = groupDigits(Math.max(0, ...values));
  const now = groupDigits(values.at(-1) ?? 0);
  return (
    <Box flexDirection="column" flexGrow={1} flexBasis={0} minHeight={2}>
      <Box height={1} flexShrink={0}>
        <Text {...style} wrap="truncate">
          {`${name} nodes, batch by batch  now ${now}  most ${most}`}
        </Text>
      </Box>
      <BrailleChart above={{ values, color: style.color }} />
    </Box>
  );
}

/** Both histories, for sources that show no more of trees. */
function Histories(
  { state, columns, symbols: { styles } }: Omit<TreesDetailProps, "rows">,
): Element {
  const { stableNodes, unstableNodes } = state.history.values;
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Chart
        name="stable"
        values={stableNodes}
        style={styles.stable}
        columns={columns}
      />
      <Chart
        name="unstable"
        values={unstableNodes}
        style={styles.unstable}
        columns={columns}
      />
    </Box>
  );
}

/** Heading of a drawn tree: how to read it. */
function drawingHeading(name: string): Heading {
  const start = [{ text: name, bold: true }];
  const colors = "B black  R red";
  const figures = "s sharers  d dups  n nodes from here down";
  return [
    { start, end: [{ text: `${colors}, then bytes  ${figures}` }] },
    { start, end: [{ text: `${colors}  ${figures}` }] },
    { start, end: [{ text: colors }] },
    { start },
  ];
}

/** Rows of the drawn top, the levels and the history, each with its heading but the first. */
interface TreeRows {
  readonly top: number;
  readonly levels: number;
  readonly history: number;
}

/** Rows of the drawn top at most: six levels and the lines between them. */
const TOP_ROWS_MAX = 11;
const LEVELS_ROWS_MIN = 4;
const HISTORY_ROWS_MIN = 3;

/** Divides the rows: first the top, then the levels; what both leave over is for the history. */
function treeRows(height: number, levels: number, rows: number): TreeRows {
  const wanted = Math.min(TOP_ROWS_MAX, Math.max(1, 2 * height - 1));
  const least = Math.min(levels, LEVELS_ROWS_MIN);
  const both = wanted + 1 + levels <= rows;
  const half = Math.max(3, Math.floor((rows - 1) / 2));
  const top = both ? wanted : Math.min(wanted, half, rows);
  const left = rows - top - 1;
  if (left < least) return { top: rows, levels: 0, history: 0 };
  const more = left - levels - 1;
  const history = more < HISTORY_ROWS_MIN ? 0 : more;
  return { top, levels: Math.min(levels, left), history };
}

interface TreeDetailProps {
  readonly state: DashboardState;
  readonly line: TreeLine & { readonly kind: TreeKind };
  readonly tree: TreeDrawing;
  readonly trees: TreesDrawing;
  readonly columns: number;
  readonly rows: number;
  readonly symbols: Symbols;
}

/** The drawn top of a tree, its levels, and its size over time. */
function TreeDetail(props: TreeDetailProps): Element {
  const { state, line, tree, trees, columns, rows, symbols } = props;
  const { depths, nodes, height, root } = tree;
  const compares = line.kind === "stable"
    ? trees.stableCompares
    : trees.unstableCompares;
  const style = symbols.styles[line.kind];
  const all = levelRows(depths, compares);
  const { top, levels, history } = treeRows(height, all, rows);
  const rest = rows - top - (levels > 0 ? 1 + levels : 0) -
    (history > 0 ? 1 + history : 0);
  const { stableNodes, unstableNodes } = state.history.values;
  const values = line.kind === "stable" ? stableNodes : unstableNodes;
  return (
    <>
      <Band height={top}>
        {root === undefined
          ? <Text dim>empty</Text>
          : <TreeCanvas root={root} symbols={symbols} />}
      </Band>
      {levels > 0 && (
        <>
          <Rule
            edge="middle"
            headings={[levelsHeading(nodes, height, compares, trees.visits)]}
          />
          <Band height={levels + (history > 0 ? 0 : rest)}>
            <TreeLevels
              {...{ depths, nodes, compares, style, columns, symbols }}
              visits={trees.visits}
              rows={levels}
            />
          </Band>
        </>
      )}
      {history > 0 && (
        <>
          <Rule
            edge="middle"
            headings={[[{ start: [{ text: "HISTORY", bold: true }] }]]}
          />
          <Band height={history + rest}>
            <Box height={history} flexDirection="column">
              <Chart
                name={`all ${line.kind}`}
                {...{ values, style, columns }}
              />
            </Box>
          </Band>
        </>
      )}
    </>
  );
}

/** Rows of the table: all lines and their titles; where that is more than a third, a third. */
function tableRows(lines: number, rows: number): number {
  return Math.min(1 + lines, Math.max(3, Math.floor(rows / 3)), rows);
}

/** Props of {@linkcode TreesDetail}. */
export interface TreesDetailProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** Columns there are inside. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** Heading of both histories; of a recording it says that there is no more. */
function historyHeading(state: DashboardState): Heading {
  const start = [{ text: "HISTORY", bold: true }];
  if (!isRecording(state)) return [{ start }];
  const text = `nodes, levels and chains: ${absentText(state)}`;
  return [{ start, end: [{ text }] }, { start: [{ text }] }];
}

/** What there is to see of the chosen line, below a heading. */
function LineDetail(
  props: TreesDetailProps & { readonly line: TreeLine },
): Element {
  const { state, line, columns, rows, symbols } = props;
  const trees = state.details.trees?.answer;
  if (line.kind === "chain") {
    const limit = trees?.maxPageSharing ?? 0;
    const { chain } = line;
    return (
      <>
        <Rule edge="middle" headings={[chainHeading(chain, limit)]} />
        <Band height={rows - 1}>
          <ChainDetail
            rows={rows - 1}
            {...{ chain, limit, columns, symbols }}
          />
        </Band>
      </>
    );
  }
  if (trees === undefined || line.drawing === undefined) {
    return (
      <>
        <Rule edge="middle" headings={[historyHeading(state)]} />
        <Band height={rows - 1}>
          <Histories {...{ state, columns, symbols }} />
        </Band>
      </>
    );
  }
  const tree = line.drawing;
  return (
    <>
      <Rule edge="middle" headings={[drawingHeading(line.name)]} />
      <TreeDetail
        {...{ state, line, tree, trees, columns, symbols }}
        rows={rows - 1}
      />
    </>
  );
}

/** Says that more chains are there than have lines; nothing where all have. */
function chainsNote(
  { counters: { stableNodeChains } }: Snapshot,
  lines: readonly TreeLine[],
): string | undefined {
  const listed = lines.filter(({ kind }) => kind === "chain").length;
  if (listed === 0 || stableNodeChains <= listed) return undefined;
  const all = groupDigits(stableNodeChains);
  return `listed: ${listed} of ${all} chains, those with the most sharers`;
}

/** The table of all trees and chains, and below it the chosen one. */
export function TreesDetail(props: TreesDetailProps): Element {
  const { state, columns, rows, symbols } = props;
  const lines = treeLines(state.snapshot, state.details.trees?.answer);
  const selected = chosenRow(state);
  const line = lines.at(selected);
  if (line === undefined) {
    return (
      <Band height={rows}>
        <Text dim>{absentText(state)}</Text>
      </Band>
    );
  }
  const note = chainsNote(state.snapshot, lines);
  const table = tableRows(lines.length + Number(note !== undefined), rows);
  const left = rows - table;
  return (
    <>
      <Band height={left > 1 ? table : rows}>
        <Table
          id={rowsId("trees")}
          flexGrow={1}
          columns={columnsFor(symbols)}
          rows={lines}
          gutter
          selected={selected}
        />
        {note !== undefined && (
          <Box height={1} flexShrink={0}>
            <Text dim wrap="truncate">{note}</Text>
          </Box>
        )}
      </Band>
      {left > 1 && (
        <LineDetail {...{ state, line, columns, symbols }} rows={left} />
      )}
    </>
  );
}
