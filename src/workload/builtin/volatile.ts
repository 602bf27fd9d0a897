/**
 * A writer that is faster than the scanner.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const PAGES = 512;
/** Milliseconds between two rounds of the writer: less than a full scan takes. */
const PAUSE = 40;
const ROUNDS = 20;

/**
 * Watch equal pages stay volatile and unmerged while a thread rewrites them, and
 * merge as soon as it rests. Smart scan is off: it would go on skipping those
 * pages for some full scans after that.
 */
export const volatile: Workload = workload("volatile", function* (box) {
  box.knob("smart_scan", 0);
  const process = box.process("writer");
  const cold = process.mmap("cold", PAGES, { mergeable: true });
  const hot = process.mmap("hot", PAGES, { mergeable: true });
  cold.fill({ kind: "mod", base: 1, m: 64 });
  process.every(PAUSE, "main", ({ number }) => {
    hot.fill({ kind: "mod", base: 1000 + 64 * number, m: 64 });
  }, { times: ROUNDS });
  box.sleep(PAUSE * ROUNDS);
  box.sample("the writer was faster");
  yield* box.scanPasses(4);
  box.sample("the writer rests");
}, {
  title: "a writer faster than the scanner: " +
    "equal pages stay volatile until it rests",
});
