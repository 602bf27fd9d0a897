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
  /** How many NUMA nodes it has; as many as the workload says when missing. */
  readonly nodes?: 1 | 2 | undefined;
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
  workload: LoadedWorkload,
  settings: MachineSettings,
): Machine {
  const { delays = [], knobs, nodes, paranoid = false, seed } = settings;
  const machine = new Machine({
    files: workload.files,
    nodes: nodes ?? workload.nodes,
    timed: {
      seed,
      paranoid,
      delays: new Map(delays.map(({ site, nanos }) => [site, nanos])),
    },
  });
  setKnobs(machine, knobs);
  return machine;
}
