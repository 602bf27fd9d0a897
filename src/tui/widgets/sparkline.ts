/**
 * {@linkcode Sparkline}: the last values as small columns.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { CanvasElement } from "../element.ts";
import type { PlaceProps } from "../layout_props.ts";
import type { Color } from "../color.ts";
import type { Surface } from "../surface.ts";
import { unit } from "./gauge.ts";

/** Props of {@linkcode Sparkline}. */
export interface SparklineProps extends PlaceProps {
  /** The values, oldest first; the newest stands at the right edge. */
  readonly values: readonly number[];
  /** The value of a full column; the largest shown when missing. */
  readonly max?: number | undefined;
  /** Colour of the columns. */
  readonly color?: Color | undefined;
}

/** The newest values that fit, and the value of a full column. */
export function shownValues(
  values: readonly number[],
  count: number,
  max: number | undefined,
): { readonly shown: readonly number[]; readonly full: number } {
  const shown = values.slice(-count);
  return { shown, full: max ?? Math.max(0, ...shown) };
}

function drawSparkline(surface: Surface, props: SparklineProps): void {
  const { columns, rows, glyphs } = surface;
  const { shown, full } = shownValues(props.values, columns, props.max);
  shown.forEach((value, index) => {
    const part = full > 0 ? unit(value / full) : 0;
    const eighths = Math.ceil(part * rows * 8);
    for (let row = 0; row < rows; row++) {
      const level = Math.max(0, Math.min(8, eighths - (rows - 1 - row) * 8));
      const column = columns - shown.length + index;
      surface.put(column, row, glyphs.lowerEighths[level], {
        color: props.color,
      });
    }
  });
}

/** One column a value, in steps of an eighth of a cell; a value above 0 is never invisible. */
export function Sparkline(props: SparklineProps): CanvasElement {
  const { values, max, color, ...place } = props;
  return Canvas({
    flexGrow: 1,
    ...place,
    draw: (surface) => drawSparkline(surface, { values, max, color }),
  });
}
