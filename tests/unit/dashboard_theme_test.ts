/** Themes, and that nothing depends on them alone. */
import assert from "node:assert/strict";
import {
  type DashboardTheme,
  nextTheme,
  THEMES,
} from "../../src/dashboard/theme.ts";
import { THEME_NAMES } from "../../src/dashboard/theme_names.ts";
import { type Color, stylesOf, TRUE_COLOR } from "../../src/tui/mod.ts";
import { dashboardOn, still } from "../golden/dashboard_screen.ts";
import { BUSY } from "./dashboard_busy.ts";

const SIZE = { columns: 120, rows: 40 };
const DEPTHS = [16, 256, TRUE_COLOR] as const;

/** All colours of a theme on a terminal of a depth. */
function colorsOf(theme: DashboardTheme, depth: typeof DEPTHS[number]) {
  const styles = Object.values(stylesOf(theme, depth));
  return new Set(
    styles.flatMap(({ color, backgroundColor }): Color[] =>
      [color, backgroundColor].filter((one) => one !== undefined)
    ),
  );
}

/** Whether a colour is more green than anything else, by its name or its parts. */
function isGreen(color: Color): boolean {
  if (typeof color !== "string") throw new Error(`${color} is not judged here`);
  const [red, green, blue] = (color.match(/[\da-f]{2}/gi) ?? [])
    .map((part) => parseInt(part, 16));
  return color.startsWith("#")
    ? green > red + 40 && green > blue + 40
    : /green/i.test(color);
}

Deno.test("t goes round all themes, names each, and changes no character of the picture", () => {
  assert.deepEqual(
    THEME_NAMES.map(nextTheme),
    ["vivid", "colorblind", "monochrome", "terminal"],
  );
  const screen = dashboardOn(still(BUSY), SIZE);
  const pictures = THEME_NAMES.map((theme) => {
    assert.equal(screen.state.theme, theme);
    screen.press("f", "f");
    const frame = screen.frame();
    screen.press("t");
    assert.match(screen.frame(), new RegExp(`Theme ${nextTheme(theme)}: `));
    return frame;
  });
  // Without colours the parts of the one bar of several parts differ by their fills.
  const chars = pictures.map((frame) => frame.replace(/ {2}all .*/, ""));
  assert.deepEqual(new Set(chars).size, 1);
});

Deno.test("the theme for the colour-blind has no green, on any terminal", () => {
  for (const depth of DEPTHS) {
    const colors = [...colorsOf(THEMES.colorblind, depth)];
    assert.ok(colors.length > 4);
    assert.deepEqual(colors.filter(isGreen), []);
    assert.ok([...colorsOf(THEMES.terminal, depth)].some(isGreen));
  }
});

Deno.test("the monochrome theme has no colours, and the terminal's own only names", () => {
  for (const depth of DEPTHS) {
    assert.equal(colorsOf(THEMES.monochrome, depth).size, 0);
    for (const color of colorsOf(THEMES.terminal, depth)) {
      assert.match(String(color), /^[a-z]+$/i);
    }
  }
});

Deno.test("what is merged and what is volatile never look the same", () => {
  for (const name of THEME_NAMES) {
    for (const depth of DEPTHS) {
      const styles = stylesOf(THEMES[name], depth);
      assert.notDeepEqual(styles["page-merged"], styles["page-volatile"]);
      assert.notDeepEqual(styles.gain, styles.loss);
    }
  }
});

Deno.test("a screen draws in the theme it started with, as deep as the terminal is", () => {
  const colors = (depth: 16 | 256 | typeof TRUE_COLOR) => {
    const options = { ...SIZE, depth, theme: "vivid" } as const;
    const runs = dashboardOn(still(BUSY), options).styledFrame().flat();
    return new Set(runs.map(({ color }) => typeof color));
  };
  assert.deepEqual(colors(16), new Set(["undefined", "string"]));
  assert.ok(colors(256).has("number"));
});
