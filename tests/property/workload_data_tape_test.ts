/** Data comes back from a tape as it was written. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteTape } from "../../src/workload/byte_tape.ts";
import { DataTape } from "../../src/workload/data_tape.ts";

const { value } = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.nat(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true }),
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.boolean(),
    tie("object"),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
  object: fc.dictionary(
    fc.constantFrom("op", "proc", "1", "11", "n1", "1n"),
    tie("value"),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));

Deno.test("data comes back from a tape as it was written", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ value, more: value }, { noNullPrototype: true })),
      (values) => {
        const bytes = new ByteTape();
        const tape = new DataTape<object>();
        for (const each of values) tape.write(bytes, each);
        const reader = bytes.readerAt(0);
        for (const each of values) {
          assert.deepEqual(tape.read(reader), each);
        }
        assert.equal(reader.place, bytes.end);
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("an operation like another takes a few bytes", () => {
  const bytes = new ByteTape();
  const tape = new DataTape<object>();
  const fill = (start: number) => ({
    op: "fill",
    proc: "vm-a",
    region: "ram",
    start,
    count: 16,
    pattern: { kind: "prng", seed: 5 },
  });
  tape.write(bytes, fill(3));
  const { end } = bytes;
  tape.write(bytes, fill(7));
  // The form, four texts and three numbers, a byte each.
  assert.equal(bytes.end - end, 8);
});
