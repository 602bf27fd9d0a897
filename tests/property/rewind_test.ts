/** Going back and forward shows what was to be seen, to the last figure; and the past can be changed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Snapshot, Timeline } from "../../src/observe/mod.ts";
import {
  busyScenes,
  samplesOf,
  scenes,
  strides,
  timelineOf,
} from "./rewind_scenes.ts";

const wanderings = fc.array(fc.integer({ min: -40, max: 40 }), {
  minLength: 4,
  maxLength: 10,
});

/** Goes back (above 0) and forward through samples that are known, and looks at each. */
function wander(
  timeline: Timeline,
  samples: readonly Snapshot[],
  steps: readonly number[],
): void {
  let at = timeline.place.sample;
  for (const step of steps) {
    const seen = step > 0 ? timeline.back(step) : timeline.forward(-step);
    at = Math.max(0, Math.min(samples.length - 1, at - step));
    assert.deepEqual(seen, samples[at]);
    assert.deepEqual(timeline.place, {
      sample: at,
      samples: samples.length,
      oldestMillis: 0,
      newestMillis: samples[samples.length - 1].timeMillis,
    });
    assert.equal(timeline.timeMillis, samples[at].timeMillis);
  }
}

Deno.test("any sample is the same whenever one comes back to it", () => {
  fc.assert(
    fc.property(scenes, strides, wanderings, (scene, strides, steps) => {
      const timeline = timelineOf(scene);
      const samples = samplesOf(timeline, strides);
      wander(timeline, samples, steps);
      assert.deepEqual(timeline.toEnd(), samples.at(-1));
      assert.equal(timeline.atEnd, true);
    }),
    { numRuns: 40 },
  );
});

/** What is told of the machine's inside only when it is asked for. */
function told(timeline: Timeline): unknown {
  return {
    trees: timeline.detail("trees", { levels: 4 }),
    sharing: timeline.detail("sharing", {}),
    pages: timeline.snapshot().processes.slice(0, 3).flatMap(
      ({ name, regions }) =>
        regions.slice(0, 2).flatMap((region) =>
          [0, 1, 2].map((page) =>
            timeline.detail("page", {
              process: name,
              region: region.name,
              page,
            })
          )
        ),
    ),
  };
}

Deno.test("in the past, questions are answered as they were then", () => {
  fc.assert(
    fc.property(scenes, strides, fc.nat(40), (scene, strides, back) => {
      const timeline = timelineOf(scene);
      samplesOf(timeline, strides);
      const answers = told(timeline);
      timeline.back(back);
      const before = told(timeline);
      timeline.toEnd();
      assert.deepEqual(told(timeline), answers);
      timeline.back(back);
      assert.deepEqual(told(timeline), before);
    }),
    { numRuns: 20 },
  );
});

Deno.test("where the past is left and gone on from the end, nothing is different", () => {
  fc.assert(
    fc.property(scenes, strides, fc.nat(40), (scene, strides, back) => {
      const straight = samplesOf(timelineOf(scene), [...strides, ...strides]);
      const timeline = timelineOf(scene);
      samplesOf(timeline, strides);
      timeline.back(back);
      timeline.toEnd();
      for (const stride of strides) {
        timeline.advance(stride);
        timeline.snapshot();
      }
      assert.deepEqual(timeline.snapshot(), straight.at(-1));
    }),
    { numRuns: 15 },
  );
});

Deno.test("what is played once more goes through the same samples", () => {
  fc.assert(
    fc.property(scenes, strides, fc.nat(40), (scene, strides, back) => {
      const timeline = timelineOf(scene);
      const samples = samplesOf(timeline, strides);
      timeline.back(back);
      while (!timeline.atEnd) {
        assert.deepEqual(timeline.snapshot(), samples[timeline.place.sample]);
        // Whatever is asked for, the strides are those of then.
        timeline.advance("pass");
      }
      assert.deepEqual(timeline.snapshot(), samples.at(-1));
    }),
    { numRuns: 15 },
  );
});

Deno.test("a branch that changes nothing comes to the same future", () => {
  fc.assert(
    fc.property(scenes, strides, fc.nat(40), (scene, strides, back) => {
      const timeline = timelineOf(scene);
      const samples = samplesOf(timeline, strides);
      // A defect of the kernel is no sample of its own that one can stand behind.
      fc.pre(timeline.defect === undefined);
      timeline.back(back);
      const { sample } = timeline.place;
      timeline.branch();
      assert.equal(timeline.atEnd, true);
      assert.equal(timeline.place.samples, sample + 1);
      for (const stride of strides.slice(sample)) {
        timeline.advance(stride);
        timeline.snapshot();
      }
      wander(timeline, samples, [1, 40, -40, 7]);
    }),
    { numRuns: 30 },
  );
});

const knobs = fc.constantFrom(
  ["pages_to_scan", "7"],
  ["run", "0"],
  ["run", "2"],
  ["use_zero_pages", "1"],
  ["merge_across_nodes", "1"],
  ["sleep_millisecs", "5"],
);

Deno.test("a knob written in the past makes the machine one where it was written then", () => {
  fc.assert(
    fc.property(
      busyScenes,
      strides,
      knobs,
      fc.nat(9),
      (scene, strides, [name, value], more) => {
        const straight = timelineOf(scene);
        samplesOf(straight, strides);
        const expected = straight.setKnob(name, value);
        const after = samplesOf(straight, strides);
        const timeline = timelineOf(scene);
        samplesOf(timeline, strides);
        const end = timeline.place.sample;
        samplesOf(timeline, strides.slice(0, more));
        timeline.back(timeline.place.sample - end);
        assert.deepEqual(timeline.setKnob(name, value), expected);
        assert.equal(expected.errno, 0);
        assert.deepEqual(samplesOf(timeline, strides), after);
      },
    ),
    { numRuns: 12 },
  );
});

Deno.test("a knob that is refused in the past leaves the future as it was", () => {
  fc.assert(
    fc.property(
      busyScenes,
      strides,
      fc.integer({ min: 1, max: 40 }),
      (scene, strides, back) => {
        const timeline = timelineOf(scene);
        const samples = samplesOf(timeline, strides);
        timeline.back(back);
        const { sample } = timeline.place;
        const { errno, now } = timeline.setKnob("max_page_sharing", "1");
        assert.equal(errno, 22);
        assert.equal(now, samples[sample].knobs["max_page_sharing"]);
        assert.deepEqual(timeline.snapshot(), samples[sample]);
        wander(timeline, samples, [-40, 3, 1, -2]);
      },
    ),
    { numRuns: 10 },
  );
});

/** What has happened by now that people look for. */
function happened(timeline: Timeline): string {
  return JSON.stringify(timeline.happened);
}

Deno.test("events that are found forward are found backward, too", () => {
  fc.assert(
    fc.property(busyScenes, (scene) => {
      const timeline = timelineOf(scene);
      const seen: { snapshot: Snapshot; event: string; happened: string }[] =
        [];
      for (let left = 12; left > 0; left--) {
        const before = happened(timeline);
        const found = timeline.toNextEvent();
        assert.equal(found.kind, "found");
        if (found.kind !== "found") return;
        const { event } = found;
        seen.push({
          snapshot: timeline.snapshot(),
          event,
          happened: happened(timeline),
        });
        assert.notEqual(happened(timeline), before);
      }
      for (const at of seen.slice(0, -1).reverse()) {
        assert.deepEqual(timeline.toPreviousEvent(), {
          kind: "found",
          event: at.event,
        });
        assert.equal(happened(timeline), at.happened);
        assert.deepEqual(timeline.snapshot(), at.snapshot);
      }
      const before = timeline.snapshot();
      assert.deepEqual(timeline.toPreviousEvent(), { kind: "none" });
      assert.deepEqual(timeline.snapshot(), before);
    }),
    { numRuns: 10 },
  );
});
