/**
 * A simulation: actors that really wait for each other, on a virtual clock.
 *
 * Each actor runs computations of the engine, and is stopped at a step when
 * another actor has to act before it: one whose clock is behind. What such a
 * computation holds, waits for and spends is counted here and nowhere else, so
 * that contention follows from what the actors do.
 *
 * ```
 *   ksmd      |--mmap R-----------|                 clock 7100  goes on last
 *   writer    |--------wait mmap W........|-------  clock 5200
 *   compactor |-----------------------------| clock 6000
 * ```
 *
 * With a scheduler that makes every step a choice there is one clock for all.
 *
 * @module
 */
import { assert, Bug } from "../engine/lib/assert.ts";
import { keepAll, keepFields, type Kept } from "../engine/lib/kept.ts";
import type { Interpreter, Steps, Suspends } from "../engine/lib/step.ts";
import { type Actor, newActor, type NextTurn, type Turn } from "./actor.ts";
import { Ear } from "./ear.ts";
import { LockTable } from "./locks/mod.ts";
import { SeededRandom } from "./random.ts";
import { type Scheduler, TimedScheduler } from "./scheduler.ts";
import type { SimulationOptions } from "./simulation_options.ts";

const IDLE: Turn = { kind: "idle" };

/** What an actor that is kept takes, roughly. */
const ACTOR_BYTES = 128;

/** Nobody can ever go on. */
export class Stuck extends Bug {}

/** Actors, clock and locks of one machine. Interprets the engine's steps. */
export class Simulation implements Interpreter {
  /** See {@linkcode Interpreter}. */
  readonly steps: Steps;
  /** The locks, and what is counted of them. */
  readonly locks: LockTable;
  /** All actors, each at its number. One that is done gives its place to the next that comes. */
  readonly actors: Actor[] = [];
  /** Virtual nanoseconds up to which everything has happened. */
  now = 0;

  readonly #options: SimulationOptions;
  readonly #scheduler: Scheduler;
  readonly #random: SeededRandom;
  readonly #ear: Ear;
  readonly #ready: Actor[] = [];
  #isSettling = false;

  /** Without actors, at time 0. */
  constructor(options: SimulationOptions) {
    const { latencies, lockName } = options;
    this.#options = options;
    this.#scheduler = options.scheduler ?? new TimedScheduler();
    this.#random = new SeededRandom(options.seed);
    this.locks = new LockTable({
      actorName: (actor) => this.actors[actor].name,
      handoffNanos: ({ kind }) =>
        kind === "spinlock"
          ? latencies.spinningHandoffNanos
          : latencies.sleepingHandoffNanos,
      ...(lockName === undefined ? {} : { lockName }),
      onWait: (actor, lock) => options.onWait?.(this.actors[actor], lock),
    });
    const { everyStep } = this.#scheduler;
    this.#ear = new Ear(this.actors, this.locks, options, everyStep);
    this.steps = this.#ear;
  }

  /** Adds an actor, idle at first, on a CPU that nobody uses any more or a new one. */
  add(name: string): Actor {
    const free = this.actors.findIndex(({ state }) => state === "done");
    const id = free === -1 ? this.actors.length : free;
    return this.actors[id] = newActor(id, name, this.time);
  }

  /** Lets an actor begin, now: from now on its turns are what `next` says. */
  begin(actor: Actor, next: NextTurn): void {
    actor.next = next;
    actor.clock = Math.max(actor.clock, this.time);
    actor.state = "ready";
    this.#ear.lookOut(actor.clock);
  }

  /** The time at which the current actor is; else the time up to which everything has happened. */
  get time(): number {
    return this.#ear.current?.clock ?? this.now;
  }

  /** The actor that runs at this moment. */
  get current(): Actor {
    assert(this.#ear.current !== undefined, "No actor runs");
    return this.#ear.current;
  }

  /** Lets an idle or sleeping actor have its next turn, because of something that happened at the time `from`. */
  wake(actor: Actor, from: number = this.time): void {
    const { state } = actor;
    if (state !== "idle" && state !== "sleeping") return;
    const awake = Math.max(from, state === "idle" ? actor.clock : 0) +
      this.#options.latencies.wakeNanos;
    actor.clock = state === "idle" ? awake : Math.min(actor.clock, awake);
    actor.state = "ready";
    this.#ear.lookOut(actor.clock);
  }

  /**
   * Runs `work` to its end as `actor` while nobody else does anything: time goes
   * on by what it spends.
   */
  runAs<T>(actor: Actor, work: Suspends<T>): T {
    assert(
      this.#ear.current === undefined,
      `${actor.name} runs inside another actor`,
    );
    actor.clock = Math.max(actor.clock, this.now);
    this.#ear.current = actor;
    const { afterStep } = this.#options;
    const stops = this.#scheduler.everyStep || afterStep !== undefined;
    this.#ear.horizon = stops ? -Infinity : Infinity;
    let result = work.next(true);
    while (!result.done) {
      afterStep?.(actor);
      actor.pending = result.value;
      if (!this.#ear.perform(actor)) {
        throw new Stuck(
          `${actor.name} waits at ${result.value.site} while nobody else runs`,
        );
      }
      result = work.next(actor.answer);
    }
    this.now = actor.clock;
    this.#ear.rest();
    afterStep?.(actor);
    return result.value;
  }

  /** See {@linkcode Interpreter}: as the last actor that was added. */
  run<T>(work: Suspends<T>): T {
    return this.runAs(this.actors.at(-1) ?? this.add("main"), work);
  }

  /**
   * Lets the next actor go on until it has to stop, but nobody whose time is
   * beyond `limit`. Answers who that was; undefined if nobody can go on before:
   * then it is `limit` now, or as late as before if nobody ever can.
   *
   * @throws {Stuck} Some wait, and nobody is left who could end it.
   */
  advance(limit: number): Actor | undefined {
    const actor = this.#choose(limit);
    if (actor === undefined) return undefined;
    this.#ear.current = actor;
    this.#goOn(actor);
    this.#ear.rest();
    this.#options.afterStep?.(actor);
    return actor;
  }

  /**
   * Lets those who are in the middle of something go on, but nobody begin
   * anything new who holds no lock: as if their processors were taken away for a
   * moment. Answers as {@linkcode Simulation.advance}; undefined when nobody is
   * left who can go on, mostly since all are between two computations. Then all
   * who had to stop are as late as the last.
   */
  settle(): Actor | undefined {
    this.#isSettling = true;
    const actor = this.advance(Infinity);
    this.#isSettling = false;
    if (actor !== undefined) return actor;
    this.now = Math.max(this.now, ...this.actors.map(lastTime));
    for (const each of this.actors) {
      const { clock, state } = each;
      const goesOn = state === "ready" || state === "sleeping";
      if (goesOn && clock < this.now) each.clock = this.now;
    }
    return undefined;
  }

  /** Whether nobody is in the middle of a computation, so that all that there is, is plain data. */
  get isQuiet(): boolean {
    return this.actors.every(({ work }) => work === undefined);
  }

  /** Actors, time and locks, while nobody is in the middle of a computation. Actors that were there are the same ones again. */
  keep(): Kept {
    assert(this.isQuiet, "An actor is in the middle of a computation");
    const actors = this.actors.map((actor) => ({
      actor,
      fields: { ...actor },
    }));
    const restore = () => {
      this.actors.length = 0;
      for (const { actor, fields } of actors) {
        this.actors.push(Object.assign(actor, fields));
      }
    };
    return keepAll([
      { bytes: actors.length * ACTOR_BYTES, restore },
      keepFields(this),
      keepFields(this.#random),
      this.#scheduler.keep(),
      this.#ear.keep(),
      this.locks.keep(),
    ]);
  }

  /** Fills the list of those who can go on, and picks one. */
  #choose(limit: number): Actor | undefined {
    const ready = this.#ready;
    const { everyStep } = this.#scheduler;
    ready.length = 0;
    for (;;) {
      let earliest = Infinity;
      for (const actor of this.actors) {
        const { state, clock } = actor;
        if (state !== "ready" && state !== "sleeping") continue;
        if (this.#isSettling && this.#isBetween(actor)) continue;
        if (clock < earliest) earliest = clock;
        if (everyStep ? clock <= this.now : clock <= limit) ready.push(actor);
      }
      if (earliest === Infinity) {
        if (!this.#isSettling) this.#endTime();
        return undefined;
      }
      if (earliest > limit) {
        this.now = Math.max(this.now, limit);
        return undefined;
      }
      if (ready.length > 0) break;
      this.now = earliest;
    }
    const actor = this.#scheduler.pick(ready);
    this.#ear.horizon = this.#options.afterStep === undefined
      ? limit
      : -Infinity;
    if (everyStep) {
      this.#ear.horizon = -Infinity;
      actor.clock = this.now;
    } else {
      for (const { clock, id } of ready) {
        if (id !== actor.id && clock < this.#ear.horizon) {
          this.#ear.horizon = clock;
        }
      }
      this.now = actor.clock;
    }
    return actor;
  }

  /** Whether an actor need not go on for others to do so. */
  #isBetween({ id, work }: Actor): boolean {
    return work === undefined && !this.locks.holdsAny(id);
  }

  /** Nobody has anything to do, so that everything has happened up to where each has run. */
  #endTime(): void {
    this.now = Math.max(this.now, ...this.actors.map(({ clock }) => clock));
    const waiting = this.actors.filter(({ state }) => state === "waiting");
    if (waiting.length === 0) return;
    const who = waiting.map(({ name, pending, condition }) =>
      `${name} (${pending?.site ?? condition ?? "?"})`
    );
    throw new Stuck(`Nobody can go on: ${who.join(", ")} wait for ever`);
  }

  #goOn(actor: Actor): void {
    actor.state = "ready";
    if (actor.pending !== undefined) {
      if (!this.#ear.perform(actor)) return;
      const isLate = actor.clock > this.#ear.horizon;
      if (isLate && !this.#scheduler.everyStep) return;
    }
    if (actor.work === undefined) {
      const turn = actor.next?.() ?? IDLE;
      if (turn.kind === "work") actor.work = turn.work;
      else if (turn.kind === "sleep") return this.#sleep(actor, turn.nanos);
      else {
        actor.state = turn.kind;
        return;
      }
    }
    const result = actor.work.next(actor.answer);
    if (result.done) actor.work = undefined;
    else actor.pending = result.value;
    if (this.#scheduler.everyStep) this.now = actor.clock;
  }

  /** A timer wakes no earlier than asked, and up to the slack later. */
  #sleep(actor: Actor, nanos: number): void {
    const { wakeNanos, timerSlackNanos } = this.#options.latencies;
    const late = wakeNanos + this.#random.below(timerSlackNanos + 1);
    actor.clock += Math.round(nanos) + late;
    actor.state = "sleeping";
  }
}

/** Up to when an actor has run; a sleeper's clock is ahead of that. */
function lastTime({ clock, state }: Actor): number {
  return state === "sleeping" ? 0 : clock;
}
