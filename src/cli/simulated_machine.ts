/**
 * The simulated machine as the command line asks for it.
 *
 * @module
 */
import { Machine } from "../machine/mod.ts";
import { setKnobs } from "./knobs.ts";
import type { KnobSetting } from "./values.ts";
import type { LoadedWorkload } from "./workload_file.ts";

/** What the command line says of a machine. */
export interface MachineSettings {
  /** Decides what a real machine leaves to chance. */
  readonly seed: number;
  /** Written before the workload starts. */
  readonly knobs: readonly KnobSetting[];
}

/**
 * A machine that goes by a virtual clock, for a workload.
 *
 * @throws {UserError} It refuses a knob.
 */
export function simulatedMachine(
  { files, nodes }: LoadedWorkload,
  { knobs, seed }: MachineSettings,
): Machine {
  const machine = new Machine({ files, nodes, timed: { seed } });
  setKnobs(machine, knobs);
  return machine;
}
