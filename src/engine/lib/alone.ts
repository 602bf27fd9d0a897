/**
 * The `alone` interpreter: one actor, and nobody to race with.
 *
 * @module
 */
import { Bug } from "./assert.ts";
import type { Interpreter, Step, Steps, Suspends } from "./step.ts";

/** Stops nobody. */
class NoSteps implements Steps {
  readonly mayInterleave = false;
  readonly mayRace = false;
  readonly stop: Step = { kind: "reschedule", site: "alone" };

  lock(): false {
    return false;
  }

  /** The caller looks at the lock itself. */
  trylock(): true {
    return true;
  }

  unlock(): false {
    return false;
  }

  glance(): false {
    return false;
  }

  wait(_condition: unknown, site: string): never {
    throw new Bug(`"${site}" waits, but nobody else runs`);
  }

  signal(): false {
    return false;
  }

  reschedule(): false {
    return false;
  }

  relax(site: string): never {
    throw new Bug(`"${site}" spins, but nobody else runs`);
  }

  spend(): false {
    return false;
  }

  race(): false {
    return false;
  }
}

/**
 * Runs a computation to its end in one go.
 *
 * Nothing stops at a step, since none is asked for: a step that is yielded all
 * the same is a bug, such as waiting for a lock that the only actor holds.
 */
export const alone: Interpreter = {
  steps: new NoSteps(),
  run<T>(work: Suspends<T>): T {
    const result = work.next();
    if (result.done) return result.value;
    throw new Bug(`Step "${result.value.site}" suspends, but nobody else runs`);
  },
};
