/**
 * NUMA: which node a new page comes from.
 *
 * The policy of the area that the page is for goes first (mbind), then that of
 * the task in whose context it is allocated (set_mempolicy). Without either, the
 * page comes from the node of the processor on which that task runs (first
 * touch). The task is not always the one whose memory it is: undoing sharing by
 * `run` allocates for the writer of `run`, and ksmd undoes failed merges itself.
 *
 * @module
 */
import type { Vma } from "./vma.ts";

/** Number of a NUMA node, from 0. */
export type NodeId = number;

/** A task as far as it allocates memory. */
export interface Task {
  /** The node that set_mempolicy has bound it to, if any. */
  boundTo: NodeId | undefined;
  /** The node of the processor on which it runs. */
  readonly home: NodeId;
}

/** A task that runs on node 0, and is bound to none. */
export function newTask(): Task {
  return { boundTo: undefined, home: 0 };
}

/**
 * The node of a page that `task` allocates for an area.
 *
 * Models: get_vma_policy(), mm/mempolicy.c
 * Differs: a policy is one node, because traces bind to nothing else.
 */
export function nodeForPage(vma: Vma, task: Task): NodeId {
  return vma.boundTo ?? task.boundTo ?? task.home;
}
