/** What only a process of its own can show: permissions, pipes, one run like another. */
import assert from "node:assert/strict";
import { inFolder } from "../tidy/deno_command.ts";
import { hasTerminalDevices } from "../unit/terminal_device.ts";
import { commandLine, conformance, spawn, start } from "./ksmscope.ts";
import { leftOut } from "../left_out.ts";

const TRACE = conformance("traces/pair-merge.json");
const RECORDING = conformance("recordings/pair-merge.json");

Deno.test("no permission is needed but for the files that are named", async () => {
  const [bare, version, replay, against] = await Promise.all([
    spawn([], "run", "ksmpages", "--until", "1s"),
    spawn([], "version"),
    spawn([`--allow-read=${TRACE}`], "replay", TRACE),
    spawn(
      [`--allow-read=${TRACE},${RECORDING}`],
      ...["replay", TRACE, "--against", RECORDING],
    ),
  ]);
  assert.deepEqual([bare.code, bare.err], [0, ""]);
  assert.match(bare.out, /^ksmpages, .*\n.*\n {5}0\.22 /);
  assert.equal(version.code, 0);
  assert.deepEqual([replay.code, replay.err], [0, ""]);
  assert.match(replay.out, /^pair-merge: /);
  assert.deepEqual(against, { code: 0, out: "equal\n", err: "" });
});

Deno.test("a missing permission is told with its flag", async () => {
  const runs = await Promise.all([
    spawn([], "replay", "gone.json"),
    spawn([], "gone.ts"),
    spawn([], "run", "--image", "gone.img"),
    spawn([], "save", "volatile", "-o", "gone.json"),
  ]);
  const refused = (action: string, file: string) => ({
    code: 2,
    out: "",
    err: `ksmscope: Cannot ${action} "${file}": ` +
      `deno run needs --allow-${action}=${file}\n`,
  });
  assert.deepEqual(runs, [
    refused("read", "gone.json"),
    refused("read", "gone.ts"),
    refused("read", "gone.img"),
    refused("write", "gone.json"),
  ]);
});

Deno.test("a script outside of the project imports ksmscope, and may be all that is read", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/script.ts`;
    Deno.writeTextFileSync(
      path,
      `import { type Box, workload } from "ksmscope";
export default workload("far", function* (box: Box) {
  const ram = box.process("a").mmap("ram", 2, { mergeable: true });
  ram.fill({ kind: "zero" });
  yield* box.scanPasses(2);
  box.sample(\`\${box.random()}\`);
});`,
    );
    const run = async (seed: string) =>
      await spawn([`--allow-read=${path}`], "run", path, "--seed", seed);
    const [once, again, other] = await Promise.all(["7", "7", "8"].map(run));
    assert.equal(once.err, "");
    assert.match(once.out, /^far, .*, seed 7\n/);
    assert.deepEqual(again, once);
    const samples = ({ out }: { out: string }) => out.split("\n").slice(1);
    assert.notDeepEqual(samples(other), samples(once));
  });
});

Deno.test("a reader that goes away ends the run quietly", async () => {
  const child = start([], ["run", "demo-vms", "--until", "100000scans"]);
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  assert.match(new TextDecoder().decode(value), /^demo-vms, /);
  await reader.cancel();
  const err = await new Response(child.stderr).text();
  const { code } = await child.status;
  assert.deepEqual({ code, err }, { code: 0, err: "" });
});

Deno.test({
  name: "an output that takes nothing is the user's to mend",
  ignore: leftOut(Deno.build.os !== "linux", "a full disk, off Linux"),
  fn: async () => {
    const into = async (streams: string, ...args: string[]) => {
      const shell = new Deno.Command("sh", {
        args: ["-c", `exec "$@" ${streams}`, "sh", ...commandLine([], args)],
        env: { NO_COLOR: "1" },
      });
      const { code, stderr } = await shell.output();
      return { code, err: new TextDecoder().decode(stderr) };
    };
    const [full, unheard] = await Promise.all([
      into(">/dev/full", "version"),
      into("2>/dev/full", "vresion"),
    ]);
    assert.equal(full.code, 2);
    assert.match(full.err, /^ksmscope: Cannot write to stdout: No space .*\n$/);
    assert.equal(unheard.code, 2);
  },
});

Deno.test({
  name: "a terminal that knows no escape codes gets plain samples",
  ignore: !hasTerminalDevices(),
  fn: async () => {
    const [DENO, ...args] = commandLine(["--allow-env=TERM"], ["ksmpages"]);
    const shell = `timeout --foreground 20 "$DENO" ${
      args.map((_, i) => `"$A${i}"`).join(" ")
    }`;
    const given = args.map((arg, i) => [`A${i}`, arg]);
    const { stdout } = await new Deno.Command("script", {
      args: ["-qec", shell, "/dev/null"],
      env: { TERM: "dumb", DENO, ...Object.fromEntries(given) },
      stdin: "null",
    }).output();
    const text = new TextDecoder().decode(stdout);
    assert.match(text, /^ksmpages, /m);
    assert.ok(!text.includes("\x1b"));
  },
});

Deno.test("signals end a run as they end any program", async () => {
  const signals: Deno.Signal[] = ["SIGINT", "SIGTERM"];
  const ended = await Promise.all(signals.map(async (signal) => {
    const child = start([], ["run", "demo-vms", "--until", "100000scans"]);
    const reader = child.stdout.getReader();
    await reader.read();
    child.kill(signal);
    await reader.cancel();
    await child.stderr.cancel();
    return (await child.status).code;
  }));
  assert.deepEqual(ended, [130, 143]);
});
