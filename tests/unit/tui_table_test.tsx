import assert from "node:assert/strict";
import type { App } from "../../src/tui/app.ts";
import { styleOf } from "../../src/tui/style.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import { listKeys } from "../../src/tui/widgets/list_window.ts";
import { Table } from "../../src/tui/widgets/table.ts";
import {
  NEW_TABLE,
  sortedRows,
  type TableAction,
  type TableData,
  tableMouse,
  tableProps,
  type TableState,
  updateTable,
} from "../../src/tui/widgets/table_state.ts";
import { cellsOf } from "./tui_picture.ts";

interface Guest {
  readonly name: string;
  readonly pages: number;
}

const DATA: TableData<Guest> = {
  columns: [
    {
      title: "guest",
      cell: ({ name }) => name,
      compare: (a, b) => a.name < b.name ? -1 : 1,
      priority: 1,
    },
    {
      title: "pages",
      cell: ({ pages }) => `${pages}`,
      align: "right",
      compare: (a, b) => a.pages - b.pages,
    },
    { title: "note", cell: () => "-" },
  ],
  rows: [
    { name: "c", pages: 10 },
    { name: "a", pages: 30 },
    { name: "b", pages: 20 },
    { name: "d", pages: 20 },
  ],
  keyOf: ({ name }) => name,
};

function after(...actions: readonly TableAction[]): TableState {
  return actions.reduce(
    (state, action) => updateTable(state, action, DATA, 3),
    NEW_TABLE,
  );
}

function names(state: TableState): string {
  return sortedRows(DATA, state.sort).map(({ name }) => name).join("");
}

const sort = (column: number): TableAction => ({ kind: "sort", column });

Deno.test("table: a title sorts, names upwards and figures downwards, then the other way", () => {
  assert.equal(names(NEW_TABLE), "cabd");
  assert.equal(names(after(sort(0))), "abcd");
  assert.equal(names(after(sort(0), sort(0))), "dcba");
  // Of equal rows the one that comes first stays first.
  assert.equal(names(after(sort(1))), "abdc");
  assert.equal(names(after(sort(1), sort(1))), "cbda");
  assert.equal(names(after(sort(1), { kind: "reverse" })), "cbda");
  assert.deepEqual(after({ kind: "reverse" }), NEW_TABLE);
});

Deno.test("table: a column without an order is never sorted by", () => {
  assert.deepEqual(after(sort(2)), NEW_TABLE);
  assert.deepEqual(after(sort(9)), NEW_TABLE);
  const next = { kind: "sort-next" } as const;
  assert.equal(after(next).sort?.by, "guest");
  assert.equal(after(next, next).sort?.by, "pages");
  assert.equal(after(next, next, next).sort?.by, "guest");
});

Deno.test("table: the choice stays with its row when rows move", () => {
  const down = { kind: "move", by: 1 } as const;
  const chosen = after(down, down);
  assert.deepEqual(chosen, { ...NEW_TABLE, selected: "a" });
  assert.deepEqual(after(down, down, sort(0)), {
    sort: { by: "guest", descending: false },
    selected: "a",
    offset: 0,
  });
  // Last of four, and two of them are seen.
  const last = after(down, down, sort(0), sort(0));
  assert.equal(last.selected, "a");
  assert.equal(last.offset, 2);
  const fewer = { ...DATA, rows: DATA.rows.slice(2) };
  assert.equal(tableProps(last, fewer).selected, undefined);
  assert.equal(updateTable(last, down, fewer, 3).selected, "d");
});

const app: App<TableState, TableAction> = {
  init: NEW_TABLE,
  update: (state, action) => updateTable(state, action, DATA, 3),
  view: (state) => <Table id="guests" {...tableProps(state, DATA)} />,
  keys: () => listKeys((action) => action),
  on: (event) =>
    event.kind === "mouse" ? tableMouse(event, "guests") : undefined,
  ended: () => false,
};

Deno.test("table: clicks on titles and rows, and the wheel", () => {
  const screen = mount(app, { columns: 24, rows: 4 });
  assert.deepEqual(screen.frame().split("\n"), [
    "  guest  pages  note",
    "  c         10  -",
    "  a         30  -",
    "+2 more",
  ]);
  screen.click(12, 0);
  screen.click(0, 2);
  assert.deepEqual(screen.frame().split("\n"), [
    "  guest ▼pages  note",
    "  a         30  -",
    "❯ b         20  -",
    "+2 more",
  ]);
  screen.wheel(5, 2, 1);
  assert.deepEqual(screen.frame().split("\n"), [
    "  guest ▼pages  note",
    "  d         20  -",
    "  c         10  -",
    "+2 above",
  ]);
  // By name it is the second of four: the window goes up by one to show it.
  screen.click(3, 0);
  assert.deepEqual(screen.frame().split("\n"), [
    "  guest▲ pages  note",
    "❯ b         20  -",
    "  c         10  -",
    "+1 above, +1 more",
  ]);
});

Deno.test("table: the last line and the end of a title's room are no part", () => {
  const screen = mount(app, { columns: 24, rows: 4 });
  screen.click(0, 3);
  screen.click(23, 0);
  screen.click(18, 0);
  assert.deepEqual(screen.state, NEW_TABLE);
});

Deno.test("table: the chosen row looks so from edge to edge", () => {
  const table = (
    <Table
      {...tableProps({ ...NEW_TABLE, selected: "a" }, DATA)}
    />
  );
  const cells = cellsOf(table, 30, 5);
  for (let column = 0; column < 30; column++) {
    assert.equal(styleOf(cells.style(column, 2)).inverse, true);
    assert.equal(styleOf(cells.style(column, 3)).inverse, undefined);
  }
});

Deno.test("table: where a text does not fit, the longest of its shorter ones that does", () => {
  const shown = (columns: number): string => {
    const only: App<null, never> = {
      init: null,
      update: () => null,
      view: () => (
        <Table
          titles={false}
          columns={[{
            title: "",
            cell: () => "writer waits",
            shorter: () => ["writer", "w-r"],
            grows: true,
          }]}
          rows={[0]}
        />
      ),
      keys: () => [],
      ended: () => false,
    };
    return mount(only, { columns, rows: 1 }).frame().trimEnd();
  };
  assert.equal(shown(12), "writer waits");
  assert.equal(shown(11), "writer");
  assert.equal(shown(5), "w-r");
  assert.equal(shown(2), "w…");
});
