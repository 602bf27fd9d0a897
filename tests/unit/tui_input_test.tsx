/**
 * Mouse, focus and sizes as an app meets them: events on a mounted screen.
 */
import assert from "node:assert/strict";
import type { App, AppEvent } from "../../src/tui/app.ts";
import { Box } from "../../src/tui/box.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import { Text } from "../../src/tui/text.ts";

interface Desk {
  readonly focus: string | undefined;
  readonly log: readonly string[];
}

type Message =
  | { readonly kind: "focus"; readonly id: string }
  | { readonly kind: "log"; readonly text: string };

function said(event: AppEvent): Message | undefined {
  switch (event.kind) {
    case "focus":
      return { kind: "focus", id: event.id };
    case "mouse": {
      const ids = event.hits.map(({ id }) => id).join("/");
      return { kind: "log", text: `${event.action} ${ids}` };
    }
    case "key":
      return { kind: "log", text: event.name };
    default:
      return undefined;
  }
}

function Panel(
  { name, state }: { readonly name: string; readonly state: Desk },
) {
  return (
    <Box
      id={name}
      focusable
      borderStyle="single"
      width={5}
      focused={state.focus === name}
    >
      <Text>{name}</Text>
    </Box>
  );
}

const desk: App<Desk, Message> = {
  init: { focus: undefined, log: [] },
  update: (state, message) =>
    message.kind === "focus"
      ? { ...state, focus: message.id }
      : { ...state, log: [...state.log, message.text] },
  view: (state) => (
    <Box>
      <Panel name="a" state={state} />
      <Panel name="b" state={state} />
    </Box>
  ),
  keys: () => [],
  ended: () => false,
  on: said,
  focused: (state) => state.focus,
};

const SIZE = { columns: 12, rows: 3 };

Deno.test("focus: the tab key goes round, and the border shows where it is", () => {
  const screen = mount(desk, SIZE);
  screen.press("tab");
  assert.equal(screen.state.focus, "a");
  assert.equal(
    screen.frame(),
    ["┏━━━┓┌───┐", "┃a  ┃│b  │", "┗━━━┛└───┘"].join("\n"),
  );
  screen.press("tab", "tab");
  assert.equal(screen.state.focus, "a");
  screen.press("shift+tab");
  assert.equal(screen.state.focus, "b");
  assert.deepEqual(screen.state.log, []);
});

Deno.test("focus: a click brings it, and counts by itself", () => {
  const screen = mount(desk, SIZE);
  screen.click(6, 1);
  assert.equal(screen.state.focus, "b");
  assert.deepEqual(screen.state.log, ["press b", "release b"]);
  screen.click(11, 0);
  assert.equal(screen.state.focus, "b");
  assert.deepEqual(screen.state.log.slice(2), ["press ", "release "]);
});

Deno.test("focus: the key map comes before the tab key, and without focus it is a key like others", () => {
  const message = { kind: "log", text: "bound" } as const;
  const keys = [{ keys: ["tab"], does: "says so", message }];
  const bound = mount({ ...desk, keys: () => keys }, SIZE);
  bound.press("tab");
  assert.deepEqual(bound.state, { focus: undefined, log: ["bound"] });
  const { focused: _, ...plain } = desk;
  const screen = mount(plain, SIZE);
  screen.press("tab");
  screen.click(1, 1);
  assert.deepEqual(screen.state.log, ["tab", "press a", "release a"]);
});

Deno.test("mouse: the wheel tells step by step what is under the pointer", () => {
  const screen = mount(desk, SIZE);
  screen.wheel(1, 1, 2);
  screen.wheel(6, 1, -1);
  assert.deepEqual(screen.state.log, [
    "wheel-down a",
    "wheel-down a",
    "wheel-up b",
  ]);
});

/** Counts how often it was told of sizes, and shows the last one. */
const measured: App<string, string> = {
  init: "",
  update: (_, text) => text,
  view: (text) => (
    <Box id="all" flexGrow={1}>
      <Text>{text}</Text>
    </Box>
  ),
  keys: () => [],
  ended: () => false,
  on: (event) => {
    if (event.kind !== "layout") return undefined;
    const area = event.areas.get("all");
    return `${area?.columns}x${area?.rows}`;
  },
};

Deno.test("layout: the first frame already knows its sizes, and is written once", () => {
  const screen = mount(measured, SIZE);
  assert.equal(screen.terminal.written.length, 1);
  assert.equal(screen.terminal.pendingTimers, 0);
  assert.equal(screen.frame(), "12x3\n\n");
  screen.resize(7, 2);
  assert.equal(screen.frame(), "7x2\n");
  assert.equal(screen.terminal.written.length, 2);
});

Deno.test("layout: a view that never settles is drawn all the same", () => {
  const screen = mount<number, number>({
    init: 1,
    update: (state, by) => state + by,
    view: (state) => <Box id="all" width={1 + state % 2} height={1} />,
    keys: () => [],
    ended: () => false,
    on: (event) => event.kind === "layout" ? 1 : undefined,
  }, SIZE);
  assert.equal(screen.frame(), "\n\n");
  assert.equal(screen.terminal.written.length, 1);
});
