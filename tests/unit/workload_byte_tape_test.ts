import assert from "node:assert/strict";
import { ByteTape } from "../../src/workload/byte_tape.ts";

Deno.test("a tape gives back numbers and texts in their order", () => {
  const tape = new ByteTape();
  const wholes = [0, 127, 128, 16_383, 16_384, 2 ** 32, 2 ** 53 - 1];
  const numbers = [-1, 0.3, -0, Infinity, 1e300];
  const texts = ["", "vm-a", "\u20ac\ud83d\ude00", "\ud83d"];
  for (const whole of wholes) tape.writeWhole(whole);
  for (const number of numbers) tape.writeNumber(number);
  for (const text of texts) tape.writeText(text);
  const reader = tape.readerAt(0);
  for (const whole of wholes) assert.equal(reader.readWhole(), whole);
  for (const number of numbers) assert.equal(reader.readNumber(), number);
  for (const text of texts) assert.equal(reader.readText(), text);
  assert.equal(reader.place, tape.end);
});

Deno.test("a whole number takes a byte for each seven bits", () => {
  const tape = new ByteTape();
  tape.writeWhole(127);
  assert.equal(tape.end, 1);
  tape.writeWhole(128);
  assert.equal(tape.end, 3);
});

/** So many bytes, each different from its neighbours, across several chunks. */
function filled(bytes: number): ByteTape {
  const tape = new ByteTape();
  for (let i = 0; i < bytes; i++) tape.writeByte(i * 7 % 251);
  return tape;
}

const BYTES = 200_000;

Deno.test("a tape that is cut goes on from there", () => {
  for (const end of [0, 1, 65_535, 65_536, 65_537, BYTES - 1, BYTES]) {
    const tape = filled(BYTES);
    tape.cut(end);
    assert.equal(tape.end, end);
    for (let i = 0; i < 70_000; i++) tape.writeByte(i % 13);
    assert.equal(tape.end, end + 70_000);
    for (const place of [0, end - 1]) {
      if (place >= 0 && place < end) {
        assert.equal(tape.byteAt(place), place * 7 % 251);
      }
    }
    assert.equal(tape.byteAt(end), 0);
    assert.equal(tape.byteAt(end + 69_999), 69_999 % 13);
  }
});

Deno.test("what has been cut off comes back, whatever has been written since", () => {
  for (const end of [0, 1, 65_535, 65_536, 65_537, BYTES - 1, BYTES]) {
    const tape = filled(BYTES);
    const undo = tape.cut(end);
    for (let i = 0; i < 70_000; i++) tape.writeByte(1);
    undo();
    assert.equal(tape.end, BYTES);
    const expected = filled(BYTES);
    const whole = tape.sum(0, BYTES, 1);
    assert.equal(whole, expected.sum(0, BYTES, 1));
  }
});

Deno.test("a tape forgets its beginning in chunks, and keeps its places", () => {
  const tape = filled(BYTES);
  assert.equal(tape.bytes, 4 * 65_536);
  tape.shorten(2 * 65_536);
  assert.equal(tape.start, 2 * 65_536);
  assert.equal(tape.bytes, 2 * 65_536);
  assert.equal(tape.byteAt(tape.start), tape.start * 7 % 251);
  assert.equal(tape.byteAt(BYTES - 1), (BYTES - 1) * 7 % 251);
});

Deno.test("a sum goes on from a sum", () => {
  const tape = filled(1000);
  const half = tape.sum(0, 500, 5);
  assert.equal(tape.sum(500, 1000, half), tape.sum(0, 1000, 5));
  assert.notEqual(tape.sum(0, 999, 5), tape.sum(0, 1000, 5));
  // FNV-1a of one byte 0: the offset times the prime.
  assert.equal(tape.sum(0, 1, 0x811c9dc5), 0x050c5d1f);
});
