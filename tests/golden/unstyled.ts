/**
 * The dashboard without any style: no colour, bold, dim, inverse or underline.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { DashboardState } from "../../src/dashboard/state.ts";
import { Dashboard } from "../../src/dashboard/views/dashboard.tsx";
import type { Snapshot } from "../../src/observe/snapshot.ts";
import {
  ASCII_GLYPHS,
  pictureText,
  UNICODE_GLYPHS,
} from "../../src/tui/mod.ts";
import { BUSY } from "../unit/dashboard_busy.ts";
import {
  answering,
  ANSWERS,
  type Answers,
  DETAILED,
} from "../unit/dashboard_details.ts";
import { dashboardOn } from "./dashboard_screen.ts";

const { nodeTrees: _, ...busy } = BUSY;

/** A machine that has all there is to show. */
export const ALL: Snapshot = { ...busy, ...DETAILED };

/** Columns and rows. */
export type Size = readonly [columns: number, rows: number];

/** Room for all panels. */
export const WIDE: Size = [120, 40];
/** Room for all columns. */
export const ROOMY: Size = [240, 60];

/** The sizes that are looked at. */
export const SIZES: readonly Size[] = [WIDE, [80, 24]];

/** States that differ in one thing only, by what that is in them. */
export type States = Readonly<Record<string, DashboardState>>;

/** What a state looks like without any style. */
export function unstyled(
  state: DashboardState,
  [columns, rows]: Size,
  ascii: boolean,
): string {
  const glyphs = ascii ? ASCII_GLYPHS : UNICODE_GLYPHS;
  const screen = { columns, rows, color: true, glyphs };
  const sized = { ...state, screen: { columns, rows } };
  return pictureText(Dashboard({ state: sized, screen }), screen);
}

/** Tests that of some states, or of a part of what is seen of them, no two look the same. */
export function apart(
  what: string,
  states: States,
  sizes: readonly Size[] = SIZES,
  part: (text: string) => string = (text) => text,
): void {
  Deno.test(`without any style, ${what}: no two look the same`, () => {
    assert.ok(Object.keys(states).length > 1);
    for (const size of sizes) {
      for (const ascii of [false, true]) {
        const seen = new Map<string, string>();
        for (const [name, state] of Object.entries(states)) {
          const text = part(unstyled(state, size, ascii));
          const same = seen.get(text);
          assert.equal(same, undefined, `as ${name} at ${size}:\n${text}`);
          seen.set(text, name);
        }
      }
    }
  });
}

/** The state after some keys. */
export function stateOf(
  keys: readonly string[],
  snapshot: Snapshot = DETAILED,
  answers: Answers = ANSWERS,
): DashboardState {
  const options = { columns: 120, rows: 40 };
  const screen = dashboardOn(answering(snapshot, answers), options);
  screen.press(...keys);
  return screen.state;
}

/** A state for each of some values. */
export function each<Value>(
  values: readonly Value[],
  make: (value: Value) => DashboardState,
): States {
  return Object.fromEntries(values.map((value) => [
    typeof value === "string" ? value : JSON.stringify(value),
    make(value),
  ]));
}

/** The first row of a zoomed table that is about a process, a lock, and so on. */
export function rowOf(name: string): (text: string) => string {
  return (text) =>
    text.split("\n").slice(2).find((line) => line.includes(` ${name} `)) ?? "";
}
