/**
 * From elements to rectangles: flexbox by Yoga, in whole cells.
 *
 * @module
 */
import { Direction, Edge, MeasureMode, type Node, Overflow } from "yoga-layout";
import type {
  BoxElement,
  CanvasElement,
  Element,
  TextElement,
} from "./element.ts";
import { elementsOf } from "./element.ts";
import type { Rectangle } from "./rectangle.ts";
import type { Rendering, Screen } from "./screen.ts";
import {
  fitLines,
  type Line,
  lineWidth,
  paragraphs,
  styledGraphemes,
} from "./wrap.ts";
import { createNode, setContainer, setPlace } from "./yoga_style.ts";

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

/** An element with its node, before its place is known. */
interface Pending {
  readonly node: Node;
  /** Reads the place once it is known; the arguments are the parent's. */
  readonly place: (left: number, top: number) => Layout;
}

/** What a measured leaf takes of the room that Yoga offers. */
function taken(natural: number, offered: number, mode: MeasureMode): number {
  if (mode === MeasureMode.Undefined) return natural;
  return mode === MeasureMode.Exactly ? offered : Math.min(natural, offered);
}

function rectangle(node: Node, left: number, top: number): Rectangle {
  const place = node.getComputedLayout();
  return {
    left: left + place.left,
    top: top + place.top,
    columns: place.width,
    rows: place.height,
  };
}

function textNode(element: TextElement, rendering: Rendering): Pending {
  const node = createNode();
  node.setFlexShrink(1);
  const text = styledGraphemes(element);
  const natural = Math.max(...paragraphs(text).map(lineWidth));
  const linesAt = (width: number): Line[] =>
    fitLines(text, width, element.wrap, rendering.glyphs.ellipsis);
  node.setMeasureFunc((width, widthMode, height, heightMode) => {
    const columns = taken(natural, width, widthMode);
    const lines = linesAt(Math.floor(columns));
    return { width: columns, height: taken(lines.length, height, heightMode) };
  });
  const place = (left: number, top: number): TextLayout => {
    const area = rectangle(node, left, top);
    return { kind: "text", ...area, element, lines: linesAt(area.columns) };
  };
  return { node, place };
}

function canvasNode(element: CanvasElement): Pending {
  const node = createNode();
  setPlace(node, element.props);
  const { columns, rows } = element.natural;
  node.setMeasureFunc((width, widthMode, height, heightMode) => ({
    width: taken(columns, width, widthMode),
    height: taken(rows, height, heightMode),
  }));
  return {
    node,
    place: (left, top) => ({
      kind: "canvas",
      ...rectangle(node, left, top),
      element,
    }),
  };
}

/** The part of its content that a box of so many rows shows, kept within bounds. */
function scrollOf(
  { props: { scrollTop, borderStyle } }: BoxElement,
  rows: number,
  children: readonly Pending[],
): Scroll | undefined {
  if (scrollTop === undefined) return undefined;
  const edge = borderStyle === undefined ? 0 : 1;
  const ends = children.map(({ node }) => {
    const { top, height } = node.getComputedLayout();
    return top + height;
  });
  const contentRows = Math.max(0, ...ends.map((end) => end - edge));
  const most = Math.max(0, contentRows - (rows - 2 * edge));
  const offset = Math.max(0, Math.min(Math.floor(scrollTop), most));
  return { offset, contentRows };
}

function boxNode(element: BoxElement, rendering: Rendering): Pending {
  const node = createNode();
  setPlace(node, element.props);
  setContainer(node, element.props);
  if (element.props.borderStyle !== undefined) node.setBorder(Edge.All, 1);
  // Otherwise what is larger than the box would be measured as if it fitted.
  if (element.props.scrollTop !== undefined) node.setOverflow(Overflow.Scroll);
  const shown = element.children.filter((child) =>
    child.kind !== "box" && child.kind !== "canvas" ||
    child.props.display !== "none"
  );
  const pending = shown.map((child) => pendingOf(child, rendering));
  pending.forEach((child, index) => node.insertChild(child.node, index));
  const place = (left: number, top: number): BoxLayout => {
    const area = rectangle(node, left, top);
    const scroll = scrollOf(element, area.rows, pending);
    const above = area.top - (scroll?.offset ?? 0);
    const children = pending.map((child) => child.place(area.left, above));
    return { kind: "box", ...area, element, children, scroll };
  };
  return { node, place };
}

function pendingOf(element: Element, rendering: Rendering): Pending {
  switch (element.kind) {
    case "text":
      return textNode(element, rendering);
    case "canvas":
      return canvasNode(element);
    case "box":
      return boxNode(element, rendering);
    case "fragment":
      throw new Error("a fragment that no box has taken in");
  }
}

/** Lays out an element in a column of a width, and of a height or as high as it likes. */
function layoutIn(
  element: Element,
  screen: Screen,
  height: number | undefined,
): Layout {
  const { columns } = screen;
  const root = boxNode({
    kind: "box",
    props: { width: columns, height, flexDirection: "column" },
    children: elementsOf(element),
  }, screen);
  root.node.calculateLayout(columns, height, Direction.LTR);
  const placed = root.place(0, 0);
  root.node.freeRecursive();
  return placed;
}

/** Lays out an element on a whole screen, whose size it gets. */
export function layout(element: Element, screen: Screen): Layout {
  return layoutIn(element, screen, screen.rows);
}

/** Lays out an element as wide as a screen and as high as it likes. */
export function layoutStrip(element: Element, screen: Screen): Layout {
  return layoutIn(element, screen, undefined);
}
