import assert from "node:assert/strict";
import {
  gainText,
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
