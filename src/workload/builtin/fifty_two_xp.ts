/**
 * Fifty-two guests of one operating system, scaled down.
 *
 * @module
 */
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

const GUESTS = 52;
/** Pages of the image, in each guest. */
const IMAGE_PAGES = 192;
/** Pages that a guest has not used yet. */
const FREE_PAGES = 32;
/** Pages that no other guest has. */
const OWN_PAGES = 32;

/** Watch some two hundred shared pages stand for ten thousand. */
export const fiftyTwoXp: Workload = workload("fifty-two-xp", function* (box) {
  box.knob("pages_to_scan", 1000);
  for (let n = 1; n <= GUESTS; n++) {
    const guest = box.process(`xp-${String(n).padStart(2, "0")}`);
    const pages = IMAGE_PAGES + FREE_PAGES + OWN_PAGES;
    const ram = guest.mmap("ram", pages, { mergeable: true });
    ram.fill(0, IMAGE_PAGES, { kind: "prng", seed: 52 });
    ram.fill(IMAGE_PAGES, FREE_PAGES, { kind: "zero" });
    const own = IMAGE_PAGES + FREE_PAGES;
    ram.fill(own, OWN_PAGES, { kind: "prng", seed: guest.pid * 1000 });
  }
  for (let pass = 1; pass <= 5; pass++) {
    yield* box.scanPasses(1);
    box.sample(`full scan ${pass}`);
  }
}, {
  title: "52 guests of one operating system: " +
    "some two hundred shared pages stand for ten thousand",
});
