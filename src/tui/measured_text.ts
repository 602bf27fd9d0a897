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
    if (!this.#wraps || width >= this.natural) return this.#rows;
    this.#squeezed = true;
    return this.linesAt(width).length;
  }

  get #wraps(): boolean {
    return this.#element.wrap === "wrap";
  }

  /**
   * What the room that it takes follows from, as far as that was asked: where it
   * is broken, from its graphemes, which are other ones when the same letters
   * stand in texts of their own.
   */
  get room(): string {
    const size = `${this.natural},${this.#rows},${this.#wraps}`;
    if (!this.#squeezed || !this.#wraps) return size;
    return size + JSON.stringify(this.#parts().map(({ text }) => text));
  }

  /**
   * Whether it takes the same room as the text before it in this place,
   * wherever that was asked. It may be asked no more, and so it counts as
   * squeezed where that one was.
   */
  follows(before: MeasuredText): boolean {
    this.#squeezed ||= before.#squeezed;
    return this.room === before.room;
  }
}
