/**
 * The ear of a simulation: what each step of the engine means.
 *
 * @module
 */
import { assert, Bug } from "../engine/lib/assert.ts";
import type { Kept } from "../engine/lib/kept.ts";
import type { Lock, LockMode } from "../engine/lib/lock.ts";
import type { Condition, Cost, Step, Steps } from "../engine/lib/step.ts";
import type { Actor } from "./actor.ts";
import { Glances } from "./glances.ts";
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
  readonly #glances: Glances;
  readonly #options: SimulationOptions;
  readonly #delays: ReadonlyMap<string, number> | undefined;
  /** The kind of step that is delayed at a site. */
  readonly #delayedKinds = new Map<string, Step["kind"]>();
  readonly #everyStep: boolean;

  /** Nobody runs. With `everyStep` every step stops. */
  constructor(
    actors: readonly Actor[],
    locks: LockTable,
    options: SimulationOptions,
    everyStep: boolean,
  ) {
    this.#actors = actors;
    this.#locks = locks;
    this.#glances = new Glances(locks);
    this.#options = options;
    this.#delays = options.delays?.size ? options.delays : undefined;
    this.#everyStep = everyStep;
    // Where something is delayed, a race point may be what is meant.
    this.mayRace = everyStep || this.#delays !== undefined;
  }

  /** Somebody can go on at `clock`, which the current actor must not run past. */
  lookOut(clock: number): void {
    if (clock < this.horizon) this.horizon = clock;
  }

  /** Does the step at which `actor` has stopped. Says whether it can go on. */
  perform(actor: Actor): boolean {
    const step = actor.pending;
    if (step === undefined) throw new Bug(`${actor.name} has not stopped`);
    this.#glances.end();
    actor.answer = true;
    switch (step.kind) {
      case "lock": {
        const { lock, mode, site } = step;
        if (!this.#locks.take(actor.id, lock, mode, site, actor.clock)) {
          this.#locks.enqueue(actor.id, lock, mode, site, actor.clock);
          actor.state = "waiting";
          return false;
        }
        this.#delay(actor, "lock", site);
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
        if (actor.answer) this.#delay(actor, "lock", site);
        break;
      }
      case "unlock":
        this.#release(actor, step.lock, step.mode);
        break;
      case "wait":
        if (actor.condition !== undefined) {
          actor.state = "waiting";
          return false;
        }
        this.#delay(actor, "wait", step.site);
        break;
      case "signal":
        this.#signal(actor, step.condition, step.site);
        break;
      case "spend":
        this.#spend(actor, this.#options.price(step.cost, step.amount));
        this.#delay(actor, "spend", step.site);
        break;
      case "relax":
        this.#spend(actor, this.#options.latencies.relaxNanos);
        this.#delay(actor, "relax", step.site);
        break;
      case "race":
        this.#delay(actor, "race", step.site);
        break;
      case "reschedule":
        break;
    }
    actor.pending = undefined;
    return true;
  }

  /** See {@linkcode Steps}. */
  lock(lock: Lock, mode: LockMode, site: string): boolean {
    this.#glances.end();
    const actor = this.#runner;
    if (
      actor.clock > this.horizon ||
      !this.#locks.take(actor.id, lock, mode, site, actor.clock)
    ) return this.#stopAt({ kind: "lock", lock, mode, site });
    return this.#isLateBy("lock", site);
  }

  /** See {@linkcode Steps}. */
  trylock(lock: Lock, mode: LockMode, site: string): boolean | "stop" {
    this.#glances.end();
    const actor = this.#runner;
    if (actor.clock > this.horizon) {
      this.#stopAt({ kind: "trylock", lock, mode, site });
      return "stop";
    }
    const taken = this.#locks.take(actor.id, lock, mode, site, actor.clock);
    return taken && this.#isLateBy("lock", site) ? "stop" : taken;
  }

  /** See {@linkcode Steps}. */
  unlock(lock: Lock, mode: LockMode, site: string): boolean {
    this.#glances.end();
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
    const glances = this.#glances;
    const known = glances.nanosOf(outer, inner);
    const nanos = known < 0 ? this.#options.price(cost, 1) : known;
    if (actor.clock + nanos > this.horizon || this.#delays !== undefined) {
      return false;
    }
    if (known >= 0) glances.again();
    else {
      const sites = { outerSite, innerSite };
      const glance = { actor: actor.id, outer, inner, ...sites, nanos };
      if (!glances.begin(glance)) return false;
    }
    actor.clock += nanos;
    actor.cpuNanos += nanos;
    return true;
  }

  /** Nobody runs any more: counts what has been put off. */
  rest(): void {
    this.#glances.end();
    this.current = undefined;
  }

  /** What is known of sites; that nobody runs. */
  keep(): Kept {
    assert(this.current === undefined, "Somebody runs");
    const delayedKinds = [...this.#delayedKinds];
    const restore = () => {
      this.current = undefined;
      this.#glances.drop();
      this.#delayedKinds.clear();
      for (const [site, kind] of delayedKinds) {
        this.#delayedKinds.set(site, kind);
      }
    };
    return { bytes: 0, restore };
  }

  /** See {@linkcode Steps}. */
  wait(condition: Condition, site: string): true {
    // From here on a signal counts, so that none is lost before the actor has stopped.
    this.#runner.condition = condition;
    return this.#stopAt({ kind: "wait", condition, site });
  }

  /** See {@linkcode Steps}. */
  signal(condition: Condition, site: string): boolean {
    const actor = this.#runner;
    if (actor.clock > this.horizon) {
      return this.#stopAt({ kind: "signal", condition, site });
    }
    this.#signal(actor, condition, site);
    return false;
  }

  /** See {@linkcode Steps}. */
  reschedule(site: string): boolean {
    return this.#isLateBy("reschedule", site);
  }

  /** See {@linkcode Steps}. */
  relax(site: string): true {
    return this.#stopAt({ kind: "relax", site });
  }

  /** See {@linkcode Steps}. */
  spend(cost: Cost, amount: number, site: string): boolean {
    const actor = this.#runner;
    if (this.#everyStep) {
      return this.#stopAt({ kind: "spend", cost, amount, site });
    }
    this.#spend(actor, this.#options.price(cost, amount));
    return this.#isLateBy("spend", site);
  }

  /** See {@linkcode Steps}. */
  race(site: string): boolean {
    if (this.#everyStep) return this.#stopAt({ kind: "race", site });
    return this.#isLateBy("race", site);
  }

  #stopAt(step: Step): true {
    this.stop = step;
    return true;
  }

  #spend(actor: Actor, nanos: number): void {
    actor.clock += nanos;
    actor.cpuNanos += nanos;
  }

  /**
   * A lock, the work under it and the offer to others after it may be of one
   * site: one of these is delayed, the one that comes first.
   */
  #delay(actor: Actor, kind: Step["kind"], site: string): void {
    const nanos = this.#delays?.get(site);
    if (nanos === undefined) return;
    const first = this.#delayedKinds.get(site) ?? kind;
    this.#delayedKinds.set(site, first);
    if (kind === first) actor.clock += nanos;
  }

  /** Lets the delay of a site pass, where the current actor has done its step. Says whether others come before it then. */
  #isLateBy(kind: Step["kind"], site: string): boolean {
    const actor = this.#runner;
    this.#delay(actor, kind, site);
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
      this.#delay(waiter, "lock", pending.site);
      this.lookOut(waiter.clock);
    }
  }

  #signal(actor: Actor, condition: Condition, site: string): void {
    this.#delay(actor, "signal", site);
    for (const waiter of this.#actors) {
      if (waiter.condition !== condition) continue;
      waiter.condition = undefined;
      if (waiter.state !== "waiting") continue;
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
