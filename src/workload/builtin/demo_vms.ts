/**
 * Three guests that boot from one image and then drift apart, for ever.
 *
 * @module
 */
import type { Box } from "../box.ts";
import type { BoxRegion } from "../box_region.ts";
import type { Pattern } from "../pattern.ts";
import { workload } from "../script.ts";
import type { Workload } from "../script.ts";

/** Pages of one guest: with three of them a full scan takes 62 batches of 100 pages. */
const GUEST_PAGES = 2048;
/** Pages that a booting guest writes in one step; all parts below are multiples of it. */
const BOOT_PAGES = 64;
/** Batches between two steps. */
const STEP_BATCHES = 2;
/** Steps from the boot of one guest to that of the next. */
const START_STEPS = 2;
/** Least steps that a guest lives; at most it lives twice as long. */
const LIFE_STEPS = 600;

/** Where the cached files begin; before them lies the image. */
const CACHE_START = 768;
/** Where the free, zeroed memory begins. */
const FREE_START = 1024;
/** Where the guest's own data begins. */
const DATA_START = 1344;
/** Where the pages begin that a guest writes all the time. */
const HOT_START = 1920;

/** A guest of the moment. */
interface Guest {
  /** Its place among the three. */
  readonly letter: string;
  /** Earlier guests at that place. */
  readonly boots: number;
  /** All its memory. */
  readonly ram: BoxRegion;
  /** Pages written since the boot. */
  booted: number;
  /** Steps until it exits. */
  left: number;
}

/**
 * Watch sharing grow while the guests boot, pages stay volatile where they
 * write, and merged pages break one by one until a guest boots afresh.
 */
export const demoVms: Workload = workload("demo-vms", function* (box) {
  const guests: Guest[] = [];
  for (let step = 0;; step++) {
    if (guests.length < 3 && step % START_STEPS === 0) {
      guests.push(boot(box, "abc"[guests.length], 0));
    }
    for (const [index, guest] of guests.entries()) {
      if (guest.booted < GUEST_PAGES) bootFurther(guest);
      else if (guest.left-- > 0) live(box, guest);
      else guests[index] = reboot(box, guest);
    }
    yield* box.scanBatches(STEP_BATCHES);
  }
}, {
  title: "three guests boot from one image, then drift apart: " +
    "sharing grows, breaks page by page, and comes back",
  endless: true,
});

function boot(box: Box, letter: string, boots: number): Guest {
  const name = boots === 0 ? `vm-${letter}` : `vm-${letter}${boots + 1}`;
  const process = box.process(name);
  const ram = process.mmap("ram", GUEST_PAGES, { mergeable: true });
  box.sample(`${name} boots`);
  const left = LIFE_STEPS + box.randomInt(LIFE_STEPS);
  return { letter, boots, ram, booted: 0, left };
}

function reboot(box: Box, { letter, boots, ram }: Guest): Guest {
  box.sample(`${ram.process.name} exits`);
  ram.process.exit();
  return boot(box, letter, boots + 1);
}

/** Writes the next pages of a booting guest. */
function bootFurther(guest: Guest): void {
  const { booted, ram } = guest;
  ram.fill(booted, BOOT_PAGES, bootPattern(booted, ram.process.pid));
  guest.booted += BOOT_PAGES;
}

/** What a guest writes to the pages from `start` on when it boots. */
function bootPattern(start: number, pid: number): Pattern {
  if (start < CACHE_START) return { kind: "prng", seed: start };
  if (start < FREE_START) return { kind: "text", seed: start };
  if (start < DATA_START) return { kind: "zero" };
  return { kind: "prng", seed: pid * GUEST_PAGES + start };
}

/** One step of a guest at work. */
function live(box: Box, { ram }: Guest): void {
  const hot = HOT_START + box.randomInt(GUEST_PAGES - HOT_START - 16);
  ram.fill(hot, 16, { kind: "prng", seed: box.randomInt(2 ** 32) });
  if (box.random() < 0.3) {
    const page = box.randomInt(FREE_START);
    ram.write(page, 8 * box.randomInt(512), randomByte(box));
  }
  if (box.random() < 0.1) {
    const page = FREE_START + box.randomInt(DATA_START - FREE_START);
    ram.fill(page, 1, { kind: "text", seed: box.randomInt(8) });
  }
  if (box.random() < 0.05) {
    ram.write(DATA_START + box.randomInt(64), 0, randomByte(box));
  }
}

function randomByte(box: Box): Uint8Array {
  return Uint8Array.of(box.randomInt(256));
}
