/**
 * The zoomed MEMORY: the figures of now, and below them how they came about.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { Figure, History } from "../../observe/history.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import {
  Box,
  BrailleChart,
  type Element,
  Text,
  type TextStyle,
} from "../../tui/mod.ts";
import { gainText, timeText } from "../figures.ts";
import type { DashboardState } from "../state.ts";
import type { DashboardRole } from "../theme.ts";
import type { Symbols } from "../symbols.ts";
import { Band } from "./frame.tsx";
import { Memory, shownShares } from "./memory.tsx";
import { type Heading, Rule } from "./rule.ts";

/** A figure over time. */
interface Chart {
  readonly figure: Figure;
  readonly name: string;
  readonly role: DashboardRole;
  /** What it means, in few words. */
  readonly meaning: string;
}

const CHARTS: readonly Chart[] = [
  {
    figure: "pagesSharing",
    name: "sharing",
    role: "page-merged",
    meaning: "copies saved",
  },
  {
    figure: "profit",
    name: "profit",
    role: "page-shared",
    meaning: "saved less cost",
  },
  {
    figure: "pagesShared",
    name: "shared",
    role: "page-shared",
    meaning: "copies kept",
  },
  {
    figure: "pagesUnshared",
    name: "unshared",
    role: "page-unshared",
    meaning: "unchanged, without a twin",
  },
  {
    figure: "pagesVolatile",
    name: "volatile",
    role: "page-volatile",
    meaning: "changing, or not placed yet",
  },
];

/** Where KSM has put any pages of zeros. */
const ZERO_CHART: Chart = {
  figure: "zeroPages",
  name: "zero",
  role: "page-zero",
  meaning: "pages of zeros saved",
};

/** The charts of what there is to see. */
function chartsOf({ values }: History): readonly Chart[] {
  const hasZero = values.zeroPages.some((pages) => pages > 0);
  return hasZero ? [...CHARTS, ZERO_CHART] : CHARTS;
}

/** A value as it stands beside its chart: profit in bytes with its sign, all else in pages. */
function valueText({ figure }: Chart, value: number): string {
  return figure === "profit" ? gainText(value) : groupDigits(value);
}

/** What fits of the name, its meaning, the last value, and the least and the most. */
function titleText(
  chart: Chart,
  values: readonly number[],
  columns: number,
): string {
  const say = (value: number): string => valueText(chart, value);
  const now = `now ${say(values.at(-1) ?? 0)}`;
  const most = `most ${say(Math.max(...values))}`;
  const negative = Math.min(...values) < 0
    ? `  least ${say(Math.min(...values))}`
    : "";
  const figures = `${now}  ${most}${negative}`;
  const long = `${chart.name}: ${chart.meaning}`;
  const room = columns - figures.length - 2;
  const name = long.length <= room ? long : chart.name;
  return name.padEnd(Math.max(name.length, room)) + "  " + figures;
}

interface ChartProps {
  readonly chart: Chart;
  readonly values: readonly number[];
  readonly columns: number;
  readonly rows: number;
  readonly symbols: Symbols;
}

/** What hangs down from the middle: what was lost. */
function lossesOf(values: readonly number[], { color }: TextStyle) {
  if (!values.some((value) => value < 0)) return undefined;
  const most = Math.max(...values.map(Math.abs));
  const losses = values.map((value) => Math.max(0, -value));
  return { values: losses, max: most, color };
}

function FigureChart(props: ChartProps): Element {
  const { chart, values, columns, rows, symbols } = props;
  const style = symbols.styles[chart.role];
  const below = lossesOf(values, symbols.styles.loss);
  const most = below?.max ?? Math.max(0, ...values);
  const gains = values.map((value) => Math.max(0, value));
  return (
    <Box
      flexDirection="column"
      width={columns}
      height={rows}
      flexShrink={0}
      overflow="hidden"
    >
      <Box height={1} flexShrink={0}>
        <Text {...style} wrap="truncate">
          {titleText(chart, values, columns)}
        </Text>
      </Box>
      <BrailleChart
        above={{ values: gains, max: most, color: style.color }}
        below={below}
      />
    </Box>
  );
}

/** Columns from which on charts stand in two columns. */
const PAIRS_COLUMNS = 100;
const GAP_COLUMNS = 3;
/** Rows of a chart at least: its title, and dots. */
const CHART_ROWS = 2;
const CHART_ROWS_MAX = 9;

/** How many charts stand side by side. */
function chartsAcross(columns: number): number {
  return columns >= PAIRS_COLUMNS ? 2 : 1;
}

/** Columns of one of them. A column shows two readings. */
function chartColumns(columns: number): number {
  const across = chartsAcross(columns);
  return Math.floor((columns - GAP_COLUMNS * (across - 1)) / across);
}

interface ChartsProps {
  readonly history: History;
  readonly columns: number;
  readonly rows: number;
  readonly symbols: Symbols;
}

/** As many charts as there is room for, the most telling ones first. */
function Charts({ history, columns, rows, symbols }: ChartsProps): Element {
  const across = chartsAcross(columns);
  const wanted = chartsOf(history)
    .filter(({ figure }) => history.values[figure].length > 0);
  const lines = Math.min(
    Math.ceil(wanted.length / across),
    Math.floor(rows / CHART_ROWS),
  );
  const each = lines === 0
    ? 0
    : Math.min(CHART_ROWS_MAX, Math.floor(rows / lines));
  const width = chartColumns(columns);
  return (
    <Box flexDirection="column" height={rows} overflow="hidden">
      {Array.from(
        { length: lines },
        (_, line) => (
          <Box height={each} flexShrink={0} columnGap={GAP_COLUMNS}>
            {wanted.slice(line * across, (line + 1) * across).map((chart) => (
              <FigureChart
                chart={chart}
                values={history.values[chart.figure].slice(-2 * width)}
                columns={width}
                rows={each}
                symbols={symbols}
              />
            ))}
          </Box>
        ),
      )}
    </Box>
  );
}

/** Heading of the charts: from when to when they go. */
function historyHeading(history: History, columns: number): Heading {
  const name = { text: "HISTORY", bold: true };
  const millis = history.millis.slice(-2 * chartColumns(columns));
  const [first, last] = [millis.at(0), millis.at(-1)];
  if (first === undefined || last === undefined) return [{ start: [name] }];
  const span = `t=${timeText(first)} to ${timeText(last)}`;
  const words = { text: "  in pages, two batches a column" };
  return [
    { start: [name, words], end: [{ text: `${span}, now at the right` }] },
    { start: [name], end: [{ text: `${span}, now at the right` }] },
    { start: [name], end: [{ text: span }] },
    { start: [name] },
  ];
}

/** What else ksmd has counted. */
function countsText({ counters }: Snapshot): string {
  const { pagesScanned, pagesSkipped, fullScans } = counters;
  return [
    `full scans ${groupDigits(fullScans)}`,
    `scanned ${groupDigits(pagesScanned)}`,
    `skipped ${groupDigits(pagesSkipped)}`,
  ].join("   ");
}

/** Rows of the history at least: its heading and one chart. */
const HISTORY_ROWS = 1 + CHART_ROWS;

/** Props of {@linkcode MemoryDetail}. */
export interface MemoryDetailProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** Columns there are inside. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** The bars of now with their sum; below them the history, where there is room. */
export function MemoryDetail(props: MemoryDetailProps): Element {
  const { state: { snapshot, history }, columns, rows, symbols } = props;
  const states = shownShares(snapshot, symbols);
  // The states, an empty row, their sum, and what else was counted.
  const all = states + 3;
  const bars = rows - all >= HISTORY_ROWS ? all : Math.min(rows, states);
  const left = rows - bars;
  const sees = left >= HISTORY_ROWS;
  return (
    <>
      <Band height={sees ? bars : rows}>
        <Box height={Math.min(bars, states + 2)} flexShrink={0}>
          <Memory
            snapshot={snapshot}
            symbols={symbols}
            rows={bars === all ? states + 2 : bars}
          />
        </Box>
        {bars === all && <Text wrap="truncate">{countsText(snapshot)}</Text>}
      </Band>
      {sees && (
        <>
          <Rule edge="middle" headings={[historyHeading(history, columns)]} />
          <Band height={left - 1}>
            <Charts {...{ history, columns, symbols }} rows={left - 1} />
          </Band>
        </>
      )}
    </>
  );
}
