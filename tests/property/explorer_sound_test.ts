/** What the search leaves out makes no difference, also on whole machines. */
import assert from "node:assert/strict";
import { SCENARIOS } from "../../src/explorer/mod.ts";
import { search } from "../../src/sim/explore/mod.ts";

/** Schedules that are drawn by chance of each machine. */
const DRAWN = 30;

for (const { name, cases, variants } of SCENARIOS) {
  for (const variant of variants) {
    if (variant.kind === "broken") continue;
    Deno.test(`no schedule of ${name} under ${variant.name} comes to something else than what the search knows`, () => {
      for (const which of cases) {
        const program = which.program(variant);
        const { outcomes, exhaustive } = search(program, {
          stopAtFirst: false,
        });
        assert.ok(exhaustive);
        for (const strategy of ["random", "pct"] as const) {
          const drawn = search(program, {
            strategy,
            seed: 5,
            limit: DRAWN,
            stopAtFirst: false,
          });
          for (const outcome of drawn.outcomes.keys()) {
            assert.ok(outcomes.has(outcome), `${which.name}: ${outcome}`);
          }
        }
      }
    });
  }
}
