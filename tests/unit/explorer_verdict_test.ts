/** What the search says of KSM's page protocol, and of the variants of it. */
import assert from "node:assert/strict";
import {
  compareOutcomes,
  judge,
  outcomesOf,
  parsePlace,
  SCENARIOS,
  scenariosOfBoth,
  tell,
  VARIANTS,
} from "../../src/explorer/mod.ts";
import { preemptions, search } from "../../src/sim/explore/mod.ts";
import { variantsNamed } from "../../src/explorer/variants/mod.ts";

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
    const failures = SCENARIOS
      .filter(({ variants }) => variants.includes(variant))
      .flatMap((scenario) => judge(scenario, variant).failure ?? []);
    assert.notEqual(failures.length, 0, "caught nowhere");
    const shortest = Math.min(...failures.map(({ steps }) => steps));
    if (variant.kind === "broken") assert.ok(shortest < 40, `${shortest}`);
    for (const { message, schedule, steps } of failures) {
      const place = parsePlace(schedule);
      const story = tell(place);
      assert.equal(story.failure, message);
      assert.equal(story.lines.length, steps);
      const needed = preemptions(place.program, place.schedule);
      if (needed === 0) continue;
      const fewer = search(place.program, { bound: needed - 1 });
      assert.deepEqual(fewer.findings, []);
      assert.ok(fewer.exhaustive);
    }
  });
}

/** Outcomes that one of two variants has and the other has not. */
function differences(one: string, other: string): string[] {
  const [first, second] = variantsNamed(one, other);
  return scenariosOfBoth(first, second).flatMap((scenario) =>
    scenario.cases.flatMap((which) => {
      const { common, differences, exhaustive } = compareOutcomes(
        scenario,
        which,
        { variant: first, result: outcomesOf(which, first) },
        { variant: second, result: outcomesOf(which, second) },
      );
      assert.ok(exhaustive && common > 0);
      return differences.map(({ variant, outcome }) =>
        `${variant.name}: ${outcome}`
      );
    })
  );
}

Deno.test("with and without a read section, looking up comes to the same", () => {
  assert.deepEqual(differences("v1", "v1-rcu"), []);
});

Deno.test("get_lock_ksm_page() as proposed differs in that it keeps the node; corrected, in nothing", () => {
  assert.deepEqual(differences("v1", "get-lock-corrected"), []);
  const found = differences("v1", "get-lock");
  assert.ok(found.length > 0);
  for (const difference of found) {
    assert.match(difference, /^get-lock: ksmd: (page, then )?none, node kept/);
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
