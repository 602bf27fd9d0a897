/**
 * Pages that never find a twin, with and without smart scan.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const UNIQUE_PAGES = 2000;
const EQUAL_PAGES = 200;

/**
 * Watch ksmd skip ever more of the pages that stay alone, so that full scans
 * get shorter; then smart scan is switched off, and each page is visited again.
 */
export const smartScan: Workload = workload("smart-scan", function* (box) {
  box.knob("smart_scan", 1);
  const process = box.process("loner");
  const unique = process.mmap("unique", UNIQUE_PAGES, { mergeable: true });
  unique.fill({ kind: "prng", seed: 1 });
  const equal = process.mmap("equal", EQUAL_PAGES, { mergeable: true });
  equal.fill({ kind: "const", byte: 1 });
  for (let passes = 5; passes <= 30; passes += 5) {
    yield* box.scanPasses(5);
    box.sample(`${passes} full scans`);
  }
  box.knob("smart_scan", 0);
  yield* box.scanPasses(5);
  box.sample("5 more without smart scan");
}, {
  title: "pages that stay alone are skipped more and more, " +
    "until smart scan is switched off",
});
