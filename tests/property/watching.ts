/** An interpreter that lets a test look at the machine between any two steps. */
import {
  EveryStep,
  type Interpreter,
  type Suspends,
} from "../../src/engine/lib/step.ts";

/** Grants every step at once, and tells of each. */
export class Watching implements Interpreter {
  readonly steps = new EveryStep();
  /** Called where an actor has stopped, before the step is done. */
  afterStep = (): void => {};
  /** Steps so far. */
  stepped = 0;

  run<T>(work: Suspends<T>): T {
    let result = work.next(true);
    while (!result.done) {
      this.stepped++;
      this.afterStep();
      result = work.next(true);
    }
    return result.value;
  }
}
