/** To import the module does nothing, and needs no permission. */
import assert from "node:assert/strict";
import { type CommandResult, deno, inFolder } from "../tidy/deno_command.ts";
import { pathOf, ROOT } from "../tidy/sources.ts";

/** Runs a script outside of the project, with its import map and no permission. */
function runWithoutPermission(source: string): Promise<CommandResult> {
  return inFolder((folder) => {
    const script = `${folder}/script.ts`;
    Deno.writeTextFileSync(script, source);
    const flags = ["--no-prompt", "--quiet", "--frozen"];
    return deno("run", ...flags, "--config", pathOf("deno.json"), script);
  });
}

Deno.test("importing mod.ts prints nothing, leaves nothing running, needs no permission", async () => {
  const source = `import "${new URL("mod.ts", ROOT)}";\nimport "ksmscope";\n`;
  assert.deepEqual(await runWithoutPermission(source), { code: 0, text: "" });
});

Deno.test("a script that needs a permission would be noticed", async () => {
  const source = `Deno.readTextFileSync("${pathOf("mod.ts")}");\n`;
  const { code, text } = await runWithoutPermission(source);
  assert.notEqual(code, 0);
  assert.match(text, /Requires read access/);
});
