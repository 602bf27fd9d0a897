/**
 * Rows of a column are laid out on their own: what changes inside one leaves the
 * others alone, and moves them where it takes another size.
 */
import assert from "node:assert/strict";
import { Box } from "../../src/tui/box.ts";
import { Canvas } from "../../src/tui/canvas.ts";
import type { Element } from "../../src/tui/element.ts";
import { UNICODE_GLYPHS } from "../../src/tui/glyphs.ts";
import { type Layout, layout, LayoutTree } from "../../src/tui/layout.ts";
import { Text } from "../../src/tui/text.ts";

const screen = { columns: 10, rows: 8, color: true, glyphs: UNICODE_GLYPHS };

/** Top and height of the rows of a column that is all of a screen. */
function rowsOf(whole: Layout): number[][] {
  assert(whole.kind === "box");
  const [column] = whole.children;
  assert(column.kind === "box");
  return column.children.map(({ top, rows }) => [top, rows]);
}

function Row({ name, text }: { name: string; text: string }): Element {
  return (
    <Box>
      <Box width={3}>
        <Text>{name}</Text>
      </Box>
      <Text>{text}</Text>
    </Box>
  );
}

function Column({ texts }: { texts: readonly string[] }): Element {
  return (
    <Box flexDirection="column">
      {texts.map((text, index) => (
        <Row key={index} name={`${index}`} text={text} />
      ))}
    </Box>
  );
}

/** Lays out views one after the other in one tree, each as a new tree does. */
function checkInTurn(
  views: readonly Element[],
  columns = screen.columns,
): void {
  const tree = new LayoutTree();
  const here = { ...screen, columns };
  for (const view of views) {
    assert.deepEqual(tree.layout(view, here, screen.rows), layout(view, here));
  }
  tree.free();
}

Deno.test("layout section: a row that becomes higher moves those below it, and back", () => {
  const tree = new LayoutTree();
  const heights = (...texts: readonly string[]) =>
    rowsOf(tree.layout(<Column texts={texts} />, screen, screen.rows));
  assert.deepEqual(heights("a", "b", "c"), [[0, 1], [1, 1], [2, 1]]);
  // Seven columns are left for the text: "one two", "three".
  assert.deepEqual(heights("a", "one two three", "c"), [[0, 1], [1, 2], [
    3,
    1,
  ]]);
  assert.deepEqual(heights("a", "two", "c"), [[0, 1], [1, 1], [2, 1]]);
  tree.free();
});

Deno.test("layout section: what changes inside a row stands where a new tree puts it", () => {
  const texts = ["a", "abc", "ab", "one two three"];
  checkInTurn(
    texts.map((text) => <Column key={text} texts={["x", text, "y"]} />),
  );
});

Deno.test("layout section: a row with more or fewer parts, or with none, is a row all the same", () => {
  const part = <Text>one two three</Text>;
  checkInTurn(
    [1, 2, 0, 3, 1].map((count) => (
      <Box key={count} flexDirection="column">
        <Box>{Array.from({ length: count }, () => part)}</Box>
        <Text>below</Text>
      </Box>
    )),
  );
});

/** A column of two rows, of which the first counts how often its size is looked at. */
function counting(text: string): { view: Element; reads: () => number } {
  let reads = 0;
  const natural = {
    get columns(): number {
      reads++;
      return 2;
    },
    rows: 1,
  };
  const view = (
    <Box flexDirection="column">
      <Box>
        <Canvas natural={natural} draw={() => {}} />
        <Text>name</Text>
      </Box>
      <Row name="1" text={text} />
    </Box>
  );
  return { view, reads: () => reads };
}

Deno.test("layout section: a row is not measured again when its neighbour changes", () => {
  const tree = new LayoutTree();
  const reads = (text: string) => {
    const { view, reads } = counting(text);
    tree.layout(view, screen, screen.rows);
    return reads();
  };
  reads("a");
  const unchanged = reads("a");
  assert.equal(reads("abc"), unchanged, "the neighbour becomes wider inside");
  assert.equal(reads("one two three"), unchanged, "and higher");
  tree.free();
});

Deno.test("layout section: rows whose column gets other heights by turns", () => {
  const turns = Array.from({ length: 40 }, (_, turn) => {
    const above = turn * 5 % 7;
    return (
      <Box height={screen.rows} flexDirection="column">
        <Canvas
          flexShrink={0}
          natural={{ columns: 1, rows: above }}
          draw={() => {}}
        />
        <Box flexDirection="column" flexGrow={1}>
          <Box>
            <Text>{"one two ".repeat(turn % 3)}</Text>
            <Box height="50%">
              <Text>x</Text>
            </Box>
          </Box>
          <Row name="1" text="y" />
        </Box>
      </Box>
    );
  });
  checkInTurn(turns);
});

Deno.test("layout section: a row that its column asks no more stands by the size that it gets", () => {
  const empty = <Canvas natural={{ columns: 0, rows: 0 }} draw={() => {}} />;
  // Where it alone can grow or shrink, the row gets all there is without being asked.
  const views = [empty, <Box key="" flexShrink={0} />].map((sibling, index) => (
    <Box key={index} height={screen.rows} flexDirection="column">
      <Box flexGrow={1}>
        <Canvas natural={{ columns: 1, rows: screen.rows }} draw={() => {}} />
        <Box height="50%">
          <Text>x</Text>
        </Box>
      </Box>
      {sibling}
    </Box>
  ));
  checkInTurn([...views, ...views]);
});

Deno.test("layout section: what was found out once is used where nothing else matters", () => {
  const sized = (columns: number, rows: number, width?: number) =>
    Canvas({ width, natural: { columns, rows }, draw: () => {} });
  const parts = [
    Text({ children: "ab" }),
    Text({ children: "a" }),
    Text({ children: "ab\nab" }),
    // As wide as each other, and broken in other places.
    Text({ children: "one two three" }),
    Text({ children: "to twothre to" }),
    Text({ children: "to twothre to", wrap: "truncate" }),
    sized(2, 1),
    sized(2, 2),
    sized(3, 1),
    sized(2, 1, 4),
    Box({ width: 3, children: sized(2, 1) }),
    Box({ paddingX: 1, children: sized(2, 1) }),
  ];
  const orders = [
    parts,
    parts.toReversed(),
    parts.flatMap((part, index) => [
      part,
      parts[index * 5 % parts.length],
    ]),
  ];
  checkInTurn(
    orders.flat().map((part) => (
      <Box key="" flexDirection="column">
        <Box justifyContent="space-between">
          {part}
          <Box flexShrink={0}>
            <Text>end</Text>
          </Box>
        </Box>
        <Text>below</Text>
      </Box>
    )),
  );
});

/** A row of a figure and of a canvas, shown in turn, and how often the canvas was looked at. */
function figures(
  tree: LayoutTree,
  columns: number,
): (figure: string) => number {
  return (figure) => {
    let looks = 0;
    const natural = {
      get columns(): number {
        looks++;
        return 2;
      },
      rows: 1,
    };
    const view = (
      <Box flexDirection="column">
        <Box>
          <Text>{figure}</Text>
          <Canvas natural={natural} draw={() => {}} />
        </Box>
      </Box>
    );
    tree.layout(view, { ...screen, columns }, screen.rows);
    return looks;
  };
}

/** How often a canvas is looked at that is not measured: to be compared with the one before, and for the shape. */
const UNMEASURED = 2;

Deno.test("layout section: a row whose figure had that width before is not measured", () => {
  const tree = new LayoutTree();
  const show = figures(tree, 200);
  show("1000");
  for (const figure of ["9", "10", "100"]) assert(show(figure) > UNMEASURED);
  for (const figure of ["8", "11", "999"]) {
    assert.equal(show(figure), UNMEASURED, figure);
  }
  tree.free();
});

Deno.test("layout section: a row with a text broken into lines that was there before is not measured", () => {
  const tree = new LayoutTree();
  const show = figures(tree, 5);
  for (const text of ["", "one two", "six ten"]) {
    assert(show(text) > UNMEASURED);
  }
  for (const text of ["one two", "six ten", "one two"]) {
    assert.equal(show(text), UNMEASURED, text);
  }
  tree.free();
});

Deno.test("layout section: what was found out long ago is forgotten", () => {
  const tree = new LayoutTree();
  const show = figures(tree, 200);
  const widths = Array.from({ length: 100 }, (_, index) => "9".repeat(index));
  const first = widths.map(show);
  assert.equal(show(widths[0]), first[1]);
  assert(show(widths[98]) < first[98]);
  tree.free();
});

Deno.test("layout: letters that are other graphemes in texts of their own break otherwise", () => {
  const texts = [
    Text({ children: "wide\n🇩🇪🇩🇪" }),
    Text({ children: ["wide\n🇩", Text({ children: "🇪🇩🇪" })] }),
  ];
  const rows = texts.map((text) => (
    <Box key="" flexDirection="column">
      <Box>
        {text}
        <Text>end</Text>
      </Box>
    </Box>
  ));
  for (const columns of [2, 3, 4, 5, 6]) {
    checkInTurn([...texts, ...texts], columns);
    checkInTurn([...rows, ...rows], columns);
  }
});

Deno.test("layout: a text that was broken into lines may look otherwise, and then say something else", () => {
  const texts = [
    Text({ children: "one two three" }),
    Text({ children: "one two three", bold: true }),
    Text({ children: "to twothre to", bold: true }),
  ];
  checkInTurn(texts, 7);
});

Deno.test("layout: a box without children has nothing from the frame before", () => {
  const rest = (
    <Box width={3} flexGrow={2}>
      <Box flexBasis="50%" />
    </Box>
  );
  const views = [<Text key="" />, <Box key="" borderStyle="single" />]
    .map((first) => (
      <Box key="" flexGrow={1} flexWrap="wrap">
        {first}
        {rest}
        <Box flexDirection="column" />
      </Box>
    ));
  checkInTurn(views, 5);
});
