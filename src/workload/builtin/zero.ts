/**
 * Guests with much free, zeroed memory.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const PAGES = 1024;
const USED = 256;

/**
 * Watch zeros merge like any other bytes at first; with `use_zero_pages` they go
 * to the kernel's zero page, and cost no rmap items any more.
 */
export const zero: Workload = workload("zero", function* (box) {
  const guests = ["vm-a", "vm-b"].map((name) =>
    box.process(name).mmap("ram", PAGES, { mergeable: true })
  );
  for (const ram of guests) {
    ram.fill(0, USED, { kind: "prng", seed: ram.process.pid });
    ram.fill(USED, PAGES - USED, { kind: "zero" });
  }
  yield* box.scanPasses(3);
  box.sample("zeros are merged as any bytes");

  box.run(2);
  box.knob("use_zero_pages", "1");
  box.run(1);
  yield* box.scanPasses(3);
  box.sample("zeros are on the zero page");

  guests[0].fill(USED, USED, { kind: "prng", seed: 7 });
  box.sample("written: zero pages fall at once");
  yield* box.scanPasses(2);
  box.sample("used memory grows");
}, {
  title: "free memory of zeros: merged as any bytes, then, with " +
    "use_zero_pages, put on the zero page",
});
