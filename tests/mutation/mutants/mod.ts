/**
 * All mutants.
 *
 * @module
 */
import { MERGING_MUTANTS } from "./merging.ts";
import type { Mutant } from "./mutant.ts";
import { NUMA_MUTANTS } from "./numa.ts";
import { OFFLINE_MUTANTS } from "./offline.ts";
import { REQUEST_MUTANTS } from "./requests.ts";
import { SCAN_MUTANTS } from "./scan.ts";
import { TREE_MUTANTS } from "./trees.ts";

export { RACE_MUTANTS } from "./races.ts";
export { UNSEEN } from "./equivalent.ts";
export type { Mutant } from "./mutant.ts";

/** All mutants that a trace can notice, in the order of the reference's subjects. */
export const MUTANTS: readonly Mutant[] = [
  ...SCAN_MUTANTS,
  ...TREE_MUTANTS,
  ...MERGING_MUTANTS,
  ...REQUEST_MUTANTS,
  ...NUMA_MUTANTS,
  ...OFFLINE_MUTANTS,
];
