/** The invariants while threads of one process overtake each other in all that memory can go through. */
import assert from "node:assert/strict";
import { KernelDefect } from "../../src/engine/lib/mod.ts";
import { Crowd, EndlesslyOffline } from "./crowd.ts";

const CROWDS = 12;
const TURNS = 250;

Deno.test("crowds of threads leave memory and KSM consistent, after any step and in the end", () => {
  let steps = 0;
  let merged = 0;
  let copied = 0;
  let moved = 0;
  let unended = 0;
  for (let seed = 1; seed <= CROWDS; seed++) {
    const crowd = new Crowd(seed, TURNS);
    try {
      crowd.run();
    } catch (error) {
      const isKernels = error instanceof KernelDefect ||
        error instanceof EndlesslyOffline;
      if (!isKernels) throw error;
      unended++;
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
  assert.ok(unended <= CROWDS / 4, `${unended} have not come to their end`);
});
