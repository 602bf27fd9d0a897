/**
 * The example app, read back from an emulator that was fed what a terminal
 * would get, frame after frame.
 */
import assert from "node:assert/strict";
import { example } from "../../src/tui/example.tsx";
import type { Hours, Message } from "../../src/tui/example/state.ts";
import { mount, type Mounted } from "../../src/tui/testing/mod.ts";
import { Emulator } from "./emulator.ts";

const SIZE = { columns: 44, rows: 9 };

/**
 * After 90 seconds for the second task: 1.25 % of its two hours, and one eighth
 * of a cell of a gauge that has 32 of them for eight hours.
 */
const UNICODE = [
  "[tasks] projects  log",
  "day 0:01:30 ▏",
  "┏━ tasks ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
  "┃  task               clock    spent   used┃",
  "┃  home/letters       -      0:00:00    0 %┃",
  "┃❯ work/reviews       runs   0:01:30    1 %┃",
  "┃  work/release       -      0:00:00    0 %┃",
  "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛",
  "s sort  q quit  ? help  space clock  n new",
];

const ASCII = [
  "[tasks] projects  log",
  "day 0:01:30 ................................",
  "+= tasks ==================================+",
  "|  task               clock    spent   used|",
  "|  home/letters       -      0:00:00    0 %|",
  "|> work/reviews       runs   0:01:30    1 %|",
  "|  work/release       -      0:00:00    0 %|",
  "+==========================================+",
  "s sort  q quit  ? help  space clock  n new",
];

const QUESTION = [
  "[tasks] projects  log",
  "day 0:01:30 ▏",
  "┏━ tasks ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
  "┌─ question ───────────────────────────────┐",
  "│ minutes: 12x                             │",
  "│ ✗ expected minutes from 1 to 480         │",
  "└──────────────────────────────────────────┘",
  "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛",
  "enter take  escape cancel",
];

const PROJECTS = [
  " tasks [projects] log",
  "day 0:01:30 ▏",
  "┏━ projects ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
  "┃❯ ▸ home                           0:00:00┃",
  "┃  ▾ work                           0:01:30┃",
  "┃  ├   reviews                      0:01:30┃",
  "┃  └   release                      0:00:00┃",
  "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛",
  "q quit  ? help  space clock  n new  b budget",
];

/** The example after a minute and a half for its second task. */
function working(options: { ascii?: boolean; color?: boolean } = {}) {
  const screen = mount(example, { ...SIZE, ...options });
  screen.press("down", "down", "space");
  screen.advance(90_000);
  return screen;
}

function lines(screen: Mounted<Hours, Message>): string[] {
  return screen.frame().split("\n");
}

for (const [ascii, expected] of [[false, UNICODE], [true, ASCII]] as const) {
  Deno.test(`example: its picture in ${ascii ? "ASCII" : "Unicode"}`, async () => {
    const screen = working({ ascii });
    screen.frame();
    const emulator = new Emulator(SIZE);
    await emulator.write(screen.terminal.written.join(""));
    assert.deepEqual(emulator.text().split("\n"), expected);
  });
}

Deno.test("example: a wrong answer is told from the first letter on, and a right one is taken", () => {
  const screen = working();
  screen.press("b", "backspace");
  screen.type("x");
  assert.deepEqual(lines(screen), QUESTION);
  screen.press("enter", "backspace", "backspace", "backspace");
  screen.type("3");
  screen.press("enter");
  // A minute and a half is half of three.
  assert.match(screen.frame(), /work\/reviews +runs +0:01:30 +50 %/);
  screen.advance(90_000);
  assert.match(screen.frame(), /! work\/reviews has used its time/);
});

Deno.test("example: a click on a tab shows its view, one on a sign folds a project", () => {
  const screen = working();
  screen.click(8, 0);
  screen.click(3, 3);
  assert.deepEqual(lines(screen), PROJECTS);
  screen.press("3");
  assert.match(screen.frame(), /^┃0:00:00 started work\/reviews/m);
});

Deno.test("example: a click on a title sorts", () => {
  const screen = working();
  screen.click(32, 3);
  assert.match(lines(screen)[3], /▼spent/);
  assert.match(lines(screen)[4], /^┃❯ work\/reviews/);
});

Deno.test("example: the help scrolls over the rest, and goes without a trace", () => {
  const screen = working();
  screen.press("?");
  assert.match(screen.frame(), /everywhere/);
  screen.press("end");
  assert.doesNotMatch(screen.frame(), /everywhere/);
  assert.match(screen.frame(), /scrolls to the end/);
  screen.press("escape");
  assert.deepEqual(lines(screen), UNICODE);
});

for (const color of [true, false]) {
  Deno.test(`example: an emulator shows what the test kit shows, ${color ? "with" : "without"} colours`, async () => {
    const screen = working({ color });
    const emulator = new Emulator(SIZE);
    const steps: readonly (() => void)[] = [
      () => {},
      () => screen.advance(1000),
      () => screen.press("up", "t"),
      () => screen.press("?"),
      () => screen.advance(3000),
      () => screen.press("escape", "2", "n"),
      () => screen.type("字/x"),
      () => screen.press("enter", "1"),
    ];
    for (const step of steps) {
      step();
      const frame = screen.frame();
      await emulator.write(screen.terminal.written.splice(0).join(""));
      assert.equal(emulator.text(), frame);
    }
    const colored = emulator.cells().flat()
      .some(({ style }) => style.color !== undefined);
    assert.equal(colored, color && !Deno.noColor);
  });
}
