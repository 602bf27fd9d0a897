/** The invariants while threads of one process overtake each other in all that memory can go through. */
import assert from "node:assert/strict";
import { KernelDefect } from "../../src/engine/lib/mod.ts";
import { Crowd } from "./crowd.ts";

const CROWDS = 12;
const TURNS = 250;

Deno.test("crowds of threads leave memory and KSM consistent, after any step and in the end", () => {
  let steps = 0;
  let merged = 0;
  let copied = 0;
  let moved = 0;
  let defects = 0;
  for (let seed = 1; seed <= CROWDS; seed++) {
    const crowd = new Crowd(seed, TURNS);
    try {
      crowd.run();
    } catch (error) {
      if (!(error instanceof KernelDefect)) throw error;
      defects++;
    }
    steps += crowd.steps;
    merged += crowd.mostMerged;
    copied += crowd.machine.memory.cowKsm;
    moved += crowd.machine.memory.pagesMigrated;
  }
  assert.ok(steps > 10_000 * CROWDS, `${steps} steps`);
  assert.ok(merged > 4 * CROWDS, `${merged} pages merged`);
  assert.ok(copied > 2 * CROWDS, `${copied} KSM pages copied`);
  assert.ok(moved > 10 * CROWDS, `${moved} pages moved`);
  assert.ok(defects <= CROWDS / 5, `${defects} defects`);
});
