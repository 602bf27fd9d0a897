/**
 * What can be seen of the actors of a machine.
 *
 * @module
 */

/** What an actor is. */
export type ActorKind =
  | "ksmd"
  | "thread"
  | "compaction"
  | "balancer"
  | "hotplug"
  | "reader"
  | "admin";

/** One actor, on a virtual CPU of its own. */
export interface ActorView {
  /** Its name, such as `ksmd` or `vm-a/writer`. */
  readonly name: string;
  /** What it is. */
  readonly kind: ActorKind;
  /** `waiting` is for a lock or a condition, `sleeping` until its next turn, `idle` until there is something to do, `done` for good. */
  readonly state: "running" | "waiting" | "sleeping" | "idle" | "done";
  /** What it is about, in a few words, such as `fill ram 12..20`. */
  readonly doing: string;
  /** Virtual processor time that it has used, in nanoseconds. */
  readonly cpuNanos: number;
}
