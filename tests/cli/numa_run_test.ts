/** NUMA nodes on the command line, and where the kernel itself goes wrong. */
import assert from "node:assert/strict";
import { hasTerminalDevices } from "../unit/terminal_device.ts";
import { commandLine, ksmscope, refuse, succeed } from "./ksmscope.ts";
import { samples, withScript } from "./samples.ts";

/** Equal pages, some on each node. */
const ON_TWO_NODES = `
  const b = box.process("b");
  b.bind(1);
  const more = b.mmap("ram", 8, { mergeable: true });
  more.fill({ kind: "const", byte: 1 });
  yield* box.scanPasses(3);`;

Deno.test("a machine has as many NUMA nodes as one says, or as the workload does", async () => {
  const two = ["--numa-nodes", "2", "--knob", "merge_across_nodes=0"];
  await withScript(ON_TWO_NODES, async (path) => {
    const line = await refuse("run", path);
    assert.match(line, /there is no NUMA node 1; the machine has 1, /);
    // A KSM page on each node, and seven more sharers of each.
    const [, , last] = await samples(path, ...two);
    assert.deepEqual([last.pages_shared, last.pages_sharing], [2, 14]);
    const [, , across] = await samples(path, "--numa-nodes", "2");
    assert.deepEqual([across.pages_shared, across.pages_sharing], [1, 15]);
    const plain = await succeed("dashboard", path, ...two);
    assert.equal(plain, await succeed("run", path, ...two));
  });
  await withScript(ON_TWO_NODES, async (path) => {
    assert.equal((await samples(path)).length, 3);
    assert.match(await refuse("run", path, "--numa-nodes", "1"), /node 1;/);
  }, "{ nodes: 2 }");
  for (const number of ["0", "3", "two", "2.0"]) {
    assert.equal(
      await refuse("run", "zero", "--numa-nodes", number),
      `ksmscope: Cannot make a machine with "${number}" NUMA nodes: ` +
        "it must be 1 or 2",
    );
  }
});

Deno.test("a defect of the kernel ends a run with its name, after whole samples", async () => {
  for (const format of ["table", "json", "jsonl", "csv"]) {
    const args = ["run", "stale-tree", "--format", format];
    const { code, out, err } = await ksmscope(...args);
    assert.equal(code, 1);
    assert.match(err, /^ksmscope: Kernel defect "stale-tree": .*\n$/);
    if (format === "json") assert.ok(JSON.parse(out).length > 1);
  }
});

Deno.test({
  name:
    "the dashboard stays where the kernel goes wrong, and names the defect once it is left",
  ignore: !hasTerminalDevices(),
  fn: async () => {
    const args = ["dashboard", "stale-tree", "--speed", "50"];
    const [DENO, ...rest] = commandLine(["--allow-env"], args);
    const shell = `timeout --foreground 30 "$DENO" ${
      rest.map((_, i) => `"$A${i}"`).join(" ")
    }`;
    const given = rest.map((arg, i) => [`A${i}`, arg]);
    const child = new Deno.Command("script", {
      args: ["-qec", shell, "/dev/null"],
      env: { TERM: "xterm-256color", DENO, ...Object.fromEntries(given) },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const keys = child.stdin.getWriter();
    let text = "";
    let left = false;
    for await (
      const part of child.stdout.pipeThrough(new TextDecoderStream())
    ) {
      text += part;
      if (left || !text.includes("kernel defect")) continue;
      left = true;
      await keys.write(new TextEncoder().encode("q"));
    }
    const { code } = await child.status;
    await keys.close().catch(() => {});
    assert.equal(code, 1, text.slice(-500));
    const [screen, after] = text.split("\x1b[?1049l");
    assert.ok(screen.includes("\x1b[?1049h"));
    assert.match(after, /ksmscope: Kernel defect "stale-tree": /);
  },
});
