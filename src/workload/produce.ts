/**
 * The bytes of a page, from its description.
 *
 * @module
 */
import type { FileContent, GeneratedContent, PageContent } from "./content.ts";
import type { FileBytes } from "./pattern.ts";
import { PAGE_BYTES } from "./pattern.ts";
import { Splitmix64 } from "./splitmix64.ts";

/** Bytes of one entry of {@linkcode WORDS}: the longest word and its blank fit. */
const WORD_STRIDE = 8;

/** The words of the `text` pattern, each with the blank that follows it, padded with 0. */
const WORDS = new Uint8Array(64 * WORD_STRIDE);
const WORD_LENGTHS = new Uint8Array(64);
("the of and to in a is that for it as was with be by on not he page his are " +
  "at this have from or had an they which one you memory her all she there " +
  "would their kernel been has when who will more no if out so said what up " +
  "its about into than them can only other time new merge")
  .split(" ").forEach((word, index) => {
    const bytes = Array.from(word + " ", (letter) => letter.charCodeAt(0));
    WORDS.set(bytes, index * WORD_STRIDE);
    WORD_LENGTHS[index] = bytes.length;
  });
const WORDS_VIEW = new DataView(WORDS.buffer);

/**
 * Writes the 4096 bytes of a page into the beginning of `out`.
 *
 * `files` is asked for contents of kind `file` only; what lies past the end of
 * the file is 0.
 *
 * @example
 * ```ts
 * import { pageContent, produce } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * const page = new Uint8Array(4096);
 * produce(pageContent({ kind: "const", byte: 65 }, 0), page, () => {
 *   throw new Error("no file here");
 * });
 * assert.ok(page.every((byte) => byte === 65));
 * ```
 */
export function produce(
  content: PageContent,
  out: Uint8Array,
  files: FileBytes,
): void {
  switch (content.kind) {
    case "run": {
      out.fill(content.byte, 0, PAGE_BYTES);
      const view = new DataView(out.buffer, out.byteOffset, PAGE_BYTES);
      view.setUint32(content.offset, content.low, true);
      view.setUint32(content.offset + 4, content.high, true);
      return;
    }
    case "generated":
      return content.generator === "prng"
        ? producePrng(content, out)
        : produceText(content, out);
    case "file":
      return produceFile(content, out, files);
  }
}

function producePrng(content: GeneratedContent, out: Uint8Array): void {
  const random = new Splitmix64(content);
  const view = new DataView(out.buffer, out.byteOffset, PAGE_BYTES);
  for (let at = 0; at < PAGE_BYTES; at += 8) {
    random.step();
    view.setInt32(at, random.low, true);
    view.setInt32(at + 4, random.high, true);
  }
}

/** Writes eight bytes for each word, and lets the next word overwrite what is too much. */
function produceText(content: GeneratedContent, out: Uint8Array): void {
  const random = new Splitmix64(content);
  const view = new DataView(out.buffer, out.byteOffset, PAGE_BYTES);
  let at = 0;
  while (at <= PAGE_BYTES - WORD_STRIDE) {
    random.step();
    const word = random.high >>> 26;
    const from = word * WORD_STRIDE;
    view.setInt32(at, WORDS_VIEW.getInt32(from));
    view.setInt32(at + 4, WORDS_VIEW.getInt32(from + 4));
    at += WORD_LENGTHS[word];
  }
  while (at < PAGE_BYTES) {
    random.step();
    const word = random.high >>> 26;
    const length = Math.min(WORD_LENGTHS[word], PAGE_BYTES - at);
    const from = word * WORD_STRIDE;
    out.set(WORDS.subarray(from, from + length), at);
    at += length;
  }
}

function produceFile(
  content: FileContent,
  out: Uint8Array,
  files: FileBytes,
): void {
  const bytes = files(content.path);
  const part = bytes.subarray(content.offset, content.offset + PAGE_BYTES);
  out.set(part);
  out.fill(0, part.length, PAGE_BYTES);
}
