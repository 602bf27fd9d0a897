import assert from "node:assert/strict";
import { type Content, planFor, type Rows } from "../../src/dashboard/plan.ts";

const CONTENT: Content = {
  caption: true,
  map: true,
  mapRows: 60,
  processes: 3,
  lockLines: 8,
  actors: 9,
  nodes: 0,
};

function rowsOf(columns: number, rows: number, content = CONTENT): Rows {
  const plan = planFor({ columns, rows }, content);
  if (plan.kind === "line") throw new Error("a line has no rows");
  return plan.rows;
}

/** Rows that a narrow screen needs for a plan: the top and the bottom, headings, and panels. */
function narrowTotal({ caption, ...panels }: Rows): number {
  const heights = Object.values(panels).filter((rows) => rows > 0);
  return heights.reduce((sum, rows) => sum + 1 + rows, 2 + caption);
}

/** The same on a wide screen, where EVENTS stand beside KSMD, ACTORS and PROCESSES. */
function wideTotal({ caption, memory, map, locks, events }: Rows): number {
  const heights = [memory, map, locks, events].filter((rows) => rows > 0);
  return heights.reduce((sum, rows) => sum + 1 + rows, 2 + caption);
}

Deno.test("panels fill every screen exactly", () => {
  for (let rows = 10; rows <= 80; rows++) {
    for (
      const content of [
        CONTENT,
        { ...CONTENT, caption: false, map: false },
        { ...CONTENT, lockLines: 0, actors: 0 },
        { ...CONTENT, lockLines: 1, actors: 1, nodes: 4 },
        { ...CONTENT, actors: 100, nodes: 100, processes: 50 },
      ]
    ) {
      assert.equal(narrowTotal(rowsOf(40, rows, content)), rows);
      const wide = rowsOf(80, rows, content);
      assert.equal(wideTotal(wide), rows);
      const below = [wide.actors, wide.processes].filter((one) => one > 0);
      const left = below.reduce((sum, one) => sum + 1 + one, wide.ksmd);
      assert.equal(left, wide.events);
    }
  }
});

Deno.test("with fewer rows panels go, in their order", () => {
  const order = (columns: number, panels: readonly (keyof Rows)[]) =>
    panels.map((panel) => {
      let rows = 80;
      while (rows > 9 && rowsOf(columns, rows)[panel] > 0) rows--;
      return rows;
    });
  const wide = order(80, [
    "actors",
    "processes",
    "caption",
    "locks",
    "map",
  ]);
  assert.deepEqual(wide, wide.toSorted((a, b) => b - a));
  assert.equal(new Set(wide).size, wide.length);
  const narrow = order(40, [
    "actors",
    "processes",
    "trees",
    "events",
    "locks",
    "map",
  ]);
  assert.deepEqual(narrow, narrow.toSorted((a, b) => b - a));
  assert.equal(new Set(narrow).size, narrow.length);
});

Deno.test("on the least screen MEMORY and KSMD are left", () => {
  for (const columns of [40, 72]) {
    const { memory, ksmd, map, locks, actors, processes } = rowsOf(columns, 10);
    assert.equal(memory, 4);
    assert.ok(ksmd >= 1);
    assert.deepEqual([map, locks, actors, processes], [0, 0, 0, 0]);
  }
});

Deno.test("on a screen of 80 by 24 all panels but ACTORS are there", () => {
  const rows = rowsOf(80, 24);
  for (
    const panel of [
      "caption",
      "memory",
      "map",
      "locks",
      "ksmd",
      "processes",
      "events",
    ] as const
  ) {
    assert.ok(rows[panel] > 0, panel);
  }
});

Deno.test("smaller screens get one line", () => {
  for (const [columns, rows] of [[39, 40], [200, 9], [1, 1]]) {
    assert.deepEqual(planFor({ columns, rows }, CONTENT), { kind: "line" });
  }
});

Deno.test("a page map of several rows gives each process equally many", () => {
  for (let rows = 20; rows <= 80; rows++) {
    const { map } = rowsOf(120, rows);
    assert.ok(map < 3 || map % 3 === 0, `${map} rows for 3 processes`);
  }
});

Deno.test("a page map takes no more rows than it can fill", () => {
  assert.equal(rowsOf(120, 60, { ...CONTENT, mapRows: 6 }).map, 6);
});

Deno.test("on a screen of 120 by 40 a small map leaves each lock its line, a large one half of them", () => {
  const small = rowsOf(120, 40, { ...CONTENT, mapRows: 3 });
  assert.deepEqual([small.map, small.locks], [3, 8]);
  // A line of titles, and six of nine actors.
  assert.ok(small.actors >= 7);
  const large = rowsOf(120, 40);
  assert.ok(large.map >= 6 && large.locks >= 4 && large.actors >= 4);
});

Deno.test("what a source does not see takes no room", () => {
  const blind = { ...CONTENT, lockLines: 0, actors: 0 };
  for (const columns of [40, 120]) {
    for (let rows = 10; rows <= 80; rows++) {
      const { locks, actors } = rowsOf(columns, rows, blind);
      assert.deepEqual([locks, actors], [0, 0]);
    }
  }
});

Deno.test("LOCKS and ACTORS take no more rows than they can fill", () => {
  const few = { ...CONTENT, lockLines: 3, actors: 2 };
  for (const columns of [40, 120]) {
    const { locks, actors } = rowsOf(columns, 80, few);
    assert.deepEqual([locks, actors], [3, 3]);
  }
});
