/**
 * A parent with merged pages that forks and forks.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const PAGES = 1024;
const CONTENTS = 64;
/** Turns that a child lives. */
const LIFE = 12;
/** Pages that a child writes in a turn. */
const WRITES = 4;

/**
 * Watch one KSM page get more sharers than `max_page_sharing` allows, since fork
 * asks nobody; fork hold mmap_lock alone while it copies the page table, and
 * ksmd wait for it; and children break sharing page by page.
 */
export const forkStorm: Workload = workload("fork-storm", function* (box) {
  box.knob("smart_scan", 0);
  box.knob("pages_to_scan", 2000);
  box.knob("sleep_millisecs", 6);
  box.knob("max_page_sharing", 20);
  const server = box.process("server");
  const heap = server.mmap("heap", PAGES, { mergeable: true });
  heap.fill({ kind: "mod", base: 1, m: CONTENTS });
  box.live();
  yield* box.scanPasses(3);
  box.sample("the parent is merged");
  server.every(9, "listener", ({ number }) => {
    const child = server.fork(`worker-${number + 1}`);
    child.every(3, "main", (turn) => {
      if (turn.number === LIFE) return child.exit();
      const page = turn.randomInt(PAGES - WRITES);
      child.region("heap").fill(page, WRITES, {
        kind: "prng",
        seed: turn.randomInt(1_000_000),
      });
    });
  });
  for (let pass = 0;; pass++) {
    yield* box.scanPasses(10);
    box.sample(`${10 * (pass + 1)} full scans while it forks`);
  }
}, {
  title: "a parent forks workers that write and exit: sharing beyond " +
    "max_page_sharing, fork against ksmd for mmap_lock",
  endless: true,
});
