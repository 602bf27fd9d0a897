/**
 * More equal pages than one KSM page may have sharers.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const GUESTS = 4;
const PAGES = 1024;
const LIMITS = [256, 64, 16];

/**
 * Watch the dups of one chain: a group of `max_page_sharing` pages each, so that
 * a quarter of the limit makes four times as many.
 */
export const chains: Workload = workload("chains", function* (box) {
  const guests = Array.from(
    { length: GUESTS },
    (_, n) =>
      box.process(`vm-${n + 1}`).mmap("ram", PAGES, { mergeable: true }),
  );
  for (const ram of guests) ram.fill({ kind: "const", byte: 0x5a });
  for (const limit of LIMITS) {
    box.run(2);
    box.knob("max_page_sharing", String(limit));
    box.run(1);
    yield* box.scanPasses(2);
    box.sample(`groups of ${limit}`);
  }
  for (const ram of guests.slice(1)) ram.process.exit();
  yield* box.scanPasses(1);
  box.sample("all but one guest gone");
}, {
  title: "four thousand equal pages: a chain of KSM pages grows as " +
    "max_page_sharing falls",
});
