/** `run`, and `dashboard` where stdout is no terminal. */
import assert from "node:assert/strict";
import { COUNTERS, KNOBS } from "../../src/engine/ksm/mod.ts";
import { inFolder } from "../tidy/deno_command.ts";
import { refuse, succeed } from "./ksmscope.ts";
import { samples, withScript } from "./samples.ts";

Deno.test("all formats tell the same samples", async () => {
  const run = async (format: string) =>
    await succeed("run", "volatile", "--format", format);
  const objects = await samples("volatile");
  assert.deepEqual(JSON.parse(await run("json")), objects);

  const names = ["time", "label", ...COUNTERS.map(({ sysfs }) => sysfs)];
  const [head, ...rows] = (await run("csv")).trimEnd().split("\r\n")
    .map((row) => row.split(","));
  assert.deepEqual(head.slice(0, names.length), names);
  assert.deepEqual(
    rows.map((row) => row.slice(0, names.length)),
    objects.map((object) => names.map((name) => `${object[name] ?? ""}`)),
  );
  const column = head.indexOf("ksm_thread_mutex_acquisitions");
  assert.deepEqual(
    rows.map((row) => Number(row[column])),
    objects.map(({ locks }) => locks.ksm_thread_mutex.exclusive.acquisitions),
  );

  const [title, , ...table] = (await run("table")).trimEnd().split("\n");
  assert.match(title, /^volatile, .*, seed 1$/);
  assert.equal(table.length, objects.length);
  assert.equal(await succeed("run", "volatile"), await run("table"));
});

Deno.test("a sample comes after each full scan and at each sample op", async () => {
  const body = `yield* box.scanPasses(2);
    box.sample("here");
    box.sample();
    yield* box.scanPasses(1);`;
  assert.deepEqual(
    await withScript(
      body,
      async (path) =>
        (await samples(path)).map((
          { label, full_scans },
        ) => [label, full_scans]),
    ),
    [[undefined, 1], [undefined, 2], ["here", 2], ["sample", 2], [
      undefined,
      3,
    ]],
  );
});

Deno.test("ksmd goes on alone up to --until, and never cuts the script short", async () => {
  await withScript("yield* box.scanPasses(2);", async (path) => {
    assert.equal((await samples(path)).length, 2);
    assert.equal((await samples(path, "--until", "1scan")).length, 2);
    const scans = await samples(path, "--until", "5scans");
    assert.deepEqual(scans.map(({ full_scans }) => full_scans), [
      1,
      2,
      3,
      4,
      5,
    ]);
    // One batch of 20 ms is a full scan of these 8 pages.
    const seconds = await samples(path, "--until", "0.2s");
    assert.deepEqual(
      seconds.map(({ time }) => time),
      [0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2],
    );
  });
});

Deno.test("full scans are counted on when run 2 sets the counter back", async () => {
  const body = "yield* box.scanPasses(2); box.run(2); box.run(1);";
  await withScript(body, async (path) => {
    const scans = await samples(path, "--until", "4scans");
    assert.deepEqual(scans.map(({ full_scans }) => full_scans), [1, 2, 1, 2]);
  });
});

Deno.test("an endless workload ends at --until, or after 10 full scans", async () => {
  const scans = async (...args: string[]) =>
    (await samples("demo-vms", ...args)).filter(({ label }) => !label).length;
  assert.equal(await scans(), 10);
  assert.equal(await scans("--until", "3scans"), 3);
  const last = (await samples("demo-vms", "--until", "1s")).at(-1);
  assert.ok(Number(last?.time) <= 1);
});

Deno.test("an end that can never come is told", async () => {
  const late = async (end: string, ...knob: string[]) =>
    await refuse("run", "volatile", "--until", end, ...knob);
  assert.match(
    await late("900s", "--knob", "sleep_millisecs=0"),
    /Cannot reach --until 900s: virtual time stands still/,
  );
  await withScript("yield* box.scanPasses(1); box.run(0);", async (path) => {
    const line = await refuse("run", path, "--until", "2scans");
    assert.match(line, /Cannot reach --until 2scans: .* run is 0$/);
  });
  const body = "yield* box.scanPasses(1); box.knob('pages_to_scan', 0);";
  await withScript(body, async (path) => {
    assert.match(
      await refuse("run", path, "--until", "2scans"),
      /pages_to_scan/,
    );
    assert.equal((await samples(path, "--until", "1s")).length, 1);
  });
  const forEver = "box.run(0); for (;;) yield* box.scanPasses(1);";
  await withScript(forEver, async (path) => {
    assert.match(await refuse("run", path), /10scans: .* run is 0$/);
  }, "{ endless: true }");
});

Deno.test("knobs are set before the workload starts", async () => {
  const scanned = async (...knob: string[]) => {
    const body = "yield* box.scanBatches(1); box.sample();";
    return await withScript(
      body,
      async (path) =>
        (await samples(path, ...knob)).map((sample) => sample.pages_scanned),
    );
  };
  assert.deepEqual(await scanned(), [8, 8]);
  assert.deepEqual(await scanned("--knob", "pages_to_scan=3"), [3]);
  const twice = ["--knob", "pages_to_scan=3", "--knob", "pages_to_scan=5"];
  assert.deepEqual(await scanned(...twice), [5]);
});

Deno.test("a refused knob is told with its errno and what is valid", async () => {
  for (const { sysfs: name } of KNOBS) {
    assert.match(
      await refuse("run", "volatile", "--knob", `${name}=?`),
      new RegExp(`Cannot set knob ${name} to "\\?" \\(EINVAL\\): it must be `),
    );
  }
});

Deno.test("the seed is the script's, and is told", async () => {
  await withScript("box.sample(`seed ${box.seed}`);", async (path) => {
    const [sample] = await samples(path, "--seed", "42");
    assert.equal(sample.label, "seed 42");
    assert.match(
      await succeed("run", path, "--seed", "42"),
      /^s, .*, seed 42\n/,
    );
  });
});

Deno.test("the dashboard prints plain samples where nobody looks", async () => {
  const plain = await succeed("run", "demo-vms");
  assert.equal(await succeed(), plain);
  assert.equal(await succeed("demo-vms"), plain);
  assert.equal(await succeed("dashboard", "demo-vms", "--speed", "9"), plain);
  assert.equal(
    await succeed("--seed", "5"),
    await succeed("run", "demo-vms", "--seed", "5"),
  );
});

Deno.test("each image is a guest, and two copies of a file merge", async () => {
  await inFolder(async (folder) => {
    const bytes = new Uint8Array(3 * 4096).map((_, i) => i >> 12);
    for (const name of ["a.img", "b.img"]) {
      Deno.writeFileSync(`${folder}/${name}`, bytes);
    }
    const args = ["--image", `${folder}/a.img`, "--image", `${folder}/b.img`];
    const last = (await samples(...args)).at(-1);
    assert.equal(last?.pages_shared, 3);
    assert.equal(last?.pages_sharing, 3);
    assert.match(await refuse("run", "--image", `${folder}/c.img`), /c\.img"/);
    assert.match(await refuse("--image", folder), /it is a folder$/);
  });
});
