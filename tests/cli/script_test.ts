/** Workload scripts that are wrong: one line with the place. */
import assert from "node:assert/strict";
import { inFolder } from "../tidy/deno_command.ts";
import { refuse } from "./ksmscope.ts";

/** The refusal of a script that is this text, with its folder left out. */
function refusal(text: string, name = "w.ts"): Promise<string> {
  return inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/${name}`, text);
    const line = await refuse("run", `${folder}/${name}`);
    return line.replaceAll(`file://${folder}/`, "").replaceAll(
      `${folder}/`,
      "",
    );
  });
}

/** The refusal of a workload with this body. */
function bodyRefusal(body: string): Promise<string> {
  return refusal(
    `import { workload } from "ksmscope";
export default workload("wrong", function* (box) {
${body}
});`,
  );
}

Deno.test("a script that cannot be loaded", async () => {
  assert.equal(
    await refusal(
      'const a: number = 1;\n\n  throw new RangeError("no\\nway");',
    ),
    "ksmscope: w.ts:3:9: Cannot load the script: RangeError: no",
  );
  assert.match(
    await refusal("export default 1;\nconst = 2;\n"),
    /^ksmscope: w\.ts:2:7: Cannot load the script: SyntaxError: /,
  );
  assert.match(
    await refusal("let a = 1;\nlet a = 2;\n", "w.js"),
    /^ksmscope: w\.js:2:5: Cannot load the script: SyntaxError: .*'a'/,
  );
  assert.match(
    await refusal('import "./gone.ts";'),
    /^ksmscope: w\.ts:1:8: Cannot load the script: .*gone\.ts"$/,
  );
  assert.equal(
    await refusal('throw "a text";'),
    "ksmscope: w.ts: Cannot load the script: it threw a text",
  );
  assert.match(await refuse("run", "gone.ts"), /"gone\.ts": there is no such/);
});

Deno.test("a script without a workload", async () => {
  const hint = "write export default workload(name, function* (box) {...})";
  assert.equal(
    await refusal("export const a = 1;"),
    `ksmscope: w.ts: Cannot run the script: it has no default export; ${hint}`,
  );
  assert.equal(
    await refusal("export default function* () {}"),
    "ksmscope: w.ts: Cannot run the script: its default export is no " +
      `workload; ${hint}`,
  );
  assert.match(
    await refusal(
      'import { workload } from "ksmscope";\nexport default workload("", 3);',
    ),
    /^ksmscope: w\.ts:2:16: .*name must be a text/,
  );
});

Deno.test("a script that throws while it runs", async () => {
  assert.equal(
    await bodyRefusal('  throw new TypeError("oh");'),
    "ksmscope: wrong: after 0 ops at w.ts:3:9: The script threw TypeError: oh",
  );
  assert.match(
    await bodyRefusal('  box.process("a").region("r").write(1, 0, "ff");'),
    /^ksmscope: wrong: op 1 at w\.ts:3:20: .*"r"/,
  );
  assert.match(
    await bodyRefusal("  yield* box.scanPasses(1);\n  box.sleep(-5);"),
    /op 2 \(sleep\) at w\.ts:4:\d+: /,
  );
});

Deno.test("a file that is no workload", async () => {
  assert.match(
    await refusal("text", "notes.txt"),
    /Cannot run "notes\.txt": the name of a trace ends in \.json/,
  );
});
