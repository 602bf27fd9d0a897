import assert from "node:assert/strict";
import { applyDelta, deltaOf } from "../../src/observe/session/delta.ts";
import {
  PAGE_LETTERS,
  parsePages,
  printPages,
} from "../../src/observe/session/page_text.ts";
import {
  PAGE_STATES,
  parseSession,
  SessionSource,
  SessionWriter,
} from "../../src/observe/mod.ts";
import { SMALL } from "./dashboard_snapshots.ts";

Deno.test("page maps are runs of letters", () => {
  const code = (state: typeof PAGE_STATES[number]) =>
    PAGE_STATES.indexOf(state);
  const pages = Uint8Array.of(
    ...new Array(12).fill(code("merged")),
    code("unshared"),
    code("unshared"),
    code("untouched"),
  );
  assert.equal(printPages(pages), "m12u2t");
  assert.deepEqual(parsePages("m12u2t"), pages);
  assert.deepEqual(parsePages("m3m9u1ut"), pages);
  assert.equal(printPages(new Uint8Array(0)), "");
  assert.deepEqual(parsePages(""), new Uint8Array(0));
  assert.equal(PAGE_LETTERS, "htpvuzm");
});

Deno.test("what are no runs of pages, or too many pages, is none", () => {
  for (
    const text of ["x", "m0", "12", "m12 u", "m-1", "m1.5", "m1048577", "M"]
  ) {
    assert.equal(parsePages(text), undefined, text);
  }
  assert.equal(parsePages("m1048576")?.length, 1_048_576);
  assert.equal(parsePages("m1048575u2"), undefined);
});

Deno.test("a delta says what has changed", () => {
  const before = {
    t: 1,
    gone: 5,
    list: [{ name: "a", x: 1 }, { name: "b", x: 1 }, { name: "c", x: 1 }],
  };
  const after = {
    t: 2,
    list: [
      { name: "b", x: 1 },
      { name: "c", x: 1 },
      { name: "a", x: 5 },
      { name: "d", x: 0 },
    ],
  };
  const delta = {
    t: 2,
    gone: null,
    list: ["1..2", { like: 0, x: 5 }, { name: "d", x: 0 }],
  };
  assert.deepEqual(deltaOf(before, after), delta);
  assert.deepEqual(applyDelta(before, delta), after);
});

Deno.test("what has not changed is not written, and is the same object when it is read", () => {
  const same = { name: "a", list: [{ x: 1 }] };
  const before = { one: same, list: [same, { name: "b" }] };
  const after = { one: { ...same }, list: [{ ...same }, { name: "c" }] };
  const delta = deltaOf(before, after);
  assert.deepEqual(delta, { list: ["0", { name: "c" }] });
  const read = applyDelta(before, delta);
  assert.equal(read["one"], same);
  assert.ok(Array.isArray(read["list"]));
  assert.equal(read["list"][0], same);
});

Deno.test("a delta that does not fit is refused", () => {
  const before = { list: [{ name: "a" }] };
  for (
    const [delta, problem] of [
      [{ gone: null }, 'Field "gone" is null, but was not there'],
      [
        { list: ["1"] },
        'Element "1" names none of the 1 elements before; it must be like "3" or "3..17"',
      ],
      [
        { list: [{ like: 1 }] },
        'Field "like" is 1, which is none of the 1 elements before',
      ],
      [
        { list: [{ like: "0" }] },
        'Field "like" is "0", which is none of the 1 elements before',
      ],
    ] as const
  ) {
    assert.throws(() => applyDelta(before, delta), { message: problem });
  }
});

const NOTHING = { merge: 0, cow: 0, wait: 0, migration: 0 };

/** A session of so many samples, each a second after the one before; with these counts of merges, and a full scan every other one. */
function sessionOf(merges: readonly number[]): SessionSource {
  const writer = new SessionWriter();
  const lines = merges.map((merge, i) => {
    const counters = { ...SMALL.counters, fullScans: i >> 1 };
    return writer.sample(
      { ...SMALL, counters, timeMillis: 1000 * i },
      { label: i === 1 ? "one" : undefined, happened: { ...NOTHING, merge } },
    );
  });
  return new SessionSource(parseSession(lines.join(""), "s.jsonl"));
}

Deno.test("a session is played from sample to sample", () => {
  const source = sessionOf([0, 0, 0, 0, 0]);
  assert.equal(source.atEnd, false);
  assert.equal(source.label, undefined);
  assert.equal(source.advance("batch"), "done");
  assert.equal(source.timeMillis, 1000);
  assert.equal(source.label, "one");
  assert.equal(source.snapshot().timeMillis, 1000);
  assert.equal(source.advance("pass"), "done");
  assert.equal(source.timeMillis, 2000);
  assert.equal(source.fullScans, 1);
  assert.equal(source.advance("pass"), "done");
  assert.equal(source.timeMillis, 4000);
  assert.equal(source.atEnd, true);
  assert.equal(source.advance("page"), "end");
  assert.equal(source.back(1).timeMillis, 3000);
  assert.equal(source.back(9).timeMillis, 0);
  assert.equal(source.advance("end"), "end");
  assert.equal(source.timeMillis, 4000);
  assert.equal(source.toTime(2999).timeMillis, 2000);
  assert.equal(source.toTime(-1).timeMillis, 0);
  assert.equal(source.forward(3).timeMillis, 3000);
  assert.equal(source.toEnd().timeMillis, 4000);
  assert.equal(source.label, "one");
});

Deno.test("an event of a session is at the first sample that has it", () => {
  const source = sessionOf([7, 7, 8, 8, 12]);
  const merge = { kind: "found", event: "merge" };
  const none = { kind: "none" };
  assert.deepEqual(source.toPreviousEvent(), none);
  assert.deepEqual(source.toNextEvent(), merge);
  assert.equal(source.timeMillis, 2000);
  assert.deepEqual(source.toNextEvent(), merge);
  assert.equal(source.timeMillis, 4000);
  assert.deepEqual(source.toNextEvent(), none);
  assert.equal(source.timeMillis, 4000);
  assert.deepEqual(source.toPreviousEvent(), merge);
  assert.equal(source.timeMillis, 2000);
  assert.deepEqual(source.toPreviousEvent(), none);
  assert.equal(source.timeMillis, 2000);
});

Deno.test("a session whose only sample breaks off is refused with its line", () => {
  const text = new SessionWriter().sample(SMALL, {
    label: undefined,
    happened: NOTHING,
  });
  assert.throws(() => parseSession(text.slice(0, -9), "s.jsonl"), {
    message: "s.jsonl:2: Cannot play a session whose only sample breaks off",
  });
  const header = text.slice(0, text.indexOf("\n") + 1);
  assert.throws(() => parseSession(header, "s.jsonl"), {
    message: "s.jsonl: Cannot play a session without samples",
  });
});

Deno.test("a sample that is earlier than the one before is refused", () => {
  const writer = new SessionWriter();
  const sample = (timeMillis: number) =>
    writer.sample({ ...SMALL, timeMillis }, {
      label: undefined,
      happened: NOTHING,
    });
  const text = sample(1) + sample(5) + sample(5) + sample(4);
  assert.throws(() => parseSession(text, "s.jsonl"), {
    message: 's.jsonl:5: Field "timeMillis" is 4: the sample before is at 5',
  });
});

Deno.test("after a branch, samples are counted anew from where it was", () => {
  const writer = new SessionWriter();
  const sample = (timeMillis: number) =>
    writer.sample({ ...SMALL, timeMillis }, {
      label: undefined,
      happened: NOTHING,
    });
  const text = sample(0) + sample(1) + sample(2) + writer.branch(1) + sample(5);
  const { samples } = parseSession(text, "s.jsonl");
  assert.deepEqual(samples.map(({ timeMillis }) => timeMillis), [0, 5]);
});
