/**
 * What lies where on a drawn screen: which named elements a point hits, in which
 * order the tab key goes through them, and how large they are.
 *
 * @module
 */
import { contains, type Rectangle } from "./rectangle.ts";
import type { Size } from "./screen.ts";

/** A piece of an element that means something by itself, such as a row or a title of a table. */
export interface Part {
  /** What it is, in a word of the element's own. */
  readonly kind: string;
  /** Which of its kind it is. */
  readonly index: number;
  /** What it is called, where it has a name. */
  readonly name?: string | undefined;
}

/** A named element, or a part of one, under the pointer. */
export interface Hit {
  /** Its id. */
  readonly id: string;
  /** Its part; missing where the element has none there. */
  readonly part: Part | undefined;
  /** Column of the pointer, counted from the element's left edge. */
  readonly column: number;
  /** Row of the pointer, counted from the element's upper edge. */
  readonly row: number;
}

/** The size of a named element on the screen. */
export interface Area extends Size {
  /** Rows of what it holds, of which a box that scrolls shows a part; as many as its rows elsewhere. */
  readonly contentRows: number;
  /** Names of the titles that stand in it, as over the columns of a table; missing where there are none. */
  readonly titles?: readonly string[];
}

/** Sizes by id. */
export type Areas = ReadonlyMap<string, Area>;

/** A named element where it was drawn. */
interface Target {
  readonly id: string;
  readonly part: Part | undefined;
  readonly focusable: boolean;
  /** The whole element. */
  readonly whole: Rectangle;
  /** What can be seen of it, or of its part. */
  readonly seen: Rectangle;
}

/** Where the screen stops being reachable: what was drawn before lies under it. */
interface Cover {
  readonly seen: Rectangle;
}

/** The named elements of a picture, in the order in which they were drawn. */
export class Targets {
  readonly #drawn: (Target | Cover)[] = [];
  readonly #areas = new Map<string, Area>();
  #modalAt = 0;

  /** Adds an element over all others. */
  add(
    id: string,
    focusable: boolean,
    whole: Rectangle,
    seen: Rectangle,
    contentRows = whole.rows,
  ): void {
    const { columns, rows } = whole;
    this.#drawn.push({ id, part: undefined, focusable, whole, seen });
    this.#areas.set(id, { columns, rows, contentRows });
  }

  /** Adds a part of an element over all others. */
  addPart(id: string, part: Part, whole: Rectangle, seen: Rectangle): void {
    this.#drawn.push({ id, part, focusable: false, whole, seen });
    const area = this.#areas.get(id);
    if (part.kind !== "title" || part.name === undefined) return;
    if (area === undefined) return;
    const titles = [...area.titles ?? [], part.name];
    this.#areas.set(id, { ...area, titles });
  }

  /** Hides from the pointer what was drawn before within a rectangle. */
  cover(seen: Rectangle): void {
    this.#drawn.push({ seen });
  }

  /** Hides from the pointer and from the tab key all that was drawn before. */
  startModal(screen: Rectangle): void {
    this.cover(screen);
    this.#modalAt = this.#drawn.length;
  }

  /** What is under a point, the uppermost first; one hit an id. */
  at(column: number, row: number): Hit[] {
    const hits: Hit[] = [];
    for (const target of this.#drawn.toReversed()) {
      if (!contains(target.seen, column, row)) continue;
      if (!("id" in target)) break;
      const { id, part, whole } = target;
      if (hits.some((hit) => hit.id === id)) continue;
      const [x, y] = [column - whole.left, row - whole.top];
      hits.push({ id, part, column: x, row: y });
    }
    return hits;
  }

  /** The ids that can have the focus, in the order of the tab key. */
  focusOrder(): string[] {
    return this.#drawn.slice(this.#modalAt)
      .flatMap((one) => "id" in one && one.focusable ? [one.id] : []);
  }

  /** The sizes of all named elements. */
  get areas(): Areas {
    return this.#areas;
  }
}

/** Whether the same elements have the same sizes. */
export function sameAreas(a: Areas, b: Areas): boolean {
  if (a.size !== b.size) return false;
  for (const [id, { columns, rows, contentRows, titles = [] }] of a) {
    const other = b.get(id);
    const same = other?.columns === columns && other.rows === rows &&
      other.contentRows === contentRows &&
      titles.join("\n") === (other.titles ?? []).join("\n");
    if (!same) return false;
  }
  return true;
}

/** The id that comes after the one with the focus, or before it; at the end it goes on at the start. */
export function nextFocus(
  order: readonly string[],
  focused: string | undefined,
  by: 1 | -1,
): string | undefined {
  const at = focused === undefined ? -1 : order.indexOf(focused);
  if (at < 0) return by === 1 ? order[0] : order.at(-1);
  return order[(at + by + order.length) % order.length];
}
