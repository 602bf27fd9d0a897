/** Sizes, names and phrases of the project's files. */
import assert from "node:assert/strict";
import { type Breach, readSources, type Source } from "./sources.ts";
import {
  emptyFileNames,
  excuses,
  FILE_LINES,
  longFiles,
  machineTraces,
} from "./text.ts";

type Check = (sources: readonly Source[]) => Breach[];

/** Whether a check refuses one made-up file. */
function refuses(check: Check, path: string, text: string): boolean {
  return check([{ path, text }]).length > 0;
}

Deno.test("a file of code has at most 400 lines", () => {
  const [full, long] = [FILE_LINES, FILE_LINES + 1].map((n) => "x\n".repeat(n));
  assert.equal(FILE_LINES, 400);
  assert(!refuses(longFiles, "src/a.ts", full ?? ""));
  assert(refuses(longFiles, "src/a.ts", long ?? ""));
  assert(refuses(longFiles, "tests/unit/a_test.tsx", long ?? ""));
  assert(!refuses(longFiles, "tests/conformance/a.json", long ?? ""));
});

Deno.test("no file's name would fit anything", () => {
  const bad = ["src/cli/utils.ts", "src/core/a.ts", "tests/page_helper.ts"];
  for (const path of bad) assert(refuses(emptyFileNames, path, ""), path);
  const good = ["src/cli/score.ts", "src/observe/history.ts"];
  for (const path of good) assert(!refuses(emptyFileNames, path, ""), path);
});

Deno.test("work left over and checks switched off are refused", () => {
  const bad = [
    ["// TO", "DO: later"],
    ["// FIX", "ME"],
    ["// @ts-", "ignore"],
    ["// @ts-", "nocheck"],
    ["// deno-", "lint-ignore no-explicit-any"],
  ].map((halves) => halves.join(""));
  for (const text of bad) assert(refuses(excuses, "src/a.ts", text), text);
  assert.deepEqual(
    excuses([{ path: "src/a.ts", text: `const a = 1;\n${bad[0]}` }])
      .map(({ place }) => place),
    ["src/a.ts:2"],
  );
  assert(!refuses(excuses, "src/a.ts", "// what to do; todos"));
});

Deno.test("no file tells of the computer that it was written on", () => {
  const bad = [
    ["https://regis", "try.example.org/a"],
    ["/ho", "me/somebody/a"],
    ['read("/wo', 'rk/a")'],
    ["file:///ro", "ot/a"],
  ].map((halves) => halves.join(""));
  for (const text of bad) {
    assert(refuses(machineTraces, "README.md", text), text);
  }
  assert(!refuses(machineTraces, "deno.lock", bad.join("\n")));
  const good = ["src/workload/a.ts", "./home/a", "/proc/1/maps", "~/home/a"];
  for (const text of good) {
    assert(!refuses(machineTraces, "README.md", text), text);
  }
});

for (const check of [longFiles, emptyFileNames, excuses, machineTraces]) {
  Deno.test(`the project's files pass: ${check.name}`, () => {
    assert.deepEqual(check(readSources()), []);
  });
}
