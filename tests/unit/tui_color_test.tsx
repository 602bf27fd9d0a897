import assert from "node:assert/strict";
import {
  type Color,
  colorCode,
  colorDepth,
  colorOf,
  shownColor,
  TRUE_COLOR,
} from "../../src/tui/color.ts";
import { transition } from "../../src/tui/sgr.ts";
import { PLAIN, styleId, styleOf } from "../../src/tui/style.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import { Text } from "../../src/tui/text.ts";
import { stylesOf, TERMINAL_THEME } from "../../src/tui/theme.ts";
import { leftOut } from "../left_out.ts";

Deno.test("colour depth: what the environment says", () => {
  assert.equal(colorDepth({}), 16);
  assert.equal(colorDepth({ TERM: "xterm" }), 16);
  assert.equal(colorDepth({ TERM: "linux" }), 16);
  assert.equal(colorDepth({ TERM: "xterm-256color" }), 256);
  assert.equal(colorDepth({ TERM: "xterm-direct" }), TRUE_COLOR);
  assert.equal(
    colorDepth({ TERM: "xterm", COLORTERM: "truecolor" }),
    TRUE_COLOR,
  );
  assert.equal(colorDepth({ COLORTERM: "24bit" }), TRUE_COLOR);
  assert.equal(colorDepth({ TERM: "xterm-256color", COLORTERM: "yes" }), 256);
  assert.equal(colorDepth({ TERM: "dumb", COLORTERM: "truecolor" }), 0);
  assert.equal(colorDepth({ NO_COLOR: "1", COLORTERM: "truecolor" }), 0);
  assert.equal(
    colorDepth({ NO_COLOR: "", COLORTERM: "truecolor" }),
    TRUE_COLOR,
  );
});

Deno.test("colours: each has a code that leads back to it", () => {
  const colors: Color[] = [
    "black",
    "brightWhite",
    0,
    255,
    "#000000",
    "#12ab9f",
  ];
  for (const color of colors) assert.equal(colorOf(colorCode(color)), color);
  assert.equal(new Set(colors.map(colorCode)).size, colors.length);
  for (const wrong of [-1, 256, 1.5, "#12345", "#gggggg"] as const) {
    assert.throws(() => colorCode(wrong), /no colour/);
  }
});

Deno.test("colours: a terminal with fewer shows the nearest", () => {
  assert.equal(shownColor("#ff0000", TRUE_COLOR), "#ff0000");
  // 16 + 36 * 5: the corner of the cube with all red.
  assert.equal(shownColor("#ff0000", 256), 196);
  assert.equal(shownColor("#ff0000", 16), "brightRed");
  // 232 + 12 is the grey of 8 + 12 * 10 = 128.
  assert.equal(shownColor("#808080", 256), 244);
  assert.equal(shownColor("#808080", 16), "brightBlack");
  assert.equal(shownColor(196, 16), "brightRed");
  assert.equal(shownColor(3, 16), "yellow");
  assert.equal(shownColor(196, 256), 196);
  for (const depth of [16, 256, TRUE_COLOR] as const) {
    assert.equal(shownColor("green", depth), "green");
  }
  assert.equal(shownColor("green", 0), undefined);
  assert.equal(shownColor("#ffffff", 0), undefined);
});

Deno.test({
  name: "colours: their sequences are those of ECMA-48 and ISO 8613-6",
  ignore: leftOut(Deno.noColor, "sequences of colours, under NO_COLOR"),
  fn: () => {
    const id = styleId({ color: 200, backgroundColor: "#0102ff", bold: true });
    assert.equal(transition(PLAIN, id), "\x1b[1;38;5;200;48;2;1;2;255m");
    assert.deepEqual(styleOf(id), {
      color: 200,
      backgroundColor: "#0102ff",
      bold: true,
    });
    assert.equal(transition(id, PLAIN), "\x1b[0m");
  },
});

/** The style of the first cell on a screen. */
function shownStyle(options: { color?: boolean; depth?: 16 | 256 }) {
  const screen = mount({
    init: 0,
    update: (state: number) => state,
    view: () => <Text color="#ff0000" underline>x</Text>,
    keys: () => [],
    ended: () => false,
  }, { columns: 1, rows: 1, ...options });
  return screen.styledFrame()[0][0];
}

Deno.test("colours: a screen keeps to its depth, and attributes stay", () => {
  const plain = { text: "x", underline: true };
  assert.deepEqual(shownStyle({}), { ...plain, color: "brightRed" });
  assert.deepEqual(shownStyle({ depth: 256 }), { ...plain, color: 196 });
  assert.deepEqual(shownStyle({ color: false, depth: 256 }), plain);
});

Deno.test("theme: richer styles where there are colours for them", () => {
  const theme = {
    ...TERMINAL_THEME,
    merged: { color: "green", bold: true, rich: { color: "#7fd88f" } },
  } as const;
  const basic = { color: "green", bold: true };
  assert.deepEqual(stylesOf(theme, 0).merged, basic);
  assert.deepEqual(stylesOf(theme, 16).merged, basic);
  const rich = { color: "#7fd88f", bold: true };
  assert.deepEqual(stylesOf(theme, 256).merged, rich);
  assert.deepEqual(stylesOf(theme, TRUE_COLOR).merged, rich);
  assert.deepEqual(stylesOf(theme, 16).selected, { inverse: true });
});

Deno.test("colours: when all codes are used up, the nearest of the 256 has to do", () => {
  const mixed = (number: number): `#${string}` =>
    `#${number.toString(16).padStart(6, "0")}`;
  for (let number = 0; number < 8192; number++) colorCode(mixed(number));
  assert.equal(colorOf(colorCode(mixed(7))), mixed(7));
  // 16 + 36 * 5 + 6 * 1 + 1 is the nearest to ff5f5f in the cube.
  assert.equal(colorOf(colorCode("#fe5e5e")), 203);
  const color = "#fe5e5e";
  assert.deepEqual(styleOf(styleId({ color, bold: true })), {
    color: 203,
    bold: true,
  });
});
