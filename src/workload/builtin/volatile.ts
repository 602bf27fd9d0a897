/**
 * A writer that is faster than the scanner.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const PAGES = 512;
/** Full scans during which the writer writes. */
const BUSY_PASSES = 12;

/**
 * Watch equal pages stay volatile and unmerged while somebody rewrites them,
 * and merge as soon as the writer rests. Smart scan is off: it would go on
 * skipping those pages for some full scans after that.
 */
export const volatile: Workload = workload("volatile", function* (box) {
  box.knob("smart_scan", 0);
  const process = box.process("writer");
  const cold = process.mmap("cold", PAGES, { mergeable: true });
  const hot = process.mmap("hot", PAGES, { mergeable: true });
  cold.fill({ kind: "mod", base: 1, m: 64 });
  for (let pass = 0; pass < BUSY_PASSES; pass++) {
    hot.fill({ kind: "mod", base: 1000 + 64 * pass, m: 64 });
    yield* box.scanPasses(1);
  }
  box.sample("the writer was faster");
  yield* box.scanPasses(4);
  box.sample("the writer rests");
}, {
  title: "a writer faster than the scanner: " +
    "equal pages stay volatile until it rests",
});
