/** The list of sites that can be delayed, and the sources that have them. */
import assert from "node:assert/strict";
import { SITES } from "../../src/machine/sites.ts";
import { findSites } from "./sites.ts";
import { readSources } from "./sources.ts";

Deno.test("sites are found where a text has their form, out of comments", () => {
  const text = `
// "not_this:one"
const WALK = "__walk:pte";
function* f(steps: Steps) {
  if (steps.lock(lock, "shared", "f:mmap_lock")) yield steps.stop;
  yield* other(a, "g:what_2");
  steps.glance(a, WALK, b, WALK, "what it costs");
  print("Error: no site");
}
`;
  const sources = [
    { path: "src/engine/mm/a.ts", text },
    { path: "src/observe/b.ts", text: 'const a = "h:not_here";' },
    {
      path: "src/machine/c.ts",
      text: 'ksm.steps.spend("x", 1, "f:mmap_lock")',
    },
  ];
  assert.deepEqual(findSites(sources), {
    sites: ["__walk:pte", "f:mmap_lock", "g:what_2"],
    breaches: [],
  });
});

Deno.test("a site of another form is refused", () => {
  const text = 'a();\nthis.#steps.race("nameless");';
  assert.deepEqual(findSites([{ path: "src/engine/mm/a.ts", text }]), {
    sites: [],
    breaches: [{
      place: "src/engine/mm/a.ts:2",
      message: 'The site "nameless" must be function:what',
    }],
  });
});

Deno.test("the list of sites has those of the sources, and no others", () => {
  const { sites, breaches } = findSites(readSources("src/"));
  assert.deepEqual(breaches, []);
  assert.deepEqual(
    [...SITES],
    sites,
    "Make src/machine/sites.ts say what the sources say",
  );
});
