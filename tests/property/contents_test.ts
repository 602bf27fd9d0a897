import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { scalarPageBytes } from "../../src/engine/lib/page_bytes.ts";
import { PAGE_BYTES } from "../../src/engine/lib/page_size.ts";
import { type Content, Contents } from "../../src/engine/mm/contents.ts";
import {
  generatedPage,
  mixer,
  pageOf,
  patchedPage,
  plain,
  runPage,
} from "../unit/content_samples.ts";
import { memcmp } from "../unit/page_bytes_suite.ts";

/** A page as its bytes, and how to ask the table for it. */
interface Sample {
  readonly page: Uint8Array;
  readonly enter: (contents: Contents) => Content;
}

const half = fc.oneof(
  fc.constantFrom(0, 1, 255, 256, 0x5a5a5a5a, 0xffffffff),
  fc.nat({ max: 0xffffffff }),
);
const background = fc.constantFrom(0, 0, 90, 255);
const valueOffset = fc.oneof(
  fc.constantFrom(0, 1, 7, 8, 9, 2044, 4087, 4088),
  fc.nat({ max: 4088 }),
);

const runSample: fc.Arbitrary<Sample> = fc.tuple(
  background,
  valueOffset,
  half,
  half,
).map(([byte, offset, low, high]) => ({
  page: runPage(byte, offset, low, high),
  enter: (contents) => contents.ofRun(byte, offset, low, high),
}));

const generatedSample: fc.Arbitrary<Sample> = fc.tuple(
  fc.constantFrom(mixer, plain),
  fc.nat({ max: 300 }),
  fc.nat({ max: 1 }),
).map(([generator, low, high]) => ({
  page: generatedPage(generator, low, high),
  enter: (contents) => contents.ofGenerator(generator, low, high),
}));

const unpatched = fc.oneof(runSample, generatedSample);

const bytesSample: fc.Arbitrary<Sample> = unpatched.map(({ page }) => ({
  page,
  enter: (contents) => contents.ofBytes(page.slice()),
}));

const patch = fc.record({
  offset: fc.oneof(
    fc.constantFrom(0, 7, 8, 2048, 4076),
    fc.nat({ max: 4076 }),
  ),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 20 }),
    fc.nat({ max: 20 }).map((length) => new Uint8Array(length).fill(90)),
  ),
});

const patchedSample: fc.Arbitrary<Sample> = fc.tuple(unpatched, patch).map(
  ([{ page, enter }, { offset, bytes }]) => ({
    page: patchedPage(page, offset, bytes),
    enter: (contents) => {
      const base = enter(contents);
      const patched = contents.patched(base, offset, bytes);
      contents.put(base);
      return patched;
    },
  }),
);

const sample = fc.oneof(
  runSample,
  generatedSample,
  bytesSample,
  patchedSample,
);

Deno.test("contents of any kinds compare as memcmp does on their bytes", () => {
  const contents = new Contents(scalarPageBytes);
  fc.assert(
    fc.property(sample, sample, (one, other) => {
      const [a, b] = [one.enter(contents), other.enter(contents)];
      const order = memcmp(one.page, other.page);
      assert.equal(contents.compare(a, b), order);
      assert.equal(contents.compare(b, a), -order + 0);
      contents.put(a);
      contents.put(b);
    }),
    { numRuns: 3000 },
  );
  assert.equal(contents.live, 1);
});

Deno.test("contents answer from their bytes: read, byteAt, checksum, isZero", () => {
  const contents = new Contents(scalarPageBytes);
  const offset = fc.nat({ max: PAGE_BYTES - 1 });
  fc.assert(
    fc.property(sample, offset, ({ page, enter }, at) => {
      const content = enter(contents);
      assert.equal(contents.checksum(content), scalarPageBytes.checksum(page));
      assert.equal(contents.byteAt(content, at), page[at]);
      assert.equal(
        contents.isZero(content),
        page.every((byte) => byte === 0),
      );
      assert.equal(Buffer.compare(pageOf(contents, content), page), 0);
      contents.put(content);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("equal bytes that no generator made are one entry, different bytes are two", () => {
  const contents = new Contents(scalarPageBytes);
  const written = fc.oneof(runSample, bytesSample);
  fc.assert(
    fc.property(fc.array(written, { maxLength: 8 }), (samples) => {
      const entries = samples.map(({ enter }) => enter(contents));
      entries.forEach((a, i) =>
        entries.forEach((b, j) => {
          const equal = Buffer.compare(samples[i].page, samples[j].page) === 0;
          assert.equal(a === b, equal);
        })
      );
      entries.forEach((content) => contents.put(content));
      assert.equal(contents.live, 1);
      assert.equal(contents.refs(contents.zero), 1);
    }),
    { numRuns: 500 },
  );
});

Deno.test("a chain of patches gives what plain bytes give", () => {
  const contents = new Contents(scalarPageBytes);
  const patches = fc.array(patch, { maxLength: 12 });
  fc.assert(
    fc.property(unpatched, patches, ({ page, enter }, chain) => {
      let model = page;
      let content = enter(contents);
      for (const { offset, bytes } of chain) {
        model = patchedPage(model, offset, bytes);
        const next = contents.patched(content, offset, bytes);
        contents.put(content);
        content = next;
        assert.equal(Buffer.compare(pageOf(contents, content), model), 0);
      }
      contents.put(content);
      assert.equal(contents.live, 1);
    }),
    { numRuns: 300 },
  );
});
