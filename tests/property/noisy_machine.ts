/**
 * A small machine with something of everything, for dashboards that noise is let
 * loose on.
 *
 * @module
 */
import { Machine, MachineHistory } from "../../src/machine/mod.ts";
import { Timeline } from "../../src/observe/mod.ts";
import { openWorkload, workload } from "../../src/workload/mod.ts";

/** Two nodes, chains, zeros, writers that break what is shared, labels, and an end. */
const scene = workload("noise", function* (box) {
  box.knob("max_page_sharing", "2");
  box.knob("use_zero_pages", "1");
  for (const name of ["vm-a", "vm-b", "vm-c"]) {
    const guest = box.process(name);
    const ram = guest.mmap("ram", 24, { mergeable: true });
    ram.fill(0, 12, { kind: "prng", seed: 1 });
    ram.fill(12, 4, { kind: "zero" });
    ram.fill(16, 4, { kind: "prng", seed: guest.pid });
    guest.every(3, "writer", ({ number }) => ram.write(number % 24, 0, "ff"));
  }
  for (let round = 0; round < 40; round++) {
    yield* box.scanPasses(1);
    box.sample(`round ${round}`);
  }
});

/** The machine at its beginning, with a past to come back to. */
export function noisyTimeline(): Timeline {
  const machine = new Machine({ nodes: 2, timed: { seed: 1 } });
  const open = () => openWorkload(scene, { seed: 1 });
  return new Timeline("noise", new MachineHistory(machine, open));
}
