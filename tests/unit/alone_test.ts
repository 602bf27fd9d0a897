import assert from "node:assert/strict";
import { alone } from "../../src/engine/lib/alone.ts";
import { Bug } from "../../src/engine/lib/assert.ts";
import { LOCK_CLASS } from "../../src/engine/lib/lock.ts";
import type { Steps, Suspends } from "../../src/engine/lib/step.ts";

const LOCK = { lockClass: LOCK_CLASS.mmapLock, instance: 7 };

function* double(steps: Steps, value: number): Suspends<number> {
  if (steps.mayRace && steps.race("double")) yield steps.stop;
  if (steps.lock(LOCK, "shared", "double:mmap_lock")) yield steps.stop;
  return 2 * value;
}

function* sum(steps: Steps): Suspends<number> {
  return (yield* double(steps, 1)) + (yield* double(steps, 2));
}

Deno.test("alone, a computation runs to its end in one go", () => {
  assert.equal(alone.steps.mayInterleave, false);
  assert.equal(alone.run(sum(alone.steps)), 6);
});

Deno.test("a step that is yielded all the same is a bug, named by its site", () => {
  function* waits(): Suspends<void> {
    yield { kind: "lock", lock: LOCK, mode: "shared", site: "somewhere:lock" };
  }
  assert.throws(() => alone.run(waits()), (error) => {
    assert.ok(error instanceof Bug);
    assert.match(error.message, /somewhere:lock/);
    return true;
  });
});

Deno.test("alone, nobody could end a wait, so that one is a bug", () => {
  assert.throws(() => alone.steps.wait("online", "ksm_do_scan:wait"), Bug);
  assert.throws(() => alone.steps.relax("ksm_get_folio:frozen"), Bug);
});
