/**
 * The explorer: every order of the steps of a few actors.
 *
 * @module
 */
export { type Accesses, AccessLog, type Cell } from "./access_log.ts";
export { type Execution, type Program, Violation } from "./program.ts";
export { isFinding, Lanes } from "./lanes.ts";
export { HiddenNondeterminism } from "./repetition.ts";
export {
  letterOf,
  parseSchedule,
  printSchedule,
  ScheduleError,
} from "./schedule.ts";
export {
  type Finding,
  SAMPLES,
  SCHEDULES_MAX,
  search,
  type SearchOptions,
  type SearchResult,
  type Strategy,
} from "./search.ts";
export type { Stride } from "./stride.ts";
export { preemptions, shrink } from "./shrink.ts";
