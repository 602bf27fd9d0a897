import fc from "fast-check";
import assert from "node:assert/strict";
import type { TextWrap } from "../../src/tui/element.ts";
import {
  graphemes,
  isSimple,
  segmentedGraphemes,
  textWidth,
} from "../../src/tui/grapheme.ts";
import { Newline, Text } from "../../src/tui/text.ts";
import { fitLines, lineWidth, styledGraphemes } from "../../src/tui/wrap.ts";

const WIDTHS: readonly (readonly [string, number])[] = [
  ["", 0],
  ["abc", 3],
  ["é", 1],
  ["e\u0301", 1],
  ["字", 2],
  ["한글", 4],
  ["ｆ", 2],
  ["😀", 2],
  ["👩‍👩‍👧", 2],
  ["👍🏽", 2],
  ["❤", 1],
  ["❤\ufe0f", 2],
  ["🇩🇪", 2],
  ["⣿⠀", 2],
  ["─█▏", 3],
  ["\u200b", 0],
  ["a\u200bb", 2],
];

Deno.test("text: the width of a text is what a terminal gives to it", () => {
  for (const [text, width] of WIDTHS) {
    assert.equal(textWidth(text), width, JSON.stringify(text));
  }
});

Deno.test("text: no control character is left over", () => {
  const shown = graphemes("a\x1b[31m\x07b\tc\x9bd\u202ee\r\nf")
    .map(({ text }) => text).join("");
  assert.equal(shown, "a[31mb cde\nf");
});

Deno.test("text: the fast way and the full rules agree", () => {
  const text = fc.string({
    unit: fc.constantFrom(..." aé¡ʯ…←─█▶✓⣿字", "\u0301", "\u200d", "\ufe0f"),
  });
  fc.assert(
    fc.property(text, (text) => {
      assert.deepEqual(graphemes(text), segmentedGraphemes(text));
    }),
    { numRuns: 500, seed: 1 },
  );
});

Deno.test("text: what the fast way takes is one grapheme of one column, in any company", () => {
  for (let unit = 0; unit < 0xd800; unit++) {
    const char = String.fromCharCode(unit);
    if (!isSimple(char)) continue;
    const one = { text: char, width: 1 };
    const x = { text: "x", width: 1 };
    assert.deepEqual(segmentedGraphemes(`x${char}${char}x`), [x, one, one, x]);
  }
});

function fitted(
  text: string,
  width: number,
  wrap: TextWrap,
  ellipsis = "…",
): string[] {
  const run = styledGraphemes(Text({ children: text }));
  return fitLines(run, width, wrap, ellipsis)
    .map((line) => line.map((grapheme) => grapheme.text).join(""));
}

const FITTED: readonly (readonly [string, number, TextWrap, string[]])[] = [
  ["one two three", 7, "wrap", ["one two", "three"]],
  ["one two three", 13, "wrap", ["one two three"]],
  ["one  two", 4, "wrap", ["one", "two"]],
  ["abcdefgh ij", 3, "wrap", ["abc", "def", "gh", "ij"]],
  ["a\n\nb", 5, "wrap", ["a", "", "b"]],
  ["  in here", 5, "wrap", ["  in", "here"]],
  ["字字字", 4, "wrap", ["字字", "字"]],
  ["字字字", 5, "wrap", ["字字", "字"]],
  ["a字b", 1, "wrap", ["a", "b"]],
  ["abcdef", 4, "truncate", ["abc…"]],
  ["abcd", 4, "truncate", ["abcd"]],
  ["abcdef", 4, "truncate-start", ["…def"]],
  ["abcdef", 4, "truncate-middle", ["ab…f"]],
  ["字字字", 4, "truncate", ["字…"]],
  ["abc\ndefg", 3, "truncate", ["abc", "de…"]],
  ["abc", 1, "truncate", ["…"]],
  ["abc", 0, "truncate", [""]],
];

Deno.test("text: what is too wide is broken or shortened", () => {
  for (const [text, width, wrap, lines] of FITTED) {
    const name = `${JSON.stringify(text)} ${wrap} ${width}`;
    assert.deepEqual(fitted(text, width, wrap), lines, name);
  }
  assert.deepEqual(fitted("abcdef", 5, "truncate", "..."), ["ab..."]);
  assert.deepEqual(fitted("abcdef", 2, "truncate", "..."), [".."]);
});

const words = fc.string({
  unit: fc.constantFrom(..." ab字\n", "e\u0301", "👩‍💻"),
  maxLength: 40,
});

Deno.test("text: no line is wider than its place, and wrapping loses only spaces", () => {
  const wraps = fc.constantFrom<TextWrap>(
    "wrap",
    "truncate",
    "truncate-start",
    "truncate-middle",
  );
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 2, max: 12 }),
      wraps,
      (text, width, wrap) => {
        const run = styledGraphemes(Text({ children: text }));
        const lines = fitLines(run, width, wrap, "…");
        for (const line of lines) assert(lineWidth(line) <= width);
        if (wrap !== "wrap") return;
        const visible = (list: string) => list.replace(/[ \n]/g, "");
        const shown = lines.flat().map((grapheme) => grapheme.text).join("");
        assert.equal(visible(shown), visible(text));
      },
    ),
    { numRuns: 1000, seed: 1 },
  );
});

Deno.test("text: parts inherit the style around them, and change what they name", () => {
  const inner = Text({ bold: false, children: "b" });
  const outer = Text({
    color: "red",
    bold: true,
    children: ["a", inner, Newline({}), 7, null, false],
  });
  const plain = (children: string, bold: boolean) =>
    styledGraphemes(Text({ color: "red", bold, children }));
  assert.deepEqual(styledGraphemes(outer), [
    ...plain("a", true),
    ...plain("b", false),
    ...plain("\n7", true),
  ]);
});
