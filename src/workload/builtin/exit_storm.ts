/**
 * Processes that all exit at once.
 *
 * @module
 */
import type { BoxProcess } from "../box_process.ts";
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const PROCESSES = 24;
const PAGES = 128;
const ROUNDS = 4;

/**
 * Watch counters outlive their processes: an exit leaves its rmap items to
 * ksmd, which frees slot after slot, next after the one that it is at. Exits
 * wait for mmap_lock only where ksmd is at work in that very process.
 */
export const exitStorm: Workload = workload("exit-storm", function* (box) {
  box.knob("smart_scan", 0);
  box.knob("pages_to_scan", 500);
  box.knob("sleep_millisecs", 20);
  box.live();
  for (let round = 1; round <= ROUNDS; round++) {
    const crowd: BoxProcess[] = [];
    for (let number = 1; number <= PROCESSES; number++) {
      const process = box.process(`job-${round}-${number}`);
      const ram = process.mmap("ram", PAGES, { mergeable: true });
      ram.fill({ kind: "seq", base: 1 });
      crowd.push(process);
    }
    yield* box.scanPasses(3);
    box.sample(`round ${round}: ${PROCESSES} processes share ${PAGES} pages`);
    for (const process of crowd) {
      process.every(0, "main", () => process.exit(), { times: 1 });
    }
    box.sleep(5);
    box.sample(`round ${round}: all have exited, ksmd does not know yet`);
    yield* box.scanPasses(2);
    box.sample(`round ${round}: ksmd has cleared up`);
  }
}, {
  title: "two dozen processes exit at once: " +
    "counters stay until ksmd has come by, slot by slot",
});
