/**
 * From rectangles to cells.
 *
 * @module
 */
import { Cells } from "./cells.ts";
import type { BoxElement, Element, TextElement } from "./element.ts";
import type { BorderGlyphs } from "./glyphs.ts";
import { graphemes } from "./grapheme.ts";
import {
  type BoxLayout,
  type CanvasLayout,
  type Layout,
  layout,
  type Rectangle,
  type TextLayout,
} from "./layout.ts";
import type { Rendering, Screen } from "./screen.ts";
import {
  PLAIN,
  type StyleId,
  styleId,
  type TextStyle,
  withoutColor,
} from "./style.ts";
import type { Surface } from "./surface.ts";
import { Text } from "./text.ts";
import { fitLines, lineWidth, styledGraphemes } from "./wrap.ts";

const PRINTABLE_ASCII = /^[\x20-\x7e]$/;

function intersection(a: Rectangle, b: Rectangle): Rectangle {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  const right = Math.min(a.left + a.columns, b.left + b.columns);
  const bottom = Math.min(a.top + a.rows, b.top + b.rows);
  const columns = Math.max(0, right - left);
  return { left, top, columns, rows: Math.max(0, bottom - top) };
}

/** Cells seen through a rectangle: what falls outside is dropped. */
class View {
  constructor(
    readonly cells: Cells,
    readonly clip: Rectangle,
    readonly rendering: Rendering,
  ) {}

  /** The same cells seen through a smaller rectangle. */
  within(area: Rectangle): View {
    const clip = intersection(this.clip, area);
    return new View(this.cells, clip, this.rendering);
  }

  #shows(column: number, row: number): boolean {
    const { left, top, columns, rows } = this.clip;
    return column >= left && column < left + columns && row >= top &&
      row < top + rows;
  }

  #set(column: number, row: number, text: string, width: number, id: StyleId) {
    const style = this.rendering.color ? id : withoutColor(id);
    this.cells.set(column, row, text, width, style);
  }

  /** Writes one grapheme; of a wide one that is cut, the visible half is blank. */
  write(
    column: number,
    row: number,
    text: string,
    width: number,
    style: StyleId,
  ): void {
    const foreign = this.rendering.glyphs.ascii && !PRINTABLE_ASCII.test(text);
    const whole = !foreign && this.#shows(column, row) &&
      this.#shows(column + width - 1, row);
    if (whole) return this.#set(column, row, text, width, style);
    const filler = foreign ? "?" : " ";
    for (let half = column; half < column + width; half++) {
      if (this.#shows(half, row)) this.#set(half, row, filler, 1, style);
    }
  }

  /** Blanks what is seen. */
  clear(): void {
    const { left, top, columns, rows } = this.clip;
    for (let row = top; row < top + rows; row++) {
      for (let column = left; column < left + columns; column++) {
        this.#set(column, row, " ", 1, PLAIN);
      }
    }
  }
}

function surface(canvas: View, area: Rectangle): Surface {
  const view = canvas.within(area);
  const { columns, rows } = area;
  const { color, glyphs } = canvas.rendering;
  const put = (
    column: number,
    row: number,
    text: string,
    style: TextStyle = {},
  ): number => {
    const id = styleId(style);
    let at = column;
    for (const grapheme of graphemes(text)) {
      if (grapheme.width === 0) continue;
      view.write(
        area.left + at,
        area.top + row,
        grapheme.text,
        grapheme.width,
        id,
      );
      at += grapheme.width;
    }
    return at - column;
  };
  return { columns, rows, color, glyphs, put };
}

/** A title as text with a space on either side; anything but a string or a text is a bug of the view. */
function titleText(title: string | Element): TextElement {
  if (typeof title === "string") return Text({ children: ` ${title} ` });
  if (title.kind !== "text") throw new Error(`a ${title.kind} as title`);
  return Text({ ...title.style, children: [" ", ...title.children, " "] });
}

/** Writes titles into the upper border; the one at the end goes first when there is no room. */
function paintTitles(canvas: View, box: BoxLayout): void {
  const { title, titleEnd } = box.element.props;
  const { ellipsis } = canvas.rendering.glyphs;
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
    let column = box.left + from;
    for (const { text, width, style } of line) {
      canvas.write(column, box.top, text, width, style);
      column += width;
    }
  }
}

function paintBorder(
  canvas: View,
  box: BoxLayout,
  border: BorderGlyphs,
): void {
  const { borderColor, borderDim } = box.element.props;
  const style = styleId({ color: borderColor, dim: borderDim });
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

function paintBox(canvas: View, box: BoxLayout): void {
  const props: BoxElement["props"] = box.element.props;
  if (props.opaque) canvas.within(box).clear();
  if (props.borderStyle !== undefined) {
    const border = canvas.rendering.glyphs.borders[props.borderStyle];
    paintBorder(canvas, box, border);
  }
  const hides = props.overflow === "hidden";
  const view = hides ? canvas.within(inside(box)) : canvas;
  for (const child of box.children) paintLayout(view, child);
}

function paintText(canvas: View, text: TextLayout): void {
  const view = canvas.within(text);
  text.lines.forEach((line, index) => {
    let column = text.left;
    for (const grapheme of line) {
      const { width, style } = grapheme;
      view.write(column, text.top + index, grapheme.text, width, style);
      column += width;
    }
  });
}

function paintCanvas(canvas: View, layout: CanvasLayout): void {
  if (layout.columns < 1 || layout.rows < 1) return;
  layout.element.draw(surface(canvas, layout));
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

/** Draws an element on a blank screen. */
export function paint(element: Element, screen: Screen): Cells {
  const cells = new Cells(screen);
  const clip: Rectangle = {
    left: 0,
    top: 0,
    columns: screen.columns,
    rows: screen.rows,
  };
  const canvas = new View(cells, clip, screen);
  paintLayout(canvas, layout(element, screen));
  return cells;
}
