/**
 * {@linkcode Gauge}: one part of a whole as a bar.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { CanvasElement } from "../element.ts";
import type { PlaceProps } from "../layout_props.ts";
import type { Surface } from "../surface.ts";
import type { Color } from "../color.ts";

/** Props of {@linkcode Gauge}. */
export interface GaugeProps extends PlaceProps {
  /** The filled part, 0 to 1; what lies outside is cut, and NaN is 0. */
  readonly value: number;
  /** Colour of the filled part. */
  readonly color?: Color | undefined;
}

/** The part of a whole between 0 and 1, whatever the input. */
export function unit(part: number): number {
  return part > 0 ? Math.min(1, part) : 0;
}

function drawGauge(surface: Surface, value: number, color?: Color): void {
  const { columns, rows, glyphs } = surface;
  const eighths = Math.round(unit(value) * columns * 8);
  const whole = Math.floor(eighths / 8);
  const [full, rest] = [glyphs.leftEighths[8], glyphs.leftEighths[eighths % 8]];
  const track = glyphs.track.repeat(columns);
  for (let row = 0; row < rows; row++) {
    surface.put(0, row, track, { dim: true });
    surface.put(0, row, full.repeat(whole), { color });
    if (rest.trim() !== "") surface.put(whole, row, rest, { color });
  }
}

/** A bar filled from the left in steps of an eighth of a cell; it grows to the width there is. */
export function Gauge(props: GaugeProps): CanvasElement {
  const { value, color, ...place } = props;
  return Canvas({
    flexGrow: 1,
    ...place,
    draw: (surface) => drawGauge(surface, value, color),
  });
}
