import assert from "node:assert/strict";
import { alone } from "../../src/engine/lib/alone.ts";
import { Bug } from "../../src/engine/lib/assert.ts";
import { Steps, type Suspends } from "../../src/engine/lib/step.ts";

const steps = new Steps();

function* double(value: number): Suspends<number> {
  if (steps.mayInterleave) yield steps.race("double");
  return 2 * value;
}

function* sum(): Suspends<number> {
  return (yield* double(1)) + (yield* double(2));
}

Deno.test("alone, a computation runs to its end in one go", () => {
  assert.equal(alone.mayInterleave, false);
  assert.equal(alone.run(sum()), 6);
});

Deno.test("a step that is yielded all the same is a bug, named by its site", () => {
  const lock = { lockClass: "mmap_lock", instance: 7 } as const;
  function* waits(): Suspends<void> {
    yield steps.lock(lock, "shared", "somewhere:mmap_lock");
  }
  assert.throws(() => alone.run(waits()), (error) => {
    assert.ok(error instanceof Bug);
    assert.match(error.message, /somewhere:mmap_lock/);
    return true;
  });
});

Deno.test("steps say what they are", () => {
  const lock = { lockClass: "folio_lock", instance: 3 } as const;
  assert.deepEqual(
    [
      steps.trylock(lock, "exclusive", "a"),
      steps.unlock(lock, "exclusive", "b"),
      steps.reschedule("c"),
      steps.spend("compare", 2, "d"),
      steps.race("e"),
    ],
    [
      { kind: "trylock", lock, mode: "exclusive", site: "a" },
      { kind: "unlock", lock, mode: "exclusive", site: "b" },
      { kind: "reschedule", site: "c" },
      { kind: "spend", cost: "compare", amount: 2, site: "d" },
      { kind: "race", site: "e" },
    ],
  );
});
