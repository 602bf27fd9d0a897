/**
 * Read-copy-update: readers that take no lock, and writers that wait until all
 * who may still read what was unpublished have gone.
 *
 * ```
 *   reader   |---- section ----|
 *   writer      unpublish  [------ wait -----] free
 *   reader                    |---- section ----|     began later: not waited for
 * ```
 *
 * Inside a section nobody may sleep: on real hardware a section is little more
 * than the promise that its processor does not turn to anything else.
 *
 * @module
 */
import { assert } from "../../engine/lib/assert.ts";
import type { Step, Steps, Suspends } from "../../engine/lib/step.ts";
import type { AccessLog, Cell } from "./access_log.ts";
import { Violation } from "./program.ts";

/** A section that a reader is in, by number; no number is used twice. */
export type Section = number;

/** Readers and their sections. */
export class Rcu {
  readonly #steps: Steps;
  readonly #log: AccessLog;
  readonly #cell: Cell;
  readonly #inside = new Set<Section>();
  #begun = 0;

  /** Nobody reads. All that readers and writers share is `cell`. */
  constructor(steps: Steps, log: AccessLog, cell: Cell) {
    this.#steps = steps;
    this.#log = log;
    this.#cell = cell;
  }

  /** How many sections are under way. */
  get sections(): number {
    this.#log.read(this.#cell);
    return this.#inside.size;
  }

  /** Whether the section has not ended. */
  isInside(section: Section): boolean {
    this.#log.read(this.#cell);
    return this.#inside.has(section);
  }

  /**
   * Begins a section. Others may act before it does; what the reader has seen
   * before counts for nothing.
   *
   * Takes no lock, and never waits.
   */
  *readLock(): Suspends<Section> {
    const steps = this.#steps;
    if (steps.mayRace && steps.race("rcu_read_lock:section")) yield steps.stop;
    this.#log.write(this.#cell);
    this.#inside.add(++this.#begun);
    return this.#begun;
  }

  /** Ends a section, and lets writers look whether it was the last one they wait for. */
  *readUnlock(section: Section): Suspends<void> {
    const steps = this.#steps;
    this.#log.write(this.#cell);
    assert(this.#inside.delete(section), `Section ${section} has ended before`);
    if (
      steps.mayInterleave &&
      steps.signal("grace period", "rcu_read_unlock:section")
    ) yield steps.stop;
  }

  /**
   * Does `work` in a section of its own.
   *
   * @throws {Violation} The work sleeps, or takes a step at which it could.
   */
  *read<T>(work: Suspends<T>): Suspends<T> {
    const section = yield* this.readLock();
    let result = work.next(true);
    while (!result.done) {
      refuseSleep(result.value);
      result = work.next(yield result.value);
    }
    yield* this.readUnlock(section);
    return result.value;
  }

  /**
   * Waits for a grace period: until all sections have ended that are under way now.
   * Those that begin meanwhile are not waited for.
   */
  *synchronize(): Suspends<void> {
    const steps = this.#steps;
    this.#log.read(this.#cell);
    const last = this.#begun;
    while (this.#isUnderWay(last)) {
      if (steps.wait("grace period", "synchronize_rcu:wait")) yield steps.stop;
    }
  }

  /** Whether a section is under way that is not younger than `last`. */
  #isUnderWay(last: Section): boolean {
    this.#log.read(this.#cell);
    for (const section of this.#inside) if (section <= last) return true;
    return false;
  }
}

function refuseSleep(step: Step): void {
  const sleeps = step.kind === "wait" || step.kind === "reschedule" ||
    (step.kind === "lock" && step.lock.lockClass.kind !== "spinlock");
  if (!sleeps) return;
  throw new Violation(
    "a read section never sleeps",
    `${step.kind} at ${step.site} inside a read section`,
  );
}
