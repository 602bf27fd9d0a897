/**
 * How far a machine goes at a time, and why it stopped.
 *
 * @module
 */
import type { Kept } from "../engine/lib/kept.ts";

/** How far to go: to the end of a page's visit, of a batch, of a full scan, of the workload. */
export type Stride = "page" | "batch" | "pass" | "end";

/** Why the driver came back. */
export type Stop =
  /** The stride is done; or ksmd has nothing to do, and the workload waits for it. */
  | "done"
  /** The stride is not done, since ksmd sleeps between two batches: the caller may want to look meanwhile. */
  | "rest"
  /** The workload has taken a sample; `label` names it. */
  | "sample"
  /** The workload has ended. */
  | "end";

/** Something that a machine is in the middle of. */
export interface Leg {
  /** Goes on a little; answers why it has ended, if it has. */
  tick(): Stop | undefined;
  /** How far it is, between two ticks. */
  keep(): Kept;
}
