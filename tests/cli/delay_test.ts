/** `run --delay`. */
import assert from "node:assert/strict";
import { refuse } from "./ksmscope.ts";
import { type PrintedSample, samples, withScript } from "./samples.ts";

/** The last sample of a run that is not delayed, and of one that is. */
async function withAndWithout(
  delay: string,
  ...args: string[]
): Promise<[PrintedSample, PrintedSample]> {
  const [without, delayed] = [
    await samples(...args),
    await samples(...args, "--delay", delay),
  ];
  return [without[without.length - 1], delayed[delayed.length - 1]];
}

function mmapHolds({ locks }: PrintedSample): number {
  return locks["&mm->mmap_lock"].exclusive.holdtime_total_ns;
}

function mmapWaits({ locks }: PrintedSample): number {
  return locks["&mm->mmap_lock"].shared?.waittime_total_ns ?? NaN;
}

function mutexHolds({ locks }: PrintedSample): number {
  return locks.ksm_thread_mutex.exclusive.holdtime_total_ns;
}

Deno.test("a delay is held with the lock of its site, each time", async () => {
  // mmap has asked for merging once.
  const body = `
    for (let i = 0; i < 3; i++) {
      ram.madvise("unmergeable");
      ram.madvise("mergeable");
    }
    box.sample();`;
  await withScript(body, async (path) => {
    const delays = {
      "250us": 250e3,
      "1.5ms": 1.5e6,
      "7ns": 7,
      "2s": 2e9,
    };
    for (const [text, nanos] of Object.entries(delays)) {
      const delay = `${text}@ksm_madvise:mmap_lock`;
      const [without, delayed] = await withAndWithout(delay, path);
      assert.equal(mmapHolds(delayed) - mmapHolds(without), 7 * nanos);
      const { exclusive } = delayed.locks["&mm->mmap_lock"];
      assert.ok(exclusive.holdtime_max_ns >= nanos);
    }
  });
});

Deno.test("any site can be delayed: where time is spent, offered or raced for", async () => {
  const sites = [
    "cmp_and_merge_page:checksum",
    "ksm_do_scan:resched",
    "scan_get_next_rmap_item:start",
  ];
  await withScript("yield* box.scanPasses(2);", async (path) => {
    for (const site of sites) {
      const delay = `1s@${site}`;
      const [without, delayed] = await withAndWithout(delay, path);
      const more = (mutexHolds(delayed) - mutexHolds(without)) / 1e9;
      // ksmd goes through each at least once in a full scan, at most once a page.
      assert.ok(Number.isInteger(more) && more >= 1 && more <= 18, `${more}`);
    }
  });
});

Deno.test("a delay of who holds a lock shows in the time of those who wait", async () => {
  const run = ["contention", "--until", "3scans"];
  const delay = "1ms@ksm_madvise:mmap_lock";
  const [without, delayed] = await withAndWithout(delay, ...run);
  assert.ok(mmapWaits(delayed) > mmapWaits(without) + 1e6);
});

Deno.test("several delays are given one by one, the last one of a site counts", async () => {
  await withScript("ram.madvise('mergeable'); box.sample();", async (path) => {
    const holds = async (...delays: string[]) =>
      mmapHolds(
        (await samples(
          path,
          ...delays.flatMap((delay) => ["--delay", delay]),
        ))[0],
      );
    const madvise = "ksm_madvise:mmap_lock", mmap = "mmap_region:mmap_lock";
    const none = await holds();
    assert.equal(await holds(`3us@${madvise}`, `5us@${madvise}`), none + 10e3);
    assert.equal(await holds(`3us@${madvise}`, `5us@${mmap}`), none + 11e3);
  });
});

Deno.test("a delay that is none is told with what is meant", async () => {
  const line = (delay: string) => refuse("run", "zero", "--delay", delay);
  assert.equal(
    await line("1ms@break_cow:mmaplock"),
    'ksmscope: Cannot delay site "break_cow:mmaplock"; did you mean ' +
      '"break_cow:mmap_lock"; run --help lists the sites',
  );
  assert.match(await line("1ms@break_cow.mmap_lock"), /"break_cow:mmap_lock";/);
  const bad = ["1ms", "@run_store:mutex", "1@run_store:mutex", "1ms@"];
  const long = ["0.1ns@run_store:mutex", "2h@run_store:mutex", "9999s@a:b"];
  for (const delay of [...bad, ...long, "-1ms@run_store:mutex"]) {
    assert.equal(
      await line(delay),
      `ksmscope: Cannot delay by "${delay}": it must be a time from 1ns to ` +
        "3600s and a site, such as 1ms@break_cow:mmap_lock",
    );
  }
});
