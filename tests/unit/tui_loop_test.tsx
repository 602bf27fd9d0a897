import assert from "node:assert/strict";
import type { App, AppEvent } from "../../src/tui/app.ts";
import { UNICODE_GLYPHS } from "../../src/tui/glyphs.ts";
import { keyOf } from "../../src/tui/input_event.ts";
import { run } from "../../src/tui/loop.ts";
import type { Ending } from "../../src/tui/terminal_port.ts";
import { MemoryTerminal, mount } from "../../src/tui/testing/mod.ts";
import { Text } from "../../src/tui/text.ts";

type Message = "more" | "quit" | "same" | { readonly say: string };

interface Counter {
  readonly count: number;
  readonly said: string;
  readonly left: boolean;
}

function update(state: Counter, message: Message): Counter {
  switch (message) {
    case "more":
      return { ...state, count: state.count + 1 };
    case "quit":
      return { ...state, left: true };
    case "same":
      return state;
    default:
      return { ...state, said: state.said + message.say };
  }
}

const counter: App<Counter, Message> = {
  init: { count: 0, said: "", left: false },
  update,
  view: ({ count, said }, { columns, rows }) => (
    <Text>{count} {columns}x{rows} {said}</Text>
  ),
  keys: () => [
    { keys: ["+"], does: "counts", message: "more" },
    { keys: ["="], does: "nothing", message: "same" },
    { keys: ["q"], does: "leaves", message: "quit" },
  ],
  ended: (state) => state.left,
};

function said(event: AppEvent): Message {
  return { say: event.kind === "key" ? event.char : `<${event.kind}>` };
}

Deno.test("loop: keys become messages, and the view shows what they did", () => {
  const screen = mount(counter, { columns: 12, rows: 1 });
  assert.equal(screen.frame(), "0 12x1");
  screen.press("+", "+", "x");
  assert.equal(screen.frame(), "2 12x1");
  screen.send("more");
  assert.deepEqual(screen.state, { count: 3, said: "", left: false });
});

Deno.test("loop: what no key stands for goes to `on`", () => {
  const screen = mount({ ...counter, on: said }, { columns: 40, rows: 1 });
  screen.type("a+b");
  screen.paste("text");
  screen.terminal.tell({ kind: "suspend-denied" });
  assert.equal(screen.state.said, "ab<paste><suspend-denied>");
  assert.equal(screen.state.count, 1);
});

Deno.test("loop: the app ends when it says so, and the terminal is given back", () => {
  const screen = mount(counter);
  assert(screen.terminal.isOpen);
  screen.press("q", "+");
  assert.deepEqual(screen.ending, { kind: "quit" });
  assert(!screen.terminal.isOpen);
  assert.equal(screen.terminal.pendingTimers, 0);
  screen.send("more");
  assert.equal(screen.state.count, 0);
});

Deno.test("loop: ctrl-c ends the app whatever its keys", () => {
  const screen = mount({ ...counter, on: said, keys: () => [] });
  screen.press("ctrl+c");
  assert.deepEqual(screen.ending, { kind: "quit" });
});

Deno.test("loop: at most 30 frames a second, each one write", () => {
  const screen = mount(counter);
  const { written } = screen.terminal;
  assert.equal(written.length, 1);
  for (let millis = 0; millis < 1000; millis++) {
    screen.press("+");
    screen.advance(1);
  }
  assert(written.length <= 31, `${written.length} writes`);
  assert(written.length >= 29, `${written.length} writes`);
  assert.match(screen.frame(), /^1000 /);
});

Deno.test("loop: nothing is written, and nothing waits, when nothing changes", () => {
  const screen = mount(counter);
  screen.press("=");
  assert.equal(screen.terminal.pendingTimers, 0);
  screen.press("+");
  screen.advance(100);
  const frames = screen.terminal.written.length;
  assert.equal(frames, 2);
  screen.send({ say: "" });
  screen.advance(100);
  assert.equal(screen.terminal.written.length, frames);
});

Deno.test("loop: a frame is one synchronized update", () => {
  const screen = mount(counter);
  screen.press("+");
  screen.advance(100);
  for (const text of screen.terminal.written) {
    assert(text.startsWith("\x1b[?2026h") && text.endsWith("\x1b[?2026l"));
    assert.equal(text.split("\x1b[?2026h").length, 2);
  }
});

Deno.test("loop: a new size is drawn for, all over", () => {
  const screen = mount(counter, { columns: 20, rows: 2 });
  screen.resize(10, 1);
  screen.advance(100);
  assert.equal(screen.frame(), "0 10x1");
  assert(screen.terminal.written.at(-1)?.includes("\x1b[2J"));
});

Deno.test("loop: ticks come at their rate until the end", () => {
  const tick = { millis: 100, message: "more" } as const;
  const screen = mount({ ...counter, tick });
  screen.advance(1000);
  assert.equal(screen.state.count, 10);
  screen.press("q");
  screen.advance(1000);
  assert.equal(screen.state.count, 10);
  assert.equal(screen.terminal.pendingTimers, 0);
});

Deno.test("loop: effects see each message and may send more, also later", () => {
  const seen: Message[] = [];
  const late: (() => void)[] = [];
  const screen = mount({
    ...counter,
    perform: (message, state, send) => {
      seen.push(message);
      if (message === "more" && state.count === 1) send({ say: "one" });
      if (message === "more") late.push(() => send({ say: "late" }));
    },
  });
  screen.press("+");
  assert.deepEqual(seen, ["more", { say: "one" }]);
  late[0]();
  assert.equal(screen.state.said, "onelate");
  screen.press("q");
  late[0]();
  assert.equal(screen.state.said, "onelate");
});

/** Where an app may throw. */
const BROKEN: Readonly<Record<string, Partial<App<Counter, Message>>>> = {
  "the first view": { view: fail },
  "a later view": {
    view: (state, screen) =>
      state.count > 0 ? fail() : counter.view(state, screen),
  },
  "update": { update: fail },
  "keys": { keys: fail },
  "perform": { perform: fail },
  "ended": { ended: fail },
};

function fail(): never {
  throw new Error("broken");
}

for (const [place, part] of Object.entries(BROKEN)) {
  Deno.test(`loop: an error in ${place} ends the app, and the terminal is given back`, async () => {
    const terminal = new MemoryTerminal({ columns: 20, rows: 1 });
    const rendering = { color: true, glyphs: UNICODE_GLYPHS };
    const ending = run({ ...counter, ...part }, terminal, rendering);
    terminal.tell(keyOf("+"));
    terminal.advance(100);
    assert.deepEqual(await ending, {
      kind: "error",
      error: new Error("broken"),
    });
    assert(!terminal.isOpen);
    assert.equal(terminal.pendingTimers, 0);
  });
}

Deno.test("loop: the test kit throws what the app throws", () => {
  assert.throws(() => mount({ ...counter, view: fail }), /broken/);
  const screen = mount({ ...counter, update: fail });
  assert.throws(() => screen.press("+"), /broken/);
});

Deno.test("loop: a terminal that ends, ends the app with its reason", async () => {
  const endings: readonly Ending[] = [
    { kind: "quit" },
    { kind: "signal", name: "SIGTERM" },
  ];
  for (const ending of endings) {
    const terminal = new MemoryTerminal({ columns: 20, rows: 1 });
    const rendering = { color: true, glyphs: UNICODE_GLYPHS };
    const result = run(counter, terminal, rendering);
    terminal.tell({ kind: "end", ending });
    assert.deepEqual(await result, ending);
    assert(!terminal.isOpen);
  }
});

Deno.test("test kit: styled frames are runs of one style", () => {
  const view = () => (
    <Text color="red">
      a<Text bold>b</Text>
    </Text>
  );
  const screen = mount({ ...counter, view }, { columns: 3, rows: 1 });
  assert.deepEqual(screen.styledFrame(), [[
    { text: "a", color: "red" },
    { text: "b", color: "red", bold: true },
    { text: " " },
  ]]);
});
