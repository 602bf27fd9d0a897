/**
 * Strides: what an actor does between two choices of a schedule, and when two of
 * them can be exchanged.
 *
 * @module
 */
import type { LockMode } from "../../engine/lib/lock.ts";
import type { Step } from "../../engine/lib/step.ts";
import type { Cell } from "./access_log.ts";

/** A lock that a stride has taken. */
export interface Acquisition {
  /** The lock's cell. */
  readonly cell: Cell;
  /** How it is held. */
  readonly mode: LockMode;
  /** Whether it would have waited. */
  readonly waits: boolean;
}

/** What an actor did between two choices. */
export interface Stride {
  /** Who. */
  readonly actor: number;
  /** The steps that it went through, at least one; the last of them is what matters. */
  readonly steps: readonly Step[];
  /** Cells that it has read. */
  readonly reads: readonly Cell[];
  /** Cells that it has written. */
  readonly writes: readonly Cell[];
  /** The lock that it took. */
  readonly acquired: Acquisition | undefined;
  /** The number of the stride that let it go on, if it waited for a condition or spun. */
  readonly wokenBy: number | undefined;
  /** What went wrong in it, if something did. */
  readonly failure: unknown;
}

/** Whether the order of two strides of different actors may matter. */
export function conflict(a: Stride, b: Stride): boolean {
  return meet(a.writes, b.writes) || meet(a.writes, b.reads) ||
    meet(a.reads, b.writes);
}

function meet(a: readonly Cell[], b: readonly Cell[]): boolean {
  return a.some((cell) => b.includes(cell));
}

/** Whether two strides did the same, as they must when a schedule is gone through again. */
export function sameStride(a: Stride, b: Stride): boolean {
  return a.steps.length === b.steps.length &&
    a.steps.every((step, at) => sameStep(step, b.steps[at])) &&
    sameCells(a.reads, b.reads) && sameCells(a.writes, b.writes);
}

function sameCells(a: readonly Cell[], b: readonly Cell[]): boolean {
  return a.length === b.length && a.every((cell, at) => cell === b[at]);
}

function sameStep(a: Step, b: Step): boolean {
  if (a.kind !== b.kind || a.site !== b.site) return false;
  if (!("lock" in a) || !("lock" in b)) return true;
  return a.lock.lockClass === b.lock.lockClass &&
    a.lock.instance === b.lock.instance && a.mode === b.mode;
}
