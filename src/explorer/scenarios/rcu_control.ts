/**
 * A control: where RCU does matter. No KSM is in it.
 *
 * ```
 *   writer                       reader
 *   ------                       ------
 *   unpublish the record         look up the published record
 *   wait for a grace period      (another processor acts)
 *   free the record              read the record
 * ```
 *
 * What KSM looks up is freed without a grace period, so that a section around the
 * look-up changes nothing. That a section can be the whole difference, and that
 * the search would see it, is shown here.
 *
 * @module
 */
import { EveryStep, type Suspends } from "../../engine/lib/step.ts";
import {
  AccessLog,
  type Cell,
  type Execution,
  type Program,
  Violation,
} from "../../sim/explore/mod.ts";
import { Rcu } from "../../sim/explore/rcu.ts";
import { SAFETY } from "../safety.ts";
import type { Scenario } from "../scenario.ts";
import type { Variant } from "../variants/mod.ts";

const SECTIONS: Cell = 0;
const PUBLISHED: Cell = 1;
const RECORD: Cell = 2;

/** The reader looks the record up and uses it in one read section. */
const IN_SECTION: Variant = {
  name: "read-section",
  title: "the reader is in a read section",
  kind: "repair",
};

/** It does so in none. */
const IN_NO_SECTION: Variant = {
  name: "no-read-section",
  title: "the reader is in no read section",
  kind: "broken",
};

/** Where a read section is the whole difference. */
export const RCU_CONTROL: Scenario = {
  name: "rcu-control",
  title: "Control without KSM: a record that is freed after a grace period",
  variants: [IN_SECTION, IN_NO_SECTION],
  outlives: false,
  safety: [SAFETY.notFreed],
  claims: [{
    text: "Without a section the record is used after it is freed.",
    variant: "no-read-section",
    outcome: /violated/,
    reachable: true,
  }, {
    text: "With one it is not.",
    variant: "read-section",
    outcome: /violated/,
    reachable: false,
  }],
  cases: [{
    name: "one record",
    program: (variant) => new RcuControl(variant === IN_SECTION),
  }],
};

/** A reader and a writer of one record. */
export class RcuControl implements Program {
  readonly actors: readonly string[] = ["reader", "writer"];
  readonly columns: readonly string[] = ["published", "record", "sections"];
  readonly log: AccessLog = new AccessLog();
  readonly #steps = new EveryStep();
  readonly #readsInSection: boolean;

  /** The reader looks the record up and uses it in one read section, or in none. */
  constructor(readsInSection: boolean) {
    this.#readsInSection = readsInSection;
  }

  /** See {@linkcode Program}: the record is published. */
  begin(): Execution {
    return new OneRecord(this.#steps, this.log, this.#readsInSection);
  }
}

/** One life of the record. */
class OneRecord implements Execution {
  readonly works: readonly Suspends<unknown>[];
  readonly #steps: EveryStep;
  readonly #log: AccessLog;
  readonly #rcu: Rcu;
  #isPublished = true;
  #isFreed = false;
  #hasFound = false;

  constructor(steps: EveryStep, log: AccessLog, readsInSection: boolean) {
    this.#steps = steps;
    this.#log = log;
    this.#rcu = new Rcu(steps, log, SECTIONS);
    const look = this.#look();
    this.works = [readsInSection ? this.#rcu.read(look) : look, this.#write()];
  }

  view(): readonly string[] {
    return [
      this.#isPublished ? "yes" : "no",
      this.#isFreed ? "freed" : "in use",
      `${this.#rcu.sections}`,
    ];
  }

  /** Nothing more than what the reader looks at. */
  check(): void {}

  outcome(): string {
    return this.#hasFound ? "the record was read" : "no record was found";
  }

  *#look(): Suspends<void> {
    this.#log.read(PUBLISHED);
    if (!this.#isPublished) return;
    if (this.#steps.race("reader:found")) yield this.#steps.stop;
    this.#log.read(RECORD);
    if (this.#isFreed) {
      const facts = "the record was freed between look-up and use";
      throw new Violation(SAFETY.notFreed, facts);
    }
    this.#hasFound = true;
  }

  *#write(): Suspends<void> {
    this.#log.write(PUBLISHED);
    this.#isPublished = false;
    if (this.#steps.race("writer:unpublished")) yield this.#steps.stop;
    yield* this.#rcu.synchronize();
    this.#log.write(RECORD);
    this.#isFreed = true;
  }
}
