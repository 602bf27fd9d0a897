/**
 * What a tree looks like level by level: its nodes, and what searches compared
 * there.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { ComparesView, LevelCompares } from "../../observe/detail.ts";
import {
  Box,
  type Color,
  type Element,
  Gauge,
  Histogram,
  Text,
  type TextStyle,
} from "../../tui/mod.ts";
import type { Symbols } from "../symbols.ts";
import { leastHeight } from "./node_trees.tsx";
import type { Heading } from "./rule.ts";

/** One level. */
interface Level {
  readonly nodes: number;
  readonly compares: LevelCompares;
}

function levelsOf(
  depths: readonly number[],
  compares: ComparesView | undefined,
): Level[] {
  const levels = compares?.levels ?? [];
  const count = Math.max(depths.length, levels.length);
  return Array.from({ length: count }, (_, level) => ({
    nodes: depths.at(level) ?? 0,
    compares: levels.at(level) ?? { count: 0, bytes: 0 },
  }));
}

/** Rows that all levels take, with their titles. */
export function levelRows(
  depths: readonly number[],
  compares: ComparesView | undefined,
): number {
  return 1 + levelsOf(depths, compares).length;
}

/** Bytes a visit, with a decimal, since most visits compare little on one level. */
function aVisit(bytes: number, visits: number): string {
  return groupDigits(visits === 0 ? 0 : bytes / visits, 1);
}

/** Heading of the levels: how many there are and have to be, and what a visit compares on all of them. */
export function levelsHeading(
  nodes: number,
  height: number,
  compares: ComparesView | undefined,
  visits: number,
): Heading {
  const name = { text: "LEVELS", bold: true };
  const least = leastHeight(nodes);
  const shape = { text: `  ${height} high, at least ${least}` };
  if (compares === undefined) {
    return [{ start: [name, shape] }, { start: [name] }];
  }
  const bytes = `${aVisit(compares.bytes, visits)} bytes compared a visit`;
  const of = `${bytes}, ${groupDigits(compares.count)} compares in ${
    groupDigits(visits)
  } visits`;
  return [
    { start: [name, shape], end: [{ text: of }] },
    { start: [name, shape], end: [{ text: bytes }] },
    { start: [name, shape] },
    { start: [name] },
  ];
}

const LEVEL_COLUMNS = 5;
const MARK_COLUMNS = 6;
const NODES_COLUMNS = 9;
const COMPARES_COLUMNS = 11;
const BYTES_COLUMNS = 14;
const VISIT_COLUMNS = 10;
/** Columns from which on compares stand there too, with a bar of bytes. */
const BARS_COLUMNS = 70;
/** Columns from which on bytes do so as well. */
const BYTES_TOO_COLUMNS = 90;

/** What stands to the right of the bar of nodes. */
interface Parts {
  readonly visit: boolean;
  readonly count: boolean;
  readonly bytes: boolean;
  readonly bar: boolean;
}

function partsFor(compares: ComparesView | undefined, columns: number): Parts {
  const visit = compares !== undefined;
  const bar = visit && columns >= BARS_COLUMNS;
  return { visit, count: bar, bytes: bar && columns >= BYTES_TOO_COLUMNS, bar };
}

/** The figures to the right of the bar of nodes. */
function comparesText(
  parts: Parts,
  count: string,
  bytes: string,
  visit: string,
): string {
  return (parts.count ? count.padStart(COMPARES_COLUMNS) : "") +
    (parts.bytes ? bytes.padStart(BYTES_COLUMNS) : "") +
    (parts.visit ? visit.padStart(VISIT_COLUMNS) : "");
}

/** The titles over the figures. */
function Titles({ parts }: { readonly parts: Parts }): Element {
  const left = "level".padEnd(LEVEL_COLUMNS + MARK_COLUMNS) +
    "nodes".padStart(NODES_COLUMNS) + " ";
  return (
    <Box height={1} flexShrink={0}>
      <Box flexGrow={1} flexBasis={0}>
        <Text dim wrap="truncate">{left}</Text>
      </Box>
      <Box flexShrink={0}>
        <Text dim wrap="truncate">
          {comparesText(parts, "compares", "bytes", "a visit") + " "}
        </Text>
      </Box>
      {parts.bar && <Box flexGrow={1} flexBasis={0} />}
    </Box>
  );
}

/** Figures as bars that stand side by side over the last digits of their levels, but for a mark at the least height of the tree. */
function Bars(
  { title, values, least, mark, color }: {
    readonly title: string;
    readonly values: readonly number[];
    readonly least: number;
    readonly mark: string;
    readonly color: Color | undefined;
  },
): Element {
  const bins = values.map((value, index) => {
    const level = index + 1;
    return { label: level === least ? mark : String(level % 10), value };
  });
  return (
    <Box flexDirection="column" flexGrow={1} flexBasis={0} overflow="hidden">
      <Box height={1} flexShrink={0}>
        <Text dim wrap="truncate">{title}</Text>
      </Box>
      <Histogram bins={bins} color={color} bars="columns" />
    </Box>
  );
}

/** All levels side by side, for where there is no row for each. */
function DenseLevels(props: TreeLevelsProps): Element {
  const { depths, nodes, compares, visits, rows } = props;
  const { style: { color }, symbols: { styles, least: mark } } = props;
  const levels = levelsOf(depths, compares);
  const values = levels.map((level) => level.nodes);
  const bytes = levels.map((one) => one.compares.bytes);
  const most = groupDigits(Math.max(0, ...values));
  const mostBytes = aVisit(Math.max(0, ...bytes), visits);
  const least = leastHeight(nodes);
  return (
    <Box height={rows} columnGap={3} overflow="hidden">
      <Bars
        title={`nodes, most ${most}, ${mark} least`}
        {...{ values, least, mark, color }}
      />
      {compares !== undefined && (
        <Bars
          title={`bytes a visit, most ${mostBytes}`}
          values={bytes}
          least={least}
          mark={mark}
          color={styles["page-shared"].color}
        />
      )}
    </Box>
  );
}

/** Props of {@linkcode TreeLevels}. */
export interface TreeLevelsProps {
  /** Nodes on each level of the tree. */
  readonly depths: readonly number[];
  /** Nodes of the tree. */
  readonly nodes: number;
  /** What was compared in all trees of its kind; missing where that is not known. */
  readonly compares: ComparesView | undefined;
  /** Visits since the start. */
  readonly visits: number;
  /** How its bars look. */
  readonly style: TextStyle;
  /** What to draw with. */
  readonly symbols: Symbols;
  /** Columns there are. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
}

/** A line a level: nodes with a bar, the least height marked, compares, bytes, and bytes a visit with a bar; bars alone where there are not so many rows. */
export function TreeLevels(props: TreeLevelsProps): Element {
  const { depths, nodes, compares, visits, columns, rows } = props;
  const { style, symbols: { styles } } = props;
  const levels = levelsOf(depths, compares);
  const parts = partsFor(compares, columns);
  if (1 + levels.length > rows) return <DenseLevels {...props} />;
  const most = Math.max(1, ...levels.map((level) => level.nodes));
  const mostBytes = Math.max(1, ...levels.map((one) => one.compares.bytes));
  const least = leastHeight(nodes);
  const line = (level: Level, index: number): Element => {
    const mark = index + 1 === least ? "least" : "";
    const number = String(index + 1).padStart(LEVEL_COLUMNS);
    const count = groupDigits(level.nodes).padStart(NODES_COLUMNS);
    const { count: times, bytes } = level.compares;
    const figures = comparesText(
      parts,
      groupDigits(times),
      groupDigits(bytes),
      aVisit(bytes, visits),
    );
    return (
      <Box height={1} flexShrink={0}>
        <Box flexGrow={1} flexBasis={0}>
          <Box flexShrink={0}>
            <Text>{`${number} ${mark.padEnd(MARK_COLUMNS - 1)}${count} `}</Text>
          </Box>
          <Gauge value={level.nodes / most} color={style.color} />
        </Box>
        <Box flexShrink={0}>
          <Text>{`${figures} `}</Text>
        </Box>
        {parts.bar && (
          <Box flexGrow={1} flexBasis={0}>
            <Gauge
              value={bytes / mostBytes}
              color={styles["page-shared"].color}
            />
          </Box>
        )}
      </Box>
    );
  };
  return (
    <Box flexDirection="column" height={rows} overflow="hidden">
      <Titles parts={parts} />
      {levels.map(line)}
    </Box>
  );
}
