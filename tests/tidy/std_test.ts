/**
 * The wrappers of `src/std` tell the truth: what their declarations promise is
 * there at run time and behaves, and a wrong type does not pass `deno check`.
 */
import assert from "node:assert/strict";
import { stringify } from "@std/csv/stringify.ts";
import { format as formatBytes } from "@std/fmt/bytes.ts";
import {
  bold,
  getColorEnabled,
  setColorEnabled,
  stripAnsiCode,
} from "@std/fmt/colors.ts";
import { closestString } from "@std/text/closest_string.ts";
import { levenshteinDistance } from "@std/text/levenshtein_distance.ts";
import { denoCheck } from "./deno_command.ts";
import { ROOT } from "./sources.ts";

const STD = new URL("src/std/", ROOT);

/** What each wrapper must do, by its path under `src/std`. */
const BEHAVIOUR: Readonly<Record<string, () => void>> = {
  "csv/stringify.ts": () => {
    const rows = [{ name: 'a "b", c', pages: 2 }];
    assert.equal(
      stringify(rows, { columns: ["name", "pages"] }),
      'name,pages\r\n"a ""b"", c",2\r\n',
    );
  },
  "fmt/bytes.ts": () => {
    assert.equal(formatBytes(1536, { binary: true }), "1.5 kiB");
    assert.equal(formatBytes(-1500), "-1.5 kB");
  },
  "fmt/colors.ts": () => {
    const enabled = getColorEnabled();
    setColorEnabled(true);
    const text = bold("x");
    setColorEnabled(enabled);
    assert.equal(text, Deno.noColor ? "x" : "\x1b[1mx\x1b[22m");
    assert.equal(stripAnsiCode("\x1b[1mx\x1b[22m"), "x");
  },
  "text/closest_string.ts": () => {
    assert.equal(closestString("reply", ["run", "replay", "save"]), "replay");
    assert.throws(() => closestString("run", []), TypeError);
  },
  "text/levenshtein_distance.ts": () => {
    assert.equal(levenshteinDistance("kitten", "sitting"), 3);
  },
};

/** Right and wrong uses, one a line; the wrong ones end in `// wrong`. */
const USES = `
import { stringify } from "@std/csv/stringify.ts";
import { format as bytes } from "@std/fmt/bytes.ts";
import { red } from "@std/fmt/colors.ts";
import { closestString } from "@std/text/closest_string.ts";
import { levenshteinDistance } from "@std/text/levenshtein_distance.ts";
export const table: string = stringify([[1, "a"]], { separator: ";" });
export const oneString = stringify("a,b"); // wrong
export const size: string = bytes(1, { binary: true });
export const sizeOfText = bytes("1"); // wrong
export const sizeAsNumber: number = bytes(1); // wrong
export const warning: string = red("a");
export const redNumber = red(1); // wrong
export const near: string = closestString("a", ["b"] as const);
export const nearNone = closestString("a"); // wrong
export const far: number = levenshteinDistance("a", "b");
export const farAsText: string = levenshteinDistance("a", "b"); // wrong
export { ratio } from "@std/text/closest_string.ts"; // wrong
`;

/** Loads one wrapper by its path under `src/std`. */
function load(path: string): Promise<Record<string, unknown>> {
  return import(new URL(path, STD).href);
}

/** All files under a folder, as paths relative to it, sorted. */
function filesUnder(folder: URL): string[] {
  return [...Deno.readDirSync(folder)].flatMap((entry) =>
    entry.isDirectory
      ? filesUnder(new URL(`${entry.name}/`, folder))
        .map((path) => `${entry.name}/${path}`)
      : [entry.name]
  ).sort();
}

const WRAPPERS = filesUnder(STD).filter((path) => !path.endsWith(".d.ts"));

for (const path of WRAPPERS) {
  Deno.test(`src/std/${path} exports and does what it declares`, async () => {
    const declaration = path.replace(/\.ts$/, ".d.ts");
    const declared = Deno.readTextFileSync(new URL(declaration, STD))
      .matchAll(/^export (?:function|const|let|class) (\w+)/gm)
      .map(([, name]) => name).toArray();
    assert(declared.length > 0, `${declaration} declares no value`);
    const module = await load(path);
    const missing = declared.filter((name) => module[name] === undefined);
    assert.deepEqual(missing, []);
    const behaves = BEHAVIOUR[path];
    assert(behaves, `src/std/${path} has no line in BEHAVIOUR`);
    await behaves();
  });
}

Deno.test("deno check refuses wrong uses of src/std, and only those", async () => {
  const { imports } = JSON.parse(
    Deno.readTextFileSync(new URL("deno.json", ROOT)),
  );
  const config = { imports: { ...imports, "@std/": STD.href } };
  const wrong = USES.split("\n")
    .flatMap((line, index) => line.endsWith("// wrong") ? [index + 1] : []);
  assert.deepEqual(await denoCheck(USES, config), wrong);
});
