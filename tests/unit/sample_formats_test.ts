/** Samples as text, in each format. */
import assert from "node:assert/strict";
import type { Counters } from "../../src/engine/ksm/counters.ts";
import type { Sample } from "../../src/observe/sample.ts";
import {
  SAMPLE_FORMATS,
  type SampleFormatName,
} from "../../src/observe/sample_formats.ts";

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

const SAMPLES: readonly Sample[] = [
  { timeMillis: 1040, counters: COUNTED },
  { timeMillis: 60000, counters: COUNTED, label: 'late, "and" last' },
];

function printed(name: SampleFormatName, samples = SAMPLES): string {
  const format = SAMPLE_FORMATS[name];
  return format.begin({ title: "two", model: "a model", seed: 7 }) +
    samples.map((sample, index) => format.sample(sample, index)).join("") +
    format.end(samples.length);
}

/** A sample as JSON should have it. */
function object(time: number, label: object): object {
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
  };
}

const OBJECTS = [object(1.04, {}), object(60, { label: 'late, "and" last' })];

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

Deno.test("CSV quotes what needs it", () => {
  assert.equal(
    printed("csv"),
    [
      "time,label,pages_scanned,full_scans,pages_shared,pages_sharing," +
      "pages_unshared,pages_volatile,pages_skipped,ksm_zero_pages," +
      "stable_node_chains,stable_node_dups,general_profit",
      "1.04,,1234567,3,12,3400,5,0,77,1,2,9,-640",
      '60,"late, ""and"" last",1234567,3,12,3400,5,0,77,1,2,9,-640',
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
