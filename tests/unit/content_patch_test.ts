import assert from "node:assert/strict";
import { scalarPageBytes } from "../../src/engine/lib/page_bytes.ts";
import { PAGE_BYTES } from "../../src/engine/lib/page_size.ts";
import type { Content } from "../../src/engine/mm/content.ts";
import { Contents } from "../../src/engine/mm/contents.ts";
import { mixer, pageOf } from "./content_samples.ts";

/** A file of two pages, of which nobody keeps a copy. */
const file = new Uint8Array(2 * PAGE_BYTES).map((_, i) => i * 7 + (i >> 9));

/** Writes one byte again and again, in place of the content that there was. */
function write(
  contents: Contents,
  base: Content,
  count: number,
): { content: Content; page: Uint8Array } {
  let content = base;
  for (let i = 0; i < count; i++) {
    const next = contents.patched(content, 100 + i, Uint8Array.of(200 + i));
    contents.put(content);
    content = next;
  }
  return { content, page: pageOf(contents, content).slice() };
}

for (
  const [name, baseOf] of [
    ["a generator", (contents: Contents) => contents.ofGenerator(mixer, 5, 6)],
    [
      "a file",
      (contents: Contents) => contents.ofBytes(file.subarray(PAGE_BYTES)),
    ],
  ] as const
) {
  Deno.test(`a page of ${name} that is written to is kept as what was written`, () => {
    const contents = new Contents(scalarPageBytes);
    const { content, page } = write(contents, baseOf(contents), 3);
    assert.notDeepEqual(page, pageOf(contents, baseOf(contents)));
    const { held, restore } = contents.keep();
    assert.equal(held, undefined);
    // Gone, and another page under its handle.
    contents.put(content);
    for (let low = 0; low < 200; low++) contents.ofGenerator(mixer, low, 0);
    restore();
    assert.deepEqual(pageOf(contents, content), page);
    assert.equal(contents.refs(content), 1);
    // Equal bytes are found, however they come.
    assert.equal(contents.ofBytes(page.slice()), content);
  });

  Deno.test(`a page of ${name} that is written to all over is kept itself`, () => {
    const contents = new Contents(scalarPageBytes);
    const { content, page } = write(contents, baseOf(contents), 40);
    const { held = [], restore } = contents.keep();
    assert.deepEqual(held, [page]);
    contents.put(content);
    restore();
    assert.deepEqual(pageOf(contents, content), page);
  });
}

Deno.test("what was written last at a place counts", () => {
  const contents = new Contents(scalarPageBytes);
  const base = contents.ofGenerator(mixer, 1, 1);
  const first = contents.patched(base, 0, Uint8Array.of(1, 2, 3));
  const bytes = Uint8Array.of(9);
  const second = contents.patched(first, 1, bytes);
  bytes[0] = 77;
  const { restore } = contents.keep();
  contents.put(second);
  restore();
  assert.deepEqual([...pageOf(contents, second).subarray(0, 3)], [1, 9, 3]);
  // The one in between is another content, and stays what it is.
  assert.deepEqual([...pageOf(contents, first).subarray(0, 3)], [1, 2, 3]);
});

Deno.test("a page that is restored while it is there is the same one", () => {
  const contents = new Contents(scalarPageBytes);
  const { content, page } = write(
    contents,
    contents.ofGenerator(mixer, 8, 8),
    1,
  );
  const { restore } = contents.keep();
  restore();
  restore();
  assert.deepEqual(pageOf(contents, content), page);
});
