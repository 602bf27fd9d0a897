import assert from "node:assert/strict";
import type { Suspends } from "../../src/engine/lib/step.ts";
import {
  RoundRobinScheduler,
  Simulation,
  type Turn,
} from "../../src/sim/mod.ts";

Deno.test("a signal between the look at what is waited for and the wait is not lost", () => {
  const simulation = new Simulation({
    price: () => 0,
    latencies: {
      wakeNanos: 0,
      timerSlackNanos: 0,
      sleepingHandoffNanos: 0,
      spinningHandoffNanos: 0,
      relaxNanos: 1,
    },
    seed: 1,
    scheduler: new RoundRobinScheduler(),
  });
  const { steps } = simulation;
  let isOffline = true;
  const done: string[] = [];
  function* signals(): Suspends<void> {
    if (steps.signal("online", "s")) yield steps.stop;
    isOffline = false;
    done.push("signaller");
  }
  function* waits(): Suspends<void> {
    if (isOffline && steps.wait("online", "w")) yield steps.stop;
    done.push("waiter");
  }
  const once = (work: Suspends<void>) => {
    const turns: Turn[] = [{ kind: "work", work }];
    return (): Turn => turns.shift() ?? { kind: "done" };
  };
  // One step each in turn: the signaller stops before its signal, the waiter
  // looks and stops before its wait, the signaller signals, the waiter waits.
  simulation.begin(simulation.add("signaller"), once(signals()));
  simulation.begin(simulation.add("waiter"), once(waits()));
  while (simulation.advance(1000) !== undefined);
  assert.deepEqual(done, ["signaller", "waiter"]);
});
