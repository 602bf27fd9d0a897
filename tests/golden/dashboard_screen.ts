/**
 * The dashboard on a screen in memory, and what an emulator makes of all that
 * was written to it.
 *
 * @module
 */
import assert from "node:assert/strict";
import { dashboardApp, type DashboardPorts } from "../../src/dashboard/app.ts";
import type {
  DashboardState,
  StartOptions,
} from "../../src/dashboard/state.ts";
import type { Message } from "../../src/dashboard/update.ts";
import type { Snapshot, Source } from "../../src/observe/snapshot.ts";
import {
  mount,
  type Mounted,
  type MountOptions,
} from "../../src/tui/testing/mod.ts";
import { Emulator, type ShownCell } from "./emulator.ts";

/** A source that shows one snapshot for ever. */
export function still(snapshot: Snapshot): Source {
  const { timeMillis, counters: { fullScans } } = snapshot;
  return {
    defect: undefined,
    label: undefined,
    timeMillis,
    fullScans,
    advance: () => "end",
    detail: () => undefined,
    snapshot: () => snapshot,
  };
}

/** How the dashboard starts, and on which screen. */
export type ScreenOptions = MountOptions & Partial<StartOptions>;

/** The dashboard on a screen. */
export type DashboardScreen = Mounted<DashboardState, Message>;

/** Starts the dashboard on a screen whose clock is the app's clock. */
export function dashboardOn(
  source: Source,
  options: ScreenOptions = {},
  ports: DashboardPorts = {},
): Mounted<DashboardState, Message> {
  const { speed = 1 } = options;
  let screen: Mounted<DashboardState, Message> | undefined = undefined;
  const now = () => screen?.terminal.now() ?? 0;
  const app = dashboardApp(source, { ...options, speed }, now, ports);
  screen = mount(app, options);
  return screen;
}

/** The cells that an emulator shows after all frames so far. */
export async function shownCells(
  screen: Mounted<DashboardState, Message>,
): Promise<ShownCell[][]> {
  screen.frame();
  const emulator = new Emulator(screen.terminal.size());
  await emulator.write(screen.terminal.written.join(""));
  return emulator.cells();
}

/** Cells as lines of text, without the spaces at their ends. */
export function textOf(cells: readonly (readonly ShownCell[])[]): string[] {
  return cells.map((row) => row.map(({ text }) => text).join("").trimEnd());
}

/** A picture of a screen from the folder of frames, line by line. */
export function frameFile(name: string): string[] {
  return Deno.readTextFileSync(frameUrl(name)).split("\n").slice(0, -1);
}

/**
 * Fails if a picture is not as in the folder of frames. `deno task frames` writes it
 * there instead, to be looked at before it is committed.
 */
export function assertFrame(name: string, lines: readonly string[]): void {
  if (Deno.args.includes("--update")) {
    Deno.writeTextFileSync(frameUrl(name), `${lines.join("\n")}\n`);
  }
  assert.deepEqual(lines, frameFile(name));
}

function frameUrl(name: string): URL {
  return new URL(`./frames/${name}.txt`, import.meta.url);
}
