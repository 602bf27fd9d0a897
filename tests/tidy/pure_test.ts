/**
 * The pure folders compile without the types of Deno and of a browser: what is
 * not there cannot be called.
 */
import assert from "node:assert/strict";
import { deno, denoCheck } from "./deno_command.ts";
import { pathOf } from "./sources.ts";

const CONFIG = pathOf("tests/tidy/pure.json");
const FOLDERS = ["engine", "sim", "workload", "machine"];

/** Lines that need a platform end in `// wrong`. */
const USES = `
export const size: number = new Uint8Array(4).length;
export const args: unknown = Deno.args; // wrong
export const page: unknown = document.body; // wrong
export const timer: unknown = setTimeout(() => {}, 1); // wrong
export const moment: unknown = performance.now(); // wrong
export const map = new Map<number, bigint>([[1, 2n]]);
export const host: unknown = navigator.userAgent; // wrong
export const shell: unknown = process.env; // wrong
`;

Deno.test("the pure configuration knows no platform", async () => {
  const config = JSON.parse(Deno.readTextFileSync(CONFIG));
  const wrong = USES.split("\n")
    .flatMap((line, index) => line.endsWith("// wrong") ? [index + 1] : []);
  assert.deepEqual(await denoCheck(USES, config), wrong);
});

Deno.test("the pure folders compile under the pure configuration", async () => {
  const there = [...Deno.readDirSync(pathOf("src"))]
    .map(({ name }) => name);
  const folders = FOLDERS.filter((name) => there.includes(name))
    .map((name) => pathOf(`src/${name}`));
  const { code, text } = await deno(
    ...["check", "--quiet", "--no-lock", "--config", CONFIG],
    ...folders,
  );
  assert.equal(code, 0, text);
});
