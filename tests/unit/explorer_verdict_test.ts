/** What the search says of KSM's page protocol, and of the variants of it. */
import assert from "node:assert/strict";
import {
  compare,
  judge,
  parsePlace,
  SCENARIOS,
  tell,
  VARIANTS,
} from "../../src/explorer/mod.ts";
import { preemptions, search } from "../../src/sim/explore/mod.ts";
import { variantsNamed } from "../../src/explorer/variants/mod.ts";

/** Schedules with fewer pre-emptions that are tried; of most programs there are not so many. */
const FEWER = 1_000;

for (const scenario of SCENARIOS) {
  for (const variant of scenario.variants) {
    const { kind } = variant;
    if (kind !== "own" && kind !== "repair" && kind !== "spare") continue;
    Deno.test(`${variant.name} holds in ${scenario.name}, in every order`, () => {
      const { verdict, exhaustive, failure } = judge(scenario, variant);
      assert.equal(verdict, "holds", failure?.message);
      assert.ok(exhaustive);
    });
  }
}

for (const variant of VARIANTS) {
  if (variant.kind !== "broken" && variant.kind !== "flaw") continue;
  Deno.test(`${variant.name} is caught by a short schedule that is needed as it is`, () => {
    const scenarios = SCENARIOS.filter(({ variants }) =>
      variants.includes(variant)
    );
    const failure = scenarios.values().map((scenario) =>
      judge(scenario, variant).failure
    ).find((each) => each !== undefined);
    assert.ok(failure !== undefined, "caught nowhere");
    if (variant.kind === "broken") {
      assert.ok(failure.steps < 40, failure.schedule);
    }
    const place = parsePlace(failure.schedule);
    const story = tell(place);
    assert.equal(story.failure, failure.message);
    assert.equal(story.lines.length, failure.steps);
    const needed = preemptions(place.program, place.schedule);
    if (needed === 0) return;
    const fewer = search(place.program, { bound: needed - 1, limit: FEWER });
    assert.deepEqual(fewer.findings, []);
  });
}

/** Outcomes that one of two variants has and the other has not. */
function differences(one: string, other: string): string[] {
  const [first, second] = variantsNamed(one, other);
  return [...compare(first, second)].flatMap((comparison) => {
    assert.ok(comparison.exhaustive && comparison.common > 0);
    return comparison.differences.map(({ variant, outcome }) =>
      `${variant.name}: ${outcome}`
    );
  });
}

Deno.test("with and without a read section, looking up comes to the same", () => {
  assert.deepEqual(differences("v1", "v1-rcu"), []);
});

Deno.test("get_lock_ksm_page() as proposed differs in that it keeps the node; corrected, in nothing", () => {
  assert.deepEqual(differences("v1", "get-lock-corrected"), []);
  const found = differences("v1", "get-lock");
  assert.ok(found.length > 0);
  for (const difference of found) {
    assert.match(difference, /^get-lock: ksmd: none, node kept; /);
  }
});

for (const { name, cases, claims, variants } of SCENARIOS) {
  for (const { text, variant, outcome, reachable } of claims) {
    Deno.test(`${name}, ${variant}: ${text}`, () => {
      const asked = variants.find((each) => each.name === variant);
      assert.ok(asked !== undefined);
      const outcomes = cases.flatMap((each) => {
        const found = search(each.program(asked), { stopAtFirst: false });
        assert.ok(found.exhaustive);
        return [...found.outcomes.keys()];
      });
      const reached = outcomes.filter((each) => outcome.test(each));
      assert.equal(reached.length > 0, reachable, outcomes.join("\n"));
    });
  }
}
