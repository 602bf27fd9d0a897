/**
 * The example app, read back from an emulator that was fed what a terminal
 * would get, frame after frame.
 */
import assert from "node:assert/strict";
import { example } from "../../src/tui/example.tsx";
import { mount } from "../../src/tui/testing/mod.ts";
import { Emulator } from "./emulator.ts";

const SIZE = { columns: 40, rows: 10 };

/**
 * After three ticks, 47 of 100 litres: the gauge has 38 - 6 columns, of which 15
 * are full; the chart three samples, two a cell, each higher than 15 of its 16
 * dots.
 */
const UNICODE = [
  "╭─ Level ─────────────────────── well ─╮",
  "│███████████████                   47 l│",
  "╰──────────────────────────────────────╯",
  "╭─ History ────────────────────────────╮",
  "│                        ⢸⣿ ago  litres│",
  "│                        ⢸⣿   0  47    │",
  "│                        ⢸⣿   1  48    │",
  "│                        ⢸⣿   2  49    │",
  "╰──────────────────────────────────────╯",
  "q quit  + fill  ? help",
];

const ASCII = [
  "+- Level ----------------------- well -+",
  "|###############.................  47 l|",
  "+--------------------------------------+",
  "+- History ----------------------------+",
  "|                        :# ago  litres|",
  "|                        :#   0  47    |",
  "|                        :#   1  48    |",
  "|                        :#   2  49    |",
  "+--------------------------------------+",
  "q quit  + fill  ? help",
];

const HELP = [
  "╭─ Level ─────────────────────── well ─╮",
  "│███████████████                   47 l│",
  "╰─────┌─ Keys ───────────────────┐─────╯",
  "╭─ His│ key     does             │─────╮",
  "│     │ q       leaves           │itres│",
  "│     │ + up    adds ten litres  │7    │",
  "│     │ ?       shows this help  │8    │",
  "│     │ escape  closes this help │9    │",
  "╰─────└──────────────────────────┘─────╯",
  "q quit  + fill  ? help",
];

for (const [ascii, expected] of [[false, UNICODE], [true, ASCII]] as const) {
  Deno.test(`example: its picture in ${ascii ? "ASCII" : "Unicode"}`, async () => {
    const screen = mount(example, { ...SIZE, ascii });
    const emulator = new Emulator(SIZE);
    screen.advance(300);
    screen.frame();
    await emulator.write(screen.terminal.written.join(""));
    assert.deepEqual(emulator.text().split("\n"), expected);
  });
}

Deno.test("example: the help lies over the rest, and goes without a trace", () => {
  const screen = mount(example, SIZE);
  screen.advance(300);
  screen.press("?");
  assert.deepEqual(screen.frame().split("\n"), HELP);
  screen.press("escape");
  assert.deepEqual(screen.frame().split("\n"), UNICODE);
});

for (const color of [true, false]) {
  Deno.test(`example: an emulator shows what the test kit shows, ${color ? "with" : "without"} colours`, async () => {
    const screen = mount(example, { ...SIZE, color });
    const emulator = new Emulator(SIZE);
    const steps: readonly (() => void)[] = [
      () => {},
      () => screen.advance(1000),
      () => screen.press("up", "up"),
      () => screen.press("?"),
      () => screen.advance(3000),
      () => screen.press("escape"),
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
