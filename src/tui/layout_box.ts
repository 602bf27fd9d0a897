/**
 * What stays of a box: its node, and those of its children.
 *
 * @module
 */
import { Edge, type Node, Overflow } from "yoga-layout";
import type { BoxElement, Element } from "./element.ts";
import type { BoxLayout, Layout } from "./layout.ts";
import { KeptCanvas, KeptText } from "./layout_leaf.ts";
import {
  type Becoming,
  type ExactPlace,
  KeptNode,
  type Origin,
} from "./layout_node.ts";
import { fills, isSectional, Section, stretches } from "./layout_section.ts";
import { sameProps } from "./same_props.ts";
import { scrollOf } from "./scrollbar.ts";
import {
  markEmptyDirty,
  sameContainer,
  samePlace,
  setContainer,
  setPlace,
} from "./yoga_style.ts";

function isShown(element: Element): boolean {
  return element.kind !== "box" && element.kind !== "canvas" ||
    element.props.display !== "none";
}

function isSameBox(a: BoxElement["props"], b: BoxElement["props"]): boolean {
  if (sameProps(a, b)) return true;
  return samePlace(a, b) && sameContainer(a, b) &&
    (a.borderStyle === undefined) === (b.borderStyle === undefined) &&
    (a.scrollTop === undefined) === (b.scrollTop === undefined);
}

/** A box's node, with those of its children. */
class KeptBox extends KeptNode {
  #element: BoxElement;
  readonly #children: KeptNode[] = [];
  readonly #ellipsis: string;
  /** Whether it is a section as long as it holds more than one element. */
  readonly #sectional: boolean;
  /** Whether its width is certain, and it makes those of its children as wide that leave it to it. */
  readonly #stretches: boolean;
  readonly #section: Section | undefined;
  /** What the children's nodes are in. */
  readonly #inside: Node;

  constructor(element: BoxElement, ellipsis: string, stretched: boolean) {
    super();
    this.#element = element;
    this.#ellipsis = ellipsis;
    const { props, children } = element;
    this.#sectional = stretched && isSectional(props);
    // Nothing that is inside has a part in such a width.
    const wide = typeof props.width === "number" || stretched && fills(props);
    this.#stretches = wide && stretches(props);
    setPlace(this.node, props);
    if (this.#sectional && children.length > 1) {
      this.#section = new Section(this.node, props, {
        forget: () => this.#touchChildren(),
        shape: () => this.#childrenShape(),
        places: () => this.#childrenPlaces(),
        restore: (places) => void this.#restoreChildren(places, 0),
      });
    } else {
      this.#setInside(props);
    }
    this.#inside = this.#section?.inside ?? this.node;
    this.#adopt(children.filter(isShown));
  }

  #setInside(props: BoxElement["props"]): void {
    setContainer(this.node, props);
    if (props.borderStyle !== undefined) this.node.setBorder(Edge.All, 1);
    // Otherwise what is larger than the box would be measured as if it fitted.
    if (props.scrollTop !== undefined) this.node.setOverflow(Overflow.Scroll);
  }

  become(element: Element): Becoming {
    if (element.kind !== "box") return "refused";
    if (!isSameBox(element.props, this.#element.props)) return "refused";
    const isSection = this.#sectional && element.children.length > 1;
    if (isSection !== (this.#section !== undefined)) return "refused";
    this.#element = element;
    if (this.#adopt(element.children.filter(isShown))) return "kept";
    return this.#section?.settles() ? "kept" : "moved";
  }

  /** Makes nodes for the elements, out of those there are as far as that goes; answers whether all take the room that they took before. */
  #adopt(elements: readonly Element[]): boolean {
    let kept = this.#children.length <= elements.length;
    while (this.#children.length > elements.length) {
      this.#drop(this.#children.length - 1);
    }
    elements.forEach((element, index) => {
      const becoming = this.#children.at(index)?.become(element) ?? "refused";
      kept &&= becoming === "kept";
      if (becoming !== "refused") return;
      if (index < this.#children.length) this.#drop(index);
      const child = keptNode(element, this.#ellipsis, this.#stretches);
      this.#children.splice(index, 0, child);
      this.#inside.insertChild(child.node, index);
    });
    return kept;
  }

  #drop(index: number): void {
    for (const child of this.#children.splice(index, 1)) {
      this.#inside.removeChild(child.node);
      child.free();
    }
  }

  touch(): void {
    if (this.#section === undefined) this.#touchChildren();
    else this.#section.touch();
  }

  #touchChildren(): void {
    for (const child of this.#children) child.touch();
    if (this.#children.length === 0) markEmptyDirty(this.#inside);
  }

  shape(): string | undefined {
    // A section within another stands by more than its room (see `Section.fit`).
    if (this.#section !== undefined) return undefined;
    const inside = this.#childrenShape();
    return inside === undefined ? undefined : `${this.id}(${inside})`;
  }

  #childrenShape(): string | undefined {
    let shape = "";
    for (const child of this.#children) {
      const one = child.shape();
      if (one === undefined) return undefined;
      shape += `${one} `;
    }
    return shape;
  }

  override read(places: ExactPlace[]): void {
    super.read(places);
    for (const child of this.#children) child.read(places);
  }

  #childrenPlaces(): ExactPlace[] {
    const places: ExactPlace[] = [];
    for (const child of this.#children) child.read(places);
    return places;
  }

  override restore(places: readonly ExactPlace[], at: number): number {
    return this.#restoreChildren(places, super.restore(places, at));
  }

  #restoreChildren(places: readonly ExactPlace[], at: number): number {
    return this.#children.reduce(
      (next, child) => child.restore(places, next),
      at,
    );
  }

  override free(): void {
    for (const child of this.#children) child.free();
    this.#section?.free();
    super.free();
  }

  /** Where the children are once so many rows have been scrolled out of sight. */
  #placeAbove({ left, top }: Origin, offset: number): Layout[] {
    const above = { left, top: top - offset };
    return this.#children.map((child) => child.place(above, false));
  }

  place(origin: Origin, fresh: boolean): BoxLayout {
    const [area, inner] = this.rectangle(origin, fresh);
    const element = this.#element;
    const moved = this.#section?.fit(this.exact) ?? fresh;
    const placed = this.#children.map((child) => child.place(inner, moved));
    const scroll = scrollOf(element.props, area, placed);
    const children = scroll === undefined || scroll.offset === 0
      ? placed
      : this.#placeAbove(inner, scroll.offset);
    return { kind: "box", ...area, element, children, scroll };
  }
}

/**
 * The node of an element that has none yet. Its maker frees it, and says whether
 * it is in a column of certain width that makes it as wide.
 */
export function keptNode(
  element: Element,
  ellipsis: string,
  stretched: boolean,
): KeptNode {
  switch (element.kind) {
    case "text":
      return new KeptText(element, ellipsis);
    case "canvas":
      return new KeptCanvas(element);
    case "box":
      return new KeptBox(element, ellipsis, stretched);
    case "fragment":
      throw new Error("a fragment that no box has taken in");
  }
}
