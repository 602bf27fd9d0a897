import fc from "fast-check";
import assert from "node:assert/strict";
import { Box, type BoxProps, Spacer } from "../../src/tui/box.ts";
import type { Element } from "../../src/tui/element.ts";
import { UNICODE_GLYPHS } from "../../src/tui/glyphs.ts";
import { Fragment } from "../../src/tui/jsx_runtime.ts";
import { type Layout, layout } from "../../src/tui/layout.ts";
import { Text } from "../../src/tui/text.ts";
import { picture } from "./tui_picture.ts";

/** Left, top, columns and rows of the children of a box on a screen. */
function places(props: BoxProps, columns: number, rows: number): number[][] {
  const screen = { columns, rows, color: true, glyphs: UNICODE_GLYPHS };
  const root = layout(<Box flexGrow={1} {...props} />, screen);
  const children = (parent: Layout) =>
    parent.kind === "box" ? parent.children : [];
  return children(children(root)[0])
    .map(({ left, top, columns, rows }) => [left, top, columns, rows]);
}

/** A box of fixed size. */
function block(width: number, height: number, props: BoxProps = {}): Element {
  return <Box width={width} height={height} {...props} />;
}

interface Case {
  readonly name: string;
  readonly props: BoxProps;
  readonly places: readonly (readonly number[])[];
}

/** All on a screen of 20 by 6. */
const CASES: readonly Case[] = [
  {
    name: "a row goes from left to right, and stretches its children",
    props: { children: [Box({ width: 4 }), Box({ width: 3 })] },
    places: [[0, 0, 4, 6], [4, 0, 3, 6]],
  },
  {
    name: "a column goes from top to bottom",
    props: {
      flexDirection: "column",
      children: [Box({ height: 1 }), Box({ height: 2 })],
    },
    places: [[0, 0, 20, 1], [0, 1, 20, 2]],
  },
  {
    name: "what is left over is shared by flexGrow",
    props: {
      children: [block(4, 1), Box({ flexGrow: 1 }), Box({ flexGrow: 3 })],
    },
    places: [[0, 0, 4, 1], [4, 0, 4, 6], [8, 0, 12, 6]],
  },
  {
    name: "what lacks is taken by flexShrink",
    props: { children: [block(16, 1), block(16, 1, { flexShrink: 0 })] },
    places: [[0, 0, 4, 1], [4, 0, 16, 1]],
  },
  {
    name: "flexBasis is the size before growing",
    props: {
      children: [
        Box({ flexBasis: 2, flexGrow: 1 }),
        Box({ flexBasis: 10, flexGrow: 1 }),
      ],
    },
    places: [[0, 0, 6, 6], [6, 0, 14, 6]],
  },
  {
    name: "percentages are of the parent",
    props: { children: [Box({ width: "25%", height: "50%" })] },
    places: [[0, 0, 5, 3]],
  },
  {
    name: "minimum and maximum bound a size",
    props: {
      children: [
        Box({ flexGrow: 1, maxWidth: 5, maxHeight: 2 }),
        Box({ width: 1, minWidth: 3 }),
      ],
    },
    places: [[0, 0, 5, 2], [5, 0, 3, 6]],
  },
  {
    name: "padding and border make room inside",
    props: {
      borderStyle: "single",
      paddingX: 2,
      paddingTop: 1,
      children: [Box({ flexGrow: 1 })],
    },
    places: [[3, 2, 14, 3]],
  },
  {
    name: "margin keeps siblings off",
    props: {
      children: [block(2, 1, { marginX: 1, marginTop: 2 }), block(2, 1)],
    },
    places: [[1, 2, 2, 1], [4, 0, 2, 1]],
  },
  {
    name: "gap stands between children alone",
    props: { gap: 2, children: [block(2, 1), block(2, 1), block(2, 1)] },
    places: [[0, 0, 2, 1], [4, 0, 2, 1], [8, 0, 2, 1]],
  },
  {
    name: "alignItems center and alignSelf",
    props: {
      alignItems: "center",
      children: [block(2, 2), block(2, 2, { alignSelf: "flex-end" })],
    },
    places: [[0, 2, 2, 2], [2, 4, 2, 2]],
  },
  {
    name: "justifyContent flex-end",
    props: { justifyContent: "flex-end", children: [block(2, 1)] },
    places: [[18, 0, 2, 1]],
  },
  {
    name: "justifyContent space-between",
    props: {
      justifyContent: "space-between",
      children: [block(2, 1), block(2, 1), block(2, 1)],
    },
    places: [[0, 0, 2, 1], [9, 0, 2, 1], [18, 0, 2, 1]],
  },
  {
    name: "a spacer pushes its siblings apart",
    props: { children: [block(2, 1), Spacer(), block(2, 1)] },
    places: [[0, 0, 2, 1], [2, 0, 16, 6], [18, 0, 2, 1]],
  },
  {
    name: "flexWrap goes on in a further line",
    props: {
      flexWrap: "wrap",
      children: [block(12, 1), block(12, 1)],
      height: 2,
    },
    places: [[0, 0, 12, 1], [0, 1, 12, 1]],
  },
  {
    name: "display none takes no room",
    props: { children: [block(2, 1, { display: "none" }), block(2, 1)] },
    places: [[0, 0, 2, 1]],
  },
  {
    name: "position absolute takes no room and counts from the edges",
    props: {
      children: [
        block(2, 1, { position: "absolute", right: 1, bottom: 1 }),
        block(2, 1),
      ],
    },
    places: [[17, 4, 2, 1], [0, 0, 2, 1]],
  },
  {
    name: "fragments, lists and what is false are nothing of their own",
    props: {
      children: [
        Fragment({ children: [block(1, 1), block(2, 1)] }),
        [block(3, 1)],
        false,
        null,
      ],
    },
    places: [[0, 0, 1, 1], [1, 0, 2, 1], [3, 0, 3, 1]],
  },
];

for (const { name, props, places: expected } of CASES) {
  Deno.test(`layout: ${name}`, () => {
    const root = { width: 20, height: 6, flexGrow: 0, ...props };
    assert.deepEqual(places(root, 20, 6), expected);
  });
}

Deno.test("layout: growing children fill their parent exactly, whatever its width", () => {
  const grows = fc.array(fc.integer({ min: 1, max: 5 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(grows, fc.integer({ min: 1, max: 200 }), (grows, width) => {
      const children = grows.map((flexGrow) => Box({ flexGrow }));
      let next = 0;
      for (const [left, , columns] of places({ children }, width, 1)) {
        assert.equal(left, next);
        next += columns;
      }
      assert.equal(next, width);
    }),
    { numRuns: 200, seed: 1 },
  );
});

Deno.test("layout: text takes the lines that it needs at its width", () => {
  const element = (
    <Box flexDirection="column" width={9}>
      <Text>one two three</Text>
      <Text>four</Text>
    </Box>
  );
  assert.deepEqual(picture(element, 20, 4), ["one two", "three", "four", ""]);
});

Deno.test("layout: text outside of Text and boxes inside of it are bugs", () => {
  const stray: unknown = "stray";
  assert.throws(() => Box({ children: stray as Element }), /outside of Text/);
  assert.throws(() => Text({ children: <Box /> }), /box inside of Text/);
});
