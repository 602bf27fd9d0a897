/** The list of mutants does not rot. */
import assert from "node:assert/strict";
import { MUTANTS, UNSEEN } from "./mutants/mod.ts";
import { occurrences } from "./sandbox.ts";

Deno.test("the text that a mutant replaces occurs once", () => {
  for (const mutant of MUTANTS) {
    assert.equal(occurrences(mutant), 1, `${mutant.rule}: ${mutant.file}`);
  }
});

Deno.test("mutants change something, and each another rule", () => {
  for (const { rule, from, to } of MUTANTS) assert.notEqual(from, to, rule);
  const rules = [...MUTANTS, ...UNSEEN].map(({ rule }) => rule);
  assert.equal(new Set(rules).size, rules.length);
  assert(MUTANTS.length >= 30, `Only ${MUTANTS.length} mutants are left`);
});
