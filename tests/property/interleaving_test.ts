/** The invariants while ksmd, processes and an administrator overtake each other in any order. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { runAtOnce, scriptsOf } from "./at_once.ts";

function scriptsFor(nodes: number): fc.Arbitrary<number[][]> {
  const script = fc.array(fc.nat({ max: 90 }), { maxLength: 12, size: "max" });
  const length = scriptsOf(nodes);
  return fc.array(script, { minLength: length, maxLength: length });
}

/** Draws by which node 1 goes offline under a page that two processes map since a fork. */
const STUCK = {
  draws: [
    [27, 85],
    [87, 5, 46, 85, 9, 78, 29],
    [],
    [90, 86, 17, 87],
    [23, 3, 5],
    [4, 22, 19, 83, 88, 86, 82, 86, 0, 10, 31, 4],
    [88],
  ],
  seed: 1703041496,
};

Deno.test("the invariants hold after every step of every actor, in random interleavings", () => {
  let steps = 0;
  fc.assert(
    fc.property(scriptsFor(1), fc.nat(), (draws, seed) => {
      steps += runAtOnce(draws, seed).steps;
    }),
    { numRuns: 30 },
  );
  assert.ok(steps > 10_000, `${steps} steps`);
});

Deno.test("they hold on two nodes too, while pages migrate and memory goes offline", () => {
  let steps = 0;
  let moved = 0;
  fc.assert(
    fc.property(scriptsFor(2), fc.nat(), (draws, seed) => {
      const run = runAtOnce(draws, seed, 2);
      steps += run.steps;
      moved += run.machine.memory.pagesMigrated;
    }),
    { numRuns: 30 },
  );
  assert.ok(steps > 10_000, `${steps} steps`);
  assert.ok(moved > 100, `${moved} pages moved`);
});

Deno.test("an offlining gives up on a page that nobody moves away, and ksmd goes on", () => {
  const { machine } = runAtOnce(STUCK.draws, STUCK.seed, 2);
  assert.equal(machine.memory.inHotplug, false);
  assert.ok(machine.memory.migrationsFailed >= 1000);
});
