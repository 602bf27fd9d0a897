/**
 * A test kit: an app on a terminal in memory, with a clock of its own.
 *
 * ```tsx
 * import assert from "node:assert/strict";
 * import { type App, Text } from "ksmscope/tui";
 * import { mount } from "ksmscope/tui/testing";
 *
 * const app: App<number, "up" | "quit"> = {
 *   init: 0,
 *   update: (count, message) => message === "up" ? count + 1 : -1,
 *   view: (count) => <Text>count {count}</Text>,
 *   keys: () => [{ keys: ["+"], does: "counts", message: "up" }],
 *   ended: (count) => count < 0,
 * };
 * const screen = mount(app, { columns: 20, rows: 1 });
 * screen.press("+", "+");
 * assert.equal(screen.frame(), "count 2");
 * ```
 *
 * @module
 */
import type { App } from "../app.ts";
import type { Cells } from "../cells.ts";
import type { ColorDepth } from "../color.ts";
import { ASCII_GLYPHS, UNICODE_GLYPHS } from "../glyphs.ts";
import {
  characterKey,
  keyOf,
  type MouseAction,
  type MouseButton,
  type MouseEvent,
} from "../input_event.ts";
import { Loop } from "../loop.ts";
import { styleOf, type TextStyle } from "../style.ts";
import type { Ending } from "../terminal_port.ts";
import { MemoryTerminal } from "./memory_terminal.ts";

export { MemoryTerminal } from "./memory_terminal.ts";

/** The screen of a {@linkcode mount}ed app. */
export interface MountOptions {
  /** Its width; 80 when missing. */
  readonly columns?: number;
  /** Its height; 24 when missing. */
  readonly rows?: number;
  /** Whether it shows colours; true when missing. */
  readonly color?: boolean;
  /** How many colours it shows then; 16 when missing. */
  readonly depth?: ColorDepth;
  /** Whether it shows ASCII alone; false when missing. */
  readonly ascii?: boolean;
}

/** A part of a row in one style. */
export interface StyledRun extends TextStyle {
  /** Its text. */
  readonly text: string;
}

/** An app on a screen in memory. What the app throws is thrown by the call that led to it. */
export interface Mounted<State, Message> {
  /** The app's state. */
  readonly state: State;
  /** How the app ended; missing while it runs. */
  readonly ending: Ending | undefined;
  /** The terminal, with all that was written to it. */
  readonly terminal: MemoryTerminal;
  /** What is to be seen: rows without the spaces at their ends. */
  frame(): string;
  /** The same with styles: for each row its parts from left to right. */
  styledFrame(): StyledRun[][];
  /** Presses keys, spelled as in a key map. */
  press(...keys: string[]): void;
  /** Types a text, character by character. */
  type(text: string): void;
  /** Pastes a text in one piece. */
  paste(text: string): void;
  /** Presses and releases the left button on a cell, counted from 0. */
  click(column: number, row: number): void;
  /** Turns the wheel over a cell by so many steps: down, or up when negative. */
  wheel(column: number, row: number, steps: number): void;
  /** Gives a message to the app. */
  send(message: Message): void;
  /** Changes the size of the screen. */
  resize(columns: number, rows: number): void;
  /** Lets time pass. */
  advance(millis: number): void;
}

/** The runs of one row. */
function runsOf(cells: Cells, row: number): StyledRun[] {
  const runs: StyledRun[] = [];
  for (let column = 0; column < cells.columns; column++) {
    const text = cells.text(column, row);
    const style = cells.style(column, row);
    const last = runs.at(-1);
    if (last !== undefined && cells.style(column - 1, row) === style) {
      runs[runs.length - 1] = { ...last, text: last.text + text };
    } else {
      runs.push({ text, ...styleOf(style) });
    }
  }
  return runs;
}

function mouseAt(
  column: number,
  row: number,
  action: MouseAction,
  button?: MouseButton,
): MouseEvent {
  const held = { ctrl: false, alt: false, shift: false };
  return { kind: "mouse", action, button, column, row, ...held };
}

/** Shows an app on a screen in memory. */
export function mount<State, Message>(
  app: App<State, Message>,
  options: MountOptions = {},
): Mounted<State, Message> {
  const { columns = 80, rows = 24, color = true, depth, ascii = false } =
    options;
  const terminal = new MemoryTerminal({ columns, rows });
  const glyphs = ascii ? ASCII_GLYPHS : UNICODE_GLYPHS;
  const loop = new Loop(app, terminal, { color, depth, glyphs }, () => {});
  const act = (action: () => void): void => {
    action();
    if (loop.ending?.kind === "error") throw loop.ending.error;
  };
  const shown = (): Cells => {
    act(() => loop.draw());
    if (loop.shown === undefined) throw new Error("nothing has been drawn");
    return loop.shown;
  };
  const each = (list: Iterable<string>, tell: (one: string) => void) =>
    act(() => [...list].forEach(tell));
  act(() => loop.start());
  return {
    get state() {
      return loop.state;
    },
    get ending() {
      return loop.ending;
    },
    terminal,
    frame: () => shown().lines().map((line) => line.trimEnd()).join("\n"),
    styledFrame: () => {
      const cells = shown();
      return Array.from({ length: cells.rows }, (_, row) => runsOf(cells, row));
    },
    press: (...keys) => each(keys, (key) => terminal.tell(keyOf(key))),
    type: (text) => each(text, (char) => terminal.tell(characterKey(char))),
    paste: (text) => act(() => terminal.tell({ kind: "paste", text })),
    click: (column, row) =>
      act(() => {
        loop.draw();
        terminal.tell(mouseAt(column, row, "press", "left"));
        terminal.tell(mouseAt(column, row, "release", "left"));
      }),
    wheel: (column, row, steps) =>
      act(() => {
        loop.draw();
        const action = steps < 0 ? "wheel-up" : "wheel-down";
        for (let step = 0; step < Math.abs(steps); step++) {
          terminal.tell(mouseAt(column, row, action));
        }
      }),
    send: (message) => act(() => loop.send(message)),
    resize: (columns, rows) => act(() => terminal.resize({ columns, rows })),
    advance: (millis) => act(() => terminal.advance(millis)),
  };
}
