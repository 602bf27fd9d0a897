/** Imports follow the table of layers. */
import assert from "node:assert/strict";
import { layerBreaches, type Resolution } from "./layers.ts";
import { readSources, ROOT } from "./sources.ts";

const RESOLUTION: Resolution = {
  imports: {
    "ksmscope": "./mod.ts",
    "ksmscope/tui/jsx-runtime": "./src/tui/jsx_runtime.ts",
    "@std/": "./src/std/",
    "commander": "npm:commander@1.0.0",
    "deno-std/": "npm:/deno-std@1.0.0/",
    "yoga-layout": "npm:yoga-layout@1.0.0",
  },
  compilerOptions: { jsxImportSource: "ksmscope/tui" },
};

/** A file and one line of it, each pair allowed. */
const ALLOWED: readonly (readonly [path: string, line: string])[] = [
  ["src/engine/mm/a.ts", 'import { a } from "../lib/a.ts";'],
  ["src/engine/ksm/a.ts", 'import type { a } from "../mm/b/a.ts";'],
  ["src/sim/a.ts", 'export * from "../engine/lib/step.ts";'],
  ["src/machine/a.ts", 'import "../workload/mod.ts";'],
  ["src/kernel/a.ts", 'import "../engine/ksm/knobs.ts";'],
  ["src/kernel/a.ts", 'Deno.dlopen("libc.so.6", {});'],
  ["src/observe/a.ts", 'import { stringify } from "@std/csv/stringify.ts";'],
  ["src/observe/a.ts", "const a = { Deno: 1 }; // Deno"],
  ["src/std/fmt/a.ts", 'export * from "deno-std/fmt/a.js";'],
  ["src/tui/a.ts", 'import yoga from "yoga-layout/load";'],
  ["src/tui/terminal.ts", "Deno.consoleSize();"],
  ["src/dashboard/a.tsx", "export const a = <b />;"],
  ["src/dashboard/a.ts", 'import { delay } from "@std/async/delay.ts";'],
  ["src/cli/a.ts", 'import { Command } from "commander";'],
  ["src/cli/a.ts", "const script = await import(url);"],
  ["src/mod.ts", 'export * from "./sim/mod.ts";'],
  ["mod.ts", 'export * from "./src/mod.ts";'],
  ["mod.ts", 'import("./src/cli/main.ts").then((cli) => cli.main(Deno.args));'],
  ["tests/unit/a_test.ts", 'import fc from "fast-check";'],
];

/** A file and one line of it, each pair refused. */
const REFUSED: readonly (readonly [path: string, line: string])[] = [
  ["src/engine/lib/a.ts", 'import "../mm/a.ts";'],
  ["src/engine/mm/a.ts", 'import type { a } from "../ksm/a.ts";'],
  ["src/engine/ksm/a.ts", 'export * from "../../sim/mod.ts";'],
  ["src/engine/a.ts", "export const a = 1;"],
  ["src/sim/a.ts", 'let a: import("../engine/mm/a.ts").A;'],
  ["src/workload/a.ts", 'import "../engine/lib/a.ts";'],
  ["src/workload/builtin/a.ts", 'import { workload } from "ksmscope";'],
  ["src/machine/a.ts", 'import "../observe/snapshot.ts";'],
  ["src/machine/a.ts", 'import { format } from "@std/fmt/bytes.ts";'],
  ["src/kernel/a.ts", 'import "../engine/ksm/scan.ts";'],
  ["src/observe/a.ts", 'import "../engine/ksm/knobs.ts";'],
  ["src/observe/a.ts", 'import { delay } from "@std/async/delay.ts";'],
  ["src/observe/a.ts", "Deno.readTextFileSync(path);"],
  ["src/std/fmt/a.ts", 'import "../../tui/a.ts";'],
  ["src/tui/a.ts", 'import "../observe/snapshot.ts";'],
  ["src/tui/a.ts", 'import { format } from "deno-std/fmt/bytes.js";'],
  ["src/tui/a.ts", 'import { Command } from "commander";'],
  ["src/tui/a.ts", "globalThis.Deno.args;"],
  ["src/tui/a.ts", "let a: Deno.Signal;"],
  ["src/tui/a.ts", 'import process from "node:process";'],
  ["src/tui/a.ts", 'import yoga from "npm:yoga-layout@3";'],
  ["src/dashboard/a.ts", 'import "../machine/mod.ts";'],
  ["src/dashboard/a.ts", "Deno.args;"],
  ["src/observe/a.tsx", "export const a = <b />;"],
  ["src/cli/a.ts", 'import yoga from "yoga-layout";'],
  ["src/cli/a.ts", 'import "../../tests/tidy/sources.ts";'],
  ["src/elsewhere/a.ts", "export const a = 1;"],
  ["mod.ts", 'import { main } from "./src/cli/main.ts";'],
  ["mod.ts", 'export * from "./src/tui/mod.ts";'],
  ["src/mod.ts", 'export * from "./tui/mod.ts";'],
  ["src/mod.ts", 'import("./cli/main.ts");'],
  ["mod.ts", "await import(url);"],
];

for (const [path, line] of ALLOWED) {
  Deno.test(`layers: ${path} may say ${line}`, () => {
    const sources = [{ path, text: `\n${line}\n` }];
    assert.deepEqual(layerBreaches(sources, RESOLUTION), []);
  });
}

for (const [path, line] of REFUSED) {
  Deno.test(`layers: ${path} may not say ${line}`, () => {
    const sources = [{ path, text: line }];
    const [breach, ...more] = layerBreaches(sources, RESOLUTION);
    assert(breach, "accepted");
    assert(breach.place.startsWith(path), breach.place);
    assert.deepEqual(more, []);
  });
}

Deno.test("the project keeps to its layers", () => {
  const resolution = JSON.parse(
    Deno.readTextFileSync(new URL("deno.json", ROOT)),
  );
  assert.deepEqual(layerBreaches(readSources(), resolution), []);
});
