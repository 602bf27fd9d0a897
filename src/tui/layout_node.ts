/**
 * What stays of an element from frame to frame: its node in Yoga's tree, and
 * where that was put. Most frames change texts but no sizes; to make nodes and
 * to let Yoga work takes several times as long as all the rest of a frame.
 *
 * @module
 */
import { Edge, MeasureMode, type Node, Overflow } from "yoga-layout";
import type {
  BoxElement,
  CanvasElement,
  Element,
  TextElement,
} from "./element.ts";
import type { BoxLayout, CanvasLayout, Layout, TextLayout } from "./layout.ts";
import type { Rectangle } from "./rectangle.ts";
import { scrollOf } from "./scrollbar.ts";
import { MeasuredText } from "./measured_text.ts";
import {
  createNode,
  sameContainer,
  samePlace,
  setContainer,
  setPlace,
} from "./yoga_style.ts";

/** A point of the screen as exact as Yoga has it, which may be within a cell. */
export interface Origin {
  /** Columns from the left. */
  readonly left: number;
  /** Rows from the top. */
  readonly top: number;
}

/** The upper left corner. */
export const SCREEN: Origin = { left: 0, top: 0 };

/** Less than this is nothing: Yoga counts in small floats. */
const EPSILON = 1e-4;

/**
 * The edge between two cells that is nearest to a point. Since all edges of the
 * screen go by it, what touches still touches in whole cells, what is inside
 * stays inside, and a whole number of cells stays the same number.
 */
function edgeAt(point: number): number {
  return Math.floor(point + 0.5 + EPSILON);
}

/** What a measured leaf takes of the room that Yoga offers. */
function taken(natural: number, offered: number, mode: MeasureMode): number {
  if (mode === MeasureMode.Undefined) return natural;
  return mode === MeasureMode.Exactly ? offered : Math.min(natural, offered);
}

/** An element's node, kept. */
export abstract class KeptNode {
  /** The node in Yoga's tree. */
  readonly node: Node = createNode();
  #exact = { left: 0, top: 0, width: 0, height: 0 };

  /** Becomes another element, if that differs in nothing but what a node can take over. */
  abstract become(element: Element): boolean;

  /** Lets Yoga forget what it knows. */
  abstract touch(): void;

  /** Where the element is; `fresh` says whether Yoga may have moved it since the last time. */
  abstract place(origin: Origin, fresh: boolean): Layout;

  /** The place in whole cells, and the exact origin of what is inside. */
  protected rectangle(
    origin: Origin,
    fresh: boolean,
  ): readonly [area: Rectangle, inner: Origin] {
    if (fresh) this.#exact = this.node.getComputedLayout();
    const { width, height } = this.#exact;
    const inner = {
      left: origin.left + this.#exact.left,
      top: origin.top + this.#exact.top,
    };
    const left = edgeAt(inner.left);
    const top = edgeAt(inner.top);
    const columns = edgeAt(inner.left + width) - left;
    const rows = edgeAt(inner.top + height) - top;
    return [{ left, top, columns, rows }, inner];
  }
}

/** A text's node. */
class KeptText extends KeptNode {
  #element: TextElement;
  #text: MeasuredText;
  #ellipsis: string;

  constructor(element: TextElement, ellipsis: string) {
    super();
    this.#element = element;
    this.#ellipsis = ellipsis;
    this.#text = new MeasuredText(element, ellipsis);
    this.node.setFlexShrink(1);
    this.node.setMeasureFunc((width, widthMode, height, heightMode) => {
      const columns = taken(this.#text.natural, width, widthMode);
      const lines = this.#text.rowsAt(Math.floor(columns));
      return { width: columns, height: taken(lines, height, heightMode) };
    });
  }

  become(element: Element): boolean {
    if (element.kind !== "text") return false;
    const text = new MeasuredText(element, this.#ellipsis);
    if (!text.follows(this.#text)) this.node.markDirty();
    this.#element = element;
    this.#text = text;
    return true;
  }

  touch(): void {
    this.node.markDirty();
  }

  place(origin: Origin, fresh: boolean): TextLayout {
    const [area] = this.rectangle(origin, fresh);
    const lines = this.#text.linesAt(area.columns);
    return { kind: "text", ...area, element: this.#element, lines };
  }
}

/** A canvas's node. */
class KeptCanvas extends KeptNode {
  #element: CanvasElement;

  constructor(element: CanvasElement) {
    super();
    this.#element = element;
    setPlace(this.node, element.props);
    this.node.setMeasureFunc((width, widthMode, height, heightMode) => {
      const { columns, rows } = this.#element.natural;
      return {
        width: taken(columns, width, widthMode),
        height: taken(rows, height, heightMode),
      };
    });
  }

  become(element: Element): boolean {
    if (element.kind !== "canvas") return false;
    if (!samePlace(element.props, this.#element.props)) return false;
    const { columns, rows } = this.#element.natural;
    const { natural } = element;
    const same = natural.columns === columns && natural.rows === rows;
    if (!same) this.node.markDirty();
    this.#element = element;
    return true;
  }

  touch(): void {
    this.node.markDirty();
  }

  place(origin: Origin, fresh: boolean): CanvasLayout {
    const [area] = this.rectangle(origin, fresh);
    return { kind: "canvas", ...area, element: this.#element };
  }
}

function isShown(element: Element): boolean {
  return element.kind !== "box" && element.kind !== "canvas" ||
    element.props.display !== "none";
}

function isSameBox(a: BoxElement["props"], b: BoxElement["props"]): boolean {
  return samePlace(a, b) && sameContainer(a, b) &&
    (a.borderStyle === undefined) === (b.borderStyle === undefined) &&
    (a.scrollTop === undefined) === (b.scrollTop === undefined);
}

/** A box's node, with those of its children. */
class KeptBox extends KeptNode {
  #element: BoxElement;
  readonly #children: KeptNode[] = [];
  readonly #ellipsis: string;

  constructor(element: BoxElement, ellipsis: string) {
    super();
    this.#element = element;
    this.#ellipsis = ellipsis;
    const { props } = element;
    setPlace(this.node, props);
    setContainer(this.node, props);
    if (props.borderStyle !== undefined) this.node.setBorder(Edge.All, 1);
    // Otherwise what is larger than the box would be measured as if it fitted.
    if (props.scrollTop !== undefined) this.node.setOverflow(Overflow.Scroll);
    this.#adopt(element.children.filter(isShown));
  }

  become(element: Element): boolean {
    if (element.kind !== "box") return false;
    if (!isSameBox(element.props, this.#element.props)) return false;
    this.#element = element;
    this.#adopt(element.children.filter(isShown));
    return true;
  }

  /** Makes nodes for the elements, out of those there are as far as that goes. */
  #adopt(elements: readonly Element[]): void {
    while (this.#children.length > elements.length) {
      this.#drop(this.#children.length - 1);
    }
    elements.forEach((element, index) => {
      if (this.#children.at(index)?.become(element)) return;
      if (index < this.#children.length) this.#drop(index);
      const child = keptNode(element, this.#ellipsis);
      this.#children.splice(index, 0, child);
      this.node.insertChild(child.node, index);
    });
  }

  #drop(index: number): void {
    for (const { node } of this.#children.splice(index, 1)) {
      this.node.removeChild(node);
      node.freeRecursive();
    }
  }

  touch(): void {
    for (const child of this.#children) child.touch();
  }

  /** Where the children are once so many rows have been scrolled out of sight. */
  #placeAbove({ left, top }: Origin, offset: number): Layout[] {
    const above = { left, top: top - offset };
    return this.#children.map((child) => child.place(above, false));
  }

  place(origin: Origin, fresh: boolean): BoxLayout {
    const [area, inner] = this.rectangle(origin, fresh);
    const element = this.#element;
    const placed = this.#children.map((child) => child.place(inner, fresh));
    const scroll = scrollOf(element.props, area, placed);
    const children = scroll === undefined || scroll.offset === 0
      ? placed
      : this.#placeAbove(inner, scroll.offset);
    return { kind: "box", ...area, element, children, scroll };
  }
}

/** The node of an element that has none yet. Its maker frees it. */
export function keptNode(element: Element, ellipsis: string): KeptNode {
  switch (element.kind) {
    case "text":
      return new KeptText(element, ellipsis);
    case "canvas":
      return new KeptCanvas(element);
    case "box":
      return new KeptBox(element, ellipsis);
    case "fragment":
      throw new Error("a fragment that no box has taken in");
  }
}
