/**
 * What stays of an element from frame to frame: its node in Yoga's tree, and
 * where that was put. Most frames change texts but no sizes; to make nodes and
 * to let Yoga work takes several times as long as all the rest of a frame.
 *
 * @module
 */
import type { Node } from "yoga-layout";
import type { Element } from "./element.ts";
import type { Layout } from "./layout.ts";
import type { Rectangle } from "./rectangle.ts";
import { createNode } from "./yoga_style.ts";

/** A point of the screen as exact as Yoga has it, which may be within a cell. */
export interface Origin {
  /** Columns from the left. */
  readonly left: number;
  /** Rows from the top. */
  readonly top: number;
}

/** The upper left corner. */
export const SCREEN: Origin = { left: 0, top: 0 };

/** Where an element is within the one around it, as exact as Yoga has it. */
export interface ExactPlace extends Origin {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** What came of giving a node another element. */
export type Becoming =
  /** Nothing: that one needs a node of its own. */
  | "refused"
  /** It has it, and all takes the room that it took before. */
  | "kept"
  /** It has it, and something may take another room. */
  | "moved";

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

let made = 0;

/** An element's node, kept. */
export abstract class KeptNode {
  /** The node in Yoga's tree. */
  readonly node: Node = createNode();
  /** Tells it from all others, also from those before it in its place. */
  protected readonly id: number = made++;
  #exact: ExactPlace = { left: 0, top: 0, width: 0, height: 0 };

  /** Becomes another element, if that differs in nothing but what a node can take over. */
  abstract become(element: Element): Becoming;

  /**
   * What the places of all that is inside follow from: with equal shapes, and
   * given the same room, it stands alike. Missing where more has a part in it; a
   * text that is squeezed for the first time changes it.
   */
  abstract shape(): string | undefined;

  /** Reads from Yoga where this is, and all that is inside, in their order. */
  read(places: ExactPlace[]): void {
    this.#exact = this.node.getComputedLayout();
    places.push(this.#exact);
  }

  /** Puts this and all that is inside where {@linkcode read} found them once, from one of the places on; answers where the next begins. */
  restore(places: readonly ExactPlace[], at: number): number {
    this.#exact = places[at];
    return at + 1;
  }

  /** Lets Yoga forget what it knows. */
  abstract touch(): void;

  /** Frees the node and those of what is inside. */
  free(): void {
    this.node.free();
  }

  /** Where the element is; `fresh` says whether Yoga may have moved it since the last time. */
  abstract place(origin: Origin, fresh: boolean): Layout;

  /** The size as exact as Yoga has it. */
  protected get exact(): { readonly width: number; readonly height: number } {
    return this.#exact;
  }

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
