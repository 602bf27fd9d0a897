import assert from "node:assert/strict";
import { PENDING } from "./pending.ts";
import { names, problem } from "./traces.ts";

for (const name of names.filter((name) => PENDING[name] === undefined)) {
  Deno.test(`with locks that queue and a clock the answers to ${name} are the same`, () => {
    assert.equal(problem(name, { timed: {} }), undefined);
  });
}
