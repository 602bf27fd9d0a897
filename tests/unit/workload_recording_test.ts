import assert from "node:assert/strict";
import {
  describeDifference,
  firstDifference,
} from "../../src/workload/difference.ts";
import { openTrace } from "../../src/workload/op_source.ts";
import {
  parseRecording,
  printRecording,
} from "../../src/workload/recording.ts";
import type { RecordedEvent } from "../../src/workload/recorded_event.ts";
import type { Recording } from "../../src/workload/recording.ts";
import { parseTrace } from "../../src/workload/trace.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

const RECORDINGS = new URL("../conformance/recordings/", import.meta.url);
const MADE = /^ "(?:trace_sha256|kernel|runs|identical)": .*\n/gm;

Deno.test("each public recording is printed as it was, but for how it was made", () => {
  let recordings = 0;
  for (const { name } of Deno.readDirSync(RECORDINGS)) {
    const text = Deno.readTextFileSync(new URL(name, RECORDINGS));
    const recording = parseRecording(text, name);
    assert.equal(printRecording(recording), text.replace(MADE, ""), name);
    assert.equal(firstDifference(recording, recording), undefined);
    recordings++;
  }
  assert.ok(recordings > 80, `${recordings} recordings`);
});

/** A recording of two columns. */
function recording(
  events: readonly RecordedEvent[],
  cols: readonly string[] = ["a", "b"],
): Recording {
  return { format: "ksm-recording/1", trace: "t", cols, events };
}

const SCAN: RecordedEvent = {
  i: 4,
  op: "scanPasses",
  batches: 2,
  passes: 2,
  rows: [[1, 2], [3, 4]],
};
const SAMPLE: RecordedEvent = {
  i: 7,
  op: "sample",
  label: "end",
  ksm: [3, 4],
  procs: { A: { ksm_rmap_items: 5, ksm_mergeable: true } },
  knobs: { run: "1" },
};
const HASH: RecordedEvent = { i: 5, op: "hash", fnv1a64: "00" };

function described(expected: Recording, found: Recording): string {
  const difference = firstDifference(expected, found);
  return difference ? describeDifference(difference) : "equal";
}

const CHANGES: readonly [string, RecordedEvent, RecordedEvent, string][] = [
  [
    "a counter in a row",
    SCAN,
    { ...SCAN, rows: [[1, 2], [3, 5]] },
    "op 4 (scanPasses), row 1, b: expected 4, found 5",
  ],
  [
    "a row too many, after equal ones",
    SCAN,
    { ...SCAN, rows: [[1, 2], [3, 4], [5, 6]], batches: 3 },
    "op 4 (scanPasses), rows: expected 2, found 3",
  ],
  [
    "batches",
    SCAN,
    { ...SCAN, batches: 3 },
    "op 4 (scanPasses), batches: expected 2, found 3",
  ],
  [
    "an early stop",
    SCAN,
    { ...SCAN, stop: "idle" },
    'op 4 (scanPasses), stop: expected none, found "idle"',
  ],
  [
    "a counter of a sample",
    SAMPLE,
    { ...SAMPLE, ksm: [2, 4] },
    "op 7 (sample), a: expected 3, found 2",
  ],
  [
    "a figure of a process",
    SAMPLE,
    {
      ...SAMPLE,
      procs: { A: { ksm_rmap_items: 5, ksm_mergeable: false } },
    },
    'op 7 (sample), process "A", ksm_mergeable: expected true, found false',
  ],
  [
    "a process too few",
    SAMPLE,
    { ...SAMPLE, procs: {} },
    'op 7 (sample), process: expected "A", found none',
  ],
  [
    "a process called like a property of all objects",
    SAMPLE,
    {
      ...SAMPLE,
      procs: {
        A: { ksm_rmap_items: 5, ksm_mergeable: true },
        constructor: { ksm_rmap_items: 1 },
      },
    },
    'op 7 (sample), process: expected none, found "constructor"',
  ],
  [
    "a knob",
    SAMPLE,
    { ...SAMPLE, knobs: { run: "2" } },
    'op 7 (sample), run: expected "1", found "2"',
  ],
  [
    "a label",
    SAMPLE,
    { ...SAMPLE, label: "ende" },
    'op 7 (sample), label: expected "end", found "ende"',
  ],
  [
    "a hash",
    HASH,
    { ...HASH, fnv1a64: "01" },
    'op 5 (hash), fnv1a64: expected "00", found "01"',
  ],
];

for (const [what, expected, found, line] of CHANGES) {
  Deno.test(`difference: ${what}`, () => {
    const before: RecordedEvent = { i: 1, op: "run", errno: 0 };
    const a = recording([before, expected]);
    const b = recording([before, found]);
    assert.equal(described(a, b), line);
    assert.equal(described(b, b), "equal");
  });
}

Deno.test("a missing event and one too many are differences", () => {
  const both = recording([SCAN, HASH]);
  assert.equal(
    described(both, recording([SCAN])),
    'op 5 (hash), event: expected "hash", found none',
  );
  assert.equal(
    described(both, recording([HASH])),
    'op 4 (scanPasses), event: expected "scanPasses", found none',
  );
  assert.equal(
    described(recording([HASH]), both),
    'op 4 (scanPasses), event: expected none, found "scanPasses"',
  );
});

Deno.test("columns are matched by name", () => {
  const expected = recording([SCAN]);
  const found = recording(
    [{ ...SCAN, rows: [[9, 2, 1], [9, 4, 3]] }],
    ["x", "b", "a"],
  );
  assert.equal(described(expected, found), "equal");
  assert.equal(
    described(found, expected),
    'columns: expected "x", found none',
  );
});

const BAD: readonly [unknown, RegExp][] = [
  [{ i: 0, op: "run" }, /^r: event 0: Field "errno" is missing$/],
  [{ i: 0, op: "fill" }, /^r: event 0: Op "fill" has no event/],
  [{ ...SCAN, rows: [[1]] }, /A row has 1 numbers for 2 columns$/],
  [{ ...SAMPLE, ksm: [1, 2, 3] }, /A row has 3 numbers for 2 columns$/],
  [{ ...SAMPLE, procs: { A: { x: "1" } } }, /must be an object of processes$/],
  [{ ...SCAN, rows: [["1", 2]] }, /"rows" is .* must be a list of rows$/],
];

for (const [event, message] of BAD) {
  Deno.test(`refused event: ${JSON.stringify(event)}`, () => {
    const text = JSON.stringify({ ...recording([]), events: [event] });
    assert.throws(() => parseRecording(text, "r"), (error) => {
      assert.ok(error instanceof TraceError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("a trace is no recording", () => {
  assert.throws(
    () => parseRecording('{"format":"ksm-trace/1"}', "r"),
    /^TraceError: r: Field "format" is "ksm-trace\/1": it must be "ksm-recordi/,
  );
});

Deno.test("an open trace gives its operations, then no more", () => {
  const source = openTrace(parseTrace(
    '{"format":"ksm-trace/1","name":"n","title":"T","ops":[' +
      '{"op":"proc","proc":"A"},{"op":"run","value":1}]}',
    "x",
  ));
  assert.equal(source.title, "T");
  assert.deepEqual(source.next(), { op: "proc", proc: "A" });
  assert.deepEqual(source.next(), { op: "run", value: 1 });
  assert.equal(source.next(), undefined);
  assert.equal(source.next(), undefined);
});
