/** `save`. */
import assert from "node:assert/strict";
import { inFolder } from "../tidy/deno_command.ts";
import { conformance, refuse, succeed } from "./ksmscope.ts";

const SCRIPT = `import { workload } from "ksmscope";
export default workload("scripted", function* (box) {
  const ram = box.process("a").mmap("ram", 16, { mergeable: true });
  ram.fill(0, 8, { kind: "const", byte: box.randomInt(100) });
  ram.fill(8, 8, { kind: "file", path: "data/bytes.bin", offset: 4096 });
  const first = yield* box.scanPasses(1);
  const second = yield* box.scanPasses(2);
  box.sample(\`sharing \${second.counters.pagesSharing}\`);
  box.sample(\`before \${first.counters.pagesSharing}\`);
  if (second.counters.pagesSharing > 0) ram.write(0, 0, "ff");
  yield* box.scanPasses(2);
});`;

Deno.test("a saved trace gives what the workload gives", async () => {
  await inFolder(async (folder) => {
    for (const name of ["ksmpages", "volatile"]) {
      const path = `${folder}/${name}.json`;
      assert.equal(await succeed("save", name, "-o", path), "");
      assert.equal(await succeed("run", path), await succeed("run", name));
    }
  });
});

Deno.test("a script that looks at counters, reads a file and draws numbers is saved as it runs", async () => {
  await inFolder(async (folder) => {
    Deno.mkdirSync(`${folder}/data`);
    Deno.mkdirSync(`${folder}/traces`);
    const bytes = new Uint8Array(3 * 4096).map((_, i) => i >> 12);
    Deno.writeFileSync(`${folder}/data/bytes.bin`, bytes);
    const script = `${folder}/script.ts`;
    const saved = `${folder}/traces/t.json`;
    Deno.writeTextFileSync(script, SCRIPT);
    await succeed("save", script, "--seed", "9", "-o", saved);
    assert.equal(
      await succeed("run", saved, "--seed", "9"),
      await succeed("run", script, "--seed", "9"),
    );
    const { files, format, ops } = JSON.parse(Deno.readTextFileSync(saved));
    assert.equal(format, "ksm-trace/1+file");
    assert.deepEqual(Object.keys(files), ["../data/bytes.bin"]);
    const labels = ops.flatMap(({ label }: { label?: string }) => label ?? []);
    // 8 equal pages, and behind the file's two last pages 6 of zeros.
    assert.deepEqual(labels, ["sharing 12", "before 0"]);
  });
});

Deno.test("-o - is stdout, and a file is written over", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/t.json`;
    Deno.writeTextFileSync(path, "old ".repeat(10_000));
    await succeed("save", "volatile", "-o", path);
    const text = Deno.readTextFileSync(path);
    assert.equal(await succeed("save", "volatile", "-o", "-"), text);
    assert.equal(await succeed("save", "volatile", "--output", "-"), text);
  });
});

Deno.test("a script that knows of NUMA nodes is saved in their format", async () => {
  await inFolder(async (folder) => {
    const script = `${folder}/nodes.ts`;
    Deno.writeTextFileSync(
      script,
      `import { workload } from "ksmscope";
export default workload("nodes", function* (box) {
  box.knob("merge_across_nodes", 0);
  for (const node of [0, 1]) {
    const vm = box.process("vm" + node);
    vm.bind(node);
    vm.mmap("ram", 2, { mergeable: true }).fill({ kind: "seq", base: 1 });
  }
  const { counters } = yield* box.scanPasses(3);
  box.sample("sharing " + counters.pagesSharing);
}, { nodes: 2 });`,
    );
    const trace = JSON.parse(await succeed("save", script, "-o", "-"));
    assert.equal(trace.format, "ksm-trace-numa/1");
    assert.deepEqual(trace.ops[2], { op: "bind", proc: "vm0", node: 0 });
    assert.deepEqual(trace.ops.at(-1), { op: "sample", label: "sharing 0" });

    const saved = `${folder}/nodes.json`;
    await succeed("save", script, "-o", saved);
    assert.equal(await succeed("run", saved), await succeed("run", script));
    assert.equal(
      await succeed("dashboard", saved),
      await succeed("run", saved),
    );
    const recording = JSON.parse(await succeed("replay", saved, "--json"));
    assert.deepEqual(recording.events.at(-1).procs.vm1.nodes, { ram: "1*2" });
  });
});

Deno.test("what cannot be saved is told", async () => {
  assert.match(await refuse("save", "volatile"), /give -o trace\.json/);
  assert.match(await refuse("save", "demo-vms", "-o", "-"), /never ends$/);
  const trace = conformance("traces/one-page.json");
  assert.match(await refuse("save", trace, "-o", "-"), /a trace already$/);
  assert.match(
    await refuse("save", "volatile", "-o", "no/such/folder/t.json"),
    /Cannot write "no\/such\/folder\/t\.json": there is no such/,
  );
});
