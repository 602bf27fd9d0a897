/** The search, held to what a search without any reduction finds. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Lanes, search, type SearchResult } from "../../src/sim/explore/mod.ts";
import { type Action, Toy } from "./toy_programs.ts";

const VARIABLES = 2;
const LOCKS = 2;

const variable = fc.nat(VARIABLES - 1);
const lock = fc.nat(LOCKS - 1);

const simple: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant("read" as const), variable }),
  fc.record({ do: fc.constant("write" as const), variable }),
);

const any: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: simple },
  fc.record({
    do: fc.constant("lock" as const),
    lock,
    mode: fc.constantFrom("shared" as const, "exclusive" as const),
    inside: fc.array(simple, { maxLength: 1 }),
  }),
  fc.record({
    do: fc.constant("lock" as const),
    lock: fc.constant(0),
    mode: fc.constantFrom("shared" as const, "exclusive" as const),
    inside: fc.tuple(fc.record({
      do: fc.constant("lock" as const),
      lock: fc.constant(1),
      mode: fc.constantFrom("shared" as const, "exclusive" as const),
      inside: fc.array(simple, { maxLength: 1 }),
    })),
  }),
  fc.record({
    do: fc.constant("trylock" as const),
    lock,
    inside: fc.array(simple, { maxLength: 1 }),
  }),
  fc.record({ do: fc.constant("spin" as const), variable }),
  fc.record({ do: fc.constant("wait" as const), variable }),
  fc.record({ do: fc.constant("signal" as const), variable }),
);

const programs = fc.array(fc.array(any, { minLength: 1, maxLength: 3 }), {
  minLength: 2,
  maxLength: 3,
});

/** All that a search has found, whatever way led there. */
function found({ outcomes }: SearchResult): string[] {
  return [...outcomes.keys()].sort();
}

Deno.test("the reduced search finds every outcome that there is, and no other", () => {
  fc.assert(
    fc.property(programs, (actions) => {
      const all = { stopAtFirst: false, limit: 1_000 };
      const naive = search(new Toy(actions), { ...all, reduce: false });
      fc.pre(naive.exhaustive);
      const reduced = search(new Toy(actions), all);
      assert.ok(reduced.exhaustive);
      assert.deepEqual(found(reduced), found(naive));
      assert.ok(reduced.schedules <= naive.schedules);
    }),
    { numRuns: 150, seed: 1 },
  );
});

/** Times that the actor that went on before is left although it could go on. */
function preemptions(actions: Action[][], schedule: readonly number[]): number {
  const lanes = new Lanes(new Toy(actions));
  let count = 0;
  schedule.forEach((actor, at) => {
    const before = schedule[at - 1];
    if (at > 0 && before !== actor && lanes.enabled & (1 << before)) count++;
    lanes.go(actor);
  });
  return count;
}

Deno.test("a bound leaves out the schedules with more pre-emptions, and no other", () => {
  fc.assert(
    fc.property(programs, fc.nat(2), (actions, bound) => {
      const all = { stopAtFirst: false, limit: 1_000 };
      const bounded = search(new Toy(actions), { ...all, bound });
      const wider = search(new Toy(actions), { ...all, bound: bound + 1 });
      fc.pre(bounded.exhaustive && wider.exhaustive);
      for (const schedule of bounded.outcomes.values()) {
        assert.ok(preemptions(actions, schedule) <= bound);
      }
      for (const [outcome, schedule] of wider.outcomes) {
        if (bounded.outcomes.has(outcome)) continue;
        assert.equal(preemptions(actions, schedule), bound + 1);
      }
    }),
    { numRuns: 80, seed: 1 },
  );
});
