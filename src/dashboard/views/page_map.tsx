/**
 * PAGE MAP: every page of every process, with ksmd's cursor on its way.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import {
  type KsmdView,
  PAGE_STATES,
  type PageState,
} from "../../observe/snapshot.ts";
import { Canvas, type CanvasElement, type Surface } from "../../tui/mod.ts";
import { GAP, type MapRow, type PageMap } from "../page_map.ts";
import type { Symbols } from "../symbols.ts";
import type { Heading } from "./rule.ts";
import { putSpans, type Span } from "./span.ts";

/** The states of mergeable pages first; the others are explained where there is room. */
export const LEGEND: readonly PageState[] = [
  "merged",
  "unshared",
  "volatile",
  "untouched",
  "plain",
  "hole",
];

/** States that are explained where there is little room. */
const NEEDED_STATES = 4;

/** Legend of a map that shows pages of zeros in KSM's name. */
export const LEGEND_WITH_ZERO: readonly PageState[] = [
  "merged",
  "zero",
  ...LEGEND.slice(1),
];

/** Glyphs with what they mean. */
export function legend(
  symbols: Symbols,
  states: readonly PageState[],
  gap: string,
): Span[] {
  return states.flatMap((state) => [
    {
      text: `${gap}${symbols.pages[state]}`,
      ...symbols.styles[`page-${state}`],
    },
    { text: ` ${state}` },
  ]);
}

/** Where ksmd is, in words. */
export function cursorText({ state, cursor }: KsmdView): string {
  if (cursor !== undefined) {
    return `${cursor.process} ${cursor.region}+${cursor.page}`;
  }
  return state === "scanning" ? "between two scans" : state;
}

/** Heading of PAGE MAP: what its glyphs mean, and where the cursor is. */
export function pageMapHeading(
  map: PageMap,
  ksmd: KsmdView,
  symbols: Symbols,
): Heading {
  const name = { text: "PAGE MAP", bold: true };
  const scale = map.pagesPerCell === 1
    ? []
    : [{ text: `  1 cell = ${groupDigits(map.pagesPerCell)} pages` }];
  const cursor = { text: symbols.cursor, bold: true, inverse: true };
  const shortEnd = [cursor, { text: ` ${cursorText(ksmd)}` }];
  const end = [cursor, { text: ` ksmd ${cursorText(ksmd)}` }];
  const zero = PAGE_STATES.indexOf("zero");
  const states = map.rows.some(({ cells }) => cells.includes(zero))
    ? LEGEND_WITH_ZERO
    : LEGEND;
  const neededStates = states.slice(0, NEEDED_STATES);
  const all = legend(symbols, states, "  ");
  const needed = legend(symbols, neededStates, "  ");
  const dense = legend(symbols, neededStates, " ");
  return [
    { start: [name, ...all, ...scale], end },
    { start: [name, ...needed, ...scale], end },
    { start: [name, ...dense, ...scale], end: shortEnd },
    { start: [name, ...dense], end: shortEnd },
    { start: [name, ...scale], end: shortEnd },
    { start: [name], end: shortEnd },
    { start: [name] },
  ];
}

/** Writes equal cells side by side in one go. */
export function drawCells(
  surface: Surface,
  symbols: Symbols,
  { cells }: Pick<MapRow, "cells">,
  left: number,
  row: number,
): void {
  for (let from = 0, to = 0; from < cells.length; from = to) {
    const code = cells[from];
    while (to < cells.length && cells[to] === code) to++;
    const count = to - from;
    if (code === GAP) {
      surface.put(left + from, row, symbols.gap.repeat(count), { dim: true });
    } else {
      const state = PAGE_STATES[code];
      const text = symbols.pages[state].repeat(count);
      surface.put(left + from, row, text, symbols.styles[`page-${state}`]);
    }
  }
}

function drawMap(surface: Surface, map: PageMap, symbols: Symbols): void {
  const left = map.labelColumns + 1;
  map.rows.forEach((row, index) => {
    putSpans(surface, 0, index, [{ text: row.label }], map.labelColumns);
    drawCells(surface, symbols, row, left, index);
    if (row.cursor >= 0) {
      const style = { bold: true, inverse: true };
      surface.put(left + row.cursor, index, symbols.cursor, style);
    }
  });
  if (map.group !== undefined) {
    const { first, last, count } = map.group;
    const text = first === last
      ? `process ${first} of ${count}`
      : `processes ${first} to ${last} of ${count}`;
    surface.put(0, map.rows.length, text, { dim: true });
  }
  if (map.rows.length === 0) {
    surface.put(0, 0, "nothing is mapped", { dim: true });
  }
}

/** Props of {@linkcode PageMapPanel}. */
export interface PageMapPanelProps {
  /** What it shows. */
  readonly map: PageMap;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** The rows of the map with their labels. */
export function PageMapPanel(
  { map, symbols }: PageMapPanelProps,
): CanvasElement {
  return Canvas({
    flexGrow: 1,
    draw: (surface) => drawMap(surface, map, symbols),
  });
}
