import assert from "node:assert/strict";
import fc from "fast-check";
import type { ColumnArray } from "../../src/engine/lib/arena.ts";
import { keepNumbers, type Kept } from "../../src/engine/lib/kept.ts";
import { Checkpoints } from "../../src/machine/history/checkpoints.ts";
import { SharedBlocks } from "../../src/machine/history/shared_blocks.ts";

Deno.test("equal blocks are kept once, until the last holder lets go", () => {
  const shared = new SharedBlocks();
  const first = [Int32Array.of(1, 2, 3), Int32Array.of(4, 5)];
  const second = [Int32Array.of(1, 2, 3), Int32Array.of(4, 6)];
  shared.share(first);
  shared.share(second);
  assert.equal(second[0], first[0]);
  assert.notEqual(second[1], first[1]);
  assert.equal(shared.bytes, 12 + 8 + 8);
  for (const block of first) shared.release(block);
  assert.equal(shared.bytes, 12 + 8);
  const third = [Int32Array.of(1, 2, 3), Int32Array.of(4, 5)];
  shared.share(third);
  assert.equal(third[0], second[0]);
  for (const block of [...second, ...third]) shared.release(block);
  assert.equal(shared.bytes, 0);
});

Deno.test("blocks are equal only bit by bit, and in arrays of one kind", () => {
  const unequal: ColumnArray[][] = [
    [Float64Array.of(0), Float64Array.of(-0)],
    [Float64Array.of(0), Int32Array.of(0, 0)],
    [Int32Array.of(-1), Uint32Array.of(0xffffffff)],
    [Uint8Array.of(0, 0, 0, 0, 0), Uint8Array.of(0, 0, 0, 0)],
    [Uint8Array.of(0, 0, 0, 0, 1), Uint8Array.of(0, 0, 0, 0, 2)],
  ];
  for (const pair of unequal) {
    const blocks = [...pair];
    new SharedBlocks().share(blocks);
    assert.ok(blocks.every((block, i) => block === pair[i]));
  }
  const same = [Float64Array.of(NaN), Float64Array.of(NaN)];
  new SharedBlocks().share(same);
  assert.equal(same[0], same[1]);
});

/** A checkpoint at the end of an input, each a virtual second long. */
function add(checkpoints: Checkpoints, inputs: number, kept: Kept): void {
  checkpoints.add({
    moment: { inputs, ticks: 0 },
    effort: inputs * 1000,
    happened: { merge: 0, cow: 0, wait: 0, migration: 0 },
    place: { answer: 0, question: 0, threads: 0, isTold: false, sum: 0 },
    leg: undefined,
    kept,
  });
}

Deno.test("whatever is shared, each checkpoint puts its own numbers back", () => {
  // Few values, so that many blocks are equal; a length that is no multiple of a block's.
  const length = 2500;
  const write = fc.record({
    at: fc.nat(length - 1),
    value: fc.nat(2),
    back: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.array(write, { minLength: 1, maxLength: 40 }), (writes) => {
      let array: Int32Array = new Int32Array(length);
      const checkpoints = new Checkpoints(200_000, 1);
      const texts: string[] = [];
      writes.forEach(({ at, value, back }, inputs) => {
        array[at] = value;
        const kept = keepNumbers(() => array, length - back);
        texts.push(array.subarray(0, length - back).join());
        add(checkpoints, inputs, kept);
      });
      // Columns grow, and what is behind what was kept is 0 again.
      array = new Int32Array(length * 2).fill(7);
      for (let inputs = writes.length - 1; inputs >= 0; inputs--) {
        const { kept, moment } = checkpoints.upTo({ inputs, ticks: 0 });
        kept.restore();
        const text = texts[moment.inputs];
        const count = text.split(",").length;
        assert.equal(array.subarray(0, count).join(), text);
        assert.ok(array.subarray(count).every((number) => number === 0));
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("many copies of numbers of which few change take little more than one", () => {
  const numbers = new Int32Array(1 << 18);
  numbers.forEach((_, i) => numbers[i] = i);
  const checkpoints = new Checkpoints(1 << 30, 1);
  const count = 50;
  for (let inputs = 0; inputs < count; inputs++) {
    numbers[inputs]++;
    add(checkpoints, inputs, keepNumbers(() => numbers, numbers.length));
  }
  assert.equal(checkpoints.count, count);
  // One MiB of numbers; a block of 4 KiB for each change, and 8 bytes for each of 256 blocks and checkpoints.
  const expected = (1 << 20) + (count - 1) * 4096 + count * 256 * 8;
  assert.equal(checkpoints.bytes, expected);
});
