import assert from "node:assert/strict";
import { Cells } from "../../src/tui/cells.ts";
import { frame } from "../../src/tui/diff.ts";
import { transition } from "../../src/tui/sgr.ts";
import { PLAIN, styleId, type TextStyle } from "../../src/tui/style.ts";
import { leftOut } from "../left_out.ts";

const BEGIN = "\x1b[?2026h";
const END = "\x1b[?2026l";
const SIZE = { columns: 10, rows: 2 };

/** A screen with texts at places, in the plain style unless told otherwise. */
function screen(
  ...texts: (readonly [number, number, string, TextStyle?])[]
): Cells {
  const cells = new Cells(SIZE);
  for (const [column, row, text, style = {}] of texts) {
    Array.from(text).forEach((char, index) =>
      cells.set(column + index, row, char, 1, styleId(style))
    );
  }
  return cells;
}

/** What stands between the marks of a synchronized update. */
function body(previous: Cells | undefined, next: Cells): string {
  const text = frame(previous, next);
  assert(text.startsWith(BEGIN) && text.endsWith(END), JSON.stringify(text));
  return text.slice(BEGIN.length, -END.length);
}

Deno.test("diff: a screen that has not changed takes no byte", () => {
  const shown = screen([0, 0, "abc"]);
  assert.equal(frame(shown, screen([0, 0, "abc"])), "");
  assert.equal(frame(shown, shown), "");
});

Deno.test("diff: without a screen before, all is cleared and drawn", () => {
  assert.equal(
    body(undefined, screen([1, 1, "ab"])),
    "\x1b[0m\x1b[2J\x1b[2;2Hab",
  );
  const other = new Cells({ columns: 9, rows: 2 });
  assert.equal(
    body(other, screen([1, 1, "ab"])),
    "\x1b[0m\x1b[2J\x1b[2;2Hab",
  );
});

Deno.test("diff: only the changed cells are written", () => {
  const shown = screen([0, 0, "pages 1234"]);
  assert.equal(body(shown, screen([0, 0, "pages 1235"])), "\x1b[1;10H5");
  assert.equal(body(shown, screen([0, 0, "wages 1235"])), "\x1b[1;1Hw\x1b[8C5");
});

Deno.test("diff: a small gap is cheaper to write than to jump over", () => {
  const shown = screen([0, 0, "abcdef"]);
  assert.equal(body(shown, screen([0, 0, "AbcDef"])), "\x1b[1;1HAbcD");
  assert.equal(body(shown, screen([0, 0, "AbcdeF"])), "\x1b[1;1HA\x1b[4CF");
});

Deno.test("diff: the style is plain again at the end", () => {
  const bold = screen([0, 0, "a", { bold: true }], [1, 0, "b"]);
  assert.equal(body(screen(), bold), "\x1b[1;1H\x1b[1ma\x1b[0mb");
  const last = screen([0, 0, "a", { inverse: true }]);
  assert.equal(body(screen(), last), "\x1b[1;1H\x1b[7ma\x1b[0m");
});

Deno.test("diff: after the last column the cursor is placed anew", () => {
  const next = screen([9, 0, "a"], [0, 1, "b"]);
  assert.equal(body(screen(), next), "\x1b[1;10Ha\x1b[2;1Hb");
});

/** Steps from one style to another, by ECMA-48, and the fewest parameters. */
const STEPS: readonly (readonly [TextStyle, TextStyle, string])[] = [
  [{}, {}, ""],
  [{ bold: true }, { bold: true }, ""],
  [{}, { bold: true }, "\x1b[1m"],
  [{}, { underline: true, inverse: true }, "\x1b[4;7m"],
  [{ bold: true }, {}, "\x1b[0m"],
  [{ bold: true }, { dim: true }, "\x1b[0;2m"],
  [{ bold: true, dim: true }, { bold: true }, "\x1b[0;1m"],
];

const COLOR_STEPS: typeof STEPS = [
  [{}, { color: "red" }, "\x1b[31m"],
  [{}, { backgroundColor: "blue" }, "\x1b[44m"],
  [{}, { color: "brightGreen" }, "\x1b[92m"],
  [{ color: "red" }, { color: "green" }, "\x1b[32m"],
  [{ color: "red", bold: true }, { bold: true }, "\x1b[39m"],
  [{ color: "red" }, { backgroundColor: "red" }, "\x1b[0;41m"],
  [{ color: "red", backgroundColor: "red" }, {}, "\x1b[0m"],
];

function checkSteps(steps: typeof STEPS): void {
  for (const [from, to, sequence] of steps) {
    const name = JSON.stringify([from, to]);
    assert.equal(transition(styleId(from), styleId(to)), sequence, name);
  }
}

Deno.test("style: attributes change by the shortest sequence", () => {
  checkSteps(STEPS);
});

Deno.test({
  name: "style: colours change by the shortest sequence",
  ignore: leftOut(Deno.noColor, "sequences of colours, under NO_COLOR"),
  fn: () => checkSteps(COLOR_STEPS),
});

Deno.test("style: an id holds all of a style, laid over another", () => {
  const base = styleId({ color: "red", bold: true });
  const over = styleId({ bold: false, backgroundColor: "blue" }, base);
  assert.equal(over, styleId({ color: "red", backgroundColor: "blue" }));
  assert.equal(styleId({ bold: false }), PLAIN);
});
