/** Schedules as lanes, drawn by hand for a made-up story; and the same on a screen. */
import assert from "node:assert/strict";
import { lanesOf } from "../../src/cli/explore/lanes.ts";
import { stepperApp } from "../../src/cli/explore/stepper.tsx";
import type { Story } from "../../src/explorer/mod.ts";
import { mount } from "../../src/tui/testing/mod.ts";

/** A reader is overtaken between look-up and use. */
const STORY: Story = {
  actors: ["reader", "writer", "io"],
  columns: ["published", "record"],
  before: ["yes", "in use"],
  lines: [
    { actor: 0, text: "lock look_up:mutex", state: ["yes", "in use"] },
    { actor: 1, text: "begins", state: ["no", "in use"] },
    { actor: 2, text: "begins", state: ["no", "in use"] },
    { actor: 1, text: "writer:unpublished", state: ["no", "freed"] },
    { actor: 0, text: "reader:found", state: ["no", "freed"] },
  ],
  outcome: undefined,
  failure: "nothing is used after it is freed: the record was",
};

Deno.test("each actor has a lane, and the state is told where it changes", () => {
  const { header, rows } = lanesOf(STORY, { columns: 80, ascii: false });
  assert.deepEqual([header, ...rows], [
    "     reader  writer  io         │ published  record",
    "                                │ yes        in use",
    "  1  lock look_up:mutex         │",
    "  2  │       begins             │ no",
    "  3  │       │       begins     │",
    "  4  │       writer:unpublished │            freed",
    "  5  reader:found               │",
  ]);
});

Deno.test("what is too wide is cut where it says so, and the state stays", () => {
  const narrow = lanesOf(STORY, { columns: 46, ascii: true });
  // 5 for the number, 3 for the bar, 9 + 2 + 6 for the state: 21 are left.
  assert.deepEqual([narrow.header, ...narrow.rows], [
    "     reader  writer  io    | published  record",
    "                           | yes        in use",
    "  1  lock look_up:mutex    |",
    "  2  |       begins        | no",
    "  3  |       |       begi> |",
    "  4  |       writer:unpub> |            freed",
    "  5  reader:found          |",
  ]);
});

const TITLE = "toy (one record): the reader is overtaken";

Deno.test("on a screen, keys go through the steps and never past the ends", () => {
  const screen = mount(stepperApp(STORY, TITLE, false), {
    columns: 60,
    rows: 9,
  });
  assert.equal(
    screen.frame(),
    [
      TITLE,
      "     reader  writer  io         │ published  record",
      "                                │ yes        in use",
      "",
      "",
      "",
      "step 0 of 5  published: yes  record: in use",
      "",
      "down step  up back  home begin  end end  q quit  ? help",
    ].join("\n"),
  );
  screen.press("up", "down", "right", "j", "l", "space", "down");
  assert.equal(screen.state.at, 5);
  assert.equal(
    screen.frame(),
    [
      TITLE,
      "     reader  writer  io         │ published  record",
      "  2  │       begins             │ no",
      "  3  │       │       begins     │",
      "  4  │       writer:unpublished │            freed",
      "  5  reader:found               │",
      "step 5 of 5  published: no  record: freed",
      "violated: nothing is used after it is freed: the record was",
      "down step  up back  home begin  end end  q quit  ? help",
    ].join("\n"),
  );
  screen.press("left", "k", "h");
  assert.equal(screen.state.at, 2);
  screen.press("home", "pageup");
  assert.equal(screen.state.at, 0);
  screen.press("end", "pagedown", "up");
  assert.equal(screen.state.at, 4);
  screen.press("q");
  assert.deepEqual(screen.ending, { kind: "quit" });
});

Deno.test("the help opens over the steps; every size down to one cell is drawn", () => {
  const screen = mount(stepperApp(STORY, TITLE, true), { ascii: true });
  screen.press("end", "?");
  assert.match(screen.frame(), /one step back/);
  screen.press("escape");
  assert.doesNotMatch(screen.frame(), /one step back/);
  for (const [columns, rows] of [[40, 10], [39, 3], [20, 2], [1, 1]]) {
    screen.resize(columns, rows);
    const lines = screen.frame().split("\n");
    assert.ok(lines.length <= rows);
    assert.ok(lines.every((line) => line.length <= columns));
  }
  screen.resize(60, 1);
  assert.equal(screen.frame(), "  5  reader:found               |");
});
