/**
 * A tree that is kept from frame to frame puts all where a new one would,
 * whatever view follows whatever view.
 */
import fc from "fast-check";
import assert from "node:assert/strict";
import { Box, type BoxProps } from "../../src/tui/box.ts";
import { Canvas } from "../../src/tui/canvas.ts";
import type { Element, TextChildren } from "../../src/tui/element.ts";
import { UNICODE_GLYPHS } from "../../src/tui/glyphs.ts";
import { layout, LayoutTree } from "../../src/tui/layout.ts";
import type { Length } from "../../src/tui/layout_props.ts";
import type { Screen } from "../../src/tui/screen.ts";
import { Text } from "../../src/tui/text.ts";

const length: fc.Arbitrary<Length | undefined> = fc.constantFrom(
  ...([undefined, 1, 3, 8, "33%", "50%", "100%"] as const),
);

const place = fc.record({
  width: length,
  height: length,
  flexGrow: fc.constantFrom(undefined, 1, 2),
  flexShrink: fc.constantFrom(undefined, 0),
  marginLeft: fc.constantFrom(undefined, 1),
  marginY: fc.constantFrom(undefined, undefined, 1),
  minHeight: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    2,
    "50%" as const,
  ),
  maxHeight: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    2,
    "50%" as const,
  ),
  maxWidth: fc.constantFrom(undefined, undefined, undefined, 6, "50%" as const),
  flexBasis: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    2,
    "50%" as const,
  ),
  alignSelf: fc.constantFrom(
    undefined,
    undefined,
    "stretch" as const,
    "flex-end" as const,
  ),
  position: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    undefined,
    "absolute" as const,
  ),
  top: fc.constantFrom(undefined, undefined, 1, "25%" as const),
});

const words = fc.array(fc.constantFrom("a", "bc", "def", "字", "longer"), {
  maxLength: 6,
});

const text: fc.Arbitrary<Element> = fc
  .tuple(words, fc.constantFrom("wrap" as const, "truncate" as const))
  .map(([words, wrap]) => Text({ children: words.join(" "), wrap }));

const canvas: fc.Arbitrary<Element> = fc
  .tuple(place, fc.nat(9), fc.nat(4))
  .map(([place, columns, rows]) =>
    Canvas({ ...place, natural: { columns, rows }, draw: () => {} })
  );

const container: fc.Arbitrary<BoxProps> = fc.record({
  flexDirection: fc.constantFrom(undefined, "column" as const),
  flexWrap: fc.constantFrom(undefined, "wrap" as const),
  alignItems: fc.constantFrom(undefined, "center" as const),
  justifyContent: fc.constantFrom(
    undefined,
    "center" as const,
    "space-evenly" as const,
  ),
  borderStyle: fc.constantFrom(undefined, "single" as const),
  gap: fc.constantFrom(undefined, 1),
  scrollTop: fc.constantFrom(undefined, undefined, 0, 2),
  paddingX: fc.constantFrom(undefined, undefined, 1),
  display: fc.constantFrom(undefined, undefined, "none" as const),
});

/** A place that leaves an element in a column as wide as that. */
const freePlace = fc.record({
  flexGrow: fc.constantFrom(undefined, undefined, 1),
  flexShrink: fc.constantFrom(undefined, 0),
  height: fc.constantFrom(undefined, undefined, undefined, 2, "50%" as const),
  marginX: fc.constantFrom(undefined, undefined, 1),
});

/** All kinds of elements count together how deep they are in one another. */
const depth = fc.createDepthIdentifier();
const nested = {
  maxDepth: 4,
  depthSize: "small",
  depthIdentifier: depth,
} as const;

const { element } = fc.letrec<
  { element: Element; box: Element; rows: Element; row: Element }
>((tie) => ({
  element: fc.oneof(nested, text, canvas, tie("box"), tie("rows")),
  box: fc
    .tuple(
      place,
      container,
      fc.array(tie("element"), { maxLength: 4, depthIdentifier: depth }),
    )
    .map(([place, container, children]) =>
      Box({ ...place, ...container, children })
    ),
  /** A column of what is laid out on its own: rows, and columns of such. */
  rows: fc
    .tuple(
      freePlace,
      fc.array(tie("row"), { maxLength: 4, depthIdentifier: depth }),
    )
    .map(([place, children]) =>
      Box({ ...place, flexDirection: "column", children })
    ),
  row: fc
    .tuple(
      freePlace,
      fc.constantFrom(undefined, "wrap" as const),
      fc.array(tie("element"), { maxLength: 4, depthIdentifier: depth }),
    )
    .map(([place, flexWrap, children]) =>
      Box({ ...place, flexWrap, children })
    ),
}));

/** Among them letters that are a flag as one text, and none as two. */
const SPEECH: readonly TextChildren[] = [
  "",
  "a",
  "bc def",
  "fed cb",
  "字 longer",
  "longer a longer bc",
  "def",
  "a\nb",
  "wide\n🇩🇪🇩🇪",
  ["wide\n🇩", Text({ children: "🇪🇩🇪" })],
];

/** The same element with other texts, and canvases of other sizes, in places that a seed picks. */
function reworded(element: Element, seed: number): Element {
  let turn = seed;
  const visit = (one: Element): Element => {
    if (one.kind === "box" || one.kind === "fragment") {
      return { ...one, children: one.children.map(visit) };
    }
    turn = (turn * 37 + 11) % 101;
    if (turn % 3 === 0) return one;
    if (one.kind === "canvas") {
      return { ...one, natural: { columns: turn % 7, rows: turn % 3 } };
    }
    const { children } = turn % 5 === 0
      ? one
      : Text({ children: SPEECH[turn % SPEECH.length] });
    return { ...one, style: { bold: turn % 2 === 0 }, children };
  };
  return visit(element);
}

/** A view and others that differ from it by a part or by what is written in it, as frames of an app do. */
const views = fc
  .tuple(
    fc.array(element, { minLength: 2, maxLength: 4 }),
    fc.array(fc.oneof(element, fc.nat(100)), { maxLength: 8 }),
  )
  .map(([parts, changes]) => [
    parts,
    ...changes.map((change, at) =>
      typeof change === "number"
        ? parts.map((part) => reworded(part, change))
        : parts.with(at % parts.length, change)
    ),
  ])
  .map((frames) => [
    ...frames.map((children) =>
      Box({ flexGrow: 1, flexWrap: "wrap", children })
    ),
    ...frames.map((children) => Box({ flexDirection: "column", children })),
  ]);

const screens = fc.array(
  fc.record({
    columns: fc.integer({ min: 1, max: 40 }),
    rows: fc.integer({ min: 1, max: 12 }),
  }),
  { minLength: 1, maxLength: 2 },
);

Deno.test("layout: a kept tree and a new one agree on every place", () => {
  fc.assert(
    fc.property(views, screens, (views, sizes) => {
      const tree = new LayoutTree();
      for (const size of sizes) {
        for (const view of [...views, ...views.toReversed()]) {
          const screen: Screen = {
            ...size,
            color: true,
            glyphs: UNICODE_GLYPHS,
          };
          assert.deepEqual(
            tree.layout(view, screen, size.rows),
            layout(view, screen),
          );
        }
      }
      tree.free();
    }),
    { numRuns: 300, seed: 1 },
  );
});
