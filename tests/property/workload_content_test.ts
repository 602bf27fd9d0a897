import assert from "node:assert/strict";
import fc from "fast-check";
import { pageContent } from "../../src/workload/content.ts";
import { Fnv1a64 } from "../../src/workload/fnv1a64.ts";
import type { Pattern } from "../../src/workload/pattern.ts";
import { produce } from "../../src/workload/produce.ts";

const MASK = (1n << 64n) - 1n;
const WORDS = (
  "the of and to in a is that for it as was with be by on not he page his " +
  "are at this have from or had an they which one you memory her all she there " +
  "would their kernel been has when who will more no if out so said what up its " +
  "about into than them can only other time new merge"
).split(" ");

/** The format's definition of splitmix64, word by word. */
function* splitmix64(state: bigint): Generator<bigint> {
  for (let s = state;;) {
    s = (s + 0x9E3779B97F4A7C15n) & MASK;
    let z = s;
    z = ((z ^ (z >> 30n)) * 0xBF58476D1CE4E5B9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94D049BB133111EBn) & MASK;
    yield z ^ (z >> 31n);
  }
}

function words(state: bigint): Uint8Array {
  let text = "";
  for (const number of splitmix64(state)) {
    text += WORDS[Number(number >> 58n)] + " ";
    if (text.length >= 4096) break;
  }
  return new TextEncoder().encode(text.slice(0, 4096));
}

/** The format's definition of each pattern, in BigInt. */
function expectedPage(pattern: Pattern, i: number): Uint8Array {
  const page = new Uint8Array(4096);
  const view = new DataView(page.buffer);
  const m = "m" in pattern ? BigInt(pattern.m ?? 0) : 0n;
  const k = m === 0n ? BigInt(i) : BigInt(i) % m;
  const value = (byte: number, offset: number, base: bigint) => {
    page.fill(byte);
    view.setBigUint64(offset, (base + k) & MASK, true);
    return page;
  };
  const start = (seed: bigint) => (seed + k * 0xD1342543DE82EF95n) & MASK;
  switch (pattern.kind) {
    case "zero":
      return page;
    case "const":
      return page.fill(pattern.byte);
    case "seq":
    case "mod":
      return value(0, 0, BigInt(pattern.base));
    case "tail":
      return value(pattern.byte ?? 90, 4088, BigInt(pattern.base));
    case "at":
      return value(pattern.byte, pattern.offset, BigInt(pattern.base));
    case "prng": {
      const numbers = splitmix64(start(BigInt(pattern.seed)));
      for (let word = 0; word < 512; word++) {
        view.setBigUint64(8 * word, numbers.next().value, true);
      }
      return page;
    }
    case "text":
      return words(start(BigInt(pattern.seed)));
    case "file":
      throw new Error("file patterns have unit tests");
  }
}

const u64 = fc.oneof(
  fc.nat({ max: 300 }),
  fc.maxSafeNat(),
  fc.bigInt({ min: 0n, max: MASK }).map((n) => "0x" + n.toString(16)),
  fc.bigInt({ min: MASK - 300n, max: MASK }).map(String),
);
const m = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 }), u64);
const byte = fc.nat({ max: 255 });
const offset = fc.oneof(
  fc.nat({ max: 4088 }),
  fc.integer({ min: 4080, max: 4088 }),
);
const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  fc.record({ kind: fc.constant("zero" as const) }),
  fc.record({ kind: fc.constant("const" as const), byte }),
  fc.record({ kind: fc.constant("seq" as const), base: u64 }),
  fc.record({ kind: fc.constant("mod" as const), base: u64, m }),
  fc.record({ kind: fc.constant("tail" as const), base: u64, m, byte }),
  fc.record({ kind: fc.constant("tail" as const), base: u64 }),
  fc.record({ kind: fc.constant("at" as const), byte, offset, base: u64, m }),
  fc.record({ kind: fc.constant("prng" as const), seed: u64, m }),
  fc.record({ kind: fc.constant("text" as const), seed: u64, m }),
);
const page = fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 268435455 }));

function noFiles(): never {
  throw new Error("no file here");
}

Deno.test("pages have the bytes that the format defines", () => {
  fc.assert(
    fc.property(pattern, page, (pattern, i) => {
      const found = new Uint8Array(4096);
      produce(pageContent(pattern, i), found, noFiles);
      assert.deepEqual(found, expectedPage(pattern, i));
    }),
    { numRuns: 400 },
  );
});

Deno.test("two runs are equal exactly when their descriptions are", () => {
  const small = fc.record({
    kind: fc.constant("at" as const),
    byte: fc.constantFrom(0, 1),
    offset: fc.oneof(
      fc.nat({ max: 10 }),
      fc.integer({ min: 4078, max: 4088 }),
    ),
    base: fc.array(fc.constantFrom("00", "01", "02"), {
      minLength: 8,
      maxLength: 8,
    }).map((bytes) => "0x" + bytes.join("")),
  });
  fc.assert(
    fc.property(small, small, (a, b) => {
      const samePage = expectedPage(a, 0).toString() ===
        expectedPage(b, 0).toString();
      const sameDescription = JSON.stringify(pageContent(a, 0)) ===
        JSON.stringify(pageContent(b, 0));
      assert.equal(sameDescription, samePage);
    }),
    { numRuns: 300 },
  );
});

Deno.test("one page written in two ways has one description", () => {
  fc.assert(
    fc.property(
      byte,
      fc.integer({ min: 1, max: 4088 }),
      fc.uint8Array({ minLength: 7, maxLength: 7 }),
      (byte, offset, middle) => {
        const early = [byte, ...middle];
        const late = [...middle, byte];
        const at = (offset: number, bytes: number[]): Pattern => ({
          kind: "at",
          byte,
          offset,
          base: "0x" +
            bytes.toReversed().map((b) => b.toString(16).padStart(2, "0"))
              .join(""),
        });
        assert.deepEqual(
          pageContent(at(offset - 1, early), 0),
          pageContent(at(offset, late), 0),
        );
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("the hash is FNV-1a 64", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      let expected = 0xcbf29ce484222325n;
      for (const byte of bytes) {
        expected = ((expected ^ BigInt(byte)) * 0x100000001b3n) & MASK;
      }
      const hash = new Fnv1a64();
      hash.update(bytes);
      assert.equal(hash.hex(), expected.toString(16).padStart(16, "0"));
    }),
    { numRuns: 500 },
  );
});
