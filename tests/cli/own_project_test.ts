import assert from "node:assert/strict";
import { deno, inFolder } from "../tidy/deno_command.ts";

const README = new URL("../../README.md", import.meta.url);
const ROOT = new URL("../../", import.meta.url);
const MOD = new URL("../../src/mod.ts", import.meta.url);

/** The examples of the README in a language, in their order. */
function examples(language: string): string[] {
  const text = Deno.readTextFileSync(README);
  const blocks = text.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return Array.from(blocks)
    .filter(([, named]) => named === language)
    .map(([, , body]) => body);
}

/** Checks a project, and runs its tests, of which so many must pass. */
async function checkAndTest(folder: string, tests: number): Promise<void> {
  const own = ["--config", `${folder}/deno.json`, folder];
  const checked = await deno("check", ...own);
  assert.equal(checked.code, 0, checked.text);
  const tested = await deno("test", "--no-prompt", ...own);
  assert.equal(tested.code, 0, tested.text);
  assert.match(tested.text, new RegExp(`\\b${tests} passed`));
}

Deno.test("with one line in deno.json, a project of one's own checks, tests and runs", async () => {
  await inFolder(async (folder) => {
    const [line] = examples("json");
    const config = line.replace("../ksmscope/src/mod.ts", MOD.href);
    assert.notEqual(config, line);
    const scripts = examples("ts");
    Deno.writeTextFileSync(`${folder}/deno.json`, config);
    // A test runs what stands outside of its cases, too.
    for (const [index, script] of scripts.entries()) {
      Deno.writeTextFileSync(`${folder}/example_${index}_test.ts`, script);
    }

    await checkAndTest(folder, 2);
    assert.ok(scripts.some((script) => script.includes("box.compaction(")));
  });
});

Deno.test("with the package linked, an app of one's own in JSX checks, and is tested in memory", async () => {
  await inFolder(async (folder) => {
    const linking = examples("json").find((text) => text.includes("jsx"));
    assert.ok(linking !== undefined);
    const config = linking.replace('"../ksmscope"', `"${ROOT.pathname}"`);
    assert.notEqual(config, linking);
    const [app] = examples("tsx");
    Deno.writeTextFileSync(`${folder}/deno.json`, config);
    Deno.writeTextFileSync(`${folder}/counter_test.tsx`, app);

    await checkAndTest(folder, 1);
  });
});
