/**
 * Machines that can go back.
 *
 * @module
 */
export * from "./event_search.ts";
export type { Checkpoint } from "./checkpoints.ts";
export {
  type Happened,
  happenedIn,
  type Happening,
  happeningBetween,
} from "./happened.ts";
export { compareMoments, type Moment } from "./inputs.ts";
export * from "./machine_history.ts";
