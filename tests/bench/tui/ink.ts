/**
 * The same screen on Ink, in the mode that it has by default and in the one that
 * writes only lines that changed.
 *
 * Ink is spared what would slow it down beside the point: React is the one for
 * production, frames are not held back, and the terminal is higher than the
 * screen, since Ink clears a terminal that is filled to the last row.
 *
 * @module
 */
import type * as Ink from "ink";
import process from "node:process";
import { Writable } from "node:stream";
import type * as React from "react";
import {
  type Change,
  COLUMNS,
  type Contender,
  LABEL_COLUMNS,
  type Line,
  type Panel,
  PANEL_COLUMNS,
  PANEL_ROWS,
  panelsAt,
  ROWS,
} from "./screen.ts";

/** More than Ink would ever hold back. */
const FRAMES_A_SECOND = 1000;
/** After so long Ink draws the next frame at once. */
const REST_MILLIS = 3;
const ROWS_SPARE = 10;

/** React chooses its build when it is loaded, and so do colours. */
async function load(): Promise<{ ink: typeof Ink; react: typeof React }> {
  process.env.NODE_ENV = "production";
  process.env.FORCE_COLOR = "1";
  return { ink: await import("ink"), react: await import("react") };
}

const { ink: { Box, render, Spacer, Text }, react: { createElement } } =
  await load();

function lineRow({ label, bar, figure, much }: Line): React.ReactNode {
  return createElement(
    Box,
    { key: label },
    createElement(
      Box,
      { width: LABEL_COLUMNS },
      createElement(Text, null, label),
    ),
    createElement(Text, { color: much ? "red" : "green" }, bar),
    createElement(Spacer),
    createElement(Text, { bold: true }, figure),
  );
}

function panelBox({ title, lines }: Panel): React.ReactNode {
  return createElement(
    Box,
    {
      key: title,
      borderStyle: "round",
      flexDirection: "column",
      width: PANEL_COLUMNS,
      height: PANEL_ROWS,
      paddingX: 1,
    },
    createElement(Text, { color: "cyan" }, title),
    lines.map(lineRow),
  );
}

function wholeScreen(frame: number, change: Change): React.ReactElement {
  return createElement(
    Box,
    { flexWrap: "wrap", width: COLUMNS, height: ROWS },
    panelsAt(frame, change).map(panelBox),
  );
}

/** A terminal that keeps what is written to it. */
class Output extends Writable {
  readonly columns = COLUMNS;
  readonly rows = ROWS + ROWS_SPARE;
  readonly isTTY = true;
  readonly written: string[] = [];

  override _write(chunk: unknown, _: string, done: () => void): void {
    this.written.push(String(chunk));
    done();
  }
}

/** Ink, drawing into memory. */
export function ink(change: Change, incrementalRendering: boolean): Contender {
  const stdout = new Output();
  const { rerender, unmount } = render(wholeScreen(0, change), {
    stdout,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
    maxFps: FRAMES_A_SECOND,
    incrementalRendering,
  });
  return {
    name: incrementalRendering ? "Ink, incremental" : "Ink, default",
    async show(frame) {
      await new Promise((resolve) => setTimeout(resolve, REST_MILLIS));
      const early = stdout.written.splice(0).join("");
      const start = performance.now();
      rerender(wholeScreen(frame, change));
      const millis = performance.now() - start;
      return { millis, output: early + stdout.written.splice(0).join("") };
    },
    close: unmount,
  };
}
