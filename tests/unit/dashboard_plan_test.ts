import assert from "node:assert/strict";
import { type Content, planFor, type Rows } from "../../src/dashboard/plan.ts";

const CONTENT: Content = {
  caption: true,
  map: true,
  mapRows: 60,
  processes: 3,
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

/** The same on a wide screen, where EVENTS stand beside KSMD and PROCESSES. */
function wideTotal({ caption, memory, map, events }: Rows): number {
  const heights = [memory, map, events].filter((rows) => rows > 0);
  return heights.reduce((sum, rows) => sum + 1 + rows, 2 + caption);
}

Deno.test("panels fill every screen exactly", () => {
  for (let rows = 10; rows <= 80; rows++) {
    for (
      const content of [CONTENT, { ...CONTENT, caption: false, map: false }]
    ) {
      assert.equal(narrowTotal(rowsOf(40, rows, content)), rows);
      const wide = rowsOf(80, rows, content);
      assert.equal(wideTotal(wide), rows);
      const table = wide.processes > 0 ? 1 + wide.processes : 0;
      assert.equal(wide.ksmd + table, wide.events);
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
  const wide = order(80, ["processes", "caption", "map"]);
  assert.deepEqual(wide, wide.toSorted((a, b) => b - a));
  assert.equal(new Set(wide).size, wide.length);
  const narrow = order(40, ["processes", "trees", "events", "map"]);
  assert.deepEqual(narrow, narrow.toSorted((a, b) => b - a));
  assert.equal(new Set(narrow).size, narrow.length);
});

Deno.test("on the least screen MEMORY and KSMD are left", () => {
  for (const columns of [40, 72]) {
    const { memory, ksmd, map, processes } = rowsOf(columns, 10);
    assert.equal(memory, 4);
    assert.ok(ksmd >= 1);
    assert.deepEqual([map, processes], [0, 0]);
  }
});

Deno.test("on a screen of 80 by 24 all panels are there", () => {
  const rows = rowsOf(80, 24);
  for (
    const panel of [
      "caption",
      "memory",
      "map",
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
