/**
 * What a view is drawn for: a size in cells, and what the terminal can show.
 *
 * @module
 */
import type { Glyphs } from "./glyphs.ts";

/** A size in cells. */
export interface Size {
  /** Cells from left to right. */
  readonly columns: number;
  /** Cells from top to bottom. */
  readonly rows: number;
}

/** What the terminal can show. */
export interface Rendering {
  /** Whether colours are shown; attributes such as bold are shown in any case. */
  readonly color: boolean;
  /** The characters to draw with. */
  readonly glyphs: Glyphs;
}

/** All that a view may depend on besides the state. */
export interface Screen extends Size, Rendering {}
