/**
 * What the whole work of one actor comes to at each moment of another one's.
 *
 * Of all schedules, those in which one actor is interrupted once, and the other
 * one then does all that it can do at one go.
 *
 * @module
 */
import { isFinding, Lanes } from "../sim/explore/mod.ts";
import { printPlace } from "./place.ts";
import type { Case, Scenario } from "./scenario.ts";
import type { Variant } from "./variants/mod.ts";

/** One moment. */
export interface Moment {
  /** Steps of the interrupted actor before it. */
  readonly after: number;
  /** The state then, one text for each heading. */
  readonly before: readonly string[];
  /** Whether the other actor could do all its work at once, and need not wait for the interrupted one. */
  readonly atOnce: boolean;
  /** What all came to; undefined where it went wrong on the way. */
  readonly outcome: string | undefined;
  /** What went wrong, if something did. */
  readonly failure: string | undefined;
  /** The schedule, for `parsePlace`. */
  readonly schedule: string;
}

/** All moments of actor number `interrupted` at which actor number `whole` can come in. */
export function momentsOf(
  scenario: Scenario,
  which: Case,
  variant: Variant,
  whole: number,
  interrupted: number,
): Moment[] {
  const moments: Moment[] = [];
  for (let after = 0;; after++) {
    const walk = new Walk(new Lanes(which.program(variant)));
    walk.go(interrupted, after);
    if (walk.schedule.length < after) return moments;
    const before = walk.lanes.execution.view();
    walk.go(whole);
    const atOnce = walk.lanes.pending(whole) === undefined;
    while (walk.go(interrupted) + walk.go(whole) > 0);
    const { outcome, failure } = walk.end();
    const schedule = printPlace(scenario, variant, which, walk.schedule);
    moments.push({ after, before, atOnce, outcome, failure, schedule });
  }
}

/** A schedule on its way. */
class Walk {
  readonly schedule: number[] = [];
  #failure: unknown;

  constructor(readonly lanes: Lanes) {}

  /** Lets an actor go on as far as it can, but not more than so many steps; answers how many it made. */
  go(actor: number, most = Infinity): number {
    const { lanes, schedule } = this;
    const from = schedule.length;
    while (
      schedule.length - from < most && this.#failure === undefined &&
      (lanes.enabled & (1 << actor)) !== 0
    ) {
      schedule.push(actor);
      this.#failure = lanes.go(actor).failure;
    }
    return schedule.length - from;
  }

  /** What it has come to. */
  end(): Pick<Moment, "outcome" | "failure"> {
    if (this.#failure !== undefined) {
      return { outcome: undefined, failure: messageOf(this.#failure) };
    }
    const outcome = this.lanes.outcome();
    try {
      this.lanes.check();
      return { outcome, failure: undefined };
    } catch (error) {
      if (!isFinding(error)) throw error;
      return { outcome, failure: error.message };
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
