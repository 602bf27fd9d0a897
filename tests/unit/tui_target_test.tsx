/**
 * What lies under the pointer, what the tab key reaches, and how large things
 * are, on pictures small enough to count cells by hand.
 */
import assert from "node:assert/strict";
import { Box } from "../../src/tui/box.ts";
import { Canvas } from "../../src/tui/canvas.ts";
import type { Element } from "../../src/tui/element.ts";
import { UNICODE_GLYPHS } from "../../src/tui/glyphs.ts";
import { paint } from "../../src/tui/paint.ts";
import { type Hit, nextFocus, type Targets } from "../../src/tui/target.ts";
import { Text } from "../../src/tui/text.ts";
import { Overlay } from "../../src/tui/widgets/overlay.tsx";

function targetsOf(element: Element, columns: number, rows: number): Targets {
  const rendering = { color: true, glyphs: UNICODE_GLYPHS };
  return paint(element, { columns, rows, ...rendering }).targets;
}

/** Hits as text: id, place in it, and part. */
function spelled(hits: readonly Hit[]): string[] {
  return hits.map(({ id, part, column, row }) =>
    `${id}@${column},${row}` +
    (part === undefined ? "" : ` ${part.kind}${part.index}`)
  );
}

const NESTED = (
  <Box id="outer" borderStyle="single" flexGrow={1}>
    <Box id="left" focusable width={3} />
    <Box id="right" focusable width={3} />
  </Box>
);

Deno.test("targets: a point hits what is there, the innermost first", () => {
  const targets = targetsOf(NESTED, 10, 4);
  assert.deepEqual(spelled(targets.at(0, 0)), ["outer@0,0"]);
  assert.deepEqual(spelled(targets.at(1, 1)), ["left@0,0", "outer@1,1"]);
  assert.deepEqual(spelled(targets.at(5, 2)), ["right@1,1", "outer@5,2"]);
  assert.deepEqual(spelled(targets.at(7, 1)), ["outer@7,1"]);
  assert.deepEqual(spelled(targets.at(10, 1)), []);
  assert.deepEqual(spelled(targets.at(-1, 0)), []);
});

Deno.test("targets: parts of a canvas are named, and cut where it is cut", () => {
  const canvas = (
    <Canvas
      id="bar"
      width={8}
      flexShrink={0}
      draw={(surface) => {
        const place = { left: 2, top: 0, columns: 3, rows: 1 };
        surface.mark({ kind: "item", index: 7 }, place);
      }}
    />
  );
  const targets = targetsOf(
    <Box width={4} overflow="hidden">{canvas}</Box>,
    10,
    1,
  );
  assert.deepEqual(spelled(targets.at(1, 0)), ["bar@1,0"]);
  assert.deepEqual(spelled(targets.at(3, 0)), ["bar@3,0 item7"]);
  assert.deepEqual(spelled(targets.at(4, 0)), []);
});

Deno.test("targets: an opaque box hides what is behind it from the pointer", () => {
  const targets = targetsOf(
    <Box flexGrow={1}>
      <Box id="behind" focusable width={4} />
      <Box position="absolute" opaque width={2} height={1} />
    </Box>,
    10,
    2,
  );
  assert.deepEqual(spelled(targets.at(1, 0)), []);
  assert.deepEqual(spelled(targets.at(2, 0)), ["behind@2,0"]);
  assert.deepEqual(targets.focusOrder(), ["behind"]);
});

Deno.test("targets: an overlay keeps pointer and tab key to itself", () => {
  const targets = targetsOf(
    <Box flexGrow={1}>
      <Box id="behind" focusable width={10} />
      <Overlay>
        <Box id="inside" focusable width={2} height={1} />
      </Overlay>
    </Box>,
    10,
    5,
  );
  assert.deepEqual(spelled(targets.at(0, 0)), []);
  // 2 cells with padding and border are 6, in the middle of 10; 3 rows of 5.
  assert.deepEqual(spelled(targets.at(4, 2)), ["inside@0,0"]);
  assert.deepEqual(targets.focusOrder(), ["inside"]);
});

Deno.test("targets: the tab key goes through what can have the focus in the order of the view", () => {
  const order = targetsOf(NESTED, 10, 4).focusOrder();
  assert.deepEqual(order, ["left", "right"]);
  assert.equal(nextFocus(order, undefined, 1), "left");
  assert.equal(nextFocus(order, "left", 1), "right");
  assert.equal(nextFocus(order, "right", 1), "left");
  assert.equal(nextFocus(order, undefined, -1), "right");
  assert.equal(nextFocus(order, "left", -1), "right");
  assert.equal(nextFocus(order, "gone", 1), "left");
  assert.equal(nextFocus([], "left", 1), undefined);
});

Deno.test("targets: sizes are those of the layout, content included", () => {
  const { areas } = targetsOf(
    <Box flexGrow={1}>
      <Box
        id="window"
        flexDirection="column"
        height={2}
        width={5}
        scrollTop={0}
      >
        <Box flexDirection="column" flexShrink={0}>
          {["a", "b", "c"].map((text) => <Text key={text}>{text}</Text>)}
        </Box>
      </Box>
      <Box id="rest" flexGrow={1} />
    </Box>,
    10,
    4,
  );
  assert.deepEqual(areas.get("window"), {
    columns: 5,
    rows: 2,
    contentRows: 3,
  });
  assert.deepEqual(areas.get("rest"), { columns: 5, rows: 4, contentRows: 4 });
});
