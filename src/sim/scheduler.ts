/**
 * Schedulers: who goes on next.
 *
 * @module
 */
import {
  keepAll,
  keepFields,
  keepList,
  type Kept,
} from "../engine/lib/kept.ts";
import type { Actor } from "./actor.ts";
import { SeededRandom } from "./random.ts";

/** Chooses among actors that can go on. */
export interface Scheduler {
  /**
   * Whether every step is a choice, with one clock for all, as on a single CPU
   * that may switch anywhere. If not, each actor has its own clock, and runs
   * until another one is due.
   */
  readonly everyStep: boolean;
  /** Who goes on: one of `ready`, which is not empty and in the order of the actors' numbers. */
  pick(ready: readonly Actor[]): Actor;
  /** What decides about its next choices. */
  keep(): Kept;
}

/**
 * The actor that is furthest behind goes on; of several, the one that went on
 * last, else the one with the lowest number.
 */
export class TimedScheduler implements Scheduler {
  readonly everyStep = false;
  #last = -1;

  /** See {@linkcode Scheduler}. */
  keep(): Kept {
    const last = this.#last;
    return { bytes: 0, restore: () => this.#last = last };
  }

  /** See {@linkcode Scheduler}. */
  pick(ready: readonly Actor[]): Actor {
    let first = ready[0];
    for (const actor of ready) {
      const { clock, id } = actor;
      if (clock > first.clock) continue;
      if (clock < first.clock || id === this.#last) first = actor;
    }
    this.#last = first.id;
    return first;
  }
}

/** One step each, in turn. */
export class RoundRobinScheduler implements Scheduler {
  readonly everyStep = true;
  #last = -1;

  /** See {@linkcode Scheduler}. */
  keep(): Kept {
    const last = this.#last;
    return { bytes: 0, restore: () => this.#last = last };
  }

  /** See {@linkcode Scheduler}. */
  pick(ready: readonly Actor[]): Actor {
    const next = ready.find(({ id }) => id > this.#last) ?? ready[0];
    this.#last = next.id;
    return next;
  }
}

/** Any of them, by a seed. */
export class RandomScheduler implements Scheduler {
  readonly everyStep = true;
  readonly #random: SeededRandom;

  /** By the random numbers of `seed`. */
  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  /** See {@linkcode Scheduler}. */
  keep(): Kept {
    return keepFields(this.#random);
  }

  /** See {@linkcode Scheduler}. */
  pick(ready: readonly Actor[]): Actor {
    return ready[this.#random.below(ready.length)];
  }
}

/** A schedule does not fit the machine that it is replayed on. */
export class ScheduleMismatch extends RangeError {
  /** The name that a printed error begins with. */
  override readonly name = "ScheduleMismatch";
}

/**
 * Chooses as a schedule says: the numbers of the actors that went on, one for
 * each step.
 */
export class ReplayScheduler implements Scheduler {
  readonly everyStep = true;
  readonly #choices: readonly number[];
  #at = 0;

  /** By `choices`, as {@linkcode RecordingScheduler} has them. */
  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  /** See {@linkcode Scheduler}. */
  keep(): Kept {
    const at = this.#at;
    return { bytes: 0, restore: () => this.#at = at };
  }

  /** See {@linkcode Scheduler}. */
  pick(ready: readonly Actor[]): Actor {
    const at = this.#at++;
    const choice: number | undefined = this.#choices[at];
    const actor = ready.find(({ id }) => id === choice);
    if (actor !== undefined) return actor;
    const names = ready.map(({ id, name }) => `${id} (${name})`).join(", ");
    const wanted = choice === undefined
      ? `it ends after ${at} steps`
      : `it names actor ${choice}`;
    throw new ScheduleMismatch(
      `Cannot replay the schedule at step ${at}: ${wanted}, and actors ${names} can go on`,
    );
  }
}

/** Chooses as another scheduler does, and keeps the choices for {@linkcode ReplayScheduler}. */
export class RecordingScheduler implements Scheduler {
  readonly everyStep: boolean;
  /** The choices so far. */
  readonly choices: number[] = [];
  readonly #scheduler: Scheduler;

  /** Records `scheduler`. */
  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
    this.everyStep = scheduler.everyStep;
  }

  /** See {@linkcode Scheduler}. */
  keep(): Kept {
    return keepAll([keepList(this.choices), this.#scheduler.keep()]);
  }

  /** See {@linkcode Scheduler}. */
  pick(ready: readonly Actor[]): Actor {
    const actor = this.#scheduler.pick(ready);
    this.choices.push(actor.id);
    return actor;
  }
}
