/**
 * What the diff writes, an emulator shows: the same cells, whether by a full
 * repaint or step by step.
 */
import fc from "fast-check";
import assert from "node:assert/strict";
import { Cells } from "../../src/tui/cells.ts";
import { frame } from "../../src/tui/diff.ts";
import { graphemeWidth } from "../../src/tui/grapheme.ts";
import type { Size } from "../../src/tui/screen.ts";
import { COLORS } from "../../src/tui/color.ts";
import { styleId, styleOf, type TextStyle } from "../../src/tui/style.ts";
import { Emulator, type ShownCell } from "./emulator.ts";

/** Colours cannot be shown where the environment forbids them. */
const palette = Deno.noColor
  ? []
  : [...COLORS, 16, 100, 255, "#000001", "#ffff80"] as const;

const style: fc.Arbitrary<TextStyle> = fc.record({
  color: fc.constantFrom(undefined, ...palette),
  backgroundColor: fc.constantFrom(undefined, ...palette),
  bold: fc.boolean(),
  dim: fc.boolean(),
  underline: fc.boolean(),
  inverse: fc.boolean(),
});

/** Graphemes of one and two columns, simple and of many code points. */
const grapheme = fc.constantFrom(
  ..." aZ~█▏⣿─é字한😀",
  "e\u0301",
  "👩‍💻",
  "👍🏽",
  "❤\ufe0f",
  "🇩🇪",
);

interface Write {
  readonly column: number;
  readonly row: number;
  readonly text: string;
  readonly style: TextStyle;
}

const write: fc.Arbitrary<Write> = fc.record({
  column: fc.nat(11),
  row: fc.nat(3),
  text: grapheme,
  style,
});

const screen = fc.record({
  size: fc.record({
    columns: fc.integer({ min: 2, max: 12 }),
    rows: fc.integer({ min: 1, max: 4 }),
  }),
  writes: fc.array(write, { maxLength: 40 }),
});

function drawn(size: Size, writes: readonly Write[]): Cells {
  const cells = new Cells(size);
  for (const { column, row, text, style } of writes) {
    const width = graphemeWidth(text);
    const fits = column + width <= size.columns && row < size.rows;
    if (fits) cells.set(column, row, text, width, styleId(style));
  }
  return cells;
}

function expected(cells: Cells): ShownCell[][] {
  return Array.from(
    { length: cells.rows },
    (_, row) =>
      Array.from({ length: cells.columns }, (_, column) => ({
        text: cells.text(column, row),
        width: cells.width(column, row),
        style: styleOf(cells.style(column, row)),
      })),
  );
}

Deno.test("an emulator shows each frame as drawn, by diff and by full repaint", async () => {
  const screens = fc.array(screen, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(screens, async (steps) => {
      const emulator = new Emulator(steps[0].size);
      let shown: Cells | undefined;
      for (const { size, writes } of steps) {
        const next = drawn(size, writes);
        emulator.resize(size);
        await emulator.write(frame(shown, next));
        assert.deepEqual(emulator.cells(), expected(next));
        const fresh = new Emulator(size);
        await fresh.write(frame(undefined, next));
        assert.deepEqual(fresh.cells(), expected(next));
        shown = next;
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});

Deno.test("small changes on one screen: the diff shows what a repaint shows", async () => {
  const size = { columns: 12, rows: 4 };
  const batches = fc.array(fc.array(write, { maxLength: 6 }), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(batches, async (steps) => {
      const emulator = new Emulator(size);
      let shown: Cells | undefined;
      const writes: Write[] = [];
      for (const step of [[], ...steps]) {
        writes.push(...step);
        const next = drawn(size, writes);
        await emulator.write(frame(shown, next));
        assert.deepEqual(emulator.cells(), expected(next));
        assert.equal(emulator.scrolled, 0);
        shown = next;
      }
    }),
    { numRuns: 60, seed: 2 },
  );
});

Deno.test("a grapheme that the terminal takes for narrow leaves no garbage", async () => {
  // A trigram: wide since Unicode 16, narrow for the emulator, which goes by 15.
  const size = { columns: 8, rows: 1 };
  const before = drawn(
    size,
    [..."xxxxxxxx"].map((text, column) => ({
      column,
      row: 0,
      text,
      style: {},
    })),
  );
  const after = drawn(
    size,
    [..."abcdefgh"].map((text, column) => ({
      column,
      row: 0,
      text,
      style: {},
    })),
  );
  after.set(2, 0, "\u2630", 2, styleId({}));
  const emulator = new Emulator(size);
  await emulator.write(frame(undefined, before));
  await emulator.write(frame(before, after));
  assert.equal(emulator.text(), "ab\u2630 efgh");
});
