/**
 * What a search has found so far.
 *
 * @module
 */
import { KernelDefect } from "../../engine/lib/kernel_defect.ts";
import { isFinding, type Lanes } from "./lanes.ts";
import { Violation } from "./program.ts";
import type { Finding, SearchResult } from "./search.ts";

/** Counts schedules, and keeps what they have come to. */
export class Tally {
  /** See {@linkcode SearchResult}. */
  schedules = 0;
  /** See {@linkcode SearchResult}. */
  steps = 0;
  readonly #outcomes = new Map<string, readonly number[]>();
  readonly #findings = new Map<string, Finding>();

  /** Whether anything went wrong. */
  get hasFindings(): boolean {
    return this.#findings.size > 0;
  }

  /** A schedule has come to its end, well or not. */
  end(lanes: Lanes, schedule: readonly number[]): void {
    const outcome = lanes.outcome();
    try {
      lanes.check();
      this.#outcome(outcome, schedule);
    } catch (error) {
      this.#finding(error, schedule);
      this.#outcome(`${outcome}; violated: ${propertyOf(error)}`, schedule);
    }
  }

  /** An actor has gone wrong, and with it the schedule. */
  failure(error: unknown, schedule: readonly number[]): void {
    this.#finding(error, schedule);
    this.#outcome(`violated: ${propertyOf(error)}`, schedule);
  }

  #outcome(text: string, schedule: readonly number[]): void {
    if (!this.#outcomes.has(text)) this.#outcomes.set(text, [...schedule]);
  }

  /** Keeps what went wrong. Throws what is no finding again. */
  #finding(error: unknown, schedule: readonly number[]): void {
    if (!isFinding(error)) throw error;
    const property = propertyOf(error);
    if (this.#findings.has(property)) return;
    const { message } = error;
    this.#findings.set(property, {
      property,
      message,
      schedule: [...schedule],
    });
  }

  /** The result; `exhaustive` is for the search to know. */
  result(exhaustive: boolean): SearchResult {
    return {
      schedules: this.schedules,
      steps: this.steps,
      exhaustive,
      outcomes: this.#outcomes,
      findings: [...this.#findings.values()],
    };
  }
}

function propertyOf(error: unknown): string {
  if (error instanceof Violation) return error.property;
  if (error instanceof KernelDefect) return "the kernel uses nothing freed";
  return "no assertion of the engine fails";
}
