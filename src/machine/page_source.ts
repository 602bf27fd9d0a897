/**
 * From a workload's patterns to the engine's page contents.
 *
 * @module
 */
import type { Content, ContentGenerator, Contents } from "../engine/mm/mod.ts";
import {
  type FileBytes,
  type GeneratedContent,
  PAGE_BYTES,
  type PageContent,
  produce,
} from "../workload/mod.ts";

/** Makes contents for one machine. */
export class PageSource {
  readonly #contents: Contents;
  readonly #files: FileBytes;

  /** Puts contents into `contents`, and asks `files` for the bytes of files. */
  constructor(contents: Contents, files: FileBytes) {
    this.#contents = contents;
    this.#files = files;
  }

  /** The content that a description stands for, with one reference raised for the caller. */
  get(page: PageContent): Content {
    switch (page.kind) {
      case "run":
        return this.#contents.ofRun(
          page.byte,
          page.offset,
          page.low,
          page.high,
        );
      case "generated":
        return this.#contents.ofGenerator(
          GENERATORS[page.generator],
          page.low,
          page.high,
        );
      case "file":
        return this.#contents.ofBytes(this.#filePage(page.path, page.offset));
    }
  }

  /** A whole page is a view of the file; only the last one is a copy, with zero bytes behind. */
  #filePage(path: string, offset: number): Uint8Array {
    const bytes = this.#files(path).subarray(offset, offset + PAGE_BYTES);
    if (bytes.length === PAGE_BYTES) return bytes;
    const page = new Uint8Array(PAGE_BYTES);
    page.set(bytes);
    return page;
  }
}

const GENERATORS: Record<GeneratedContent["generator"], ContentGenerator> = {
  prng: generator("prng"),
  text: generator("text"),
};

function generator(name: GeneratedContent["generator"]): ContentGenerator {
  return {
    name,
    produce: (low, high, out) =>
      produce({ kind: "generated", generator: name, low, high }, out, noFile),
  };
}

function noFile(path: string): never {
  throw new RangeError(`Cannot read "${path}": this workload brings no files`);
}
