/**
 * Knobs that the command line sets.
 *
 * @module
 */
import { knobDefaults, knobNamed, KNOBS } from "../engine/ksm/mod.ts";
import { Driver, type Machine } from "../machine/mod.ts";
import { type KnobOp, openTrace } from "../workload/mod.ts";
import type { HelpList } from "./command.ts";
import { errnoName } from "../observe/errno.ts";
import { UserError } from "./user_error.ts";
import type { KnobSetting } from "./values.ts";

/** What help says of the knobs. */
export const KNOB_HELP: HelpList = {
  heading: "Knobs",
  rows: KNOBS.map(({ sysfs, meaning, valid, read }) => ({
    word: `${sysfs}, at first ${read(knobDefaults())}`,
    lines: [meaning, `takes ${valid}`],
  })),
};

/**
 * Writes knobs in their order, as operations of a trace would.
 *
 * @throws {UserError} The machine refuses a value.
 */
export function setKnobs(
  machine: Machine,
  settings: readonly KnobSetting[],
): void {
  const ops = settings.map((setting): KnobOp => ({ op: "knob", ...setting }));
  const source = openTrace({
    format: "ksm-trace/1",
    name: "knobs",
    title: "knobs of the command line",
    tags: [],
    ops,
  });
  const driver = new Driver(machine, source, {
    record: (event) => {
      if (event.op !== "knob" || event.errno === 0) return;
      const { name, value } = settings[event.i];
      throw new UserError(
        `Cannot set knob ${name} to "${value}" (${errnoName(event.errno)}): ` +
          `it must be ${knobNamed(name)?.valid}`,
      );
    },
  });
  driver.advance("end");
}
