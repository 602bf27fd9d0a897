import fc from "fast-check";
import assert from "node:assert/strict";
import { Box } from "../../src/tui/box.ts";
import type { Element } from "../../src/tui/element.ts";
import type { KeyMap } from "../../src/tui/key_map.ts";
import { styleOf } from "../../src/tui/style.ts";
import { Text } from "../../src/tui/text.ts";
import { BrailleChart } from "../../src/tui/widgets/braille_chart.ts";
import { Gauge } from "../../src/tui/widgets/gauge.ts";
import { KeyHelp, KeyLegend } from "../../src/tui/widgets/key_help.ts";
import { Overlay } from "../../src/tui/widgets/overlay.tsx";
import { Sparkline } from "../../src/tui/widgets/sparkline.ts";
import { StackedBar } from "../../src/tui/widgets/stacked_bar.ts";
import { Table } from "../../src/tui/widgets/table.ts";
import type { TableColumn } from "../../src/tui/widgets/table_columns.ts";
import { Histogram } from "../../src/tui/widgets/histogram.ts";
import { Prompt } from "../../src/tui/widgets/prompt.ts";
import { ScrollBox } from "../../src/tui/widgets/scroll_box.tsx";
import { Static } from "../../src/tui/widgets/static.ts";
import { Tabs } from "../../src/tui/widgets/tabs.ts";
import { Toast } from "../../src/tui/widgets/toast.tsx";
import { TreeView } from "../../src/tui/widgets/tree_view.ts";
import { cellsOf, picture } from "./tui_picture.ts";

const KEYS: KeyMap<string> = [
  { keys: ["q", "ctrl+c"], does: "leaves", legend: "quit", message: "quit" },
  { keys: ["e"], does: "exports", message: "export" },
  { keys: ["space"], does: "pauses", legend: "pause", message: "pause" },
];

interface Guest {
  readonly name: string;
  readonly pages: number;
  readonly state: string;
}

const GUESTS: readonly Guest[] = [
  { name: "vm-a", pages: 9, state: "ok" },
  { name: "vm-bcd", pages: 1234, state: "busy" },
];

const COLUMNS: readonly TableColumn<Guest>[] = [
  { title: "guest", cell: (guest) => guest.name, priority: 2 },
  {
    title: "pages",
    cell: (guest) => String(guest.pages),
    align: "right",
    priority: 1,
    style: (guest) => guest.pages > 1000 ? { color: "red" } : {},
  },
  { title: "state", cell: (guest) => guest.state },
];

Deno.test("gauge: fills eighths of a cell", () => {
  assert.deepEqual(picture(<Gauge value={0.5} />, 10, 1), ["█████"]);
  assert.deepEqual(picture(<Gauge value={1 / 8} />, 1, 1), ["▏"]);
  assert.deepEqual(picture(<Gauge value={0.55} />, 10, 1), ["█████▌"]);
  assert.deepEqual(picture(<Gauge value={0} />, 10, 1), [""]);
  assert.deepEqual(picture(<Gauge value={1} />, 4, 1), ["████"]);
});

Deno.test("gauge: shows its empty part in ASCII, and cuts what is out of bounds", () => {
  const shown = (value: number) =>
    picture(<Gauge value={value} />, 4, 1, { ascii: true });
  assert.deepEqual(shown(0.5), ["##.."]);
  assert.deepEqual(shown(7), ["####"]);
  assert.deepEqual(shown(-1), ["...."]);
  assert.deepEqual(shown(NaN), ["...."]);
});

Deno.test("stacked bar: an edge inside a cell shows both colours", () => {
  const parts = [
    { value: 3, color: "red" },
    { value: 5, color: "blue" },
  ] as const;
  const cells = cellsOf(<StackedBar parts={parts} total={16} />, 2, 1);
  assert.equal(cells.text(0, 0), "▍");
  assert.deepEqual(styleOf(cells.style(0, 0)), {
    color: "red",
    backgroundColor: "blue",
  });
  assert.equal(cells.text(1, 0), " ");
});

Deno.test("stacked bar: without colours each part has its own fill", () => {
  const parts = [2, 1, 3].map((value) => ({ value, color: "red" } as const));
  const bar = <StackedBar parts={parts} total={8} />;
  assert.deepEqual(picture(bar, 8, 1, { color: false }), ["██▓▒▒▒"]);
  assert.deepEqual(picture(bar, 8, 1, { ascii: true }), ["##=+++"]);
});

Deno.test("sparkline: the newest value is on the right, the largest is full", () => {
  assert.deepEqual(picture(<Sparkline values={[1, 2, 4]} />, 5, 1), ["  ▂▄█"]);
  assert.deepEqual(picture(<Sparkline values={[9, 0, 8]} max={16} />, 2, 1), [
    " ▄",
  ]);
  assert.deepEqual(picture(<Sparkline values={[1, 4]} height={2} />, 2, 2), [
    " █",
    "▄█",
  ]);
});

Deno.test("braille chart: two values a cell, four steps of height", () => {
  const chart = (values: readonly number[], max?: number) =>
    picture(<BrailleChart above={{ values, max }} />, 2, 1);
  assert.deepEqual(chart([1, 2, 3, 4], 4), ["⣠⣾"]);
  assert.deepEqual(chart([4, 4], 4), [" ⣿"]);
  assert.deepEqual(chart([4], 4), [" ⢸"]);
  assert.deepEqual(chart([0, 0]), [""]);
});

Deno.test("braille chart: the second series hangs down from the middle", () => {
  const both = (
    <BrailleChart
      above={{ values: [1, 4], max: 4, color: "red" }}
      below={{ values: [4, 1], max: 4, color: "blue" }}
    />
  );
  const cells = cellsOf(both, 1, 2);
  assert.deepEqual(cells.lines(), ["⣸", "⡏"]);
  assert.deepEqual(styleOf(cells.style(0, 0)), { color: "red" });
  assert.deepEqual(styleOf(cells.style(0, 1)), { color: "blue" });
});

Deno.test("table: columns with titles, aligned", () => {
  const table = <Table columns={COLUMNS} rows={GUESTS} />;
  assert.deepEqual(picture(table, 30, 4), [
    "guest   pages  state",
    "vm-a        9  ok",
    "vm-bcd   1234  busy",
    "",
  ]);
  const red = cellsOf(table, 30, 4).style(12, 2);
  assert.deepEqual(styleOf(red), { color: "red" });
});

Deno.test("table: the columns with the lowest priority go first", () => {
  const table = <Table columns={COLUMNS} rows={GUESTS} />;
  const titles = (columns: number) => picture(table, columns, 1)[0];
  assert.equal(titles(20), "guest   pages  state");
  assert.equal(titles(19), "guest   pages");
  assert.equal(titles(13), "guest   pages");
  assert.equal(titles(12), "guest");
  assert.deepEqual(picture(table, 4, 3), ["gue…", "vm-a", "vm-…"]);
});

Deno.test("table: what does not fit is counted", () => {
  const rows = [...GUESTS, ...GUESTS];
  assert.deepEqual(picture(<Table columns={COLUMNS} rows={rows} />, 20, 3), [
    "guest   pages  state",
    "vm-a        9  ok",
    "+3 more",
  ]);
});

Deno.test("table: columns that grow take what is left over, and are cut to it", () => {
  const columns: readonly TableColumn<Guest>[] = [
    { ...COLUMNS[0], minWidth: 5, grows: true },
    COLUMNS[1],
    { ...COLUMNS[2], priority: 3, grows: true },
  ];
  const table = <Table columns={columns} rows={GUESTS} />;
  // 5 + 2 + 5 + 2 + 5 columns are needed; of 3 more the first gets 2.
  assert.deepEqual(picture(table, 22, 3), [
    "guest    pages  state",
    "vm-a         9  ok",
    "vm-bcd    1234  busy",
  ]);
  assert.deepEqual(picture(table, 19, 3), [
    "guest  pages  state",
    "vm-a       9  ok",
    "vm-b…   1234  busy",
  ]);
});

Deno.test("table: a column is no wider than it may be", () => {
  const columns = [{ ...COLUMNS[0], maxWidth: 5 }, COLUMNS[1]];
  const table = <Table columns={columns} rows={GUESTS} />;
  assert.deepEqual(picture(table, 30, 3), [
    "guest  pages",
    "vm-a       9",
    "vm-b…   1234",
  ]);
});

Deno.test("table: a text of several lines stays on its row, in its column", () => {
  const rows = [{ name: "a\r\nb\ncd", pages: 1, state: "" }];
  const columns = [{ ...COLUMNS[0], maxWidth: 5 }, COLUMNS[1]];
  assert.deepEqual(picture(<Table columns={columns} rows={rows} />, 20, 3), [
    "guest  pages",
    "a b …      1",
    "",
  ]);
});

Deno.test("table: the chosen row is inverse from edge to edge, and in sight", () => {
  const rows = ["a", "b", "c", "d", "e"].map((name) => ({
    ...GUESTS[0],
    name,
  }));
  const shown = (selected: number, width = 20) =>
    picture(
      <Table
        columns={COLUMNS.slice(0, 1)}
        rows={rows}
        titles={false}
        selected={selected}
      />,
      width,
      3,
    );
  assert.deepEqual(shown(0), ["a", "b", "+3 more"]);
  assert.deepEqual(shown(1), ["a", "b", "+3 more"]);
  assert.deepEqual(shown(2), ["b", "c", "+1 above, +2 more"]);
  assert.deepEqual(shown(2, 9), ["b", "c", "+3 more"]);
  assert.deepEqual(shown(4), ["d", "e", "+3 above"]);
  const cells = cellsOf(
    <Table columns={COLUMNS} rows={GUESTS} selected={1} />,
    30,
    3,
  );
  for (const column of [0, 7, 12, 29]) {
    assert.equal(styleOf(cells.style(column, 2)).inverse, true);
    assert.equal(styleOf(cells.style(column, 1)).inverse, undefined);
  }
});

Deno.test("overlay: a panel in the middle hides what is behind", () => {
  const screen = (
    <Box>
      <Text>{"abcdefghijklmnop".repeat(6)}</Text>
      <Overlay title="Keys">
        <Text>q</Text>
        <Text>quit</Text>
      </Overlay>
    </Box>
  );
  assert.deepEqual(picture(screen, 16, 6), [
    "abcdefghijklmnop",
    "abcd┌─ Ke…─┐mnop",
    "abcd│ q    │mnop",
    "abcd│ quit │mnop",
    "abcd└──────┘mnop",
    "abcdefghijklmnop",
  ]);
});

Deno.test("key map: the help shows all keys, the legend whole entries", () => {
  assert.deepEqual(picture(<KeyHelp keys={KEYS} />, 20, 4), [
    "key       does",
    "q ctrl+c  leaves",
    "e         exports",
    "space     pauses",
  ]);
  const legend = (columns: number) =>
    picture(<KeyLegend keys={KEYS} />, columns, 1);
  assert.deepEqual(legend(19), ["q quit  space pause"]);
  assert.deepEqual(legend(18), ["q quit"]);
});

const EVERY: Readonly<Record<string, Element>> = {
  gauge: <Gauge value={0.4} />,
  "stacked bar": (
    <StackedBar parts={[{ value: 1, color: "red" }, { value: 2 }]} />
  ),
  sparkline: <Sparkline values={[1, 2, 3]} />,
  "braille chart": (
    <BrailleChart above={{ values: [1, 2] }} below={{ values: [2] }} />
  ),
  table: <Table columns={COLUMNS} rows={GUESTS} />,
  overlay: (
    <Overlay title="Keys">
      <KeyHelp keys={KEYS} />
    </Overlay>
  ),
  legend: <KeyLegend keys={KEYS} />,
  "sorted table": (
    <Table
      columns={COLUMNS}
      rows={[...GUESTS, ...GUESTS, ...GUESTS]}
      sort={{ by: "pages", descending: true }}
      selected={1}
      offset={1}
      gutter
    />
  ),
  tree: (
    <TreeView
      roots={[{
        key: "a",
        label: "a字",
        detail: "1",
        children: [{ key: "b", label: "b" }, { key: "c", label: "c" }],
      }]}
      state={{ unfolded: ["a"], selected: "b", offset: 1 }}
    />
  ),
  "scroll box": (
    <ScrollBox offset={2}>
      <Text>a b c d e f g h i j</Text>
    </ScrollBox>
  ),
  "lying histogram": (
    <Histogram bins={[{ label: "a", value: 1 }, { label: "bc", value: 20 }]} />
  ),
  "standing histogram": (
    <Histogram
      bars="columns"
      bins={[{ label: "a", value: 1 }, { label: "bc", value: 20 }]}
    />
  ),
  tabs: <Tabs titles={["one", "two", "three"]} selected={1} />,
  prompt: (
    <Prompt
      label="value:"
      state={{ text: "a字b", cursor: 2 }}
      validate={() => "no number"}
    />
  ),
  toast: <Toast notices={[{ text: "it 字 is", tone: "bad", leftMillis: 1 }]} />,
  static: (
    <Static
      items={[{ n: 1 }, { n: 22 }]}
      item={({ n }) => <Text>{n} x</Text>}
    />
  ),
  "framed text": (
    <Box borderStyle="single" title="t" titleEnd="e">
      <Text>字 x</Text>
    </Box>
  ),
};

for (const [name, element] of Object.entries(EVERY)) {
  Deno.test(`${name}: draws at any size, in any mode, and only ASCII where asked`, () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, fc.boolean(), (columns, rows, color) => {
        const options = { color, ascii: true };
        const shown = picture(element, columns, rows, options).join("");
        assert.match(shown, /^[ -~]*$/);
        assert.equal(cellsOf(element, columns, rows).rows, rows);
      }),
      { numRuns: 60, seed: 1, examples: [[1, 1, true]] },
    );
  });
}

Deno.test("widgets without values draw their empty shape", () => {
  assert.deepEqual(picture(<Sparkline values={[]} />, 3, 1), [""]);
  assert.deepEqual(picture(<StackedBar parts={[]} />, 3, 1), [""]);
  assert.deepEqual(picture(<BrailleChart above={{ values: [] }} />, 3, 1), [
    "",
  ]);
  assert.deepEqual(picture(<Table columns={COLUMNS} rows={[]} />, 20, 2), [
    "guest  pages  state",
    "",
  ]);
});
