/** Recordings of machines with two nodes: what is in them, and how they differ. */
import assert from "node:assert/strict";
import {
  describeDifference,
  firstDifference,
} from "../../src/workload/difference.ts";
import type {
  MoveEvent,
  ProcessSample,
  RecordedEvent,
  SampleEvent,
} from "../../src/workload/recorded_event.ts";
import {
  parseRecording,
  printRecording,
} from "../../src/workload/recording.ts";
import type { Recording } from "../../src/workload/recording.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

const RECORDINGS = new URL("../conformance/numa/recordings/", import.meta.url);
const MADE = /^ "(?:trace_sha256|kernel|runs|identical)": .*\n/gm;

Deno.test("each public recording of two nodes is printed as it was, but for how it was made", () => {
  let recordings = 0;
  for (const { name } of Deno.readDirSync(RECORDINGS)) {
    const text = Deno.readTextFileSync(new URL(name, RECORDINGS));
    const recording = parseRecording(text, name);
    assert.equal(recording.format, "ksm-recording-numa/1");
    assert.equal(printRecording(recording), text.replace(MADE, ""), name);
    assert.equal(firstDifference(recording, recording), undefined);
    recordings++;
  }
  assert.ok(recordings > 20, `${recordings} recordings`);
});

/** A recording of one event. */
function recording(
  event: unknown,
  format = "ksm-recording-numa/1",
): string {
  return JSON.stringify({ format, trace: "t", cols: ["a"], events: [event] });
}

/** What is said of a recording. */
function outcome(text: string): string {
  try {
    parseRecording(text, "r");
  } catch (error) {
    assert.ok(error instanceof TraceError, String(error));
    return error.message;
  }
  return "accepted";
}

const MOVE: MoveEvent = {
  i: 3,
  op: "move",
  errno: 0,
  left: 0,
  status: "1*4 -14 0*2",
};
const OFFLINE: RecordedEvent = { i: 4, op: "offline", blocks: 4, errno: 0 };

function sample(procs: Readonly<Record<string, ProcessSample>>): SampleEvent {
  return { i: 5, op: "sample", ksm: [0], procs };
}

const SAMPLE = sample({ A: { x: 1, nodes: { r: "0*4 -2 1*3", s: "" } } });

Deno.test("moves, blocks and nodes are read", () => {
  const failed = { ...MOVE, errno: 3, left: -1, status: "-999*7" };
  const online = { ...OFFLINE, op: "online", errno: 22 };
  const bare = sample({});
  for (const event of [MOVE, failed, OFFLINE, online, SAMPLE, bare]) {
    assert.equal(outcome(recording(event)), "accepted");
  }
});

const RUNS = 'runs of nodes 0 and 1, and errnos below 0, like "0*4 -2 1*3"';

const REFUSED: readonly (readonly [string, unknown, string])[] = [
  [
    "a move without status",
    { i: 3, op: "move", errno: 0, left: 0 },
    'Field "status" is missing',
  ],
  [
    "a status that is no text",
    { ...MOVE, status: [0, 1] },
    `Field "status" is [0,1]: it must be ${RUNS}`,
  ],
  [
    "a status that is no list of runs",
    { ...MOVE, status: "0,1" },
    `Field "status" is "0,1": it must be ${RUNS}`,
  ],
  [
    "a status of a third node",
    { ...MOVE, status: "0 2" },
    `Field "status" is "0 2": it must be ${RUNS}`,
  ],
  [
    "fewer than -1 pages left",
    { ...MOVE, left: -2 },
    'Field "left" is -2: it must be a whole number from -1',
  ],
  [
    "blocks that are not counted",
    { ...OFFLINE, blocks: [1, 2] },
    'Field "blocks" is [1,2]: it must be a whole number from 0',
  ],
  [
    "an online without errno",
    { i: 1, op: "online", blocks: 4 },
    'Field "errno" is missing',
  ],
  [
    "a bind",
    { i: 1, op: "bind", errno: 0 },
    'Op "bind" has no event in format "ksm-recording-numa/1": those that ' +
    "have one are scanBatches, scanPasses, sample, knob, run, madvise, " +
    "prctl, hash, move, offline, online",
  ],
  [
    "a process without nodes",
    sample({ A: { nodes: {} }, B: { x: 1 } }),
    'Field "nodes" of process "B" is missing',
  ],
  [
    "nodes of a whole process",
    sample({ A: { nodes: 1 } }),
    'Field "nodes" of process "A" is 1: ' +
    'it must be an object like {"r":"0*4 -2 1*3"}',
  ],
  [
    "nodes that are no runs",
    sample({ A: { nodes: { r: "0", s: "0*1" } } }),
    'Field "nodes" of process "A" has "0*1" for region "s": ' +
    `it must be ${RUNS}`,
  ],
];

for (const [what, event, problem] of REFUSED) {
  Deno.test(`a recording of two nodes refuses ${what}`, () => {
    assert.equal(outcome(recording(event)), `r: event 0: ${problem}`);
  });
}

Deno.test("a recording of one node refuses what only two nodes answer", () => {
  const plain = (event: unknown) =>
    outcome(recording(event, "ksm-recording/1"));
  for (const event of [MOVE, OFFLINE]) {
    assert.equal(
      plain(event),
      `r: event 0: Op "${event.op}" has no event in format ` +
        '"ksm-recording/1": those that have one are scanBatches, scanPasses, ' +
        "sample, knob, run, madvise, prctl, hash",
    );
  }
  assert.equal(
    plain(SAMPLE),
    'r: event 0: Field "nodes" of process "A" is not known in format ' +
      '"ksm-recording/1": the format must be "ksm-recording-numa/1"',
  );
  assert.equal(plain(sample({ A: { x: 1 } })), "accepted");
});

function described(expected: RecordedEvent, found: RecordedEvent): string {
  const difference = firstDifference(
    {
      format: "ksm-recording-numa/1",
      trace: "t",
      cols: ["a"],
      events: [expected],
    },
    {
      format: "ksm-recording-numa/1",
      trace: "t",
      cols: ["a"],
      events: [found],
    },
  );
  return difference ? describeDifference(difference) : "equal";
}

const CHANGES: readonly (readonly [
  string,
  RecordedEvent,
  RecordedEvent,
  string,
])[] = [
  [
    "the status of one page",
    MOVE,
    { ...MOVE, status: "1*4 -14 -2 0" },
    "op 3 (move), page 5, status: expected 0, found -2",
  ],
  [
    "a page inside a run",
    MOVE,
    { ...MOVE, status: "1*2 -13 1 -14 0*2" },
    "op 3 (move), page 2, status: expected 1, found -13",
  ],
  [
    "a status too short",
    MOVE,
    { ...MOVE, status: "1*4 -14 0" },
    "op 3 (move), page 6, status: expected 0, found none",
  ],
  [
    "a status too long",
    MOVE,
    { ...MOVE, status: "1*4 -14 0*4" },
    "op 3 (move), page 7, status: expected none, found 0",
  ],
  [
    "runs that are cut otherwise",
    MOVE,
    { ...MOVE, status: "1 1*3 -14 0 0" },
    "equal",
  ],
  [
    "pages left",
    MOVE,
    { ...MOVE, left: 2, status: "1" },
    "op 3 (move), left: expected 0, found 2",
  ],
  [
    "blocks",
    OFFLINE,
    { ...OFFLINE, blocks: 3 },
    "op 4 (offline), blocks: expected 4, found 3",
  ],
  [
    "the node of one page",
    SAMPLE,
    sample({ A: { x: 1, nodes: { r: "0*4 -2 1 0 1", s: "" } } }),
    'op 5 (sample), process "A", region "r", page 6, nodes: ' +
    "expected 1, found 0",
  ],
  [
    "a figure, before nodes",
    SAMPLE,
    sample({ A: { x: 2, nodes: { r: "1", s: "1" } } }),
    'op 5 (sample), process "A", x: expected 1, found 2',
  ],
  [
    "a region too few",
    SAMPLE,
    sample({ A: { x: 1, nodes: { r: "0*4 -2 1*3" } } }),
    'op 5 (sample), process "A", region "s", nodes: expected "", found none',
  ],
  [
    "no nodes at all",
    SAMPLE,
    sample({ A: { x: 1 } }),
    'op 5 (sample), process "A", region "r", nodes: ' +
    'expected "0*4 -2 1*3", found none',
  ],
];

for (const [what, expected, found, line] of CHANGES) {
  Deno.test(`difference on two nodes: ${what}`, () => {
    assert.equal(described(expected, found), line);
    assert.equal(described(found, found), "equal");
  });
}

Deno.test("a difference has the page and the region as values", () => {
  const one = (nodes: string): Recording => ({
    format: "ksm-recording-numa/1",
    trace: "t",
    cols: ["a"],
    events: [sample({ A: { nodes: { r: nodes } } })],
  });
  assert.deepEqual(firstDifference(one("0*3 1*2"), one("0*4 1")), {
    index: 5,
    op: "sample",
    process: "A",
    region: "r",
    page: 3,
    column: "nodes",
    expected: 1,
    found: 0,
  });
});

Deno.test("formats that differ are a difference", () => {
  const of = (format: Recording["format"]): Recording => ({
    format,
    trace: "t",
    cols: [],
    events: [],
  });
  const difference = firstDifference(
    of("ksm-recording/1"),
    of("ksm-recording-numa/1"),
  );
  assert.equal(
    difference && describeDifference(difference),
    'format: expected "ksm-recording/1", found "ksm-recording-numa/1"',
  );
});
