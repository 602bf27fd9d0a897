/**
 * The short way: a whole workload on a new machine.
 *
 * @module
 */
import { openWorkload, type Workload } from "../workload/mod.ts";
import { Driver } from "./driver.ts";
import { Machine, type MachineOptions } from "./machine.ts";

/** What {@linkcode runWorkload} may be told. */
export interface RunWorkloadOptions extends MachineOptions {
  /** Seed of the script's random numbers and of the machine's; the workload layer's default when missing. */
  readonly seed?: number;
}

/**
 * Runs a script to its end on a new machine, and returns that machine, so that
 * one can ask for its counters. It goes by a virtual clock, unless the options
 * name an interpreter.
 *
 * @example
 * ```ts
 * import { runWorkload, workload } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * const machine = runWorkload(workload("pair", function* (box) {
 *   const ram = box.process("vm").mmap("ram", 2, { mergeable: true });
 *   ram.fill({ kind: "const", byte: 65 });
 *   yield* box.scanPasses(2);
 * }));
 * assert.equal(machine.counters().pagesSharing, 1);
 * ```
 *
 * @throws {RangeError} The workload never ends.
 * @throws {RefusedOp} The workload asks for something that is not modelled.
 */
export function runWorkload(
  workload: Workload,
  options: RunWorkloadOptions = {},
): Machine {
  if (workload.endless) {
    throw new RangeError(
      `Cannot run "${workload.name}" to its end: it is endless, use a Driver`,
    );
  }
  const { seed, ...machineOptions } = options;
  const { interpreter, timed } = machineOptions;
  const machine = new Machine({
    nodes: workload.nodes,
    ...machineOptions,
    ...(interpreter === undefined &&
      { timed: { ...(seed !== undefined && { seed }), ...timed } }),
  });
  const source = openWorkload(workload, seed === undefined ? {} : { seed });
  const driver = new Driver(machine, source);
  while (driver.advance("end") !== "end");
  return machine;
}
