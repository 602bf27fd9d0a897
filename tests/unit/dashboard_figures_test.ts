import assert from "node:assert/strict";
import {
  gainText,
  NANOS_COLUMNS,
  nanosText,
  percentText,
  plural,
  sizeText,
  timeText,
} from "../../src/dashboard/figures.ts";
import { speedText } from "../../src/dashboard/speed.ts";

Deno.test("one thing is said in the singular", () => {
  assert.equal(plural(1, "page"), "1 page");
  assert.equal(plural(1000, "page"), "1 000 pages");
});

Deno.test("sizes are binary, with one decimal above bytes", () => {
  assert.deepEqual(
    [0, 1000, 4096, 1023 * 1024, 658_505_728].map(sizeText),
    ["0 B", "1000 B", "4.0 kiB", "1023.0 kiB", "628.0 MiB"],
  );
});

Deno.test("gains carry their sign", () => {
  assert.deepEqual(
    [0, 4032, -64, 12_255_232].map(gainText),
    ["0 B", "+3.9 kiB", "-64 B", "+11.7 MiB"],
  );
});

Deno.test("times are seconds with all their milliseconds", () => {
  assert.deepEqual([0, 20, 12_480].map(timeText), [
    "0.000s",
    "0.020s",
    "12.480s",
  ]);
});

Deno.test("percents never round up to all", () => {
  assert.deepEqual([0, 0.61, 0.999, 1].map(percentText), [
    "  0%",
    " 61%",
    " 99%",
    "100%",
  ]);
});

Deno.test("speeds are short", () => {
  assert.deepEqual(
    [1, 64, 1 / 8, 0.5, 1.5, 0.4, Infinity].map(speedText),
    ["x1", "x64", "x1/8", "x1/2", "x1.5", "x0.4", "max"],
  );
});

Deno.test("short and long times have the unit that needs no fourth digit", () => {
  const cases = [
    [0, "  0 ns "],
    [7.4, "  7 ns "],
    [999, "999 ns "],
    [999.6, "  1.0 µs "],
    [1000, "  1.0 µs "],
    [4100, "  4.1 µs "],
    [999_940, "999.9 µs "],
    [999_960, "  1.0 ms "],
    [18_200_000, " 18.2 ms "],
    [1_400_000_000, "  1.4 s  "],
    [999_900_000_000, "999.9 s  "],
    [3.6e15, "1000.0 h "],
    [5.4e12, "  1.5 h  "],
  ] as const;
  for (const [nanos, text] of cases) {
    assert.equal(nanosText(nanos, "µ").trim(), text.trim(), String(nanos));
  }
  assert.equal(nanosText(4100, "u"), "  4.1 us");
});

Deno.test("times stand in one column, whatever their unit", () => {
  for (let nanos = 1; nanos < 3e15; nanos *= 7) {
    const text = nanosText(nanos, "µ");
    assert.equal(text.length, NANOS_COLUMNS, text);
    assert.match(text, /^ *\d{1,3}(?:\.\d)? (?:ns|µs|ms|s |h )$/);
  }
});
