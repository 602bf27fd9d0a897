/** Each of our lint rules refuses what it is for, and nothing like it. */
import assert from "node:assert/strict";
import { deno, inFolder } from "./deno_command.ts";
import plugin from "./lint/mod.ts";
import { FUNCTION_LINES } from "./lint/size.ts";
import { isCode, lineAt, pathOf, readSources } from "./sources.ts";

/** Sources of one rule. */
interface Cases {
  /** Where the sources are said to be; a pure folder when missing. */
  readonly file?: string;
  readonly refused: readonly string[];
  readonly accepted: readonly string[];
}

/** A function of so many lines. */
function functionOf(lines: number): string {
  return ["function f() {", ..."x".repeat(lines - 2), "}"].join("\n");
}

const CASES: Readonly<Record<string, Cases>> = {
  "pure-time": {
    refused: [
      "const now = Date.now();",
      "let at: Date;",
      "const made = new Date();",
      "const clocks = { Date };",
      "performance.now();",
      "const now = Temporal.Now.instant();",
    ],
    accepted: [
      "const a = event.Date;",
      "interface Row { Date: number }",
      "const row = { Date: 1 };",
      "// Date",
    ],
  },
  "pure-chance": {
    refused: [
      "crypto.getRandomValues(bytes);",
      "const r = new WeakRef(node);",
      "new FinalizationRegistry(done);",
    ],
    accepted: ["const a = seed.crypto;"],
  },
  "pure-members": {
    refused: [
      "const r = Math.random();",
      'const r = Math["random"]();',
      "const r = Math[name]();",
      "const { random } = Math;",
      "const m = Math;",
      "Atomics.wait(words, 0, 0);",
      "Atomics.waitAsync(words, 0, 0);",
    ],
    accepted: [
      "const a = Math.max(1, 2);",
      'const a = Math["max"](1, 2);',
      "Atomics.add(words, 0, 1);",
      "prng.random();",
    ],
  },
  "pure-no-async": {
    refused: [
      "async function f() {}",
      "const f = async () => {};",
      "const f = async function () {};",
      "class A { async f() {} }",
      "const o = { async f() {} };",
      "async function* f() {}",
      "await f();",
      "for await (const a of b) f(a);",
      "let a: Promise<void>;",
      "Promise.resolve();",
      "setTimeout(f, 1);",
      "setInterval(f, 1);",
      "queueMicrotask(f);",
    ],
    accepted: [
      "function* f() { yield 1; }",
      "for (const a of b) f(a);",
      "const a = { async: true, Promise: 1 };",
    ],
  },
  "pure-imports": {
    file: "src/machine/made_up.ts",
    refused: [
      'import fs from "node:fs";',
      'import { format } from "@std/fmt/bytes.ts";',
      'import "../observe/snapshot.ts";',
      'import type { A } from "../kernel/a.ts";',
      'export * from "../../mod.ts";',
      'export { a } from "npm:a";',
      'let a: import("../cli/a.ts").A;',
      'const a = f(() => import("./a.ts"));',
      "const a = import(name);",
      'import a = require("a");',
      '/// <reference lib="dom" />',
      '// @ts-types="../kernel/a.d.ts"\nimport "./a.js";',
    ],
    accepted: [
      'import { A } from "../engine/ksm/mod.ts";',
      'import type { B } from "../sim/b.ts";',
      'export * from "./costs.ts";',
      'let a: import("../workload/a.ts").A;',
      "export const a = 1;",
    ],
  },
  "pure-globals": {
    refused: [
      "Deno.readTextFileSync(path);",
      "const g = globalThis;",
      'eval("1");',
      'new Function("return 1");',
      "const here = import.meta.url;",
    ],
    accepted: ["const process = box.process();", "class A { b = new.target; }"],
  },
  "function-size": {
    file: "tests/unit/made_up_test.ts",
    refused: [
      functionOf(FUNCTION_LINES + 1),
      `const g = ${functionOf(FUNCTION_LINES + 1)};`,
      `const g = ${
        functionOf(FUNCTION_LINES + 1).replace("function f() ", "() => ")
      };`,
      `class A {\n${
        functionOf(FUNCTION_LINES + 1).replace("function ", "")
      }\n}`,
    ],
    accepted: [functionOf(FUNCTION_LINES)],
  },
  "erasing-cast": {
    file: "tests/unit/made_up_test.ts",
    refused: [
      "const a = b as any;",
      "const a = <any> b;",
      "const a = b as unknown as A;",
      "const a = (b as any).c;",
    ],
    accepted: [
      "const a = b as unknown;",
      "const a = b as A;",
      "const a = b as const; // as any other",
    ],
  },
  "empty-type-name": {
    file: "src/cli/made_up.ts",
    refused: [
      "class LockManager {}",
      "interface Helpers {}",
      "type FrameUtils = 1;",
      "enum CoreKind {}",
    ],
    accepted: [
      "class ScoreBoard {}",
      "interface Hardcore {}",
      "const core = 1;",
    ],
  },
  "sysfs-spelling": {
    file: "src/observe/made_up.ts",
    refused: [
      "const a = counters.pages_shared;",
      "const a = { pages_to_scan: 1 };",
      'const a = { "pages_to_scan": 1 };',
      "interface Row { ksm_zero_pages: number }",
      "const smart_scan = true;",
    ],
    accepted: [
      'const a = knob("pages_to_scan");',
      'const a = { name: "pages_to_scan" };',
      "const a = counters.pagesShared; // pages_shared",
    ],
  },
};

/** The rules that refuse a source. */
function refusals(file: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, file, source).map(({ id }) =>
    id.replace(`${plugin.name}/`, "")
  );
}

for (const rule of Object.keys(plugin.rules)) {
  Deno.test(`lint rule ${rule} refuses and accepts as it should`, () => {
    const cases = CASES[rule];
    assert(cases, `${rule} has no line in CASES`);
    const { file = "src/engine/lib/made_up.ts", refused, accepted } = cases;
    for (const source of refused) {
      assert(refusals(file, source).includes(rule), `accepted: ${source}`);
    }
    for (const source of accepted) {
      assert(!refusals(file, source).includes(rule), `refused: ${source}`);
    }
  });
}

Deno.test("the pure rules hold in the pure folders alone", () => {
  const source = "export const now = Date.now() + Math.random();";
  const refused = [
    "engine/a.ts",
    "sim/a.ts",
    "workload/b/a.ts",
    "machine/a.ts",
  ];
  for (const file of refused) {
    assert.equal(refusals(`src/${file}`, source).length, 2, file);
  }
  for (const file of ["src/cli/a.ts", "src/observe/a.ts", "tests/sim/a.ts"]) {
    assert.deepEqual(refusals(file, source), []);
  }
});

Deno.test("the tables and the built-in workloads may spell as sysfs does", () => {
  const source = "export const knobs = { pages_to_scan: 1 };";
  const free = ["engine/ksm/knobs.ts", "workload/builtin/chains.ts"];
  for (const file of free) {
    assert.deepEqual(refusals(`src/${file}`, source), []);
  }
  assert.notDeepEqual(refusals("src/engine/ksm/scan.ts", source), []);
});

Deno.test("the project keeps our lint rules", () => {
  const breaches = readSources().filter(isCode).flatMap(({ path, text }) =>
    Deno.lint.runPlugin(plugin, path, text).map(({ message, range }) =>
      `${path}:${lineAt(text, range[0])}: ${message}`
    )
  );
  assert.deepEqual(breaches, []);
});

Deno.test("deno lint itself applies our rules", async () => {
  await inFolder(async (folder) => {
    Deno.mkdirSync(`${folder}/src/engine`, { recursive: true });
    const file = `${folder}/src/engine/made_up.ts`;
    Deno.writeTextFileSync(file, "export const now: number = Date.now();\n");
    const { code, text } = await deno(
      "lint",
      "--config",
      pathOf("deno.json"),
      file,
    );
    assert.equal(code, 1, text);
    assert.match(text, /ksmscope\/pure-time/);
    assert.match(text, /Found 1 problem/);
  });
});
