/** An interpreter that stops at every step of the engine, for tests. */
import assert from "node:assert/strict";
import {
  EveryStep,
  type Interpreter,
  type Suspends,
} from "../../src/engine/lib/step.ts";

/** From outside to inside, as the kernel orders them. */
const ORDER = [
  "ksm_thread_mutex",
  "&mm->mmap_lock",
  "folio_lock",
  "&anon_vma->rwsem",
  "page_table_lock",
  "ksm_mmlist_lock",
];

/** Classes of which two locks may be held at once: parent and child in a fork, old and new page in a migration. */
const NESTED = new Set(["&mm->mmap_lock", "folio_lock", "page_table_lock"]);

/** Grants every step at once, and holds the rules of locking: order, no lock twice, none left. */
export class Granting implements Interpreter {
  readonly steps = new EveryStep();
  /** Sites of the steps so far. */
  readonly seen = new Set<string>();
  #held: string[] = [];

  run<T>(work: Suspends<T>): T {
    // ksm_thread_mutex may stay held from one part of a batch to the next.
    let result = work.next(true);
    while (!result.done) {
      const step = result.value;
      this.seen.add(step.site);
      if (step.kind === "lock" || step.kind === "trylock") {
        this.#take(step.lock.lockClass.name, step.lock.instance);
      }
      if (step.kind === "unlock") {
        const name = `${step.lock.lockClass.name} ${step.lock.instance}`;
        const at = this.#held.indexOf(name);
        assert.notEqual(at, -1, `${name} is let go at ${step.site}`);
        this.#held.splice(at, 1);
      }
      result = work.next(true);
    }
    const left = this.#held.filter((name) => !name.startsWith("ksm_thread"));
    assert.deepEqual(left, []);
    return result.value;
  }

  #take(lockClass: string, instance: number): void {
    const name = `${lockClass} ${instance}`;
    assert.ok(!this.#held.includes(name), `${name} is taken twice`);
    const rank = ORDER.indexOf(lockClass);
    for (const held of this.#held) {
      const heldRank = ORDER.indexOf(held.split(" ")[0]);
      const inOrder = heldRank < rank ||
        heldRank === rank && NESTED.has(lockClass);
      assert.ok(inOrder, `${name} is taken under ${held}`);
    }
    this.#held.push(name);
  }
}
