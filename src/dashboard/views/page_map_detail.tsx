/**
 * The zoomed PAGE MAP: all pages with ksmd's cursor and the user's, and beside
 * them why the page under the latter is not merged.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { KsmdView } from "../../observe/snapshot.ts";
import {
  Box,
  Canvas,
  type CanvasElement,
  type Element,
  type Size,
  type Surface,
} from "../../tui/mod.ts";
import { type MapSight, mapSight } from "../map_cursor.ts";
import { MAP_CELLS } from "../mouse.ts";
import { absentText } from "../absence.ts";
import { type DashboardState, isRecording, type PagePoint } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { mapPlaces } from "../zoomed_map.ts";
import { titled } from "./focus.ts";
import { Band, Panel } from "./frame.tsx";
import {
  cursorText,
  drawCells,
  LEGEND,
  legend,
  LEGEND_WITH_ZERO,
} from "./page_map.tsx";
import { PageAnswer } from "./page_answer.tsx";
import { type Heading, Rule, Wall } from "./rule.ts";
import { putSpans, type Span } from "./span.ts";

/** The column of the wall between map and answer; missing where they are one below the other. */
export function answerWall(screen: Size): number | undefined {
  const { beside, map } = mapPlaces(screen);
  return beside ? map.columns + 3 : undefined;
}

/** A page in short. */
function pointText({ process, region, page }: PagePoint): string {
  return `${process} ${region}+${page}`;
}

/** Which rows are seen; empty where all are. */
function rowsText({ map, top, places }: MapSight): string {
  const last = top + places.map.rows;
  return last - top >= map.rows
    ? ""
    : `  rows ${top + 1}-${last} of ${groupDigits(map.rows)}`;
}

/** Heading of the zoomed PAGE MAP: how large a cell is, and where the cursors are. */
function mapHeading(
  sight: MapSight,
  { mapCursor, snapshot: { ksmd } }: DashboardState,
  symbols: Symbols,
): Heading {
  const { map } = sight;
  const name = { text: "PAGE MAP", bold: true };
  const pages = groupDigits(map.pagesPerCell);
  const words = map.pagesPerCell === 1 ? "1 page" : `${pages} pages`;
  const scale = { text: `  1 cell = ${words}` };
  const rows = { text: rowsText(sight) };
  const point = mapCursor === undefined ? "-" : pointText(mapCursor);
  const end = [
    { text: symbols.pointer, bold: true, inverse: true },
    { text: ` ${point}` },
  ];
  return [
    { start: [name, scale, rows], end: [...end, ...ksmdSpans(ksmd, symbols)] },
    { start: [name, scale], end: [...end, ...ksmdSpans(ksmd, symbols)] },
    { start: [name, scale], end },
    { start: [name], end },
    { start: [name] },
  ];
}

function ksmdSpans(ksmd: KsmdView, symbols: Symbols): Span[] {
  return [
    { text: "  " },
    { text: symbols.cursor, bold: true, inverse: true },
    { text: ` ksmd ${cursorText(ksmd)}` },
  ];
}

/** Why no page is there, although there are processes. */
function noPagesText(state: DashboardState): string {
  return isRecording(state)
    ? `pages: ${absentText(state)}`
    : "no pages to be seen";
}

/** The rows that are seen, with both cursors; the user's lies over ksmd's. */
function drawMap(
  surface: Surface,
  { map, top }: MapSight,
  state: DashboardState,
  symbols: Symbols,
): void {
  const { mapCursor, snapshot: { ksmd } } = state;
  const left = map.labelColumns + 1;
  const style = { bold: true, inverse: true };
  const cursors = [
    [symbols.cursor, map.cellOf(ksmd.cursor)],
    [symbols.pointer, map.cellOf(mapCursor)],
  ] as const;
  for (let row = 0; row < surface.rows && top + row < map.rows; row++) {
    const label = [{ text: map.label(top + row) }];
    putSpans(surface, 0, row, label, map.labelColumns);
    drawCells(surface, symbols, { cells: map.cells(top + row) }, left, row);
  }
  for (const [glyph, cell] of cursors) {
    if (cell === undefined) continue;
    surface.put(left + cell.column, cell.row - top, glyph, style);
  }
  if (map.start === undefined) {
    const text = map.rows === 0 ? "no process" : noPagesText(state);
    surface.put(0, map.rows, text, { dim: true });
  }
}

/** What the glyphs on the map mean. */
function Legend(
  { counters }: DashboardState["snapshot"],
  symbols: Symbols,
): CanvasElement {
  const states = counters.ksmZeroPages > 0 ? LEGEND_WITH_ZERO : LEGEND;
  const spans = legend(symbols, states, "  ").map((span, index) =>
    index === 0 ? { ...span, text: span.text.trimStart() } : span
  );
  return Canvas({
    height: 1,
    flexShrink: 0,
    draw: (surface) => {
      putSpans(surface, 0, 0, spans, surface.columns);
    },
  });
}

interface PageMapCells {
  readonly sight: MapSight;
  readonly state: DashboardState;
  readonly symbols: Symbols;
}

/** The cells, which the mouse can point at. */
function Cells(
  { sight, state, symbols }: PageMapCells,
): CanvasElement {
  return Canvas({
    id: MAP_CELLS,
    flexGrow: 1,
    draw: (surface) => drawMap(surface, sight, state, symbols),
  });
}

/** Heading of the answer. */
const ANSWER_HEADING: Heading = [
  { start: [{ text: "WHY IS THIS PAGE NOT MERGED?", bold: true }] },
];

/** Props of {@linkcode PageMapDetail}. */
export interface PageMapDetailProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The size of the whole screen. */
  readonly screen: Size;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** The map with its heading, and the answer beside or below it. */
export function PageMapDetail(props: PageMapDetailProps): Element {
  const { screen, symbols } = props;
  const state = { ...props.state, screen };
  const sight = mapSight(state);
  const { map, answer, legend: explained } = sight.places;
  const plain = mapHeading(sight, state, symbols);
  const heading = titled(state, "map", plain, symbols);
  const wall = answerWall(screen);
  const cells = (
    <>
      <Cells sight={sight} state={state} symbols={symbols} />
      {explained > 0 && Legend(state.snapshot, symbols)}
    </>
  );
  const height = map.rows + explained;
  const words = <PageAnswer state={state} size={answer} symbols={symbols} />;
  if (wall !== undefined) {
    return (
      <>
        <Rule
          edge="middle"
          headings={[heading, ANSWER_HEADING]}
          divider={{ column: wall, above: false, below: true }}
        />
        <Box height={height} flexShrink={0}>
          <Wall />
          <Panel width={map.columns + 2}>{cells}</Panel>
          <Wall />
          <Panel>{words}</Panel>
          <Wall />
        </Box>
      </>
    );
  }
  return (
    <>
      <Rule edge="middle" headings={[heading]} />
      <Band height={height}>{cells}</Band>
      {answer.rows > 0 && (
        <>
          <Rule edge="middle" headings={[ANSWER_HEADING]} />
          <Band height={answer.rows}>{words}</Band>
        </>
      )}
    </>
  );
}
