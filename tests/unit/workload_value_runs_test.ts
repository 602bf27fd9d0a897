import assert from "node:assert/strict";
import { parseRuns, printRuns } from "../../src/workload/value_runs.ts";

/** Texts in the only form that is printed, and the values that they stand for. */
const CASES: readonly (readonly [string, readonly number[]])[] = [
  ["", []],
  ["0", [0]],
  ["-14", [-14]],
  ["0*2", [0, 0]],
  ["0*4 -2 1*3", [0, 0, 0, 0, -2, 1, 1, 1]],
  ["0 1 0", [0, 1, 0]],
  ["-13*2 1 -999*3", [-13, -13, 1, -999, -999, -999]],
  ["1*12", new Array(12).fill(1)],
];

Deno.test("values are printed as runs", () => {
  for (const [text, values] of CASES) assert.equal(printRuns(values), text);
});

Deno.test("values may come from any iterable", () => {
  function* values(): Generator<number> {
    yield 1;
    yield 1;
    yield -2;
  }
  assert.equal(printRuns(values()), "1*2 -2");
});

Deno.test("runs are parsed to the values that were printed", () => {
  for (const [text, values] of CASES) {
    const parsed = parseRuns(text)?.flatMap(({ value, count }) =>
      new Array<number>(count).fill(value)
    );
    assert.deepEqual(parsed, values, text);
  }
});

Deno.test("neighbours need not be one run", () => {
  assert.deepEqual(parseRuns("0 0"), [
    { value: 0, count: 1 },
    { value: 0, count: 1 },
  ]);
});

Deno.test("a run of many pages takes no memory for each", () => {
  assert.deepEqual(parseRuns("1*268435456"), [{ value: 1, count: 268435456 }]);
});

Deno.test("other texts are no runs", () => {
  const texts = [
    " ",
    "0 ",
    " 0",
    "0  1",
    "0\t1",
    "0*1",
    "0*0",
    "0*",
    "*2",
    "0*-2",
    "0*02",
    "01",
    "-0",
    "+1",
    "1.5",
    "1e3",
    "0x1",
    "0,1",
    "0*2*2",
    "a",
    "1*9007199254740993",
    "9007199254740993",
  ];
  for (const text of texts) assert.equal(parseRuns(text), undefined, text);
});
