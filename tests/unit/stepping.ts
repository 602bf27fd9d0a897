/** Actors that go on by hand, one step after the other. */
import assert from "node:assert/strict";
import {
  EveryStep,
  type Interpreter,
  type Step,
  type Suspends,
} from "../../src/engine/lib/step.ts";

/** Grants every step at once. */
export const granting: Interpreter = {
  steps: new EveryStep(),
  run<T>(work: Suspends<T>): T {
    let result = work.next(true);
    while (!result.done) result = work.next(true);
    return result.value;
  },
};

/** Goes on with `work` until it has made a step of this kind at this site. */
export function goTo<T>(
  work: Suspends<T>,
  kind: Step["kind"],
  site: string,
): void {
  for (;;) {
    const result = work.next(true);
    assert.ok(!result.done, `The work ends without ${kind} at ${site}`);
    if (result.value.kind === kind && result.value.site === site) return;
  }
}
