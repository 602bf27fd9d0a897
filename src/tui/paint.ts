/**
 * From rectangles to cells.
 *
 * @module
 */
import { Cells } from "./cells.ts";
import type { Element, TextElement } from "./element.ts";
import type { BorderGlyphs } from "./glyphs.ts";
import {
  type BoxLayout,
  type CanvasLayout,
  type Layout,
  layout,
  layoutStrip,
  type LayoutTree,
  type TextLayout,
} from "./layout.ts";
import type { Screen } from "./screen.ts";
import { intersection, type Rectangle } from "./rectangle.ts";
import { paintScrollbar } from "./scrollbar.ts";
import { styleId } from "./style.ts";
import { Targets } from "./target.ts";
import { Text } from "./text.ts";
import { type Picture, surfaceOf, View } from "./view.ts";
import { fitLines, lineWidth, styledGraphemes } from "./wrap.ts";

/** A title as text with a space on either side; anything but a string or a text is a bug of the view. */
function titleText(title: string | Element): TextElement {
  if (typeof title === "string") return Text({ children: ` ${title} ` });
  if (title.kind !== "text") throw new Error(`a ${title.kind} as title`);
  return Text({ ...title.style, children: [" ", ...title.children, " "] });
}

/** Writes titles into the upper border; the one at the end goes first when there is no room. */
function paintTitles(canvas: View, box: BoxLayout): void {
  const { title, titleEnd } = box.element.props;
  const { ellipsis } = canvas.screen.glyphs;
  const room = box.columns - 4;
  const fitted = (text: string | Element | undefined, width: number) =>
    text === undefined || width < 1
      ? []
      : fitLines(styledGraphemes(titleText(text)), width, "truncate", ellipsis)
        .slice(0, 1).flat();
  const start = fitted(title, room);
  const end = fitted(titleEnd, Number.POSITIVE_INFINITY);
  const ends = lineWidth(end) + lineWidth(start) <= room - 1
    ? [[start, 2], [end, box.columns - 2 - lineWidth(end)]] as const
    : [[start, 2]] as const;
  for (const [line, from] of ends) {
    canvas.writeLine(box.left + from, box.top, line);
  }
}

function paintBorder(
  canvas: View,
  box: BoxLayout,
  border: BorderGlyphs,
): void {
  const { borderColor, borderDim, focused } = box.element.props;
  const own = styleId({ color: borderColor, dim: borderDim });
  const style = focused ? styleId(canvas.styles.focus) : own;
  const right = box.left + box.columns - 1;
  const bottom = box.top + box.rows - 1;
  const put = (column: number, row: number, text: string) =>
    canvas.write(column, row, text, 1, style);
  for (let column = box.left + 1; column < right; column++) {
    put(column, box.top, border.horizontal);
    put(column, bottom, border.horizontal);
  }
  for (let row = box.top + 1; row < bottom; row++) {
    put(box.left, row, border.vertical);
    put(right, row, border.vertical);
  }
  put(box.left, box.top, border.topLeft);
  put(right, box.top, border.topRight);
  put(box.left, bottom, border.bottomLeft);
  put(right, bottom, border.bottomRight);
  paintTitles(canvas.within({ ...box, rows: 1 }), box);
}

/** The part of a box inside its border. */
function inside(box: BoxLayout): Rectangle {
  const edge = box.element.props.borderStyle === undefined ? 0 : 1;
  return {
    left: box.left + edge,
    top: box.top + edge,
    columns: Math.max(0, box.columns - 2 * edge),
    rows: Math.max(0, box.rows - 2 * edge),
  };
}

/** Names the box to the mouse and the tab key, and shuts off what is behind it. */
function addTarget(canvas: View, box: BoxLayout): void {
  const { targets } = canvas.picture;
  const { id, focusable = false, opaque, modal } = box.element.props;
  const seen = intersection(canvas.clip, box);
  if (modal) targets.startModal(canvas.clip);
  else if (opaque) targets.cover(seen);
  if (id !== undefined) {
    targets.add(id, focusable, box, seen, box.scroll?.contentRows);
  }
}

function paintBox(canvas: View, box: BoxLayout): void {
  const { props } = box.element;
  addTarget(canvas, box);
  if (props.opaque) canvas.within(box).clear();
  if (props.borderStyle !== undefined) {
    const style = props.focused ? "bold" : props.borderStyle;
    paintBorder(canvas, box, canvas.screen.glyphs.borders[style]);
  }
  const hides = props.overflow === "hidden";
  const view = hides ? canvas.within(inside(box)) : canvas;
  for (const child of box.children) paintLayout(view, child);
  if (box.scroll !== undefined) paintScrollbar(view, inside(box), box.scroll);
}

function paintText(canvas: View, text: TextLayout): void {
  const view = canvas.within(text);
  text.lines.forEach((line, index) =>
    view.writeLine(text.left, text.top + index, line)
  );
}

function paintCanvas(canvas: View, layout: CanvasLayout): void {
  if (layout.columns < 1 || layout.rows < 1) return;
  const { id, focusable = false } = layout.element.props;
  if (id !== undefined) {
    const seen = intersection(canvas.clip, layout);
    canvas.picture.targets.add(id, focusable, layout, seen);
  }
  layout.element.draw(surfaceOf(canvas, layout, id));
}

function paintLayout(canvas: View, layout: Layout): void {
  switch (layout.kind) {
    case "box":
      return paintBox(canvas, layout);
    case "text":
      return paintText(canvas, layout);
    case "canvas":
      return paintCanvas(canvas, layout);
  }
}

/** Draws an element that has been laid out. */
function picture(placed: Layout, screen: Screen): Picture {
  const { columns, rows } = placed;
  const cells = new Cells({ columns, rows });
  const drawn = { cells, targets: new Targets() };
  paintLayout(View.of(drawn, screen), placed);
  return drawn;
}

/** Draws an element on a blank screen; the tree keeps what the next frame can use. */
export function paint(
  element: Element,
  screen: Screen,
  tree?: LayoutTree,
): Picture {
  const placed = tree?.layout(element, screen, screen.rows) ??
    layout(element, screen);
  return picture(placed, screen);
}

/** Draws an element as wide as a screen and as high as it likes. */
export function paintStrip(element: Element, screen: Screen): Cells {
  return picture(layoutStrip(element, screen), screen).cells;
}
