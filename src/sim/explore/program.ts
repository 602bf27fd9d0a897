/**
 * What is explored: a small machine, and what a few actors do on it.
 *
 * @module
 */
import type { Suspends } from "../../engine/lib/step.ts";
import type { AccessLog } from "./access_log.ts";

/**
 * A machine that can be begun again and again, each time the same: what happens
 * depends on nothing but the order of the actors' steps.
 */
export interface Program {
  /** Names of the actors. */
  readonly actors: readonly string[];
  /** Headings of {@linkcode Execution.view}. */
  readonly columns: readonly string[];
  /** Told of every use of state that actors share. */
  readonly log: AccessLog;
  /** Puts the machine into its first state; the execution before, if any, is over. */
  begin(): Execution;
}

/** One life of the machine. Its actors' work stops at every step, as with `EveryStep`. */
export interface Execution {
  /** What each actor does, in the order of their names. Work that throws a {@linkcode Violation}, a bug or a kernel's defect has gone wrong. */
  readonly works: readonly Suspends<unknown>[];
  /** What matters of the state, one text for each heading. */
  view(): readonly string[];
  /** All actors have ended: what it has come to. Equal texts are equal outcomes. */
  outcome(): string;
  /**
   * All actors have ended: looks whether all holds that must then.
   *
   * @throws {Violation} Something does not.
   */
  check(): void;
}

/** Something that has to hold does not. */
export class Violation extends Error {
  /** Names the class in a stack trace. */
  override readonly name = "Violation";
  /** What has to hold, such as "no reference is leaked". */
  readonly property: string;

  /** `facts` say what was found, as a clause. */
  constructor(property: string, facts: string) {
    super(`${property}: ${facts}`);
    this.property = property;
  }
}
