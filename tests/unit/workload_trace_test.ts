import assert from "node:assert/strict";
import { parseTrace, printTrace } from "../../src/workload/trace.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

const TRACES = new URL("../conformance/traces/", import.meta.url);
const NUMA_TRACES = new URL("../conformance/numa/traces/", import.meta.url);

Deno.test("each public trace is printed as it was", () => {
  let traces = 0;
  for (const { name } of Deno.readDirSync(TRACES)) {
    const text = Deno.readTextFileSync(new URL(name, TRACES));
    assert.equal(printTrace(parseTrace(text, name)), text, name);
    traces++;
  }
  assert.ok(traces > 80, `${traces} traces`);
});

Deno.test("each public trace of two nodes reads back as it was", () => {
  let traces = 0;
  for (const { name } of Deno.readDirSync(NUMA_TRACES)) {
    const text = Deno.readTextFileSync(new URL(name, NUMA_TRACES));
    const trace = parseTrace(text, name);
    assert.equal(trace.format, "ksm-trace-numa/1");
    assert.deepEqual(JSON.parse(printTrace(trace)), JSON.parse(text), name);
    traces++;
  }
  assert.ok(traces > 20, `${traces} traces`);
});

Deno.test("a trace of files is printed as it was", () => {
  const text = `{
 "format": "ksm-trace/1+file",
 "name": "two-copies",
 "title": "one file twice",
 "tags": [],
 "files": {"a \\"b\\".img": {"bytes": 4097, "fnv1a64": "00112233445566ff"}},
 "ops": [
  {"op":"proc","proc":"A"},
  {"op":"mmap","proc":"A","region":"r","slot":0,"pages":2},
  {"op":"fill","proc":"A","region":"r","pattern":{"kind":"file","path":"a \\"b\\".img"}}
 ]
}
`;
  assert.equal(printTrace(parseTrace(text, "x")), text);
});

Deno.test("title and tags may be missing, and an empty trace is one", () => {
  const trace = parseTrace(
    '{"format":"ksm-trace/1","name":"n","ops":[]}',
    "x",
  );
  assert.deepEqual(trace, {
    format: "ksm-trace/1",
    name: "n",
    title: "n",
    tags: [],
    ops: [],
  });
  assert.deepEqual(parseTrace(printTrace(trace), "x"), trace);
});

function refusal(text: string): string {
  try {
    parseTrace(text, "x.json");
  } catch (error) {
    assert.ok(error instanceof TraceError, String(error));
    assert.ok(error instanceof SyntaxError);
    assert.equal(error.message, `${error.place}: ${error.problem}`);
    return error.message;
  }
  return "accepted";
}

const SYNTAX: readonly [string, string][] = [
  ["", "1:1: Cannot read this as JSON: expected a value, found the end"],
  [
    '{\n "format": "ksm-trace/1",\n "ops": [}\n}',
    '3:10: Cannot read this as JSON: expected a value or ], found "}"',
  ],
  [
    '{"name": tru}',
    '1:10: Cannot read this as JSON: expected a value, found "tru"',
  ],
  [
    '{"name" 1}',
    '1:9: Cannot read this as JSON: expected :, found "1"',
  ],
  [
    "[1,]",
    '1:4: Cannot read this as JSON: expected a value, found "]"',
  ],
  [
    '{"a":1,}',
    '1:8: Cannot read this as JSON: expected a field name in quotes, found "}"',
  ],
  [
    '{"a": "b\n"}',
    "1:7: Cannot read this as JSON: expected a value, " +
    "found a text that does not end on its line",
  ],
  [
    '{"a":"x" "b":1}',
    '1:10: Cannot read this as JSON: expected , or }, found "b"',
  ],
  ["{} x", '1:4: Cannot read this as JSON: expected the end, found "x"'],
  [
    "[".repeat(100_000),
    "1:100001: Cannot read this as JSON: expected a value or ], found the end",
  ],
];

for (const [text, message] of SYNTAX) {
  Deno.test(`not JSON: ${JSON.stringify(text).slice(0, 50)}`, () => {
    assert.equal(refusal(text), `x.json:${message}`);
  });
}

/** A trace with the given fields in place of good ones. */
function document(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    format: "ksm-trace/1",
    name: "n",
    title: "t",
    tags: [],
    ops: [],
    ...fields,
  });
}

const FILE_OPS = [
  { op: "proc", proc: "A" },
  { op: "mmap", proc: "A", region: "r", slot: 0, pages: 1 },
  {
    op: "fill",
    proc: "A",
    region: "r",
    pattern: { kind: "file", path: "f" },
  },
];

const NUMA_OPS = [
  { op: "proc", proc: "A" },
  { op: "mmap", proc: "A", region: "r", slot: 0, pages: 1 },
  { op: "bind", node: 1 },
];

const DOCUMENTS: readonly [string, string, RegExp][] = [
  ["a list", "[]", /^x.json: Cannot read \[\] as a trace: it must be an obj/],
  [
    "an unknown format",
    document({ format: "ksm-trace/2" }),
    /^x.json: Cannot read format "ksm-trace\/2": it must be "ksm-trace\/1", "ksm-trace\/1\+file", "ksm-trace-numa\/1" or "ksm-trace-numa\/1\+file"$/,
  ],
  [
    "no name",
    document({ name: undefined }),
    /^x.json: Field "name" is missing$/,
  ],
  [
    "an unknown field",
    document({ tag: [] }),
    /^x.json: Field "tag" is not known: .*did you mean "tags"$/,
  ],
  [
    "tags that are no texts",
    document({ tags: [1] }),
    /^x.json: Field "tags" is \[1\]: it must be a list of texts$/,
  ],
  [
    "ops that are no list",
    document({ ops: {} }),
    /^x.json: Field "ops" is \{\}: it must be a list of ops$/,
  ],
  [
    "an op that is no object",
    document({ ops: [7] }),
    /^x.json: op 0: An op is 7: it must be an object like/,
  ],
  [
    "a sleep without the tag",
    document({ ops: [{ op: "sleep", ms: 1 }] }),
    /^x.json: op 0 \(sleep\): Cannot sleep in a trace without the tag "clock"/,
  ],
  [
    "a file in a trace of the plain format",
    document({ ops: FILE_OPS }),
    /^x.json: op 2 \(fill\): .*the format must be "ksm-trace\/1\+file"$/,
  ],
  [
    "the format of files without one",
    document({ format: "ksm-trace/1+file" }),
    /^x.json: Cannot take format "ksm-trace\/1\+file" .* "ksm-trace\/1"$/,
  ],
  [
    "the format of two nodes and files without a file",
    document({ format: "ksm-trace-numa/1+file", ops: NUMA_OPS }),
    /^x.json: Cannot take format .* it must be "ksm-trace-numa\/1"$/,
  ],
  [
    "stamps of files in a trace of two nodes without a file",
    document({ format: "ksm-trace-numa/1", files: {} }),
    /^x.json: Field "files" has no use/,
  ],
  [
    "stamps of files without a file",
    document({ files: {} }),
    /^x.json: Field "files" has no use/,
  ],
  [
    "a stamp with a bad hash",
    document({
      format: "ksm-trace/1+file",
      files: { f: { bytes: 1, fnv1a64: "12" } },
      ops: FILE_OPS,
    }),
    /^x.json: files, "f": Field "fnv1a64" is "12": .*sixteen hex digits$/,
  ],
];

for (const op of ["bind", "mbind", "move", "offline", "online"]) {
  const region = op === "mbind" || op === "move"
    ? { proc: "A", region: "r" }
    : {};
  const ops = [...NUMA_OPS.slice(0, 2), { op, ...region, node: 1 }];

  Deno.test(`${op} belongs to the format of two nodes`, () => {
    assert.equal(
      refusal(document({ ops })),
      `x.json: op 2 (${op}): Cannot use op "${op}" in format "ksm-trace/1", ` +
        'which has one NUMA node: the format must be "ksm-trace-numa/1"',
    );
    const numa = document({ format: "ksm-trace-numa/1", ops });
    assert.equal(refusal(numa), "accepted");
  });
}

Deno.test("a trace of two nodes needs no operation of its own", () => {
  const text = document({ format: "ksm-trace-numa/1" });
  assert.equal(refusal(text), "accepted");
});

Deno.test("both nodes and files have a format", () => {
  const ops = [...FILE_OPS, { op: "bind", node: 1 }];
  assert.match(
    refusal(document({ format: "ksm-trace/1+file", ops })),
    /^x.json: op 3 \(bind\): Cannot use op "bind" .*"ksm-trace-numa\/1\+file"$/,
  );
  assert.match(
    refusal(document({ format: "ksm-trace-numa/1", ops })),
    /^x.json: op 2 \(fill\): .* must be "ksm-trace-numa\/1\+file"$/,
  );
  const both = document({ format: "ksm-trace-numa/1+file", ops });
  assert.equal(refusal(both), "accepted");
});

for (const [what, text, message] of DOCUMENTS) {
  Deno.test(`refused: ${what}`, () => assert.match(refusal(text), message));
}

Deno.test("a sleep with the tag is fine", () => {
  const text = document({ tags: ["clock"], ops: [{ op: "sleep", ms: 1 }] });
  assert.equal(refusal(text), "accepted");
});
