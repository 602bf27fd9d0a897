/** Samples as text, in each format. */
import assert from "node:assert/strict";
import type { Counters } from "../../src/engine/ksm/counters.ts";
import { LOCK_CLASS } from "../../src/engine/lib/lock.ts";
import type { Sample } from "../../src/observe/sample.ts";
import {
  SAMPLE_FORMATS,
  type SampleFormatName,
} from "../../src/observe/sample_formats.ts";
import { type LocksView, LockTable } from "../../src/sim/mod.ts";

const COUNTED: Counters = {
  pagesScanned: 1234567,
  fullScans: 3,
  pagesShared: 12,
  pagesSharing: 3400,
  pagesUnshared: 5,
  pagesVolatile: 0,
  pagesSkipped: 77,
  ksmZeroPages: 1,
  stableNodeChains: 2,
  stableNodeDups: 9,
  generalProfit: -640,
};

/**
 * A writer has an mmap_lock from 0 to 100 ns. A reader wants it at 40, has it at
 * 200, since handing over takes 100, and lets it go at 250. A page is locked for
 * 7 ns.
 */
function locks(): LocksView {
  const table = new LockTable({
    actorName: (actor) => `actor ${actor}`,
    handoffNanos: () => 100,
  });
  const mmap = { lockClass: LOCK_CLASS.mmapLock, instance: 1 };
  const page = { lockClass: LOCK_CLASS.folioLock, instance: 9 };
  table.take(0, mmap, "exclusive", "writer:mmap_lock", 0);
  table.enqueue(1, mmap, "shared", "reader:mmap_lock", 40);
  table.release(0, mmap, "exclusive", 100);
  table.release(1, mmap, "shared", 250);
  table.take(0, page, "exclusive", "writer:folio", 300);
  table.release(0, page, "exclusive", 307);
  return table.view(307);
}

const LATE = {
  timeMillis: 60000,
  counters: COUNTED,
  label: 'late, "and" last',
};

const SAMPLES: readonly Sample[] = [
  { timeMillis: 1040, counters: COUNTED },
  { ...LATE, locks: locks() },
];

/** A line of lock_stat in JSON in which all is 0 but for what is given. */
function figures(some: object): object {
  return {
    con_bounces: 0,
    contentions: 0,
    waittime_min_ns: 0,
    waittime_max_ns: 0,
    waittime_total_ns: 0,
    acq_bounces: 0,
    acquisitions: 0,
    holdtime_min_ns: 0,
    holdtime_max_ns: 0,
    holdtime_total_ns: 0,
    ...some,
  };
}

const NONE = figures({});

const LOCKS = {
  "ksm_thread_mutex": { exclusive: NONE },
  "ksm_mmlist_lock": { exclusive: NONE },
  "&mm->mmap_lock": {
    exclusive: figures({
      acquisitions: 1,
      holdtime_min_ns: 100,
      holdtime_max_ns: 100,
      holdtime_total_ns: 100,
    }),
    shared: figures({
      con_bounces: 1,
      contentions: 1,
      waittime_min_ns: 160,
      waittime_max_ns: 160,
      waittime_total_ns: 160,
      acq_bounces: 1,
      acquisitions: 1,
      holdtime_min_ns: 50,
      holdtime_max_ns: 50,
      holdtime_total_ns: 50,
    }),
  },
  "&anon_vma->rwsem": { exclusive: NONE, shared: NONE },
  "folio_lock": {
    ours: true,
    exclusive: figures({
      acquisitions: 1,
      holdtime_min_ns: 7,
      holdtime_max_ns: 7,
      holdtime_total_ns: 7,
    }),
  },
  "page_table_lock": { ours: true, exclusive: NONE },
};

function printed(name: SampleFormatName, samples = SAMPLES): string {
  const format = SAMPLE_FORMATS[name];
  return format.begin({ title: "two", model: "a model", seed: 7 }) +
    samples.map((sample, index) => format.sample(sample, index)).join("") +
    format.end(samples.length);
}

/** A sample as JSON should have it. */
function object(time: number, label: object, locks: object): object {
  return {
    time,
    ...label,
    pages_scanned: 1234567,
    full_scans: 3,
    pages_shared: 12,
    pages_sharing: 3400,
    pages_unshared: 5,
    pages_volatile: 0,
    pages_skipped: 77,
    ksm_zero_pages: 1,
    stable_node_chains: 2,
    stable_node_dups: 9,
    general_profit: -640,
    ...locks,
  };
}

const OBJECTS = [
  object(1.04, {}, {}),
  object(60, { label: LATE.label }, { locks: LOCKS }),
];

Deno.test("a table has the run, aligned columns and grouped digits", () => {
  assert.equal(
    printed("table"),
    `two, a model, seed 7
  seconds  scans    scanned   shared  sharing unshared volatile  skipped  profit bytes
     1.04      3  1 234 567       12    3 400        5        0       77          -640
    60.00      3  1 234 567       12    3 400        5        0       77          -640  late, "and" last
`,
  );
});

Deno.test("a table passes nothing on that a terminal would act on", () => {
  const label = "red \x1b[31m\r\nand \x9b1m";
  const text = printed("table", [{ ...SAMPLES[0], label }]);
  assert.match(text, /\n {5}1\.04 .* {2}red {2}\[31m and {2}1m\n$/);
});

Deno.test("times are given to the nanosecond, without what binary fractions add", () => {
  const timeMillis = 8.714748999999999;
  const text = printed("jsonl", [{ timeMillis, counters: COUNTED }]);
  assert.match(text, /^\{"time":0\.008714749,/);
});

/** The four columns of each of these. */
const LOCK_COLUMNS = [
  "ksm_thread_mutex",
  "ksm_mmlist_lock",
  "mm_mmap_lock_exclusive",
  "mm_mmap_lock_shared",
  "anon_vma_rwsem_exclusive",
  "anon_vma_rwsem_shared",
  "ksmscope_folio_lock",
  "ksmscope_page_table_lock",
].map((lock) =>
  `${lock}_contentions,${lock}_waittime_total_ns,` +
  `${lock}_acquisitions,${lock}_holdtime_total_ns`
).join(",");

Deno.test("CSV quotes what needs it, and has cells for what cannot be seen", () => {
  assert.equal(
    printed("csv"),
    [
      "time,label,pages_scanned,full_scans,pages_shared,pages_sharing," +
      "pages_unshared,pages_volatile,pages_skipped,ksm_zero_pages," +
      `stable_node_chains,stable_node_dups,general_profit,${LOCK_COLUMNS}`,
      `1.04,,1234567,3,12,3400,5,0,77,1,2,9,-640${",".repeat(8 * 4)}`,
      '60,"late, ""and"" last",1234567,3,12,3400,5,0,77,1,2,9,-640,' +
      "0,0,0,0,0,0,0,0,0,0,1,100,1,160,1,50,0,0,0,0,0,0,0,0,0,0,1,7,0,0,0,0",
      "",
    ].join("\r\n"),
  );
});

Deno.test("JSON is one document", () => {
  assert.deepEqual(JSON.parse(printed("json")), OBJECTS);
  assert.deepEqual(JSON.parse(printed("json", [])), []);
});

Deno.test("JSON lines are one document each", () => {
  const lines = printed("jsonl").split("\n");
  assert.equal(lines.pop(), "");
  assert.deepEqual(lines.map((line) => JSON.parse(line)), OBJECTS);
});
