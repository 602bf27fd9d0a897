/**
 * The `alone` interpreter: one actor, and nobody to race with.
 *
 * @module
 */
import { Bug } from "./assert.ts";
import type { Suspends } from "./step.ts";

/**
 * Runs a computation to its end in one go.
 *
 * Nothing may stop at a step: `mayInterleave` is false, so that a step that is
 * yielded all the same is a bug, such as waiting for a lock that the only actor
 * holds itself.
 */
export function alone<T>(work: Suspends<T>): T {
  const result = work.next();
  if (result.done) return result.value;
  throw new Bug(`Step "${result.value.site}" suspends, but nobody else runs`);
}
