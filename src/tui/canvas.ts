/**
 * {@linkcode Canvas}, the way to draw what boxes and text cannot.
 *
 * @module
 */
import type { CanvasElement } from "./element.ts";
import type { PlaceProps } from "./layout_props.ts";
import type { Size } from "./screen.ts";
import type { Surface } from "./surface.ts";

/** Props of {@linkcode Canvas}. */
export interface CanvasProps extends PlaceProps {
  /** The size that it takes where nothing else decides; 1 cell when missing. */
  readonly natural?: Size | undefined;
  /** Draws it; must depend on nothing but its props and the surface. */
  readonly draw: (surface: Surface) => void;
}

/** Draws itself cell by cell, at the size that the layout gives to it. */
export function Canvas(props: CanvasProps): CanvasElement {
  const { natural = { columns: 1, rows: 1 }, draw, ...rest } = props;
  return { kind: "canvas", props: rest, natural, draw };
}
