/**
 * Whether a schedule that is gone through again does the same.
 *
 * @module
 */
import { Bug } from "../../engine/lib/assert.ts";
import type { Program } from "./program.ts";
import { sameStride, type Stride } from "./stride.ts";

/** The program does something else although its actors went on in the same order. */
export class HiddenNondeterminism extends Bug {}

/**
 * Compares a stride with the one at the same place when the schedule is repeated;
 * that is undefined where the actor cannot go on then.
 *
 * @throws {HiddenNondeterminism} They are not the same.
 */
export function checkRepeated(
  { actors }: Program,
  before: Stride,
  again: Stride | undefined,
  at: number,
): void {
  if (again !== undefined && sameStride(before, again)) return;
  const did = again === undefined
    ? "nothing"
    : again.steps.map(({ site }) => site).join(", ");
  throw new HiddenNondeterminism(
    `Step ${at} of ${actors[before.actor]} is another one when it is ` +
      `repeated: ${did}`,
  );
}
