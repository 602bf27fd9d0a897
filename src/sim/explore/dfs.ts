/**
 * Depth-first search, stateless: to try another choice, the program is begun
 * anew and led there again.
 *
 * Not every order is run. Two strides that do not conflict may be exchanged, so
 * that of all schedules which differ in such exchanges only, one is enough.
 * Which choices are needed follows from races: where two strides of a schedule
 * race, the other order has to be tried too, from the state before the earlier
 * one (dynamic partial-order reduction, Flanagan and Godefroid, POPL 2005). And
 * an actor that has been tried in a state sleeps in what is tried after it,
 * until something that conflicts with its stride wakes it (sleep sets,
 * Godefroid 1996). What is preserved: each outcome, each deadlock, and whatever
 * an actor finds wrong in its own strides.
 *
 * Of two schedules that differ in such exchanges only, one may need more
 * pre-emptions. So where their number is bounded nobody sleeps, and the other order
 * of a race is tried not only right before the earlier stride, but also from where
 * its actor began its turn, where that costs no pre-emption more (Coons, Musuvathi
 * and McKinley, OOPSLA 2013).
 *
 * @module
 */
import { assert } from "../../engine/lib/assert.ts";
import { HappensBefore } from "./happens_before.ts";
import { lockCell } from "./explored_locks.ts";
import { Lanes } from "./lanes.ts";
import type { Program } from "./program.ts";
import { checkRepeated } from "./repetition.ts";
import {
  SCHEDULES_MAX,
  type SearchOptions,
  type SearchResult,
} from "./search.ts";
import { conflict, type Stride } from "./stride.ts";
import { Tally } from "./tally.ts";

/** A state on the way, with what is chosen there. */
interface Choice {
  /** Who can go on, one bit for each actor. */
  readonly enabled: number;
  /** Who went on before; -1 at the beginning. */
  readonly previous: number;
  /** Pre-emptions on the way here. */
  readonly preemptions: number;
  /** Who is to be tried. */
  wanted: number;
  /** Who has been tried. */
  tried: number;
  /** What those who sleep here would do. */
  readonly asleep: Stride[];
  /** Who goes on at present. */
  actor: number;
  /** What that does. */
  stride: Stride | undefined;
}

/** Searches depth first. */
export function dfs(program: Program, options: SearchOptions): SearchResult {
  return new DepthFirst(program, options).run();
}

class DepthFirst {
  readonly #program: Program;
  readonly #bound: number;
  readonly #reduce: boolean;
  readonly #sleeps: boolean;
  readonly #stopAtFirst: boolean;
  readonly #limit: number;
  readonly #tally = new Tally();
  readonly #path: Choice[] = [];
  #order: HappensBefore;

  constructor(program: Program, options: SearchOptions) {
    this.#program = program;
    this.#bound = options.bound ?? Infinity;
    this.#reduce = options.reduce ?? true;
    this.#sleeps = this.#reduce && options.bound === undefined;
    this.#stopAtFirst = options.stopAtFirst ?? true;
    this.#limit = options.limit ?? SCHEDULES_MAX;
    this.#order = new HappensBefore(program.actors.length);
  }

  run(): SearchResult {
    do {
      if (this.#tally.schedules >= this.#limit) {
        return this.#tally.result(false);
      }
      this.#runOnce();
      if (this.#stopAtFirst && this.#tally.hasFindings) {
        return this.#tally.result(false);
      }
    } while (this.#turnBack());
    return this.#tally.result(true);
  }

  /** From the beginning along the path, and on to an end. */
  #runOnce(): void {
    const lanes = new Lanes(this.#program);
    this.#order = new HappensBefore(this.#program.actors.length);
    let failure: unknown;
    const replayed = this.#path.length - 1;
    for (let at = 0;; at++) {
      if (at === this.#path.length && !this.#choose(lanes)) break;
      const choice = this.#path[at];
      const stride = lanes.go(choice.actor);
      if (at < replayed) {
        assert(choice.stride !== undefined, "Only what was done is repeated");
        checkRepeated(this.#program, choice.stride, stride, at);
      } else {
        choice.stride = stride;
        this.#tally.steps++;
        if (this.#reduce) this.#wantRaces(stride);
      }
      this.#order.add(stride);
      // Where pre-emptions count, who waits may never get to show this race.
      if (at >= replayed && !this.#sleeps) this.#wantStuck(lanes);
      if (stride.failure !== undefined) {
        failure ??= stride.failure;
        if (this.#stopAtFirst) break;
      }
    }
    this.#end(lanes, failure);
  }

  #end(lanes: Lanes, failure: unknown): void {
    const schedule = this.#path.map(({ actor }) => actor);
    // All who could go on sleep: another schedule has come to the same.
    if (failure === undefined && lanes.enabled !== 0) return;
    this.#tally.schedules++;
    this.#wantStuck(lanes);
    if (failure !== undefined) this.#tally.failure(failure, schedule);
    else this.#tally.end(lanes, schedule);
  }

  /** Adds the next choice to the path; says whether there is one. */
  #choose(lanes: Lanes): boolean {
    const { enabled } = lanes;
    const before = this.#path.at(-1);
    const asleep = before === undefined || !this.#sleeps
      ? []
      : before.asleep.filter((stride) =>
        stride.actor !== before.actor && before.stride !== undefined &&
        !conflict(stride, before.stride)
      );
    const previous = before?.actor ?? -1;
    let preemptions = before?.preemptions ?? 0;
    if (before !== undefined && isPreemption(before, before.actor)) {
      preemptions++;
    }
    const choice: Choice = {
      enabled,
      previous,
      preemptions,
      wanted: 0,
      tried: 0,
      asleep,
      actor: -1,
      stride: undefined,
    };
    choice.wanted = enabled & ~sleepers(choice);
    const actor = this.#next(choice);
    if (actor < 0) return false;
    choice.wanted = this.#reduce ? 1 << actor : enabled;
    choice.actor = actor;
    this.#path.push(choice);
    return true;
  }

  /** Whom to try next in a state: the one who went on last if that is possible; -1 if nobody is left. */
  #next(choice: Choice): number {
    const { previous, preemptions } = choice;
    const left = choice.wanted & choice.enabled & ~choice.tried &
      ~sleepers(choice);
    if (previous >= 0 && (left & (1 << previous)) !== 0) return previous;
    for (let actor = 0; 1 << actor <= left; actor++) {
      if ((left & (1 << actor)) === 0) continue;
      const more = isPreemption(choice, actor) ? 1 : 0;
      if (preemptions + more <= this.#bound) return actor;
    }
    return -1;
  }

  /** Goes back to the last state where somebody is still to be tried; says whether there is one. */
  #turnBack(): boolean {
    for (let choice = this.#path.at(-1); choice; choice = this.#path.at(-1)) {
      choice.tried |= 1 << choice.actor;
      if (this.#sleeps && choice.stride !== undefined) {
        choice.asleep.push(choice.stride);
      }
      const actor = this.#next(choice);
      if (actor >= 0) {
        choice.actor = actor;
        choice.stride = undefined;
        return true;
      }
      this.#path.pop();
    }
    return false;
  }

  /** Has the other order of each race tried. */
  #wantRaces(stride: Stride): void {
    const { actor } = stride;
    for (const at of this.#order.races(stride)) this.#want(actor, at, stride);
    if (this.#sleeps) return;
    // Whoever waits for a lock is left without a pre-emption.
    for (const at of this.#order.releases(stride)) this.#want(actor, at);
  }

  /** Who waits for a lock could have come first, too. */
  #wantStuck(lanes: Lanes): void {
    if (!this.#reduce) return;
    const { enabled } = lanes;
    this.#program.actors.forEach((_, actor) => {
      const step = lanes.pending(actor);
      if (step?.kind !== "lock" || (enabled & (1 << actor)) !== 0) return;
      const cell = lockCell(step.lock);
      for (const at of this.#order.lockRaces(actor, cell, step.mode)) {
        this.#want(actor, at);
      }
    });
  }

  /** Has `actor`, or who leads to its next stride, tried before stride number `at`. */
  #want(actor: number, at: number, stride?: Stride): void {
    if (!this.#sleeps) return this.#wantInTurn(actor, at);
    const choice = this.#path[at];
    const initials = this.#order.initials(actor, at, stride) & choice.enabled;
    if ((initials & (choice.wanted | choice.tried)) !== 0) return;
    // Any of them will do.
    wantThere(choice, initials & -initials);
  }

  /** Has `actor` tried before stride number `at`, and before the turn which that is part of. */
  #wantInTurn(actor: number, at: number): void {
    const path = this.#path;
    wantThere(path[at], 1 << actor);
    let begin = at;
    while (begin > 0 && path[begin - 1].actor === path[at].actor) begin--;
    wantThere(path[begin], 1 << actor);
  }
}

function wantThere(choice: Choice, actors: number): void {
  const possible = actors & choice.enabled;
  choice.wanted |= possible === 0 ? choice.enabled : possible;
}

/** Who sleeps in a state. */
function sleepers({ asleep }: Choice): number {
  return asleep.reduce((all, { actor }) => all | (1 << actor), 0);
}

/** Whether going on with `actor` leaves one that could go on. */
function isPreemption({ enabled, previous }: Choice, actor: number): boolean {
  return previous >= 0 && previous !== actor &&
    (enabled & (1 << previous)) !== 0;
}
