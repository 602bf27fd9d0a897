/** Coming to rest between two computations. */
import { deepEqual, equal } from "node:assert/strict";
import { MUTEX, Stage } from "./sim_stage.ts";

/** Lets a stage come to rest; how many went on for that. */
function settle({ simulation }: Stage): number {
  let count = 0;
  while (simulation.settle() !== undefined) count++;
  return count;
}

Deno.test("who is in the middle of something comes to its end, and nobody begins anything new", () => {
  const stage = new Stage();
  const a = stage.actor("a", [5, 5, { call: () => stage.log.push("a") }], [7]);
  const b = stage.actor("b", [3, { call: () => stage.log.push("b") }]);
  const { simulation } = stage;
  // Up to its first step after b's time.
  equal(simulation.advance(Infinity), a);
  equal(simulation.isQuiet, false);
  equal(settle(stage), 1);
  equal(simulation.isQuiet, true);
  deepEqual(stage.log, ["a"]);
  // b had to stop for as long as a took.
  deepEqual([simulation.now, a.clock, b.clock], [10, 10, 10]);
  stage.run();
  deepEqual(stage.happened(), ["a", "b", "13 b done", "17 a done"]);
  deepEqual([a.cpuNanos, b.cpuNanos], [17, 3]);
});

Deno.test("who holds a lock goes on until it does not, so that those who wait for it can", () => {
  const stage = new Stage();
  const k = stage.actor(
    "k",
    [{ lock: MUTEX }, 5],
    [20, { unlock: MUTEX }],
    [1],
  );
  stage.actor("w", [{ lock: MUTEX }, 1, { unlock: MUTEX }]);
  const { simulation } = stage;
  simulation.advance(Infinity);
  simulation.advance(Infinity);
  settle(stage);
  equal(simulation.isQuiet, true);
  // A mutex is handed over in 10 ns.
  deepEqual(stage.log, ["0 k has", "25 k let go", "35 w has", "36 w let go"]);
  deepEqual([simulation.now, k.clock], [36, 36]);
  stage.run();
  deepEqual(stage.happened(/done/), ["36 w done", "37 k done"]);
});

Deno.test("a sleeper sleeps on, unless its time is over", () => {
  const stage = new Stage();
  const early = stage.actor("early", { sleep: 10 }, [1]);
  const late = stage.actor("late", { sleep: 500 }, [1]);
  stage.actor("a", [5, 100]);
  const { simulation } = stage;
  for (let i = 0; i < 3; i++) simulation.advance(4);
  settle(stage);
  deepEqual([early.clock, late.clock], [105, 505]);
  deepEqual([early.state, late.state], ["sleeping", "sleeping"]);
});

Deno.test("where all rest, nothing happens", () => {
  const stage = new Stage();
  stage.actor("a", [5], "idle");
  stage.run();
  const { now } = stage.simulation;
  equal(settle(stage), 0);
  equal(stage.simulation.now, now);
});
