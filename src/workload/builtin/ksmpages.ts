/**
 * Pages that are equal but for their last eight bytes.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const PAGES = 1024;

/**
 * Watch the unstable tree hold every page while each compare reads to the
 * page's end; then copies arrive, and all of it moves to the stable tree.
 */
export const ksmpages: Workload = workload("ksmpages", function* (box) {
  const first = box.process("first").mmap("buf", PAGES, { mergeable: true });
  first.fill({ kind: "tail", base: 1 });
  yield* box.scanPasses(3);
  box.sample("all unique");

  const second = box.process("second").mmap("buf", PAGES, { mergeable: true });
  second.fill({ kind: "tail", base: 1 });
  yield* box.scanPasses(3);
  box.sample("each page twice");

  second.fill(0, PAGES / 2, { kind: "tail", base: PAGES + 1 });
  yield* box.scanPasses(3);
  box.sample("half of the copies changed at their end");
}, {
  title: "pages equal but for the last 8 bytes: " +
    "each compare reads to the end, then copies arrive and all merge",
});
