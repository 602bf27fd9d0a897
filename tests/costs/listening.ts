/** An interpreter that hears what is spent, for tests and for the fit of prices. */
import { alone } from "../../src/engine/lib/alone.ts";
import type {
  Cost,
  Interpreter,
  Step,
  Steps,
  Suspends,
} from "../../src/engine/lib/step.ts";

/** Says that others may act, so that the engine tells what it spends, and lets nobody. */
export class Listening implements Interpreter, Steps {
  readonly steps = this;
  readonly mayInterleave = true;
  readonly mayRace = false;
  readonly stop: Step = { kind: "reschedule", site: "listening" };
  #spent = new Map<Cost, Map<number, number>>();

  /** How often each amount of each work was spent since this was asked last. */
  takeSpent(): Map<Cost, Map<number, number>> {
    const spent = this.#spent;
    this.#spent = new Map();
    return spent;
  }

  run<T>(work: Suspends<T>): T {
    return alone.run(work);
  }

  spend(cost: Cost, amount: number): false {
    let times = this.#spent.get(cost);
    if (times === undefined) {
      times = new Map();
      this.#spent.set(cost, times);
    }
    times.set(amount, (times.get(amount) ?? 0) + 1);
    return false;
  }

  lock(): false {
    return false;
  }

  trylock(): true {
    return true;
  }

  unlock(): false {
    return false;
  }

  glance(
    _outer: unknown,
    _outerSite: string,
    _inner: unknown,
    _innerSite: string,
    cost: Cost,
  ): true {
    this.spend(cost, 1);
    return true;
  }

  wait(): false {
    return false;
  }

  signal(): false {
    return false;
  }

  reschedule(): false {
    return false;
  }

  relax(): false {
    return false;
  }

  race(): false {
    return false;
  }
}
