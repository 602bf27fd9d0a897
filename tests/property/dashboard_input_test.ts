/** Whatever is pressed, typed, pasted, clicked or resized, the dashboard lives. */
import fc from "fast-check";
import assert from "node:assert/strict";
import { THEME_NAMES } from "../../src/dashboard/theme_names.ts";
import { dashboardOn } from "../golden/dashboard_screen.ts";
import { BUSY } from "../unit/dashboard_busy.ts";
import { WritableSource } from "../unit/dashboard_writable.ts";

const KEYS = [
  ..."?kwet/sS0123456789.b>+-[]{}nNGfxhjl",
  "space",
  "up",
  "down",
  "left",
  "right",
  "home",
  "end",
  "pageup",
  "pagedown",
  "enter",
  "escape",
  "backspace",
  "delete",
  "tab",
  "shift+tab",
  "ctrl+w",
  "ctrl+u",
  "alt+b",
  "f5",
];

type Screen = ReturnType<typeof dashboardOn>;

const cell = fc.record({ column: fc.nat(130), row: fc.nat(45) });

/** What a user may do. */
const deeds = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...KEYS).map(press) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }).map(paste) },
  { weight: 3, arbitrary: cell.map(click) },
  {
    weight: 2,
    arbitrary: fc.tuple(cell, fc.integer({ min: -9, max: 9 })).map(turn),
  },
  { weight: 1, arbitrary: cell.map(resize) },
  { weight: 1, arbitrary: fc.nat(300).map(wait) },
);

interface Deed {
  readonly does: string;
  readonly to: (screen: Screen) => void;
}

type Cell = { readonly column: number; readonly row: number };

function press(key: string): Deed {
  return { does: `press ${key}`, to: (screen) => screen.press(key) };
}

function paste(text: string): Deed {
  return { does: `paste ${text}`, to: (screen) => screen.paste(text) };
}

function click({ column, row }: Cell): Deed {
  const to = (screen: Screen) => screen.click(column, row);
  return { does: `click ${column} ${row}`, to };
}

function turn([{ column, row }, steps]: readonly [Cell, number]): Deed {
  const to = (screen: Screen) => screen.wheel(column, row, steps);
  return { does: `wheel ${column} ${row} ${steps}`, to };
}

function resize({ column, row }: Cell): Deed {
  const to = (screen: Screen) => screen.resize(column + 1, row + 1);
  return { does: `resize ${column + 1} ${row + 1}`, to };
}

function wait(millis: number): Deed {
  return { does: `wait ${millis}`, to: (screen) => screen.advance(millis) };
}

/** A source of knobs that take writes, with much to be seen. */
class BusySource extends WritableSource {
  override snapshot() {
    return { ...BUSY, knobs: super.snapshot().knobs };
  }
}

Deno.test("no input makes the dashboard throw, and it can always be left", () => {
  fc.assert(
    fc.property(
      fc.array(deeds, { minLength: 5, maxLength: 40 }),
      fc.constantFrom(...THEME_NAMES),
      (list, theme) => {
        const workloads = [{ name: "one", title: "one" }, {
          name: "two",
          title: "two",
        }];
        const ports = {
          open: () => ({ source: new BusySource() }),
          save: () => ({ kind: "written" } as const),
        };
        const options = { columns: 100, rows: 30, workloads, theme };
        const screen = dashboardOn(new BusySource(), options, ports);
        for (const { to } of list) {
          to(screen);
          screen.frame();
        }
        screen.press("escape", "escape", "escape", "q");
        assert.deepEqual(screen.ending, { kind: "quit" });
      },
    ),
    { numRuns: 60 },
  );
});
