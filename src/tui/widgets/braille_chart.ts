/**
 * {@linkcode BrailleChart}: the history of one or two figures.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { CanvasElement } from "../element.ts";
import type { PlaceProps } from "../layout_props.ts";
import type { Color } from "../color.ts";
import type { Surface } from "../surface.ts";
import { unit } from "./gauge.ts";
import { shownValues } from "./sparkline.ts";

/** One figure over time. */
export interface Series {
  /** The values, oldest first; the newest stands at the right edge. */
  readonly values: readonly number[];
  /** The value that fills the height; the largest shown of its own values when missing. */
  readonly max?: number | undefined;
  /** Colour of its dots. */
  readonly color?: Color | undefined;
}

/** Props of {@linkcode BrailleChart}. */
export interface BrailleChartProps extends PlaceProps {
  /** The figure that grows upwards. */
  readonly above: Series;
  /** A second figure, which hangs down from the middle. */
  readonly below?: Series | undefined;
}

/** Dots of a cell from left to right, and in it from top to bottom, as bits of a braille pattern. */
const DOT_BITS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const DOTS_ACROSS = 2;
const DOTS_DOWN = 4;

/** How many dots high each value of a series is; the last stands at the right edge. */
function heights(series: Series, count: number, dots: number): number[] {
  const { shown, full } = shownValues(series.values, count, series.max);
  return shown.map((value) => {
    const part = full > 0 ? unit(value / full) : 0;
    return Math.ceil(part * dots);
  });
}

/** A grid of dots, filled column by column. */
class DotGrid {
  readonly #bits: number[];

  constructor(readonly columns: number, readonly rows: number) {
    this.#bits = new Array<number>(columns * rows).fill(0);
  }

  /** Sets the dots of one column from a height to another, counted from the top. */
  fill(x: number, from: number, to: number): void {
    const bits = DOT_BITS[x % DOTS_ACROSS];
    const column = Math.floor(x / DOTS_ACROSS);
    for (let y = from; y < to; y++) {
      const row = Math.floor(y / DOTS_DOWN);
      this.#bits[row * this.columns + column] |= bits[y % DOTS_DOWN];
    }
  }

  /** The pattern of one cell. */
  bits(column: number, row: number): number {
    return this.#bits[row * this.columns + column];
  }
}

function drawChart(surface: Surface, props: BrailleChartProps): void {
  const { columns, rows, glyphs } = surface;
  const { above, below } = props;
  const across = columns * DOTS_ACROSS;
  const down = rows * DOTS_DOWN;
  const middle = below === undefined ? down : Math.ceil(rows / 2) * DOTS_DOWN;
  const grid = new DotGrid(columns, rows);
  const up = heights(above, across, middle);
  up.forEach((height, index) =>
    grid.fill(across - up.length + index, middle - height, middle)
  );
  const hanging = below === undefined
    ? []
    : heights(below, across, down - middle);
  hanging.forEach((height, index) =>
    grid.fill(across - hanging.length + index, middle, middle + height)
  );
  for (let row = 0; row < rows; row++) {
    const color = row * DOTS_DOWN < middle ? above.color : below?.color;
    for (let column = 0; column < columns; column++) {
      surface.put(column, row, glyphs.dots(grid.bits(column, row)), { color });
    }
  }
}

/**
 * Filled areas of dots, two values and four steps of height a cell. A second
 * series hangs down from the middle, so that the two can be told apart without
 * colour; on a single row only the first is shown.
 */
export function BrailleChart(props: BrailleChartProps): CanvasElement {
  const { above, below, ...place } = props;
  return Canvas({
    flexGrow: 1,
    ...place,
    draw: (surface) => drawChart(surface, { above, below }),
  });
}
