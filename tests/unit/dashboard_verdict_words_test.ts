import assert from "node:assert/strict";
import { verdictTexts } from "../../src/dashboard/verdict_words.ts";
import { linesOf } from "../../src/dashboard/views/paragraph.ts";

Deno.test("a verdict has its figures, each kind its word, and less of both where room is short", () => {
  const figures = { ratio: 80.46, breakEven: 64 };
  assert.deepEqual(
    [
      verdictTexts({ verdict: "not-offered" }),
      verdictTexts({ verdict: "not-scanned" }),
      verdictTexts({ verdict: "nothing-merged", profit: -6400 }),
      verdictTexts({ verdict: "costs", profit: -1 << 20, ...figures }),
      verdictTexts({ verdict: "pays", profit: 4096, ratio: 1, breakEven: 64 }),
    ],
    [
      ["not offered: none of its memory is mergeable", "not offered"],
      ["not scanned: ksmd remembers nothing of it yet", "not scanned"],
      [
        "nothing merged: -6.3 kiB, all of it cost",
        "nothing merged: -6.3 kiB",
        "nothing merged",
      ],
      [
        "costs: -1.0 MiB, rmap items / merging 80.5, even at 64.0",
        "costs: -1.0 MiB",
        "costs",
      ],
      [
        "pays: +4.0 kiB, rmap items / merging 1.0, even at 64.0",
        "pays: +4.0 kiB",
        "pays",
      ],
    ],
  );
});

Deno.test("a paragraph keeps its words whole, and no line is longer than it may be", () => {
  assert.deepEqual(linesOf("one two three four", 9), [
    "one two",
    "three",
    "four",
  ]);
  assert.deepEqual(linesOf("one two", 7), ["one two"]);
  // Characters of two columns count twice.
  assert.deepEqual(linesOf("日本 語", 6), ["日本", "語"]);
  assert.deepEqual(linesOf("incomprehensible word", 5), [
    "incomprehensible",
    "word",
  ]);
  assert.deepEqual(linesOf("", 5), [""]);
});
