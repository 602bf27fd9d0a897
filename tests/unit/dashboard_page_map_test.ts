import assert from "node:assert/strict";
import fc from "fast-check";
import {
  GAP,
  type PageMap,
  pageMap,
  wantedRows,
} from "../../src/dashboard/page_map.ts";
import type { CursorView } from "../../src/observe/snapshot.ts";
import { processWith, region } from "./dashboard_snapshots.ts";

/** Rows as letters, see `region`; a gap is `|`, the cursor `>`. */
function drawn({ rows }: PageMap): string[] {
  return rows.map(({ label, cells, cursor }) => {
    const letters = [...cells].map((code, cell) =>
      cell === cursor ? ">" : code === GAP ? "|" : "hupvn0m"[code]
    );
    return `${label}:${letters.join("")}`;
  });
}

function at(process: string, name: string, page: number): CursorView {
  return { process, region: name, page };
}

Deno.test("with room for all, a cell is a page, and gaps part regions", () => {
  const processes = [
    processWith("a", [region("ram", "mmnvuph"), region("io", "pp")]),
    processWith("b", []),
  ];
  const map = pageMap(processes, at("a", "io", 1), 20, 2);
  assert.equal(map.pagesPerCell, 1);
  assert.deepEqual(drawn(map), ["a:mmnvuph|p>", "b:"]);
});

Deno.test("a process with more rows goes on in the next", () => {
  const processes = [processWith("a", [region("ram", "mmmmnnnnvv")])];
  // 6 columns less the label and a space: 4 cells a row.
  const map = pageMap(processes, at("a", "ram", 4), 6, 3);
  assert.deepEqual(drawn(map), ["a:mmmm", ":>nnn", ":vv"]);
});

Deno.test("a cell of several pages shows what most of them are, of equals what is nearer to merged", () => {
  const processes = [processWith("a", [region("ram", "mvvnnmuuvhhh")])];
  const map = pageMap(processes, at("a", "ram", 5), 6, 1);
  assert.equal(map.pagesPerCell, 3);
  // mvv: volatile; nnm with the cursor; uuv: untouched; hhh: holes.
  assert.deepEqual(drawn(map), ["a:v>uh"]);
  const tied = pageMap(
    [processWith("a", [region("r", "vnmu")])],
    undefined,
    4,
    1,
  );
  assert.deepEqual(drawn(tied), ["a:nm"]);
});

Deno.test("cells stand for equally many pages in all processes", () => {
  const processes = [
    processWith("a", [region("ram", "m".repeat(40))]),
    processWith("b", [region("ram", "v".repeat(10))]),
  ];
  const map = pageMap(processes, undefined, 12, 2);
  assert.equal(map.pagesPerCell, 4);
  assert.deepEqual(drawn(map), ["a:mmmmmmmmmm", "b:vvv"]);
});

Deno.test("where not all processes fit, the group with the cursor is shown", () => {
  const processes = ["a", "b", "c", "d", "e"].map((name) =>
    processWith(name, [region("ram", "mm")])
  );
  const first = pageMap(processes, undefined, 10, 3);
  assert.deepEqual(drawn(first), ["a:mm", "b:mm"]);
  assert.deepEqual(first.group, { first: 1, last: 2, count: 5 });
  const last = pageMap(processes, at("e", "ram", 0), 10, 3);
  assert.deepEqual(drawn(last), ["e:>m"]);
  assert.deepEqual(last.group, { first: 5, last: 5, count: 5 });
});

Deno.test("a cursor in no known region is not shown", () => {
  const processes = [processWith("a", [region("ram", "mm")])];
  for (
    const cursor of [at("z", "ram", 0), at("a", "io", 0), at("a", "ram", 2)]
  ) {
    assert.deepEqual(drawn(pageMap(processes, cursor, 10, 1)), ["a:mm"]);
  }
});

Deno.test("wanted rows are those of the largest process, for all of them", () => {
  const processes = [
    processWith("a", [region("ram", "m".repeat(25))]),
    processWith("b", [region("ram", "m")]),
  ];
  // 12 columns leave 10 cells a row: 25 pages take three rows.
  assert.equal(wantedRows(processes, 12), 6);
  assert.equal(wantedRows([], 12), 0);
});

Deno.test("any map fits its place, with the fewest pages a cell", () => {
  const lengths = fc.array(
    fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 4 }),
    { maxLength: 6 },
  );
  const size = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(lengths, size, size, (processes, columns, rows) => {
      const views = processes.map((regions, index) =>
        processWith(
          String(index),
          regions.map((pages, r) => region(String(r), "m".repeat(pages))),
        )
      );
      const map = pageMap(views, undefined, columns, rows);
      const room = Math.max(1, columns - map.labelColumns - 1);
      assert.ok(map.rows.every(({ cells }) => cells.length <= room));
      const note = map.group === undefined ? 0 : 1;
      assert.ok(map.rows.length + note <= Math.max(rows, 2));
      if (map.pagesPerCell === 1) return;
      const each = Math.max(1, Math.floor(rows / views.length));
      const fits = (scale: number) =>
        processes.every((regions) =>
          regions.reduce((sum, n) => sum + 1 + Math.ceil(n / scale), 0) - 1 <=
            room * each
        );
      assert.equal(fits(map.pagesPerCell - 1), false);
    }),
    { numRuns: 200 },
  );
});
