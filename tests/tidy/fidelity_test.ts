/** The README's tables of what is modelled, and the doc lines that they are made from. */
import assert from "node:assert/strict";
import { LEFT_OUT } from "./fidelity/left_out.ts";
import { withLanes } from "./pictures/lanes.ts";
import { readModels } from "./fidelity/models.ts";
import { withKeys, withKnobs, withTables } from "./fidelity/tables.ts";
import { pathOf, readSources } from "./sources.ts";

/** The doc lines of one made-up file. */
function read(text: string): ReturnType<typeof readModels> {
  return readModels([{ path: "src/engine/ksm/a.ts", text }]);
}

Deno.test("a model is read with its file, its symbol and its difference", () => {
  const { models, breaches } = read(`
/** A tree. */
export class Tree {
  /**
   * Looks.
   *
   * Models: tree_search(), mm/ksm.c
   * Models: tree_look(), include/linux/ksm.h
   * Differs: looks twice,
   * because once is not enough.
   */
  *search(page: number): number {}
}

/**
 * Waits.
 *
 * Models: tree_wait(), mm/ksm.c
 */
function* wait() {}
`);
  assert.deepEqual(breaches, []);
  const path = "src/engine/ksm/a.ts";
  const differs = "looks twice, because once is not enough.";
  assert.deepEqual(models, [
    {
      kernelFunction: "tree_search",
      kernelFile: "mm/ksm.c",
      symbol: "Tree.search",
      path,
      differs,
    },
    {
      kernelFunction: "tree_look",
      kernelFile: "include/linux/ksm.h",
      symbol: "Tree.search",
      path,
      differs,
    },
    {
      kernelFunction: "tree_wait",
      kernelFile: "mm/ksm.c",
      symbol: "wait",
      path,
      differs: undefined,
    },
  ]);
});

Deno.test("doc lines out of form are refused", () => {
  const bad = [
    " * Models: a() and b(), mm/ksm.c",
    " * Models: a(), ksm",
    " * Models: mm/ksm.c",
    " * It waits. Models: a(), mm/ksm.c",
    " * Models: a(), mm/ksm.c\n * Differs: it does.",
    " * Differs: it does, because it may.",
    " * Models: a(), mm/ksm.c\n *\n * Models: a(), mm/ksm.c",
  ];
  for (const lines of bad) {
    const text = `/**\n${lines}\n */\nfunction a() {}\n`;
    assert.notEqual(read(text).breaches.length, 0, lines);
  }
  const nowhere = "/**\n * Models: a(), mm/ksm.c\n */\n\nimport * from 'a';\n";
  assert.notEqual(read(nowhere).breaches.length, 0);
});

Deno.test("the tables stand between the two lines and nowhere else", () => {
  const readme = Deno.readTextFileSync(pathOf("README.md"));
  const lines = withTables(readme, [], []).split("\n");
  const begin = lines.findIndex((line) => line.startsWith("<!-- fidelity: b"));
  const [model] = read("/**\n * Models: a(), mm/ksm.c\n */\nfunction b() {}\n")
    .models;
  const made = withTables(readme, [model], []).split("\n");
  assert.deepEqual(made.slice(0, begin), lines.slice(0, begin));
  assert(made.some((line) => /`a\(\)`.*`b`.*as the kernel/.test(line)));
  assert.throws(() => withTables("# nothing", [], []), SyntaxError);
});

Deno.test("every doc line of the engine is in form, every function named once", () => {
  assert.deepEqual(readModels(readSources("src/engine/")).breaches, []);
});

Deno.test("nothing that is left out is modelled", () => {
  const modelled = new Set(
    readModels(readSources("src/engine/")).models
      .map(({ kernelFunction }) => kernelFunction),
  );
  const missing = LEFT_OUT.flatMap((row) => row.kernelFunctions);
  assert.deepEqual(missing.filter((name) => modelled.has(name)), []);
});

Deno.test("README.md says what the sources say; else run deno task readme", () => {
  const readme = Deno.readTextFileSync(pathOf("README.md"));
  const { models } = readModels(readSources("src/engine/"));
  assert.equal(withTables(readme, models, LEFT_OUT), readme);
  assert.equal(withKnobs(readme), readme);
  assert.equal(withKeys(readme), readme);
  assert.equal(withLanes(readme), readme);
});
