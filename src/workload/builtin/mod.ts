/**
 * Workloads that need no file.
 *
 * @module
 */
import type { Workload } from "../script.ts";
import { chains } from "./chains.ts";
import { contention } from "./contention.ts";
import { demoVms } from "./demo_vms.ts";
import { exitStorm } from "./exit_storm.ts";
import { fiftyTwoXp } from "./fifty_two_xp.ts";
import { forkStorm } from "./fork_storm.ts";
import { ksmpages } from "./ksmpages.ts";
import { migrate } from "./migrate.ts";
import { numa } from "./numa.ts";
import { offline } from "./offline.ts";
import { smartScan } from "./smart_scan.ts";
import { staleTree } from "./stale_tree.ts";
import { volatile } from "./volatile.ts";
import { zero } from "./zero.ts";

export { contentionWith } from "./contention.ts";
export * from "./images.ts";

/** The built-in workloads by name; their `title` says what to watch. The first is the demo. */
export const BUILTINS: readonly Workload[] = [
  demoVms,
  ksmpages,
  fiftyTwoXp,
  volatile,
  chains,
  zero,
  smartScan,
  contention,
  forkStorm,
  exitStorm,
  numa,
  migrate,
  offline,
  staleTree,
];
