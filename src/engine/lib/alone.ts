/**
 * The `alone` interpreter: one actor, and nobody to race with.
 *
 * @module
 */
import { Bug } from "./assert.ts";
import type { Interpreter, Suspends } from "./step.ts";

/**
 * Runs a computation to its end in one go.
 *
 * Nothing stops at a step, since none is asked for: a step that is yielded all
 * the same is a bug, such as waiting for a lock that the only actor holds.
 */
export const alone: Interpreter = {
  mayInterleave: false,
  run<T>(work: Suspends<T>): T {
    const result = work.next();
    if (result.done) return result.value;
    throw new Bug(`Step "${result.value.site}" suspends, but nobody else runs`);
  },
};
