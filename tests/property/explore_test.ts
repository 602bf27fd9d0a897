/** The search, held to what a search without any reduction finds. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  preemptions,
  search,
  type SearchResult,
} from "../../src/sim/explore/mod.ts";
import { programs } from "./random_toys.ts";
import { Toy } from "./toy_programs.ts";

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

Deno.test("the same where pre-emptions are bounded", () => {
  fc.assert(
    fc.property(programs, fc.nat(3), (actions, bound) => {
      const all = { stopAtFirst: false, limit: 1_000, bound };
      const naive = search(new Toy(actions), { ...all, reduce: false });
      fc.pre(naive.exhaustive);
      const reduced = search(new Toy(actions), all);
      assert.ok(reduced.exhaustive);
      assert.deepEqual(found(reduced), found(naive));
      for (const schedule of reduced.outcomes.values()) {
        assert.ok(preemptions(new Toy(actions), schedule) <= bound);
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});

Deno.test("a bound leaves out the schedules with more pre-emptions, and no other", () => {
  fc.assert(
    fc.property(programs, fc.nat(2), (actions, bound) => {
      const all = { stopAtFirst: false, limit: 1_000 };
      const bounded = search(new Toy(actions), { ...all, bound });
      const wider = search(new Toy(actions), { ...all, bound: bound + 1 });
      fc.pre(bounded.exhaustive && wider.exhaustive);
      for (const schedule of bounded.outcomes.values()) {
        assert.ok(preemptions(new Toy(actions), schedule) <= bound);
      }
      for (const [outcome, schedule] of wider.outcomes) {
        if (bounded.outcomes.has(outcome)) continue;
        assert.equal(preemptions(new Toy(actions), schedule), bound + 1);
      }
    }),
    { numRuns: 80, seed: 1 },
  );
});
