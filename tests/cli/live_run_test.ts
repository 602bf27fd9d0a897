/** `run` where ksmd and threads go by the virtual clock. */
import assert from "node:assert/strict";
import { BUILTINS, Driver, Machine, openWorkload } from "../../src/mod.ts";
import { refuse, spawn, succeed } from "./ksmscope.ts";
import { figureLines, samples, withScript } from "./samples.ts";

/** Full scans and labels of the samples. */
async function scansAndLabels(...args: string[]): Promise<unknown[][]> {
  return (await samples(...args)).map((
    { full_scans, label },
  ) => [full_scans, label]);
}

/** A thread that writes for ever. */
const WRITER = `a.every(1, "writer", (turn) => {
  ram.write(turn.randomInt(8), 0, "0" + turn.randomInt(10));
});`;

Deno.test("where ksmd and the script take turns nobody waits for a lock", async () => {
  const last = (await samples("volatile")).at(-1);
  assert.ok(last !== undefined);
  for (const line of figureLines(last)) {
    assert.equal(line.contentions, 0);
    assert.equal(line.waittime_total_ns, 0);
  }
  assert.ok(last.locks.ksm_thread_mutex.exclusive.acquisitions > 0);
  assert.deepEqual(
    Object.keys(last.locks).filter((name) => last.locks[name].ours),
    ["folio_lock", "page_table_lock"],
  );
});

Deno.test("--lockstat prints the text of lock_stat below the table", async () => {
  const volatile = BUILTINS.find(({ name }) => name === "volatile");
  assert.ok(volatile !== undefined);
  const machine = new Machine({ timed: { seed: 3 } });
  const driver = new Driver(machine, openWorkload(volatile, { seed: 3 }));
  while (driver.advance("end") !== "end");
  const args = ["run", "volatile", "--seed", "3"];
  const table = await succeed(...args);
  const text = machine.simulation?.locks.lockStat();
  assert.equal(await succeed(...args, "--lockstat"), `${table}${text}`);
  assert.match(`${text}`, /^lock_stat version 0\.4\n/);
});

Deno.test("--lockstat goes with tables only", async () => {
  for (const format of ["json", "jsonl", "csv"]) {
    const line = await refuse("run", "zero", "--lockstat", "--format", format);
    assert.match(line, new RegExp(`--lockstat after samples in ${format}, `));
  }
});

Deno.test("a live run gives samples of full scans and of the script", async () => {
  const body = `${WRITER}
    yield* box.scanPasses(2);
    box.sample("here");
    yield* box.scanPasses(1);`;
  await withScript(body, async (path) => {
    const here = await scansAndLabels(path);
    const [[first]] = here;
    assert.equal(first, 1);
    const label = here.findIndex(([, label]) => label === "here");
    assert.deepEqual(here[label], [here[label - 1][0], "here"]);
    const scans = here.filter(([, label]) => label === undefined);
    assert.deepEqual(scans.map(([scan]) => scan), scans.map((_, i) => i + 1));
    assert.ok(scans.length >= 3);
  });
});

Deno.test("threads without end go on up to --until, and end with the script without it", async () => {
  await withScript(`${WRITER} yield* box.scanPasses(1);`, async (path) => {
    const short = (await samples(path)).length;
    assert.ok(short <= 2, `${short}`);
    assert.equal((await samples(path, "--until", "7scans")).length, 7);
    const seconds = await samples(path, "--until", "0.3s");
    const times = seconds.map(({ time }) => Number(time));
    assert.ok(times.length > 7);
    assert.ok(Math.max(...times) <= 0.3);
    const [last] = seconds.slice(-1);
    const { shared } = last.locks["&mm->mmap_lock"];
    // The first sample is of the script's own time; the writer goes on after it.
    const [first] = seconds;
    const before = first.locks["&mm->mmap_lock"].shared?.acquisitions ?? NaN;
    assert.ok(shared !== undefined && shared.acquisitions > before);
  });
});

Deno.test("an endless script may end, and its threads go on for 10 full scans", async () => {
  await withScript(WRITER, async (path) => {
    assert.equal((await samples(path)).length, 10);
    assert.equal((await samples(path, "--until", "4scans")).length, 4);
  }, "{ endless: true }");
});

Deno.test("a thread with a number of turns has them all", async () => {
  const body = `box.live();
    a.every(50, "late", (turn) => box.sample("turn " + turn.number), { times: 4 });`;
  await withScript(body, async (path) => {
    for (const until of [[], ["--until", "1scan"]]) {
      const labels = (await samples(path, ...until)).map(({ label }) => label);
      assert.deepEqual(
        labels.filter((label) => label !== undefined),
        ["turn 0", "turn 1", "turn 2", "turn 3"],
      );
    }
  });
});

Deno.test("a thread ends with its process, whichever thread lets that exit", async () => {
  const body = `
    a.every(0.01, "disk", () => {
      const buffer = a.mmap("buffer", 64);
      buffer.fill({ kind: "zero" });
      buffer.unmap();
    });
    a.every(0.5, "vcpu", (turn) => {
      if (turn.number !== 3) return;
      // The others go on while this is done.
      a.mmap("last", 1000).fill({ kind: "zero" });
      a.exit();
    });
    const b = box.process("b");
    b.mmap("ram", 8, { mergeable: true }).fill({ kind: "zero" });
    box.sleep(5);
    box.sample("later");`;
  await withScript(body, async (path) => {
    const labels = await scansAndLabels(path);
    assert.ok(labels.some(([, label]) => label === "later"));
  });
});

Deno.test("virtual time reaches its end though ksmd has nothing to do", async () => {
  for (const body of ["box.live(); box.run(0);", "a.exit(); box.live();"]) {
    await withScript(body, async (path) => {
      assert.deepEqual(await samples(path, "--until", "1000s"), []);
    });
  }
});

Deno.test("a live run that can never end is told", async () => {
  const cases: [body: string, reason: RegExp][] = [
    ["box.live(); box.run(0);", /2scans: .* run is 0$/],
    ["a.exit(); box.live();", /2scans: no process has mergeable memory/],
    ["box.live(); box.knob('pages_to_scan', 0);", /pages_to_scan is 0$/],
    [`${WRITER} box.run(0);`, /2scans: .* run is 0, and nobody changes that$/],
    [
      `${WRITER} box.run(0); yield* box.scanPasses(1);`,
      /the end of the script: .* run is 0, and nobody changes that$/,
    ],
    [
      `${WRITER} box.knob("sleep_millisecs", 0); box.knob("pages_to_scan", 0);
        yield* box.scanPasses(1);`,
      /the end of the script: .* pages_to_scan is 0, and nobody changes that$/,
    ],
  ];
  for (const [body, reason] of cases) {
    await withScript(body, async (path) => {
      const until = /2scans|pages_to_scan is 0\$/.test(reason.source)
        ? ["--until", "2scans"]
        : [];
      assert.match(await refuse("run", path, ...until), reason);
    });
  }
  const endless = "box.live(); box.run(0); for (;;) yield* box.scanPasses(1);";
  await withScript(endless, async (path) => {
    assert.match(await refuse("run", path), /10scans: .* run is 0/);
  }, "{ endless: true }");
});

Deno.test("who waits for scans is patient as long as a thread may start ksmd", async () => {
  const body = `box.live();
    box.run(0);
    box.every(20_000, "admin", (turn) => box.run(turn.number === 2 ? 1 : 0));`;
  await withScript(body, async (path) => {
    const [first] = await samples(path, "--until", "1scan");
    assert.ok(Number(first.time) >= 40 && Number(first.time) < 41);
  });
});

Deno.test("two processes print the same for one seed, byte by byte", async () => {
  const body = `
    for (const name of ["b", "c"]) {
      const process = box.process(name);
      const own = process.mmap("ram", 64, { mergeable: true });
      own.fill({ kind: "const", byte: 1 });
      process.every(0.1, "writer", (turn) => {
        own.fill(turn.randomInt(60), 4, { kind: "const", byte: turn.randomInt(3) });
      });
      process.every(0.1, "advisor", (turn) => {
        own.madvise(turn.number % 2 === 0 ? "unmergeable" : "mergeable");
      });
    }
    yield* box.scanPasses(20);`;
  await withScript(body, async (path) => {
    const print = (seed: string, ...more: string[]) =>
      spawn(["--allow-read"], "run", path, "--seed", seed, ...more);
    const [one, again, other, lines, linesAgain] = await Promise.all([
      print("5", "--lockstat"),
      print("5", "--lockstat"),
      print("6", "--lockstat"),
      print("5", "--format", "jsonl"),
      print("5", "--format", "jsonl"),
    ]);
    assert.deepEqual([one.code, one.err], [0, ""]);
    assert.deepEqual(again, one);
    assert.deepEqual(linesAgain, lines);
    const lockStat = ({ out }: { out: string }) =>
      out.slice(out.indexOf("lock_stat version"));
    assert.notEqual(lockStat(other), lockStat(one));
    assert.ok(lockStat(one).includes("-----------------\n"), "nobody waited");
  });
});
