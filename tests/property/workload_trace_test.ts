import assert from "node:assert/strict";
import fc from "fast-check";
import { parseJson } from "../../src/workload/json.ts";
import type { Mapped } from "../../src/workload/address_space.ts";
import { PageRuns } from "../../src/workload/page_runs.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

Deno.test("a mistake in JSON is found wherever JSON.parse sees one", () => {
  const spoiled = fc.tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom("", "{", "}", "[", "]", ",", ":", '"', "\\", "1", "-", "t"),
    fc.nat({ max: 2 }),
  ).map(([text, at, insert, remove]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + insert + text.slice(place + remove);
  });
  let refused = 0;
  fc.assert(
    fc.property(spoiled, (text) => {
      let expected: unknown;
      try {
        expected = JSON.parse(text);
      } catch {
        refused++;
        assert.throws(() => parseJson(text, "x"), TraceError);
        return;
      }
      assert.deepEqual(parseJson(text, "x"), expected);
    }),
    { numRuns: 2000 },
  );
  assert.ok(refused > 500, `${refused} texts were refused`);
});

Deno.test("runs of pages agree with an array of pages", () => {
  const PAGES = 24;
  const value = fc.constantFrom<Mapped>("rw", "r", "none", "hole");
  const range = fc.tuple(fc.nat({ max: PAGES - 1 }), fc.nat({ max: PAGES - 1 }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
  const steps = fc.array(fc.tuple(range, value, range), { maxLength: 12 });
  fc.assert(
    fc.property(steps, (steps) => {
      const runs = new PageRuns<Mapped>("hole");
      const pages = new Array<Mapped>(PAGES).fill("hole");
      for (const [[start, end], value, [from, to]] of steps) {
        runs.set(start, end, value);
        pages.fill(value, start, end);
        const first = pages.findIndex((other, page) =>
          page >= from && page < to && other !== "rw"
        );
        const found = runs.find(from, to, (other) => other !== "rw");
        assert.equal(found?.page ?? -1, first);
        assert.deepEqual(pages.map((_, page) => runs.at(page)), pages);
      }
      const before = new PageRuns<Mapped>("hole", runs);
      runs.copy(0, PAGES, PAGES);
      for (const [page, value] of pages.entries()) {
        assert.equal(runs.at(page + PAGES), value);
        assert.equal(runs.at(page), value);
        assert.equal(before.at(page + PAGES), "hole");
      }
    }),
    { numRuns: 500 },
  );
});
