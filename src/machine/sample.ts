/**
 * What a sample records of each process.
 *
 * @module
 */
import { PROCESS_COUNTERS } from "../engine/ksm/mod.ts";
import { pageStatus } from "../engine/mm/mod.ts";
import {
  printRuns,
  type ProcessSample,
  type RegionNodes,
} from "../workload/mod.ts";
import type { Machine } from "./machine.ts";
import type { Process } from "./process_table.ts";

/** The figures of all live processes, by name. */
export function sampleProcesses(
  machine: Machine,
): Record<string, ProcessSample> {
  return Object.fromEntries(
    Array.from(
      machine.processes.all(),
      (process) => [process.name, sampleOf(machine, process)],
    ),
  );
}

function sampleOf(machine: Machine, process: Process): ProcessSample {
  const counters = machine.ksm.processCounters(process.mm);
  return {
    ...Object.fromEntries(
      PROCESS_COUNTERS.map(({ field, procfs }) => [procfs, counters[field]]),
    ),
    ...(machine.memory.nodes === 1 ? {} : { nodes: nodesOf(machine, process) }),
  };
}

/** Where the pages of each region are. */
function nodesOf({ memory }: Machine, { mm, regions }: Process): RegionNodes {
  return Object.fromEntries(
    Array.from(regions, ([name, { start, pages }]) => {
      const statuses = Array.from(
        { length: pages },
        (_, page) => pageStatus(memory, mm, start + page),
      );
      return [name, printRuns(statuses)];
    }),
  );
}
