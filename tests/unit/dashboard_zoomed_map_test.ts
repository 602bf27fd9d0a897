import assert from "node:assert/strict";
import fc from "fast-check";
import { GAP } from "../../src/dashboard/page_map.ts";
import type { PagePoint } from "../../src/dashboard/state.ts";
import {
  mapPlaces,
  scrolledTo,
  ZoomedMap,
} from "../../src/dashboard/zoomed_map.ts";
import { processWith, region } from "./dashboard_snapshots.ts";

/** The rows as letters, see `region`; a gap is `|`. */
function drawn(map: ZoomedMap): string[] {
  return Array.from({ length: map.rows }, (_, row) => {
    const letters = [...map.cells(row)].map((code) =>
      code === GAP ? "|" : "hupvn0m"[code]
    );
    return `${map.label(row)}:${letters.join("")}`;
  });
}

function at(process: string, name: string, page: number): PagePoint {
  return { process, region: name, page };
}

/** Two processes; the first has two regions of 10 and 3 pages, the second one of 5. */
const PROCESSES = [
  processWith("a", [region("ram", "mmmmmnnnnn"), region("io", "ppv")]),
  processWith("b", [region("ram", "vvuuu")]),
];

/** Six cells a row: 8 columns less the label and a space. */
function closest(): ZoomedMap {
  return new ZoomedMap(PROCESSES, { columns: 8, rows: 2 }, 1);
}

Deno.test("processes follow each other, each on as many rows as it takes", () => {
  const map = closest();
  assert.equal(map.cellsPerRow, 6);
  assert.equal(map.pagesPerCell, 1);
  assert.deepEqual(drawn(map), ["a:mmmmmn", ":nnnn|p", ":pv", "b:vvuuu"]);
});

Deno.test("without a scale cells are as small as they can be for all rows to fit", () => {
  // On two rows each process has one: 10 and 3 pages and a gap in 6 cells, by three pages a cell: 4 + 1 + 1.
  const map = new ZoomedMap(PROCESSES, { columns: 8, rows: 2 });
  assert.equal(map.pagesPerCell, 3);
  assert.equal(map.fit, 3);
  assert.deepEqual(drawn(map), ["a:mmnn|p", "b:vu"]);
  // On three rows two pages a cell do: 5 + 1 + 2 cells on two of them.
  assert.equal(new ZoomedMap(PROCESSES, { columns: 8, rows: 3 }).fit, 2);
  assert.equal(new ZoomedMap(PROCESSES, { columns: 8, rows: 4 }).fit, 1);
  // No scale is farther away than that.
  const far = new ZoomedMap(PROCESSES, { columns: 8, rows: 3 }, 1000);
  assert.equal(far.pagesPerCell, 2);
});

Deno.test("a page and its cell lead to each other", () => {
  const map = closest();
  assert.deepEqual(map.cellOf(at("a", "ram", 7)), { row: 1, column: 1 });
  assert.deepEqual(map.cellOf(at("a", "io", 0)), { row: 1, column: 5 });
  assert.deepEqual(map.cellOf(at("b", "ram", 4)), { row: 3, column: 4 });
  assert.deepEqual(map.pageAt({ row: 1, column: 1 }), at("a", "ram", 7));
  // The gap leads to the page after it, and what is beside the row to its last one.
  assert.deepEqual(map.pageAt({ row: 1, column: 4 }), at("a", "io", 0));
  assert.deepEqual(map.pageAt({ row: 2, column: 5 }), at("a", "io", 2));
  assert.equal(map.pageAt({ row: 4, column: 0 }), undefined);
  for (
    const gone of [at("c", "ram", 0), at("a", "rom", 0), at("b", "ram", 5)]
  ) {
    assert.equal(map.cellOf(gone), undefined);
  }
});

Deno.test("a cell of several pages is entered at its first one", () => {
  const map = new ZoomedMap(PROCESSES, { columns: 8, rows: 2 });
  assert.deepEqual(map.cellOf(at("a", "ram", 5)), { row: 0, column: 1 });
  assert.deepEqual(map.pageAt({ row: 0, column: 1 }), at("a", "ram", 3));
  assert.deepEqual(map.along(at("a", "ram", 5), 1), at("a", "ram", 6));
});

Deno.test("left and right step over gaps and on to the next process", () => {
  const map = closest();
  assert.deepEqual(map.along(at("a", "ram", 9), 1), at("a", "io", 0));
  assert.deepEqual(map.along(at("a", "io", 0), -1), at("a", "ram", 9));
  assert.deepEqual(map.along(at("a", "io", 2), 1), at("b", "ram", 0));
  assert.deepEqual(map.along(at("b", "ram", 0), -1), at("a", "io", 2));
  assert.deepEqual(map.along(at("b", "ram", 4), 1), at("b", "ram", 4));
  assert.deepEqual(map.along(at("a", "ram", 0), -1), at("a", "ram", 0));
});

Deno.test("up and down keep the column where there is one, and step over rows without pages", () => {
  const map = closest();
  assert.deepEqual(map.down(at("a", "ram", 1), 1), at("a", "ram", 7));
  assert.deepEqual(map.down(at("a", "ram", 9), 1), at("a", "io", 2));
  assert.deepEqual(map.down(at("b", "ram", 4), -1), at("a", "io", 2));
  assert.deepEqual(map.down(at("a", "ram", 1), -1), at("a", "ram", 1));
  assert.deepEqual(map.down(at("a", "ram", 1), 100), at("b", "ram", 1));
  const [a, b] = PROCESSES;
  const holed = new ZoomedMap([a, processWith("empty", []), b], {
    columns: 15,
    rows: 9,
  }, 1);
  assert.deepEqual(holed.down(at("a", "io", 0), 1), at("b", "ram", 2));
});

Deno.test("from a page that is gone every way leads to the first one", () => {
  const map = closest();
  const gone = at("c", "ram", 0);
  assert.deepEqual(map.along(gone, 1), at("a", "ram", 0));
  assert.deepEqual(map.down(gone, 1), at("a", "ram", 0));
  const none = new ZoomedMap([processWith("a", [])], { columns: 8, rows: 2 });
  assert.equal(none.start, undefined);
  assert.equal(none.along(gone, 1), undefined);
});

Deno.test("whatever is mapped: all fits, cells lead back to themselves, and all are reached from left to right", () => {
  const regions = fc.array(
    fc.integer({ min: 0, max: 40 }).map((pages) => "m".repeat(pages)),
    { maxLength: 3 },
  );
  const sizes = fc.record({
    columns: fc.integer({ min: 3, max: 30 }),
    rows: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(
      fc.array(regions, { minLength: 1, maxLength: 4 }),
      sizes,
      fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      (all, size, scale) => {
        const processes = all.map((each, process) =>
          processWith(
            `p${process}`,
            each.map((letters, index) => region(`r${index}`, letters)),
          )
        );
        const map = new ZoomedMap(processes, size, scale);
        const fitting = new ZoomedMap(processes, size);
        const inOneRow = processes.every(({ regions: { length } }) =>
          2 * length - 1 <= map.cellsPerRow
        );
        if (inOneRow) {
          assert.ok(fitting.rows <= Math.max(size.rows, processes.length));
        }
        const wanted = processes.flatMap(({ name, regions }) =>
          regions.flatMap(({ name: of, pages }) =>
            Array.from(
              { length: Math.ceil(pages.length / map.pagesPerCell) },
              (_, cell) => at(name, of, cell * map.pagesPerCell),
            )
          )
        );
        const reached: PagePoint[] = [];
        let point = map.start;
        while (point !== undefined) {
          assert.ok(reached.length < 1000);
          const cell = map.cellOf(point);
          assert.ok(cell !== undefined);
          assert.deepEqual(map.pageAt(cell), point);
          reached.push(point);
          const next = map.along(point, 1);
          if (next === point) break;
          point = next;
        }
        assert.deepEqual(reached, wanted);
      },
    ),
    { numRuns: 200 },
  );
});

Deno.test("scrolling goes no further than it must", () => {
  assert.equal(scrolledTo(0, 4, 5, 20), 0);
  assert.equal(scrolledTo(0, 5, 5, 20), 1);
  assert.equal(scrolledTo(7, 9, 5, 20), 7);
  assert.equal(scrolledTo(7, 6, 5, 20), 6);
  assert.equal(scrolledTo(18, 19, 5, 20), 15);
  assert.equal(scrolledTo(3, 1, 5, 4), 0);
});

Deno.test("the places fill the screen, and the map has the most of it", () => {
  for (let columns = 40; columns <= 220; columns++) {
    for (let rows = 10; rows <= 70; rows++) {
      const { beside, map, legend, answer } = mapPlaces({ columns, rows });
      const inside = rows - 3;
      const walls = beside ? 7 : 4;
      if (beside) {
        assert.equal(map.columns + answer.columns + walls, columns);
        assert.equal(map.rows + legend, inside);
        assert.equal(answer.rows, inside);
      } else {
        assert.equal(map.columns + walls, columns);
        assert.equal(map.rows + legend + 1 + answer.rows, inside);
        assert.ok(answer.rows >= 3 && map.rows + legend >= answer.rows);
      }
      assert.ok(map.columns >= answer.columns);
    }
  }
});
