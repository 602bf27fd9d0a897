/**
 * Compaction against ksmd.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const GUESTS = 3;
const PAGES = 1024;
const CONTENTS = 512;

/**
 * Watch compaction and ksmd after the same pages: page locks are waited for, a
 * search gives up a page whose lock is taken (volatile until the next pass),
 * merges fail on pages that are held for migration, and not one KSM page is lost.
 */
export const migrate: Workload = workload("migrate", function* (box) {
  box.knob("smart_scan", 0);
  box.knob("pages_to_scan", 2000);
  for (let number = 1; number <= GUESTS; number++) {
    const guest = box.process(`vm-${number}`);
    const ram = guest.mmap("ram", PAGES, { mergeable: true });
    ram.fill({ kind: "mod", base: 1, m: CONTENTS });
    guest.every(1, "vcpu", (turn) => {
      const page = turn.randomInt(PAGES - 4);
      const base = 1 + page % CONTENTS;
      ram.fill(page, 4, { kind: "mod", base, m: CONTENTS });
    });
  }
  yield* box.scanPasses(3);
  box.sample("merged");
  box.compaction(1, 32);
  for (let pass = 0;; pass++) {
    yield* box.scanPasses(10);
    box.sample(`${10 * (pass + 1)} full scans while pages move`);
  }
}, {
  title: "compaction moves pages under ksmd: page locks, failed merges, " +
    "and no KSM page lost",
  endless: true,
});
