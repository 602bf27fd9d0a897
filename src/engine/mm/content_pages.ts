/**
 * Where the bytes of contents come from: kept ones from a map, all others from
 * their description by way of a small cache.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Kept } from "../lib/kept.ts";
import { PAGE_BYTES } from "../lib/page_size.ts";
import type { Content, ContentGenerator } from "./content.ts";
import { type ContentColumns, ContentKind } from "./content_columns.ts";
import {
  changed,
  type Patch,
  type PatchBase,
  unchanged,
  writePatch,
} from "./patch.ts";
import { ProducedPages, slotOf } from "./produced_pages.ts";
import { emptyRun, writeRun } from "./run.ts";

/** What an entry of a map takes, roughly. */
const MAP_ENTRY_BYTES = 32;

/** The bytes behind the entries of a {@linkcode ContentColumns}. */
export class ContentPages {
  readonly #columns: ContentColumns;
  /** The bytes of the entries of kind `bytes`. */
  #bytes = new Map<Content, Uint8Array>();
  /** How some of them came about. */
  #patches = new Map<Content, Patch>();
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

  /** Takes over the bytes of an entry of kind `bytes`, and how they came about, if that is known. */
  add(content: Content, page: Uint8Array, patch?: Patch): void {
    this.#bytes.set(content, page);
    if (patch !== undefined) this.#patches.set(content, patch);
  }

  /** How the page comes about that is `content` with other bytes from `offset` on, if that is worth knowing. */
  patchOf(
    content: Content,
    offset: number,
    bytes: Uint8Array,
  ): Patch | undefined {
    const patch = this.#patches.get(content) ?? this.#described(content);
    return patch && changed(patch, offset, bytes);
  }

  /** Drops the bytes of an entry that goes away. */
  forget(content: Content): void {
    this.#bytes.delete(content);
    this.#patches.delete(content);
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
    const page = this.#bytes.get(content);
    assert(page !== undefined, "an entry of kind bytes has its bytes kept");
    return page;
  }

  /**
   * Whose bytes are kept as they are. The bytes themselves are not copied, since
   * nobody changes them, and where it is known how they came about not even held.
   * A generator keeps its number for ever.
   */
  keep(): Kept {
    const patches = new Map(this.#patches);
    const bytes = new Map(this.#bytes);
    let size = bytes.size * MAP_ENTRY_BYTES;
    patches.forEach((patch, content) => {
      bytes.delete(content);
      size += patch.size + MAP_ENTRY_BYTES;
    });
    return {
      bytes: size,
      held: [...bytes.values()].filter(isWhole),
      restore: () => {
        const present = this.#bytes;
        this.#bytes = new Map(bytes);
        patches.forEach((patch, content) => {
          const isSame = this.#patches.get(content) === patch;
          const page = isSame ? present.get(content) : undefined;
          this.#bytes.set(content, page ?? written(patch));
        });
        this.#patches = new Map(patches);
        this.#produced.forgetAll();
      },
    };
  }

  /** Whether asking for the page of `b` may write over that of `a`. */
  mayCollide(a: Content, b: Content): boolean {
    return slotOf(a) === slotOf(b);
  }

  /** A page that a generator or a file has, and nobody has changed. */
  #described(content: Content): Patch | undefined {
    const { kind } = this.#columns;
    if (kind[content] === ContentKind.generated) {
      return unchanged(this.#generated(content));
    }
    const page = this.#bytes.get(content);
    return page === undefined || isWhole(page)
      ? undefined
      : unchanged({ write: (out) => out.set(page) });
  }

  #generated(content: Content): PatchBase {
    const { origin, low: lows, high: highs } = this.#columns;
    const generator = this.#generators[origin[content]];
    const [low, high] = [lows[content], highs[content]];
    return { write: (out) => generator.produce(low, high, out) };
  }

  /** Writes out a run or a generated page. */
  #produce(content: Content, out: Uint8Array): void {
    const columns = this.#columns;
    if (columns.kind[content] === ContentKind.run) {
      columns.loadRun(content, this.#run);
      writeRun(this.#run, out);
      return;
    }
    this.#generated(content).write(out);
    columns.setLead(content, (offset) => wordAt(out, offset));
  }
}

/** Four bytes as one unsigned number, the first being the highest. */
export function wordAt(page: Uint8Array, at: number): number {
  return (page[at] << 24 | page[at + 1] << 16 | page[at + 2] << 8 |
    page[at + 3]) >>> 0;
}

/** Whether a page is no view of a file, which is there anyway. */
function isWhole({ byteLength, buffer }: Uint8Array): boolean {
  return byteLength === buffer.byteLength;
}

function written(patch: Patch): Uint8Array {
  const page = new Uint8Array(PAGE_BYTES);
  writePatch(patch, page);
  return page;
}
