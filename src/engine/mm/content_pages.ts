/**
 * Where the bytes of contents come from: kept ones from a map, all others from
 * their description by way of a small cache.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Content, ContentGenerator } from "./content.ts";
import { type ContentColumns, ContentKind } from "./content_columns.ts";
import { ProducedPages, slotOf } from "./produced_pages.ts";
import { emptyRun, writeRun } from "./run.ts";

/** The bytes behind the entries of a {@linkcode ContentColumns}. */
export class ContentPages {
  readonly #columns: ContentColumns;
  /** The bytes of the entries of kind `bytes`. */
  readonly #kept = new Map<Content, Uint8Array>();
  readonly #generators: ContentGenerator[] = [];
  readonly #generatorNumbers = new Map<ContentGenerator, number>();
  readonly #produced = new ProducedPages((content, out) =>
    this.#produce(content, out)
  );
  /** Written afresh for each page. */
  readonly #run = emptyRun();

  /** No bytes yet. */
  constructor(columns: ContentColumns) {
    this.#columns = columns;
  }

  /** The number by which a generator stands in the column `origin`. */
  numberOf(generator: ContentGenerator): number {
    let number = this.#generatorNumbers.get(generator);
    if (number === undefined) {
      number = this.#generators.push(generator) - 1;
      this.#generatorNumbers.set(generator, number);
    }
    return number;
  }

  /** Keeps the bytes of an entry of kind `bytes`. */
  keep(content: Content, page: Uint8Array): void {
    this.#kept.set(content, page);
  }

  /** Drops the bytes of an entry that goes away. */
  forget(content: Content): void {
    this.#kept.delete(content);
    this.#produced.forget(content);
  }

  /**
   * The bytes, to be read only, and only until other ones are asked for. A
   * generator's page has its lead from now on.
   */
  page(content: Content): Uint8Array {
    assert(this.#columns.refs[content] > 0, "only a content in use has bytes");
    if (this.#columns.kind[content] !== ContentKind.bytes) {
      return this.#produced.page(content);
    }
    return this.keptPage(content);
  }

  /** The bytes of an entry of kind `bytes`. */
  keptPage(content: Content): Uint8Array {
    const page = this.#kept.get(content);
    assert(page !== undefined, "an entry of kind bytes has its bytes kept");
    return page;
  }

  /** Whether asking for the page of `b` may write over that of `a`. */
  mayCollide(a: Content, b: Content): boolean {
    return slotOf(a) === slotOf(b);
  }

  /** Writes out a run or a generated page. */
  #produce(content: Content, out: Uint8Array): void {
    const columns = this.#columns;
    if (columns.kind[content] === ContentKind.run) {
      columns.loadRun(content, this.#run);
      writeRun(this.#run, out);
      return;
    }
    const generator = this.#generators[columns.origin[content]];
    generator.produce(columns.low[content], columns.high[content], out);
    columns.setLead(content, (offset) => wordAt(out, offset));
  }
}

/** Four bytes as one unsigned number, the first being the highest. */
export function wordAt(page: Uint8Array, at: number): number {
  return (page[at] << 24 | page[at + 1] << 16 | page[at + 2] << 8 |
    page[at + 3]) >>> 0;
}
