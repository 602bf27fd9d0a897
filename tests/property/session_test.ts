/** What is recorded is played again, to the last figure; and nothing else is. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Machine, MachineHistory } from "../../src/machine/mod.ts";
import {
  parseSession,
  recordedDetails,
  SessionError,
  SessionRecorder,
  SessionSource,
  type Snapshot,
  type Source,
  Timeline,
} from "../../src/observe/mod.ts";
import { applyDelta, deltaOf } from "../../src/observe/session/delta.ts";
import type { Json, JsonObject } from "../../src/observe/session/json.ts";
import { demoVms } from "../../src/workload/builtin/demo_vms.ts";
import { openWorkload } from "../../src/workload/mod.ts";
import { dashboardOn } from "../golden/dashboard_screen.ts";
import { samplesOf, type Scene, scenes, strides } from "./rewind_scenes.ts";

/** A timeline that is recorded, and how to get the session so far. */
function recorded({ name, nodes, seed, open }: Scene): {
  timeline: Timeline;
  text: () => string;
} {
  let text = "";
  const recorder = new SessionRecorder((lines) => text += lines);
  const machine = new Machine({ nodes, timed: { seed } });
  const history = new MachineHistory(machine, open);
  const timeline = new Timeline(name, history, recorder);
  return { timeline, text: () => text };
}

function played(text: string): { source: SessionSource; samples: Snapshot[] } {
  const session = parseSession(text, "s.jsonl");
  assert.equal(session.isCutOff, false);
  const source = new SessionSource(session);
  const samples = [source.snapshot()];
  while (source.advance("batch") !== "end") samples.push(source.snapshot());
  return { source, samples };
}

Deno.test("a session shows what was to be seen when it was recorded", () => {
  fc.assert(
    fc.property(scenes, strides, (scene, strides) => {
      const { timeline, text } = recorded(scene);
      const seen = samplesOf(timeline, strides);
      const { source, samples } = played(text());
      assert.deepEqual(samples, seen);
      assert.equal(source.label, timeline.label);
      assert.deepEqual(source.happened, timeline.happened);
      assert.deepEqual(source.place, {
        sample: seen.length - 1,
        samples: seen.length,
        oldestMillis: 0,
        newestMillis: timeline.timeMillis,
      });
    }),
    { numRuns: 30 },
  );
});

Deno.test("a session answers what it has recorded as the machine did, and no more", () => {
  fc.assert(
    fc.property(scenes, strides, fc.nat(7), (scene, strides, levels) => {
      const { timeline, text } = recorded(scene);
      // From one question to the next the machine goes on: what it says is kept.
      const said = (source: Source) =>
        structuredClone({
          whole: recordedDetails(source),
          less: source.detail("trees", { levels: Math.min(levels, 6) }),
        });
      timeline.snapshot();
      const answers = [said(timeline)];
      for (const stride of strides) {
        timeline.advance(stride);
        timeline.snapshot();
        if (timeline.place.samples > answers.length) {
          answers.push(said(timeline));
        }
      }
      const { source } = played(text());
      source.back(Infinity);
      for (const answer of answers) {
        assert.deepEqual(said(source), answer);
        const page = { process: "a", region: "ram", page: 0 };
        assert.equal(source.detail("page", page), undefined);
        source.forward(1);
      }
      assert.notEqual(answers[0].whole.trees, undefined);
    }),
    { numRuns: 20 },
  );
});

Deno.test("a sample has a label only where the workload has taken it", () => {
  const { timeline, text } = recorded({
    name: "demo",
    nodes: 1,
    seed: 1,
    open: () => openWorkload(demoVms),
  });
  samplesOf(timeline, new Array(20).fill("batch"));
  const labels = parseSession(text(), "s.jsonl").samples.map(({ label }) =>
    label ?? ""
  );
  assert.deepEqual(labels.filter((label) => label !== ""), [
    "vm-a boots",
    "vm-b boots",
    "vm-c boots",
  ]);
});

Deno.test("of a timeline with branches, a session shows the way that things went in the end", () => {
  fc.assert(
    fc.property(scenes, strides, fc.nat(40), (scene, strides, back) => {
      const { timeline, text } = recorded(scene);
      const before = samplesOf(timeline, strides);
      fc.pre(timeline.defect === undefined);
      timeline.back(back);
      const { sample } = timeline.place;
      // While the advisor sets it, the write is refused, and nothing branches.
      const { errno } = timeline.setKnob("pages_to_scan", "5");
      fc.pre(errno === 0);
      const [first, ...after] = samplesOf(timeline, strides);
      const { samples } = played(text());
      assert.deepEqual(samples, [
        ...before.slice(0, sample + 1),
        first,
        ...after,
      ]);
    }),
    { numRuns: 20 },
  );
});

/** A short session of the demo, for what is wrong with sessions. */
function demoSession(): string {
  const { timeline, text } = recorded({
    name: "demo",
    nodes: 1,
    seed: 1,
    open: () => openWorkload(demoVms),
  });
  samplesOf(timeline, new Array(12).fill("batch"));
  timeline.back(3);
  timeline.branch();
  samplesOf(timeline, ["batch", "batch"]);
  return text();
}

/** Whether a text is a session or is refused as it should be, with a line. */
function isReadOrRefused(text: string): "read" | "refused" {
  try {
    const source = new SessionSource(parseSession(text, "s.jsonl"));
    source.toEnd();
    const screen = dashboardOn(source, { columns: 100, rows: 30 });
    assert.equal(screen.frame().split("\n").length, 30);
    return "read";
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    assert.match(
      error.message,
      /^s\.jsonl(:\d+)?: (Cannot|Field|Element|The line) /,
    );
    assert.ok(error.message.length < 1500, error.message);
    return "refused";
  }
}

Deno.test("a session that is damaged is refused, and says where", () => {
  const text = demoSession();
  assert.equal(isReadOrRefused(text), "read");
  const damages = fc.record({
    at: fc.nat(text.length - 1),
    length: fc.nat(30),
    instead: fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom(
        "\n",
        "0",
        "-1",
        "1e400",
        "null",
        "{}",
        "[]",
        '"0..999999999"',
        '{"like":0}',
        '"__proto__":{},',
        "m9999999",
      ),
    ),
  });
  let refused = 0;
  fc.assert(
    fc.property(damages, ({ at, length, instead }) => {
      const damaged = text.slice(0, at) + instead + text.slice(at + length);
      if (isReadOrRefused(damaged) === "refused") refused++;
    }),
    { numRuns: 400 },
  );
  assert.ok(refused > 200, `${refused} of 400 are refused`);
});

Deno.test("wherever a recording was cut off, what came before is played", () => {
  const text = demoSession();
  const header = text.indexOf("\n") + 1;
  const first = text.indexOf("\n", header) + 1;
  const all = played(text).samples.length;
  fc.assert(
    fc.property(fc.integer({ min: first, max: text.length - 1 }), (end) => {
      const session = parseSession(text.slice(0, end), "s.jsonl");
      const isWhole = text[end - 1] === "\n" || text[end] === "\n";
      assert.equal(session.isCutOff, !isWhole);
      assert.ok(session.samples.length >= 1);
      assert.ok(session.samples.length <= all + 3);
    }),
    { numRuns: 60 },
  );
});

const json = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(0, 1, true, "a", "0", "0..1", ""),
    tie("object"),
    fc.array(tie("object"), { maxLength: 4 }),
    fc.array(fc.nat(2), { maxLength: 3 }),
  ),
  object: fc.dictionary(
    fc.constantFrom("name", "site", "a", "b", "1", "__proto__"),
    tie("value"),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));

Deno.test("a delta makes of one object the other one", () => {
  fc.assert(
    fc.property(json.object, json.object, (before, after) => {
      const delta = JSON.parse(JSON.stringify(deltaOf(before, after)));
      assert.deepEqual(applyDelta(before, delta), after);
    }),
    { numRuns: 2000 },
  );
});
