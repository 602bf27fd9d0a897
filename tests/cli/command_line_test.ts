/** Words and options, before anything is run; and how errors end. */
import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { exitCode } from "../../src/cli/main.ts";
import { COMMAND_TREE } from "../../src/cli/command_tree.ts";
import { BUILTINS } from "../../src/workload/mod.ts";
import { refuse, succeed } from "./ksmscope.ts";

Deno.test("help lists all commands, each with an example that is one of it", async () => {
  const help = await succeed("--help");
  assert.equal(await succeed("help"), help);
  for (const { name, summary, example } of COMMAND_TREE.commands) {
    assert.match(help, new RegExp(`^ {2}${name}\\b`, "m"));
    const own = await succeed(name, "--help");
    assert.equal(await succeed("help", name), own);
    assert.ok(own.replaceAll(/\s+/g, " ").includes(summary));
    assert.ok(own.includes(`deno run -A mod.ts ${example}`));
    assert.equal(example.split(" ")[0], name);
  }
});

Deno.test("help tells each knob with its default, on lines that fit", async () => {
  for (const name of ["run", "dashboard"]) {
    const help = await succeed(name, "--help");
    assert.match(help, /^ {2}run, at first 0$/m);
    assert.match(help, /^ {2}max_page_sharing, at first 256$/m);
    assert.match(help, /^ {2}advisor_mode, at first \[none\] scan-time$/m);
    assert.match(help, /^ {6}takes a whole number from 2 to 2147483647, /m);
    const long = help.split("\n").filter((line) => line.length > 80);
    assert.deepEqual(long, []);
  }
});

Deno.test("version prints the version of deno.json", async () => {
  assert.match(
    await succeed("version"),
    new RegExp(`^ksmscope ${RegExp.escape(config.version)} \\(.*\\)\n$`),
  );
});

Deno.test("--version prints what version prints", async () => {
  assert.equal(await succeed("--version"), await succeed("version"));
});

Deno.test("workloads lists the built-in ones with what they show", async () => {
  const lines = (await succeed("workloads")).trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => line.split(/ {2,}/)),
    BUILTINS.map(({ name, title }) => [name, title]),
  );
});

Deno.test("a mistyped first word gets the nearest command or built-in workload", async () => {
  assert.match(await refuse("reply"), /"reply"; did you mean "replay"/);
  assert.match(await refuse("rn", "x"), /"rn"; did you mean "run"/);
  assert.match(await refuse("demo-vm"), /; did you mean "demo-vms"/);
  assert.match(await refuse("run", "ksmpage"), /; did you mean "ksmpages"/);
  assert.match(await refuse("help", "saev"), /; did you mean "save"/);
  const line = await refuse("quux-quux-quux");
  assert.match(line, /"quux-quux-quux"; help lists the commands$/);
});

Deno.test("a mistyped option gets the nearest one", async () => {
  assert.match(await refuse("run", "--formt", "csv"), /'--formt'.*--format/);
  assert.match(await refuse("--spede", "3"), /'--spede'.*--speed/);
});

Deno.test("operands and values that are too many or missing are told", async () => {
  assert.match(await refuse("replay"), /missing required argument 'file'/);
  assert.match(await refuse("run"), /give a trace, a script, --image or one/);
  assert.match(await refuse("version", "x"), /too many arguments/);
  assert.match(await refuse("run", "volatile", "--until"), /argument missing/);
  assert.match(
    await refuse("run", "volatile", "--image", "x"),
    /"volatile" and images at once/,
  );
});

Deno.test("values that are not valid are told with what is", async () => {
  const wrong = async (...options: string[]) =>
    await refuse("run", "volatile", ...options);
  for (const until of ["10", "0scans", "0s", "-3s", "scans", "1e3s", ""]) {
    const line = await wrong("--until", until);
    assert.ok(line.includes(`"${until}"`));
    assert.match(line, /such as 10scans, or of virtual seconds such as 30s$/);
  }
  for (const seed of ["x", "-1", "1.5", "9007199254740992", ""]) {
    assert.match(
      await wrong("--seed", seed),
      /a whole number from 0 to 9007199254740991$/,
    );
  }
  assert.match(await wrong("--format", "jsno"), /did you mean "json"; .*csv$/);
  assert.match(await wrong("--knob", "run"), /it must be name=value/);
  assert.match(
    await wrong("--knob", "pages_to_scn=1"),
    /did you mean "pages_to_scan"; it must be one of run, pages_to_scan/,
  );
  for (const speed of ["0", "-1", "fast", "Infinity"]) {
    assert.match(await refuse("--speed", speed), /a number above 0/);
  }
  assert.match(
    await refuse("--theme", "colourblind"),
    /did you mean "colorblind"; .*terminal, vivid, colorblind, monochrome$/,
  );
});

Deno.test("a bug ends with 70, its stack and where to report it", async () => {
  let err = "";
  const code = await exitCode(["version"], {
    isTerminal: false,
    isInteractive: false,
    out: () => {
      throw new TypeError("planted");
    },
    err: (text) => err += text,
  });
  assert.equal(code, 70);
  assert.match(err, /^TypeError: planted\n {4}at .*command_line_test\.ts/);
  assert.match(err, /\nksmscope: .* please report it .*\n$/);
});
