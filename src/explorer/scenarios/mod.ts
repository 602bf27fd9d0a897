/**
 * All scenarios.
 *
 * @module
 */
import type { Scenario } from "../scenario.ts";
import {
  FREEZE,
  FREEZE_DIRTY,
  LOCKED_MIGRATION,
  MIGRATION,
  ROUND_TRIP,
  UNMAP,
} from "./lookups.ts";
import { HOTREMOVE, MATCH, MATCH_MIGRATION, WRITE } from "./merging.ts";
import {
  EXIT,
  FIRST_SLOT,
  REMOVAL,
  TWO_LOOKUPS,
  UNMERGE_FORK,
} from "./processes.ts";
import { RCU_CONTROL } from "./rcu_control.ts";
import { STALE_TREE } from "./stale_tree.ts";

/** All scenarios, in the order in which they are told. */
export const SCENARIOS: readonly Scenario[] = [
  UNMAP,
  FREEZE,
  FREEZE_DIRTY,
  MIGRATION,
  LOCKED_MIGRATION,
  TWO_LOOKUPS,
  REMOVAL,
  MATCH,
  MATCH_MIGRATION,
  HOTREMOVE,
  WRITE,
  EXIT,
  UNMERGE_FORK,
  FIRST_SLOT,
  STALE_TREE,
  ROUND_TRIP,
  RCU_CONTROL,
];
