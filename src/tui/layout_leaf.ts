/**
 * What stays of elements that hold no others: texts and canvases.
 *
 * @module
 */
import { MeasureMode } from "yoga-layout";
import type { CanvasElement, Element, TextElement } from "./element.ts";
import type { CanvasLayout, TextLayout } from "./layout.ts";
import { type Becoming, KeptNode, type Origin } from "./layout_node.ts";
import { MeasuredText } from "./measured_text.ts";
import { sameProps } from "./same_props.ts";
import { samePlace, setPlace } from "./yoga_style.ts";

/** What a measured leaf takes of the room that Yoga offers. */
function taken(natural: number, offered: number, mode: MeasureMode): number {
  if (mode === MeasureMode.Undefined) return natural;
  return mode === MeasureMode.Exactly ? offered : Math.min(natural, offered);
}

/** Whether two texts are one string in one style, as most are from frame to frame. */
function isSameText(a: TextElement, b: TextElement): boolean {
  return a.wrap === b.wrap && a.children.length === 1 &&
    b.children.length === 1 && typeof a.children[0] === "string" &&
    a.children[0] === b.children[0] && sameProps(a.style, b.style);
}

/** A text's node. */
export class KeptText extends KeptNode {
  #element: TextElement;
  #text: MeasuredText;
  #ellipsis: string;

  /** Makes a node for a text. */
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

  become(element: Element): Becoming {
    if (element.kind !== "text") return "refused";
    const before = this.#text;
    if (!isSameText(element, this.#element)) {
      this.#text = new MeasuredText(element, this.#ellipsis);
    }
    this.#element = element;
    const kept = this.#text === before || this.#text.follows(before);
    return kept ? "kept" : "moved";
  }

  shape(): string {
    return this.#text.room;
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
export class KeptCanvas extends KeptNode {
  #element: CanvasElement;

  /** Makes a node for a canvas. */
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

  become(element: Element): Becoming {
    if (element.kind !== "canvas") return "refused";
    if (!samePlace(element.props, this.#element.props)) return "refused";
    const { columns, rows } = this.#element.natural;
    const { natural } = element;
    this.#element = element;
    const kept = natural.columns === columns && natural.rows === rows;
    return kept ? "kept" : "moved";
  }

  shape(): string {
    const { columns, rows } = this.#element.natural;
    return `${this.id}:${columns},${rows}`;
  }

  touch(): void {
    this.node.markDirty();
  }

  place(origin: Origin, fresh: boolean): CanvasLayout {
    const [area] = this.rectangle(origin, fresh);
    return { kind: "canvas", ...area, element: this.#element };
  }
}
