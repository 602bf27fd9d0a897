/** Pages and generators for the tests of page contents. */
import { PAGE_BYTES } from "../../src/engine/lib/page_size.ts";
import type {
  Content,
  ContentGenerator,
  Contents,
} from "../../src/engine/mm/contents.ts";

/** Bytes that depend on the key, the place, and nothing else; the first 100 do not depend on the key. */
export const mixer: ContentGenerator = {
  name: "mixer",
  produce(low: number, high: number, out: Uint8Array): void {
    for (let at = 0; at < PAGE_BYTES; at++) {
      const key = at < 100 ? 1 : low + 31 * high;
      out[at] = Math.imul(at + 7, key) >>> 3;
    }
  },
};

/** Pages full of the key's lowest byte: a generator that makes what a run could describe. */
export const plain: ContentGenerator = {
  name: "plain",
  produce(low: number, _high: number, out: Uint8Array): void {
    out.fill(low & 0xff);
  },
};

/** The page of a run, written from its definition. */
export function runPage(
  byte: number,
  offset: number,
  low: number,
  high: number,
): Uint8Array {
  const page = new Uint8Array(PAGE_BYTES).fill(byte);
  const view = new DataView(page.buffer);
  view.setUint32(offset, low, true);
  view.setUint32(offset + 4, high, true);
  return page;
}

/** The page of a generator. */
export function generatedPage(
  generator: ContentGenerator,
  low: number,
  high: number,
): Uint8Array {
  const page = new Uint8Array(PAGE_BYTES);
  generator.produce(low, high, page);
  return page;
}

/** A copy of `page` with `bytes` from `offset` on. */
export function patchedPage(
  page: Uint8Array,
  offset: number,
  bytes: Uint8Array,
): Uint8Array {
  const copy = page.slice();
  copy.set(bytes, offset);
  return copy;
}

/** The bytes of a content. */
export function pageOf(contents: Contents, content: Content): Uint8Array {
  const page = new Uint8Array(PAGE_BYTES);
  contents.read(content, page);
  return page;
}
