/**
 * A program that reads KSM's counters.
 *
 * @module
 */
import { type ProcessCounters, readKsmStat } from "../engine/ksm/mod.ts";
import type { Suspends } from "../engine/lib/step.ts";
import type { Machine } from "./machine.ts";

/**
 * Reads all that sysfs and `ksm_stat` show. sysfs takes no lock; `ksm_stat`
 * takes mmap_lock (shared) of each process in turn.
 */
export function* readStats(machine: Machine): Suspends<ProcessCounters[]> {
  const read: ProcessCounters[] = [];
  for (const { mm } of [...machine.processes.all()]) {
    read.push(yield* readKsmStat(machine.ksm, mm));
  }
  return read;
}
