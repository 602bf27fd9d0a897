/**
 * Memory that goes offline while ksmd merges.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const GUESTS = 3;
const PAGES = 1024;
const CONTENTS = 256;
/** Milliseconds that the memory stays offline, and online. */
const REST = 60;

/**
 * Watch ksmd, and whoever writes `run`, wait while memory goes offline: `run`
 * reads 5 then. KSM pages move to the other node with all their sharers; stable
 * nodes whose pages have died there go without a look at the page.
 */
export const offline: Workload = workload("offline", function* (box) {
  box.knob("smart_scan", 0);
  box.knob("pages_to_scan", 1000);
  box.knob("sleep_millisecs", 5);
  for (let number = 1; number <= GUESTS; number++) {
    const guest = box.process(`vm-${number}`);
    guest.bind(1);
    const ram = guest.mmap("ram", PAGES, { mergeable: true });
    ram.fill({ kind: "mod", base: 1, m: CONTENTS });
    guest.every(4, "vcpu", (turn) => {
      const page = turn.randomInt(PAGES);
      ram.fill(page, 1, { kind: "prng", seed: turn.randomInt(1_000_000) });
    });
  }
  box.every(25, "admin", () => box.run(1));
  for (let round = 1;; round++) {
    yield* box.scanPasses(5);
    box.sample(`round ${round}: merged on node 1`);
    box.offline(1);
    box.sample(`round ${round}: all of it moved to node 0`);
    box.sleep(REST);
    box.online(1);
    box.sleep(REST);
  }
}, {
  title: "memory goes offline and comes back: ksmd waits, KSM pages move, " +
    "stable nodes of dead pages go",
  endless: true,
  nodes: 2,
});
