/**
 * From elements to rectangles: flexbox by Yoga, in whole cells.
 *
 * @module
 */
import { Direction } from "yoga-layout";
import type {
  BoxElement,
  CanvasElement,
  Element,
  TextElement,
} from "./element.ts";
import { elementsOf } from "./element.ts";
import type { Glyphs } from "./glyphs.ts";
import { keptNode } from "./layout_box.ts";
import { type KeptNode, SCREEN } from "./layout_node.ts";
import type { Rectangle } from "./rectangle.ts";
import type { Screen } from "./screen.ts";
import type { Line } from "./wrap.ts";

/** Which part of its content a box shows. */
export interface Scroll {
  /** Rows above the first one that is seen. */
  readonly offset: number;
  /** Rows of the content. */
  readonly contentRows: number;
}

/** A box in its place. */
export interface BoxLayout extends Rectangle {
  /** Tells the kinds apart. */
  readonly kind: "box";
  /** What was laid out. */
  readonly element: BoxElement;
  /** What it holds, in the order in which it is drawn. */
  readonly children: readonly Layout[];
  /** Which part of its content it shows; missing where it does not scroll. */
  readonly scroll: Scroll | undefined;
}

/** A text in its place. */
export interface TextLayout extends Rectangle {
  /** Tells the kinds apart. */
  readonly kind: "text";
  /** What was laid out. */
  readonly element: TextElement;
  /** Its lines, each fitting into the width. */
  readonly lines: readonly Line[];
}

/** A canvas in its place. */
export interface CanvasLayout extends Rectangle {
  /** Tells the kinds apart. */
  readonly kind: "canvas";
  /** What was laid out. */
  readonly element: CanvasElement;
}

/** An element in its place. */
export type Layout = BoxLayout | TextLayout | CanvasLayout;

/**
 * The place of elements, kept from frame to frame: where no size changes, Yoga
 * has nothing to do. Where one does, all is done again with the nodes there are,
 * from the innermost section (see `layout_section`) on outwards to where sizes
 * are the same as before. What Yoga remembers of parts is not enough: that can
 * differ from what it would find anew (lengths in percent within what shrinks),
 * and a frame is to be a function of its view.
 */
export class LayoutTree {
  #root: KeptNode | undefined;
  #glyphs: Glyphs | undefined;

  /** Lays out an element in a column as wide as a screen, and of a height or as high as it likes. */
  layout(
    element: Element,
    { columns, glyphs }: Screen,
    rows: number | undefined,
  ): Layout {
    if (this.#glyphs !== glyphs) this.free();
    this.#glyphs = glyphs;
    const whole: BoxElement = {
      kind: "box",
      props: { width: columns, height: rows, flexDirection: "column" },
      children: elementsOf(element),
    };
    const becoming = this.#root?.become(whole) ?? "refused";
    const fresh = becoming !== "kept";
    if (becoming === "refused") this.free();
    const root = this.#root ??= keptNode(whole, glyphs.ellipsis, false);
    if (fresh) {
      root.touch();
      root.node.calculateLayout(columns, rows, Direction.LTR);
    }
    return root.place(SCREEN, fresh);
  }

  /** Gives up what is kept; it may be used again after that. */
  free(): void {
    this.#root?.free();
    this.#root = undefined;
  }
}

function layoutOnce(
  element: Element,
  screen: Screen,
  rows: number | undefined,
): Layout {
  const tree = new LayoutTree();
  const placed = tree.layout(element, screen, rows);
  tree.free();
  return placed;
}

/** Lays out an element on a whole screen, whose size it gets. */
export function layout(element: Element, screen: Screen): Layout {
  return layoutOnce(element, screen, screen.rows);
}

/** Lays out an element as wide as a screen and as high as it likes. */
export function layoutStrip(element: Element, screen: Screen): Layout {
  return layoutOnce(element, screen, undefined);
}
