import assert from "node:assert/strict";
import fc from "fast-check";
import { PageTable } from "../../src/engine/mm/page_table.ts";

/** Entries that map the zero page, plain and in KSM's name; they have no frame. */
const ZERO_PAGES = [2, 6];

/** Pages in a few tables, neighbours and far apart. */
const vpn = fc.tuple(
  fc.constantFrom(0, 511, 1024, 2 ** 28 + 500, 2 ** 36),
  fc.nat({ max: 20 }),
).map(([base, more]) => base + more);

Deno.test("a page table agrees with a map", () => {
  const writes = fc.array(
    fc.tuple(vpn, fc.constantFrom(0, ...ZERO_PAGES, 8, 17)),
    {
      maxLength: 80,
      size: "max",
    },
  );
  const ranges = fc.array(fc.tuple(vpn, vpn), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(writes, ranges, (writes, ranges) => {
      const table = new PageTable();
      const model = new Map<number, number>();
      for (const [vpn, pte] of writes) {
        table.set(vpn, pte);
        if (pte === 0) model.delete(vpn);
        else model.set(vpn, pte);
        assert.equal(table.present, model.size);
        const frames = [...model.values()].filter((pte) =>
          !ZERO_PAGES.includes(pte)
        )
          .length;
        assert.equal(table.frames, frames);
      }
      const order = [...model.keys()].sort((a, b) => a - b);
      for (const [start, end] of ranges) {
        assert.equal(table.get(start), model.get(start) ?? 0);
        const expected = order.find((vpn) => vpn >= start && vpn < end) ?? -1;
        assert.equal(table.next(start, end), expected);
        const inside = order.filter((vpn) => vpn >= start && vpn < end);
        const frames = inside.filter((vpn) =>
          !ZERO_PAGES.includes(model.get(vpn) ?? 0)
        ).length;
        assert.equal(table.framesIn(start, end), frames);
      }
    }),
    { numRuns: 200 },
  );
});
