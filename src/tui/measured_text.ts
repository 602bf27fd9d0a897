/**
 * A text ready to be measured and broken into lines.
 *
 * @module
 */
import type { TextElement } from "./element.ts";
import {
  fitLines,
  type Line,
  lineWidth,
  paragraphs,
  simpleLine,
  styledGraphemes,
} from "./wrap.ts";

/** A text with its natural size. Most texts are simple and fit: these are never taken apart into graphemes. */
export class MeasuredText {
  /** Columns of its widest line before any breaking. */
  readonly natural: number;
  readonly #element: TextElement;
  readonly #ellipsis: string;
  readonly #simple: Line | undefined;
  readonly #rows: number;
  #graphemes: Line | undefined;
  /** Whether it was ever asked for its height at less than its natural width. */
  #squeezed = false;

  /** Measures a text. */
  constructor(element: TextElement, ellipsis: string) {
    this.#element = element;
    this.#ellipsis = ellipsis;
    this.#simple = simpleLine(element);
    if (this.#simple !== undefined) {
      this.natural = lineWidth(this.#simple);
      this.#rows = 1;
      return;
    }
    const lines = paragraphs(this.#parts());
    this.natural = Math.max(...lines.map(lineWidth));
    this.#rows = lines.length;
  }

  #parts(): Line {
    return this.#graphemes ??= styledGraphemes(this.#element);
  }

  /** Its lines, each no wider than a width. */
  linesAt(width: number): readonly Line[] {
    if (this.#simple !== undefined && this.natural <= width) {
      return [this.#simple];
    }
    return fitLines(this.#parts(), width, this.#element.wrap, this.#ellipsis);
  }

  /** How many lines it has at a width. */
  rowsAt(width: number): number {
    const wraps = this.#element.wrap === "wrap" && width < this.natural;
    if (!wraps) return this.#rows;
    this.#squeezed = true;
    return this.linesAt(width).length;
  }

  /** What the room that it takes follows from, as far as that was asked. */
  get room(): string {
    const wraps = this.#element.wrap === "wrap";
    const written = this.#squeezed
      ? JSON.stringify(plainText(this.#element))
      : "";
    return `${this.natural},${this.#rows},${wraps}${written}`;
  }

  /**
   * Whether it takes the same room as the text before it in this place,
   * wherever that was asked. It is asked no more then, and so it remembers what
   * that one was asked.
   */
  follows(before: MeasuredText): boolean {
    const wraps = this.#element.wrap === "wrap";
    const same = this.natural === before.natural &&
      this.#rows === before.#rows &&
      wraps === (before.#element.wrap === "wrap");
    if (!same || !before.#squeezed) return same;
    this.#squeezed = true;
    return plainText(this.#element) === plainText(before.#element);
  }
}

function plainText({ children }: TextElement): string {
  return children
    .map((child) => typeof child === "string" ? child : plainText(child))
    .join("");
}
