/**
 * {@linkcode Histogram}: how much there is of each kind.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { Color } from "../color.ts";
import type { CanvasElement } from "../element.ts";
import { textWidth } from "../grapheme.ts";
import type { PlaceProps } from "../layout_props.ts";
import type { Surface } from "../surface.ts";
import { unit } from "./gauge.ts";
import { moreText } from "./list_window.ts";

/** One bar of a {@linkcode Histogram}. */
export interface Bin {
  /** What is counted. */
  readonly label: string;
  /** How much there is; less than 0 counts as 0. */
  readonly value: number;
  /** Its colour; the histogram's when missing. */
  readonly color?: Color | undefined;
}

/** Props of {@linkcode Histogram}. */
export interface HistogramProps extends PlaceProps {
  /** The bars in order. */
  readonly bins: readonly Bin[];
  /** The value of a full bar; the largest of all when missing. */
  readonly max?: number | undefined;
  /** Writes a value; as a number when missing. */
  readonly format?: ((value: number) => string) | undefined;
  /** Colour of the bars. */
  readonly color?: Color | undefined;
  /** Whether bars lie in rows or stand in columns; `rows` when missing. */
  readonly bars?: "rows" | "columns" | undefined;
}

/** A histogram ready to be drawn. */
interface Plan {
  readonly bins: readonly Bin[];
  readonly full: number;
  readonly format: (value: number) => string;
  readonly color: Color | undefined;
}

/** How much of its room a bar takes, in eighths of a cell; what is more than 0 is never invisible. */
function eighthsOf(value: number, full: number, cells: number): number {
  return full > 0 ? Math.ceil(unit(value / full) * cells * 8) : 0;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(textWidth));
}

/** Bars that lie: label, bar, value; a bar has one cell at least. */
function drawRows(surface: Surface, plan: Plan): void {
  const { columns, rows, glyphs, styles } = surface;
  const { bins, full, format, color } = plan;
  const figures = bins.map(({ value }) => format(value));
  const labels = widest(bins.map(({ label }) => label));
  const values = widest(figures);
  const room = Math.max(1, columns - labels - values - 2);
  const shown = bins.length <= rows ? bins.length : Math.max(0, rows - 1);
  bins.slice(0, shown).forEach((bin, row) => {
    surface.put(labels - textWidth(bin.label), row, bin.label);
    const eighths = eighthsOf(bin.value, full, room);
    const bar = glyphs.leftEighths[8].repeat(Math.floor(eighths / 8)) +
      (eighths % 8 > 0 ? glyphs.leftEighths[eighths % 8] : "");
    surface.put(labels + 1, row, bar, { color: bin.color ?? color });
    const left = labels + 2 + room + values - textWidth(figures[row]);
    surface.put(left, row, figures[row]);
  });
  if (shown < bins.length) {
    const text = moreText(0, bins.length - shown, columns);
    surface.put(0, shown, text, styles.faint);
  }
}

/** Columns of a bar that stands, with the space beside it. */
function columnWidth(bins: readonly Bin[], columns: number): number {
  const wanted = widest(bins.map(({ label }) => label)) + 1;
  const fair = Math.floor((columns + 1) / Math.max(1, bins.length));
  return Math.max(1, Math.min(wanted, fair));
}

/** Bars that stand on their labels; where these have no room side by side, those that have are shown. */
function drawColumns(surface: Surface, plan: Plan): void {
  const { columns, rows, glyphs, styles } = surface;
  const { bins, full, color } = plan;
  const width = columnWidth(bins, columns);
  const height = rows > 1 ? rows - 1 : rows;
  let labelled = 0;
  bins.forEach((bin, index) => {
    const left = index * width;
    const eighths = eighthsOf(bin.value, full, height);
    const cells = Math.max(1, width - 1);
    for (let row = 0; row < height; row++) {
      const level = eighths - (height - 1 - row) * 8;
      const glyph = glyphs.lowerEighths[Math.max(0, Math.min(8, level))];
      const style = { color: bin.color ?? color };
      surface.put(left, row, glyph.repeat(cells), style);
    }
    if (rows < 2 || left < labelled) return;
    labelled = left + surface.put(left, height, bin.label, styles.faint) + 1;
  });
}

/**
 * Bars in steps of an eighth of a cell. Where they lie, each has its value
 * beside it; where they stand, they show a shape in little room.
 *
 * ```tsx
 * import assert from "node:assert/strict";
 * import { Histogram } from "ksmscope/tui";
 * import { mount } from "ksmscope/tui/testing";
 *
 * const bins = [{ label: "0", value: 1 }, { label: "10", value: 4 }];
 * const screen = mount({
 *   init: bins,
 *   update: (state) => state,
 *   view: (state) => <Histogram bins={state} />,
 *   keys: () => [],
 *   ended: () => false,
 * }, { columns: 12, rows: 2 });
 * assert.equal(screen.frame(), " 0 █▊      1\n10 ███████ 4");
 * ```
 */
export function Histogram(props: HistogramProps): CanvasElement {
  const { bins, max, format = String, color, bars = "rows", ...place } = props;
  const full = max ?? Math.max(0, ...bins.map(({ value }) => value));
  const plan = { bins, full, format, color };
  const rows = bars === "rows" ? Math.max(1, bins.length) : 4;
  return Canvas({
    flexGrow: 1,
    ...place,
    natural: { columns: 1, rows },
    draw: (surface) =>
      bars === "rows" ? drawRows(surface, plan) : drawColumns(surface, plan),
  });
}
