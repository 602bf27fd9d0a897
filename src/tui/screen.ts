/**
 * What a view is drawn for: a size in cells, and what the terminal can show.
 *
 * @module
 */
import type { ColorDepth } from "./color.ts";
import type { Glyphs } from "./glyphs.ts";
import type { Theme } from "./theme.ts";

/** A size in cells. */
export interface Size {
  /** Cells from left to right. */
  readonly columns: number;
  /** Cells from top to bottom. */
  readonly rows: number;
}

/** What the terminal can show, and the user wants. */
export interface Rendering {
  /** Whether colours are wanted; attributes such as bold are shown in any case. */
  readonly color: boolean;
  /** How many colours there are where they are wanted; 16 when missing. */
  readonly depth?: ColorDepth | undefined;
  /** The characters to draw with. */
  readonly glyphs: Glyphs;
}

/** All that a view may depend on besides the state. */
export interface Screen extends Size, Rendering {
  /** What the roles of widgets look like; the terminal's own 16 colours when missing. */
  readonly theme?: Theme | undefined;
}

/** How many colours are shown. */
export function depthOf({ color, depth = 16 }: Rendering): ColorDepth {
  return color ? depth : 0;
}
