/** The list of mutants does not rot. */
import assert from "node:assert/strict";
import { MUTANTS, RACE_MUTANTS, UNSEEN } from "./mutants/mod.ts";
import { occurrences } from "./sandbox.ts";

const ALL = [...MUTANTS, ...RACE_MUTANTS];

Deno.test("the text that a mutant replaces occurs once", () => {
  for (const mutant of ALL) {
    assert.equal(occurrences(mutant), 1, `${mutant.rule}: ${mutant.file}`);
  }
});

Deno.test("mutants change something, and each another rule", () => {
  for (const { rule, from, to } of ALL) assert.notEqual(from, to, rule);
  const rules = [...ALL, ...UNSEEN].map(({ rule }) => rule);
  assert.equal(new Set(rules).size, rules.length);
  assert(MUTANTS.length >= 30, `Only ${MUTANTS.length} mutants are left`);
  assert(RACE_MUTANTS.length >= 5, "Too few of races are left");
});
