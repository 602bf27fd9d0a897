import assert from "node:assert/strict";
import {
  BrokenInvariant,
  checkAfterStep,
  checkAtRest,
  type Invariant,
  INVARIANTS,
} from "../../src/machine/mod.ts";
import { FAULTS, richMachine } from "./invariant_faults.ts";

Deno.test("a machine that has done a bit of everything is sound", () => {
  checkAtRest(richMachine());
});

/** The invariant that `check` finds broken, and what it says. */
function found(check: () => void): { name: Invariant; message: string } {
  try {
    check();
  } catch (error) {
    if (!(error instanceof BrokenInvariant)) throw error;
    return { name: error.invariant, message: error.message };
  }
  assert.fail("Nothing is found broken");
}

for (const [name, fault] of Object.entries(FAULTS)) {
  Deno.test(`a planted fault is found: ${name}`, () => {
    const machine = richMachine();
    const pins = new Map();
    fault(machine, pins);
    const isForRest = name.endsWith("at rest");
    if (isForRest) checkAfterStep(machine, pins);
    const check = isForRest ? checkAtRest : checkAfterStep;
    const broken = found(() => check(machine, pins));
    assert.equal(broken.name, name);
    assert.ok(broken.message.startsWith(`${INVARIANTS[broken.name]}: `));
  });
}
