/**
 * PACE of the zoomed KSMD: how fast it goes, how it is set, and the history of
 * the processor time that it takes.
 *
 * @module
 */
import type { History } from "../../observe/history.ts";
import {
  Box,
  BrailleChart,
  type Element,
  Sparkline,
  Text,
} from "../../tui/mod.ts";
import { cpuHistory, cpuText, type PaceLine, paceLines } from "../ksmd_pace.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { FitLine } from "./fit_line.tsx";
import type { Heading } from "./rule.ts";

/** Columns from which on the history stands beside the lines. */
const WIDE_COLUMNS = 100;
/** Columns of the lines beside it. */
const LINES_COLUMNS = 68;
const NAME_COLUMNS = 12;

/** Heading of PACE. */
export const PACE_HEADING: Heading = [{
  start: [{ text: "PACE", bold: true }],
}];

/** Props of {@linkcode KsmdPace}. */
export interface KsmdPaceProps {
  /** The dashboard's state. */
  readonly state: Pick<DashboardState, "snapshot" | "history">;
  /** Columns there are. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** Rows that PACE asks for: its lines, and the history where that has a row of its own. */
export function paceRows(
  { snapshot, history }: KsmdPaceProps["state"],
  columns: number,
): number {
  const own = columns < WIDE_COLUMNS && cpuHistory(history).length > 0;
  return paceLines(snapshot, history).length + Number(own);
}

function lineElement({ name, texts }: PaceLine): Element {
  return (
    <Box height={1} flexShrink={0}>
      <Box width={NAME_COLUMNS} flexShrink={0}>
        <Text dim>{name}</Text>
      </Box>
      <Box flexGrow={1} flexBasis={0} overflow="hidden">
        <FitLine texts={texts} />
      </Box>
    </Box>
  );
}

/** Columns of what the history goes up to, and the gap before it. */
const MOST_COLUMNS = 17;
const GAP_COLUMNS = 3;

/** The part of the history that is shown: two readings a column of the chart, one of the row. */
function shownParts(
  history: History,
  columns: number,
): readonly number[] {
  const count = columns >= WIDE_COLUMNS
    ? 2 * (columns - LINES_COLUMNS - GAP_COLUMNS)
    : columns - NAME_COLUMNS - MOST_COLUMNS;
  return cpuHistory(history).slice(-Math.max(1, count));
}

/** What the history goes up to. */
function mostText(parts: readonly number[]): string {
  return `most ${cpuText(Math.max(0, ...parts))}`;
}

/** The lines; beside them, or where there is no room on a row below, the history. */
export function KsmdPace(props: KsmdPaceProps): Element {
  const { state: { snapshot, history }, columns, rows, symbols } = props;
  const { color } = symbols.styles.progress;
  const lines = paceLines(snapshot, history);
  const parts = shownParts(history, columns);
  const wide = columns >= WIDE_COLUMNS;
  const chart = (
    <Box flexDirection="column" flexGrow={1} flexBasis={0} height={rows}>
      <Text dim wrap="truncate">
        {`cpu, two batches a column, ${mostText(parts)}`}
      </Text>
      <BrailleChart above={{ values: parts, color }} />
    </Box>
  );
  const row = (
    <Box height={1} flexShrink={0}>
      <Text dim>{"cpu".padEnd(NAME_COLUMNS)}</Text>
      <Sparkline flexGrow={1} values={parts} color={color} />
      <Box flexShrink={0}>
        <Text dim>{mostText(parts).padStart(MOST_COLUMNS)}</Text>
      </Box>
    </Box>
  );
  return (
    <Box height={rows} columnGap={GAP_COLUMNS} overflow="hidden">
      <Box
        width={wide ? LINES_COLUMNS : undefined}
        flexGrow={wide ? 0 : 1}
        flexShrink={0}
        flexDirection="column"
      >
        {!wide && parts.length > 0 && row}
        {lines.map(lineElement)}
      </Box>
      {wide && parts.length > 0 && chart}
    </Box>
  );
}
