/**
 * What `/proc/PID/ksm_stat` shows.
 *
 * @module
 */
import type { Suspends } from "../lib/step.ts";
import type { Mm } from "../mm/mm.ts";
import type { ProcessCounters } from "./counters.ts";
import type { Ksm } from "./ksm.ts";

/**
 * Reads the counters of one process. Takes mmap_lock (shared), since whether an
 * area is mergeable is looked up; the counters themselves need no lock, and may
 * be of different moments.
 *
 * Models: proc_pid_ksm_stat(), fs/proc/base.c
 */
export function* readKsmStat(ksm: Ksm, mm: Mm): Suspends<ProcessCounters> {
  const { steps } = ksm;
  const site = "proc_pid_ksm_stat:mmap_lock";
  if (steps.mayInterleave && steps.lock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  const counters = ksm.processCounters(mm);
  if (steps.mayInterleave && steps.unlock(mm.mmapLock, "shared", site)) {
    yield steps.stop;
  }
  return counters;
}
