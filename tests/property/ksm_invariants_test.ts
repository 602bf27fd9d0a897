import assert from "node:assert/strict";
import fc from "fast-check";
import type { Frame } from "../../src/engine/mm/mod.ts";
import { checkAtRest } from "../../src/machine/invariants/mod.ts";
import { Machine } from "../../src/machine/mod.ts";
import type { Op } from "../../src/workload/mod.ts";
import { drive } from "./drive.ts";
import { checkNothingLeft } from "./nothing_left.ts";
import { workloads } from "./random_ops.ts";

/** Ends all processes, and lets ksmd find out. */
function endAll(machine: Machine): void {
  const exits = Array.from(
    machine.processes.all(),
    ({ name }): Op => ({ op: "exit", proc: name }),
  );
  drive(machine, [
    ...exits,
    { op: "knob", name: "advisor_mode", value: "none" },
    { op: "knob", name: "pages_to_scan", value: "100" },
    { op: "run", value: 1 },
    { op: "scanPasses", n: 2 },
  ]);
}

Deno.test("counters, counts and trees are what a recount finds, after every operation and every page", () => {
  const most = {
    pagesSharing: 0,
    pagesSkipped: 0,
    ksmZeroPages: 0,
    stableNodeDups: 0,
  };
  fc.assert(
    fc.property(workloads(60), (ops) => {
      const machine = new Machine();
      const check = () => {
        checkAtRest(machine);
        const counters = machine.counters();
        for (const name of Object.keys(most) as (keyof typeof most)[]) {
          most[name] = Math.max(most[name], counters[name]);
        }
      };
      drive(machine, ops, { afterOp: check, afterPage: check });
      endAll(machine);
      checkAtRest(machine);
      checkNothingLeft(machine);
      drive(machine, [{ op: "run", value: 2 }]);
      assert.equal(machine.ksm.nodes.live, 0);
    }),
    { numRuns: 100 },
  );
  // Workloads that reach little would show little.
  const reached = JSON.stringify(most);
  assert.ok(most.pagesSharing > 8 && most.pagesSkipped > 8, reached);
  assert.ok(most.ksmZeroPages > 1 && most.stableNodeDups > 1, reached);
});

Deno.test("they are so too where frames are pinned and merges fail", () => {
  const pinning = fc.array(fc.nat({ max: 99 }), {
    minLength: 20,
    maxLength: 20,
  });
  fc.assert(
    fc.property(workloads(60), pinning, (ops, draws) => {
      const machine = new Machine();
      const { frames } = machine.memory;
      const pins = new Map<Frame, number>();
      let at = 0;
      const check = () => {
        checkAtRest(machine, pins);
        for (const frame of pins.keys()) {
          assert.ok(!frames.isKsm(frame), `pinned frame ${frame} was merged`);
        }
        togglePin(machine, pins, draws[at++ % draws.length]);
      };
      drive(machine, ops, { afterOp: check, afterPage: check });
      for (const frame of pins.keys()) frames.put(frame);
      endAll(machine);
      checkAtRest(machine);
      checkNothingLeft(machine);
    }),
    { numRuns: 60 },
  );
});

/** Pins a frame in use that is no KSM page, or lets it go again, as a driver does that writes memory by itself. */
function togglePin(
  machine: Machine,
  pins: Map<Frame, number>,
  draw: number,
): void {
  const { frames } = machine.memory;
  const frame = [...frames.each()].at(draw);
  if (frame === undefined || frames.isKsm(frame)) return;
  if (pins.delete(frame)) frames.put(frame);
  else {
    frames.get(frame);
    pins.set(frame, 1);
  }
}
