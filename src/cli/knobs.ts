/**
 * Knobs that the command line sets.
 *
 * @module
 */
import { Driver, type Machine } from "../machine/mod.ts";
import { type KnobOp, openTrace } from "../workload/mod.ts";
import { errnoName } from "./errno.ts";
import { UserError } from "./user_error.ts";
import type { KnobSetting } from "./values.ts";

/** What the knobs take, by their names in sysfs. */
const VALID: ReadonlyMap<string, string> = new Map([
  ["run", "0, 1 or 2"],
  ["pages_to_scan", "a whole number from 0 to 4294967295"],
  ["sleep_millisecs", "a whole number from 0 to 4294967295"],
  ["smart_scan", "0 or 1"],
]);

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
      const valid = VALID.get(name);
      throw new UserError(
        `Cannot set knob ${name} to "${value}" (${errnoName(event.errno)})` +
          (valid === undefined ? "" : `: it must be ${valid}`),
      );
    },
  });
  driver.advance("end");
}
