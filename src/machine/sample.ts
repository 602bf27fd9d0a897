/**
 * What a sample records of each process.
 *
 * @module
 */
import { PROCESS_COUNTERS, type ProcessCounters } from "../engine/ksm/mod.ts";
import type { ProcessSample } from "../workload/mod.ts";
import type { Machine } from "./machine.ts";

/** The figures of all live processes, by name. */
export function sampleProcesses(
  machine: Machine,
): Record<string, ProcessSample> {
  return Object.fromEntries(
    Array.from(
      machine.processes.all(),
      ({ name, mm }) => [name, sampleOf(machine.ksm.processCounters(mm))],
    ),
  );
}

function sampleOf(counters: ProcessCounters): ProcessSample {
  return Object.fromEntries(
    PROCESS_COUNTERS.map(({ field, procfs }) => [procfs, counters[field]]),
  );
}
