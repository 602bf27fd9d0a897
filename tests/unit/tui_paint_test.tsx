import assert from "node:assert/strict";
import { Box } from "../../src/tui/box.ts";
import { Canvas } from "../../src/tui/canvas.ts";
import { styleOf } from "../../src/tui/style.ts";
import { Text } from "../../src/tui/text.ts";
import { cellsOf, picture } from "./tui_picture.ts";

Deno.test("paint: a border goes around, with its titles in the upper line", () => {
  const panel = (
    <Box borderStyle="single" flexGrow={1} title="Memory" titleEnd="1/2">
      <Text>x</Text>
    </Box>
  );
  assert.deepEqual(picture(panel, 22, 3), [
    "┌─ Memory ───── 1/2 ─┐",
    "│x                   │",
    "└────────────────────┘",
  ]);
  assert.deepEqual(picture(panel, 22, 3, { ascii: true }), [
    "+- Memory ----- 1/2 -+",
    "|x                   |",
    "+--------------------+",
  ]);
});

Deno.test("paint: titles give way: first the one at the end, then letters", () => {
  const panel = (
    <Box borderStyle="round" flexGrow={1} title="Memory" titleEnd="1/2" />
  );
  assert.equal(picture(panel, 16, 2)[0], "╭─ Memory ─────╮");
  assert.equal(picture(panel, 10, 2)[0], "╭─ Memo…─╮");
  assert.equal(picture(panel, 4, 2)[0], "╭──╮");
});

Deno.test("paint: border styles", () => {
  const border = (borderStyle: "single" | "round" | "double" | "bold") =>
    picture(<Box borderStyle={borderStyle} flexGrow={1} />, 3, 3);
  assert.deepEqual(border("single"), ["┌─┐", "│ │", "└─┘"]);
  assert.deepEqual(border("round"), ["╭─╮", "│ │", "╰─╯"]);
  assert.deepEqual(border("double"), ["╔═╗", "║ ║", "╚═╝"]);
  assert.deepEqual(border("bold"), ["┏━┓", "┃ ┃", "┗━┛"]);
});

Deno.test("paint: a box that hides its overflow cuts inside its border", () => {
  const long = (
    <Box width={9} flexShrink={0}>
      <Text>abcdefghi</Text>
    </Box>
  );
  const hidden = (
    <Box borderStyle="single" overflow="hidden" width={5}>{long}</Box>
  );
  const visible = <Box borderStyle="single" width={5}>{long}</Box>;
  const row = (element: typeof hidden) =>
    picture(<Box alignItems="flex-start">{element}</Box>, 12, 3)[1];
  assert.equal(row(hidden), "│abc│");
  assert.equal(row(visible), "│abcdefghi");
});

Deno.test("paint: a wide grapheme that is cut leaves a blank half", () => {
  const draw = () =>
    Canvas({
      width: 3,
      draw: (surface) => {
        surface.put(-1, 0, "字b字");
      },
    });
  assert.deepEqual(
    picture(
      <Box>
        {draw()}
        <Text>|</Text>
      </Box>,
      6,
      1,
    ),
    [" b |"],
  );
});

Deno.test("paint: writing over half of a wide grapheme blanks the other half", () => {
  const over = (column: number) =>
    Canvas({
      width: 4,
      draw: (surface) => {
        surface.put(0, 0, "字字");
        surface.put(column, 0, "x");
      },
    });
  assert.deepEqual(picture(over(0), 4, 1), ["x 字"]);
  assert.deepEqual(picture(over(1), 4, 1), [" x字"]);
  assert.deepEqual(picture(over(2), 4, 1), ["字x"]);
});

Deno.test("paint: an opaque box hides what was drawn before it", () => {
  const over = (opaque: boolean) => (
    <Box>
      <Text>abcdef</Text>
      <Box position="absolute" left={1} top={0} width={3} opaque={opaque}>
        <Text>X</Text>
      </Box>
    </Box>
  );
  assert.deepEqual(picture(over(false), 6, 1), ["aXcdef"]);
  assert.deepEqual(picture(over(true), 6, 1), ["aX  ef"]);
});

Deno.test("paint: without colours attributes stay", () => {
  const styled = <Text color="red" backgroundColor="blue" bold inverse>x</Text>;
  const style = (color: boolean) =>
    styleOf(cellsOf(styled, 2, 1, { color }).style(0, 0));
  assert.deepEqual(style(true), {
    color: "red",
    backgroundColor: "blue",
    bold: true,
    inverse: true,
  });
  assert.deepEqual(style(false), { bold: true, inverse: true });
});

Deno.test("paint: in ASCII mode nothing else is shown, whatever the text", () => {
  const text = <Text>a é 字 👩‍👩‍👧 z</Text>;
  assert.deepEqual(picture(text, 12, 1, { ascii: true }), ["a ? ?? ?? z"]);
});

Deno.test("paint: a canvas knows its size, and nothing outside of it is written", () => {
  const sizes: number[][] = [];
  const canvas = Canvas({
    flexGrow: 1,
    draw: (surface) => {
      sizes.push([surface.columns, surface.rows]);
      for (const row of [-1, 0, 1, 2]) surface.put(-2, row, "abcdefgh");
    },
  });
  const framed = <Box borderStyle="single" width={5} height={4}>{canvas}</Box>;
  assert.deepEqual(picture(framed, 6, 5), [
    "┌───┐",
    "│cde│",
    "│cde│",
    "└───┘",
    "",
  ]);
  assert.deepEqual(sizes, [[3, 2]]);
});
