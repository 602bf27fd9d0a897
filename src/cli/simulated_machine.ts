/**
 * The simulated machine as the command line asks for it.
 *
 * @module
 */
import { Machine } from "../machine/mod.ts";
import type { Delay } from "./delay.ts";
import { setKnobs } from "./knobs.ts";
import type { KnobSetting } from "./values.ts";
import type { LoadedWorkload } from "./workload_file.ts";

/** What the command line says of a machine. */
export interface MachineSettings {
  /** Decides what a real machine leaves to chance. */
  readonly seed: number;
  /** Written before the workload starts. */
  readonly knobs: readonly KnobSetting[];
  /** Makes places in the code slow; of two for one place the last one counts. */
  readonly delays?: readonly Delay[] | undefined;
  /** Whether its whole state is checked after each step. */
  readonly paranoid?: boolean;
}

/**
 * A machine that goes by a virtual clock, for a workload.
 *
 * @throws {UserError} It refuses a knob.
 */
export function simulatedMachine(
  { files, nodes }: LoadedWorkload,
  { delays = [], knobs, paranoid = false, seed }: MachineSettings,
): Machine {
  const machine = new Machine({
    files,
    nodes,
    timed: {
      seed,
      paranoid,
      delays: new Map(delays.map(({ site, nanos }) => [site, nanos])),
    },
  });
  setKnobs(machine, knobs);
  return machine;
}
