/** `replay`. */
import assert from "node:assert/strict";
import { inFolder } from "../tidy/deno_command.ts";
import { conformance, ksmscope, refuse, succeed } from "./ksmscope.ts";

const TRACE = conformance("traces/pair-merge.json");
const RECORDING = conformance("recordings/pair-merge.json");

/** A trace with these operations after a process of 4 mergeable pages has been made. */
function trace(...ops: object[]): string {
  return JSON.stringify({
    format: "ksm-trace/1",
    name: "made-up",
    title: "made up",
    tags: [],
    ops: [
      { op: "proc", proc: "A" },
      { op: "mmap", proc: "A", region: "r", slot: 0, pages: 4 },
      { op: "madvise", proc: "A", region: "r", advice: "mergeable" },
      ...ops,
    ],
  });
}

/** The refusal of a trace that is this text. */
function refusal(text: string): Promise<string> {
  return inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/t.json`, text);
    return refuse("replay", `${folder}/t.json`);
  });
}

Deno.test("--json prints a recording like the kernel's", async () => {
  const { cols, events, format, trace } = JSON.parse(
    Deno.readTextFileSync(RECORDING),
  );
  assert.deepEqual(
    JSON.parse(await succeed("replay", TRACE, "--json")),
    { format, trace, cols, events },
  );
});

Deno.test("a defect of the kernel ends the replay with its name and exit code 1", async () => {
  const across = (value: string) => ({
    op: "knob",
    name: "merge_across_nodes",
    value,
  });
  const b = { proc: "B", region: "r" };
  const pass = { op: "scanPasses", n: 1 };
  const text = JSON.parse(trace(
    across("0"),
    { op: "fill", proc: "A", region: "r", pattern: { kind: "seq", base: 1 } },
    { op: "bind", proc: "A", node: 1 },
    { op: "move", proc: "A", region: "r", node: 1 },
    { op: "run", value: 1 },
    pass,
    pass,
    across("1"),
    { op: "exit", proc: "A" },
    pass,
    { op: "proc", proc: "B" },
    { op: "bind", proc: "B", node: 1 },
    { op: "mmap", ...b, slot: 0, pages: 2 },
    { op: "madvise", ...b, advice: "mergeable" },
    { op: "fill", ...b, pattern: { kind: "seq", base: 9 } },
    pass,
    { op: "knob", name: "pages_to_scan", value: "1" },
    { op: "scanBatches", n: 1 },
    across("0"),
    pass,
  ));
  text.format = "ksm-trace-numa/1";
  await inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/t.json`, JSON.stringify(text));
    const { code, err } = await ksmscope("replay", `${folder}/t.json`);
    assert.equal(code, 1);
    assert.match(err, /^ksmscope: Kernel defect "stale-tree": .*\n$/);
  });
});

Deno.test("--against says equal, or where the first difference is", async () => {
  const against = ["replay", TRACE, "--against"];
  assert.equal(await succeed(...against, RECORDING), "equal\n");
  await inFolder(async (folder) => {
    const other = JSON.parse(Deno.readTextFileSync(RECORDING));
    // Event 4 is op 7; its column 3 is pages_sharing, 1 in the kernel.
    other.events[4].rows[5][3] = 2;
    Deno.writeTextFileSync(`${folder}/other.json`, JSON.stringify(other));
    assert.deepEqual(await ksmscope(...against, `${folder}/other.json`), {
      code: 1,
      out: "op 7 (scanBatches), row 5, pages_sharing: expected 2, found 1\n",
      err: "",
    });
  });
  assert.match(await refuse(...against, "none.json"), /"none\.json": there is/);
  assert.match(await refuse(...against, TRACE), /pair-merge\.json: /);
  assert.match(await refuse(...against, RECORDING, "--json"), /leave out/);
});

Deno.test("a table shows each event and its rows", async () => {
  const lines = (await succeed("replay", TRACE)).split("\n");
  assert.equal(lines[0], "pair-merge: two equal pages, one page a batch");
  assert.match(lines[1], /^ +op +scans +scanned +shared .* profit bytes$/);
  assert.ok(lines.includes("     3  madvise: ok"));
  assert.ok(lines.includes("     4  knob: ok, now 1"));
  assert.ok(lines.includes("     5  sample: before"));
  const scan = lines.indexOf("     7  scanBatches: 9 batches, 3 full scans");
  const rows = lines.slice(scan + 1, scan + 10).map((line) =>
    line.trim().split(/ {2,}/).join(" ")
  );
  assert.equal(rows[0], "0 1 0 0 0 1 0 -64");
  assert.equal(rows[8], "3 6 1 1 0 0 0 3 968");
  assert.ok(lines.includes("     9  hash: ee5fe24c7ee8c325"));
});

Deno.test("a table shows the start and the end of a long scan, and idle ones", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/long.json`;
    const scan = { op: "scanBatches", n: 1000 };
    const text = trace(scan, { op: "run", value: 1 }, scan);
    Deno.writeTextFileSync(path, text);
    const out = await succeed("replay", path);
    assert.match(out, /0 batches, 0 full scans, then ksmd had nothing to do\n/);
    assert.match(out, /\n +\.\.\. 990 rows left out; --json prints all\n/);
    // Two lines of headings, four of events, 5 rows, the dots, 5 rows.
    assert.equal(out.trimEnd().split("\n").length, 17);
  });
});

Deno.test("bad traces are told with the place", async () => {
  assert.match(await refusal("{\n  nope"), /t\.json:2:3: /);
  assert.match(
    await refusal(trace({ op: "fil" })),
    /t\.json: op 3 \(fil\): .*"fill"/,
  );
  const outside = { op: "read", proc: "A", region: "r", start: 4, count: 1 };
  assert.match(await refusal(trace(outside)), /t\.json: op 3 \(read\): /);
  assert.match(
    await refuse("replay", "none.json"),
    /"none\.json": there is no/,
  );
  assert.match(await refuse("replay", conformance("traces")), /is a folder$/);
});

Deno.test("a trace of two nodes is answered in its own format", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/nodes.json`;
    const format = "ksm-trace-numa/1";
    const ops = [{ op: "knob", name: "merge_across_nodes", value: "0" }];
    Deno.writeTextFileSync(path, JSON.stringify({ format, name: "n", ops }));
    const recording = await succeed("replay", path, "--json");
    assert.equal(JSON.parse(recording).format, "ksm-recording-numa/1");
    const expected = `${folder}/expected.json`;
    Deno.writeTextFileSync(expected, recording);
    const against = ["replay", path, "--against", expected];
    assert.equal(await succeed(...against), "equal\n");
    const other = recording.replace("ksm-recording-numa/1", "ksm-recording/1");
    Deno.writeTextFileSync(expected, other);
    assert.deepEqual(await ksmscope(...against), {
      code: 1,
      out: 'format: expected "ksm-recording/1", found "ksm-recording-numa/1"\n',
      err: "",
    });
  });
  assert.match(
    await refusal(trace({ op: "bind", node: 1 })),
    /t\.json: op 3 \(bind\): .*the format must be "ksm-trace-numa\/1"$/,
  );
});

Deno.test("files are read from the trace's folder, and may not have changed", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/t.json`;
    const stamped = JSON.parse(trace({
      op: "fill",
      proc: "A",
      region: "r",
      pattern: { kind: "file", path: "data.bin" },
    }));
    stamped.format = "ksm-trace/1+file";
    // FNV-1a 64 of no bytes is its offset basis.
    const empty = { bytes: 0, fnv1a64: "cbf29ce484222325" };
    stamped.files = { "data.bin": empty };
    Deno.writeTextFileSync(path, JSON.stringify(stamped));
    assert.match(await refuse("replay", path), /data\.bin": there is no such/);
    Deno.writeTextFileSync(`${folder}/data.bin`, "");
    assert.match(await succeed("replay", path), /madvise: ok/);
    Deno.writeTextFileSync(`${folder}/data.bin`, "x");
    assert.match(await refuse("replay", path), /"data\.bin": it has changed/);
  });
});
