import assert from "node:assert/strict";
import { Bug } from "../../src/engine/lib/assert.ts";
import { scalarPageBytes } from "../../src/engine/lib/page_bytes.ts";
import { PAGE_BYTES } from "../../src/engine/lib/page_size.ts";
import { Contents } from "../../src/engine/mm/contents.ts";
import {
  generatedPage,
  mixer,
  pageOf,
  patchedPage,
  plain,
  runPage,
} from "./content_samples.ts";

function newContents(): Contents {
  return new Contents(scalarPageBytes);
}

Deno.test("contents: the page of zeros is there from the beginning", () => {
  const contents = newContents();
  assert.equal(contents.zero, 1);
  assert.equal(contents.live, 1);
  assert.equal(contents.refs(contents.zero), 1);
  assert.equal(contents.isZero(contents.zero), true);
  assert.deepEqual(
    pageOf(contents, contents.zero),
    new Uint8Array(PAGE_BYTES),
  );
});

Deno.test("contents: a run is its byte, and its value in little-endian order", () => {
  const contents = newContents();
  const run = contents.ofRun(90, 1000, 0x44332211, 0x88776655);
  const bytes = [999, 1000, 1001, 1004, 1007, 1008].map((offset) =>
    contents.byteAt(run, offset)
  );
  assert.deepEqual(bytes, [90, 0x11, 0x22, 0x55, 0x88, 90]);
  assert.deepEqual(
    pageOf(contents, run),
    runPage(90, 1000, 0x44332211, 0x88776655),
  );
});

Deno.test("contents: all spellings of one run are one entry", () => {
  const contents = newContents();
  // Byte 1003 is 7, all others are 0.
  const run = contents.ofRun(0, 1003, 7, 0);
  assert.equal(contents.ofRun(0, 1000, 7 << 24, 0), run);
  assert.equal(contents.ofRun(0, 999, 0, 7), run);
  assert.equal(contents.ofRun(0, 996, 0, 7 << 24), run);
  assert.equal(contents.ofBytes(runPage(0, 1003, 7, 0)), run);
  assert.equal(contents.patched(contents.zero, 1003, Uint8Array.of(7)), run);
  assert.equal(contents.refs(run), 6);
  // The same near the end, where the value cannot start at its first byte.
  const last = contents.ofRun(90, 4088, 0x5a5a5a5a, 0x075a5a5a);
  assert.equal(contents.ofRun(90, 4088, 0x5a5a5a5a, 0x075a5a5a), last);
  assert.equal(
    contents.ofBytes(runPage(90, 4088, 0x5a5a5a5a, 0x075a5a5a)),
    last,
  );
});

Deno.test("contents: a value that equals its background is no value, wherever it stands", () => {
  const contents = newContents();
  const filled = contents.ofRun(65, 0, 0x41414141, 0x41414141);
  assert.equal(contents.ofRun(65, 4088, 0x41414141, 0x41414141), filled);
  assert.equal(contents.ofBytes(new Uint8Array(PAGE_BYTES).fill(65)), filled);
  assert.equal(contents.ofRun(0, 77, 0, 0), contents.zero);
  assert.equal(contents.ofBytes(new Uint8Array(PAGE_BYTES)), contents.zero);
});

Deno.test("contents: eight bytes that differ are a run, nine are bytes", () => {
  const contents = newContents();
  for (const offset of [0, 1, 2041, 2048, 4087]) {
    const page = new Uint8Array(PAGE_BYTES).fill(3);
    page[offset] = 1;
    page[offset + 7 < PAGE_BYTES ? offset + 7 : PAGE_BYTES - 1] = 2;
    const view = new DataView(page.buffer);
    const run = contents.ofRun(
      3,
      offset,
      view.getUint32(offset, true),
      view.getUint32(offset + 4, true),
    );
    assert.equal(contents.ofBytes(page), run);
    const wide = page.slice();
    wide[offset === 4087 ? offset - 1 : offset + 8] = 2;
    const live = contents.live;
    assert.notEqual(contents.ofBytes(wide), run);
    assert.equal(contents.live, live + 1);
  }
});

Deno.test("contents: generator pages are told apart by generator and whole key", () => {
  const contents = newContents();
  const page = contents.ofGenerator(mixer, 5, 6);
  assert.equal(contents.ofGenerator(mixer, 5, 6), page);
  assert.notEqual(contents.ofGenerator(mixer, 6, 5), page);
  assert.notEqual(contents.ofGenerator(mixer, 5, 7), page);
  assert.notEqual(contents.ofGenerator(plain, 5, 6), page);
  assert.deepEqual(pageOf(contents, page), generatedPage(mixer, 5, 6));
});

Deno.test("contents: a generator's page equals the run with its bytes, though it is another entry", () => {
  const contents = newContents();
  const generated = contents.ofGenerator(plain, 65, 0);
  const run = contents.ofRun(65, 0, 0x41414141, 0x41414141);
  assert.notEqual(generated, run);
  assert.equal(contents.compare(generated, run), 0);
  assert.equal(contents.checksum(generated), contents.checksum(run));
  assert.equal(contents.isZero(generated), false);
  assert.equal(contents.isZero(contents.ofGenerator(plain, 0, 0)), true);
});

Deno.test("contents: equal bytes are one entry, and are kept only once", () => {
  const contents = newContents();
  const page = generatedPage(mixer, 1, 1);
  const content = contents.ofBytes(page);
  assert.equal(contents.ofBytes(page.slice()), content);
  assert.equal(contents.refs(content), 2);
  assert.deepEqual(pageOf(contents, content), page);
});

Deno.test("contents: a patch makes a new content and leaves the old one alone", () => {
  const contents = newContents();
  const page = contents.ofGenerator(mixer, 1, 1);
  const bytes = Uint8Array.of(1, 2, 3);
  const patched = contents.patched(page, 4093, bytes);
  const before = generatedPage(mixer, 1, 1);
  assert.deepEqual(pageOf(contents, page), before);
  assert.deepEqual(
    pageOf(contents, patched),
    patchedPage(before, 4093, bytes),
  );
  assert.equal(contents.refs(page), 1);
});

Deno.test("contents: a patch with the bytes that are there changes nothing", () => {
  const contents = newContents();
  const page = contents.ofGenerator(mixer, 1, 1);
  const same = generatedPage(mixer, 1, 1).subarray(200, 300);
  assert.equal(contents.patched(page, 200, same), page);
  assert.equal(contents.refs(page), 2);
});

Deno.test("contents: a patch taken back leads to the first entry, or to an equal one", () => {
  const contents = newContents();
  const run = contents.ofRun(90, 8, 1, 0);
  const other = contents.patched(run, 4000, Uint8Array.of(1));
  assert.equal(contents.patched(other, 4000, Uint8Array.of(90)), run);

  const page = contents.ofGenerator(mixer, 1, 1);
  const changed = contents.patched(page, 0, Uint8Array.of(255));
  assert.notEqual(contents.compare(page, changed), 0);
  const back = contents.patched(changed, 0, pageOf(contents, page));
  assert.equal(contents.compare(page, back), 0);
});

Deno.test("contents: order is that of unsigned bytes, the first that differs decides", () => {
  const contents = newContents();
  // Little-endian 255 comes after 256: its first byte is 255, not 0.
  const [n255, n256] = [255, 256].map((n) => contents.ofRun(0, 0, n, 0));
  assert.equal(contents.compare(n255, n256), 1);
  // In byte 4088 as well, where the leading bytes do not tell.
  const [t255, t256] = [255, 256].map((n) => contents.ofRun(90, 4088, n, 0));
  assert.equal(contents.compare(t255, t256), 4089);
  assert.equal(contents.compare(t256, t255), -4089);
});

Deno.test("contents: two values can hide that the backgrounds differ for sixteen bytes", () => {
  const contents = newContents();
  // 22222222 11111111 1111... against 22222222 11111111 2222...
  const ones = contents.ofRun(1, 0, 0x02020202, 0x02020202);
  const twos = contents.ofRun(2, 8, 0x01010101, 0x01010101);
  assert.equal(contents.compare(ones, twos), -17);
  assert.equal(contents.compare(twos, ones), 17);
});

Deno.test("contents: two generator pages in one place of the cache still compare by their own bytes", () => {
  const contents = newContents();
  const made = Array.from(
    { length: 600 },
    (_, key) => contents.ofGenerator(mixer, key, 0),
  );
  for (let key = 0; key + 256 < made.length; key += 17) {
    const order = scalarPageBytes.compare(
      generatedPage(mixer, key, 0),
      generatedPage(mixer, key + 256, 0),
    );
    assert.equal(contents.compare(made[key], made[key + 256]), order);
    assert.equal(contents.compare(made[key + 256], made[key]), -order);
  }
});

Deno.test("contents: nothing of a freed content shows through its handle's next use", () => {
  const contents = newContents();
  for (let key = 0; key < 1000; key++) {
    const content = contents.ofGenerator(mixer, key, 0);
    const page = generatedPage(mixer, key, 0);
    assert.equal(contents.checksum(content), scalarPageBytes.checksum(page));
    assert.deepEqual(pageOf(contents, content), page);
    contents.put(content);
    assert.ok(content < 200, `Handle ${content} was not used again`);
  }
  assert.equal(contents.live, 1);
});

Deno.test("contents: the last put frees, and none must follow", () => {
  const contents = newContents();
  const page = contents.ofRun(1, 2, 3, 4);
  contents.get(page);
  contents.put(page);
  assert.equal(contents.live, 2);
  contents.put(page);
  assert.equal(contents.live, 1);
  assert.throws(() => contents.put(page), Bug);
  assert.throws(() => contents.get(page), Bug);
  assert.throws(() => contents.byteAt(contents.ofRun(1, 4089, 0, 0), 0), Bug);
  assert.throws(() => contents.put(contents.zero), Bug);
});

Deno.test("contents: a thousand entries come and go", () => {
  const contents = newContents();
  const made = Array.from(
    { length: 1000 },
    (_, key) => contents.ofRun(0, 0, key + 1, 0),
  );
  assert.equal(contents.live, 1001);
  made.forEach((content, key) => {
    assert.equal(contents.ofRun(0, 0, key + 1, 0), content);
    contents.put(content);
    contents.put(content);
  });
  assert.equal(contents.live, 1);
});
