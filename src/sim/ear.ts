/**
 * The ear of a simulation: what each step of the engine means.
 *
 * @module
 */
import { assert, Bug } from "../engine/lib/assert.ts";
import type { Lock, LockMode } from "../engine/lib/lock.ts";
import type { Condition, Cost, Step, Steps } from "../engine/lib/step.ts";
import type { Actor } from "./actor.ts";
import type { LockTable } from "./locks/mod.ts";
import type { SimulationOptions } from "./simulation_options.ts";

/**
 * Hears the steps of the actor that runs. Does each on the spot unless another
 * actor is due before, or the step has to wait; then the actor stops, and
 * {@linkcode Ear.perform} does it when its turn has come.
 */
export class Ear implements Steps {
  /** See {@linkcode Steps}. */
  readonly mayInterleave = true;
  /** See {@linkcode Steps}. */
  readonly mayRace: boolean;
  /** See {@linkcode Steps}. */
  stop: Step = { kind: "reschedule", site: "start" };
  /** Who runs. */
  current: Actor | undefined;
  /** The time after which the current actor has to stop at its next step. */
  horizon = Infinity;

  readonly #actors: readonly Actor[];
  readonly #locks: LockTable;
  readonly #options: SimulationOptions;
  readonly #delays: ReadonlyMap<string, number> | undefined;

  /** Nobody runs. With `mayRace` every step stops. */
  constructor(
    actors: readonly Actor[],
    locks: LockTable,
    options: SimulationOptions,
    mayRace: boolean,
  ) {
    this.#actors = actors;
    this.#locks = locks;
    this.#options = options;
    this.#delays = options.delays?.size ? options.delays : undefined;
    this.mayRace = mayRace;
  }

  /** Somebody can go on at `clock`, which the current actor must not run past. */
  lookOut(clock: number): void {
    if (clock < this.horizon) this.horizon = clock;
  }

  /** Does the step at which `actor` has stopped. Says whether it can go on. */
  perform(actor: Actor): boolean {
    const step = actor.pending;
    if (step === undefined) throw new Bug(`${actor.name} has not stopped`);
    actor.answer = true;
    switch (step.kind) {
      case "lock": {
        const { lock, mode, site } = step;
        if (!this.#locks.take(actor.id, lock, mode, site, actor.clock)) {
          this.#locks.enqueue(actor.id, lock, mode, site, actor.clock);
          actor.state = "waiting";
          return false;
        }
        this.#delay(actor, site);
        break;
      }
      case "trylock": {
        const { lock, mode, site } = step;
        actor.answer = this.#locks.take(
          actor.id,
          lock,
          mode,
          site,
          actor.clock,
        );
        if (actor.answer) this.#delay(actor, site);
        break;
      }
      case "unlock":
        this.#release(actor, step.lock, step.mode);
        break;
      case "wait":
        if (actor.condition === undefined) {
          actor.condition = step.condition;
          actor.state = "waiting";
          return false;
        }
        actor.condition = undefined;
        break;
      case "signal":
        this.#signal(actor, step.condition);
        break;
      case "spend":
        this.#spend(actor, this.#options.price(step.cost, step.amount));
        this.#delayWork(actor, step.site);
        break;
      case "relax":
        this.#spend(actor, this.#options.latencies.relaxNanos);
        break;
      case "race":
        this.#delay(actor, step.site);
        break;
      case "reschedule":
        break;
    }
    actor.pending = undefined;
    return true;
  }

  /** See {@linkcode Steps}. */
  lock(lock: Lock, mode: LockMode, site: string): boolean {
    const actor = this.#runner;
    if (
      actor.clock > this.horizon ||
      !this.#locks.take(actor.id, lock, mode, site, actor.clock)
    ) return this.#stopAt({ kind: "lock", lock, mode, site });
    return this.#isLateBy(site);
  }

  /** See {@linkcode Steps}. */
  trylock(lock: Lock, mode: LockMode, site: string): boolean | "stop" {
    const actor = this.#runner;
    if (actor.clock > this.horizon) {
      this.#stopAt({ kind: "trylock", lock, mode, site });
      return "stop";
    }
    const taken = this.#locks.take(actor.id, lock, mode, site, actor.clock);
    return taken && this.#isLateBy(site) ? "stop" : taken;
  }

  /** See {@linkcode Steps}. */
  unlock(lock: Lock, mode: LockMode, site: string): boolean {
    const actor = this.#runner;
    if (actor.clock > this.horizon) {
      return this.#stopAt({ kind: "unlock", lock, mode, site });
    }
    this.#release(actor, lock, mode);
    return false;
  }

  /** See {@linkcode Steps}. */
  glance(
    outer: Lock,
    outerSite: string,
    inner: Lock,
    innerSite: string,
    cost: Cost,
  ): boolean {
    const actor = this.#runner;
    const nanos = Math.round(this.#options.price(cost, 1));
    const since = actor.clock;
    const until = since + nanos;
    const locks = this.#locks;
    if (
      until > this.horizon || this.#delays !== undefined ||
      !locks.isOpen(outer, "shared") || !locks.isOpen(inner, "exclusive")
    ) return false;
    locks.pass(actor.id, outer, "shared", outerSite, since, until);
    locks.pass(actor.id, inner, "exclusive", innerSite, since, until);
    actor.clock = until;
    actor.cpuNanos += nanos;
    return true;
  }

  /** See {@linkcode Steps}. */
  wait(condition: Condition, site: string): true {
    return this.#stopAt({ kind: "wait", condition, site });
  }

  /** See {@linkcode Steps}. */
  signal(condition: Condition, site: string): boolean {
    const actor = this.#runner;
    if (actor.clock > this.horizon) {
      return this.#stopAt({ kind: "signal", condition, site });
    }
    this.#signal(actor, condition);
    return false;
  }

  /** See {@linkcode Steps}. */
  reschedule(site: string): boolean {
    if (this.#runner.clock <= this.horizon) return false;
    return this.#stopAt({ kind: "reschedule", site });
  }

  /** See {@linkcode Steps}. */
  relax(site: string): true {
    return this.#stopAt({ kind: "relax", site });
  }

  /** See {@linkcode Steps}. */
  spend(cost: Cost, amount: number, site: string): boolean {
    const actor = this.#runner;
    if (this.mayRace) {
      return this.#stopAt({ kind: "spend", cost, amount, site });
    }
    this.#spend(actor, this.#options.price(cost, amount));
    this.#delayWork(actor, site);
    if (actor.clock <= this.horizon) return false;
    return this.#stopAt({ kind: "reschedule", site });
  }

  /** See {@linkcode Steps}. */
  race(site: string): boolean {
    return this.#stopAt({ kind: "race", site });
  }

  #stopAt(step: Step): true {
    this.stop = step;
    return true;
  }

  #spend(actor: Actor, nanos: number): void {
    const whole = Math.round(nanos);
    actor.clock += whole;
    actor.cpuNanos += whole;
  }

  #delay(actor: Actor, site: string): void {
    const nanos = this.#delays?.get(site);
    if (nanos !== undefined) actor.clock += nanos;
  }

  /** The same for work, unless it is done with the lock that was taken at that site: then the delay has passed. */
  #delayWork(actor: Actor, site: string): void {
    if (this.#delays?.has(site) !== true) return;
    const held = this.#locks.heldBy(actor.id);
    if (!held.some((lock) => lock.site === site)) this.#delay(actor, site);
  }

  /** Lets the delay of a site pass where the current actor has a lock now. Says whether others come before it then. */
  #isLateBy(site: string): boolean {
    if (this.#delays === undefined) return false;
    const actor = this.#runner;
    this.#delay(actor, site);
    if (actor.clock <= this.horizon) return false;
    return this.#stopAt({ kind: "reschedule", site });
  }

  #release(actor: Actor, lock: Lock, mode: LockMode): void {
    const granted = this.#locks.release(actor.id, lock, mode, actor.clock);
    for (const id of granted) {
      const waiter = this.#actors[id];
      const { pending } = waiter;
      assert(pending?.kind === "lock", `${waiter.name} waits for no lock`);
      waiter.state = "ready";
      waiter.clock = this.#locks.grantedAt;
      waiter.pending = undefined;
      waiter.answer = true;
      this.#delay(waiter, pending.site);
      this.lookOut(waiter.clock);
    }
  }

  #signal(actor: Actor, condition: Condition): void {
    for (const waiter of this.#actors) {
      if (waiter.condition !== condition || waiter.state !== "waiting") {
        continue;
      }
      waiter.state = "ready";
      waiter.clock = actor.clock + this.#options.latencies.wakeNanos;
      this.lookOut(waiter.clock);
    }
  }

  get #runner(): Actor {
    assert(this.current !== undefined, "No actor runs");
    return this.current;
  }
}
