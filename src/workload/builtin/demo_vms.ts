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
import type { ThreadTurn } from "../threads.ts";

/** Pages of one guest: with three of them a full scan takes 7 batches of 1000 pages. */
const GUEST_PAGES = 2048;
/** Pages that a booting guest writes in one turn; all parts below are multiples of it. */
const BOOT_PAGES = 64;
/** Turns of a boot. */
const BOOT_TURNS = GUEST_PAGES / BOOT_PAGES;
/** Milliseconds between two turns of a guest. */
const TURN_MILLIS = 8;
/** Milliseconds from the boot of one guest to that of the next. */
const START_MILLIS = 60;
/** Least turns that a guest lives after its boot; at most it lives twice as long. */
const LIFE_TURNS = 600;
/** Milliseconds between two uses of a guest's buffer for its disk. */
const IO_MILLIS = 5;
/** Pages of that buffer. */
const IO_PAGES = 64;

/** Where the cached files begin; before them lies the image. */
const CACHE_START = 768;
/** Where the free, zeroed memory begins. */
const FREE_START = 1024;
/** Where the guest's own data begins. */
const DATA_START = 1344;
/** Where the pages begin that a guest writes all the time. */
const HOT_START = 1920;

/**
 * Watch sharing grow while the guests boot, pages stay volatile where they
 * write, merged pages break one by one until a guest boots afresh, and ksmd,
 * guests and their disks wait for each other at mmap_lock.
 */
export const demoVms: Workload = workload("demo-vms", function* (box) {
  box.knob("pages_to_scan", 1000);
  box.live();
  for (const letter of "abc") {
    boot(box, letter, 0, box.randomInt(LIFE_TURNS));
    box.sleep(START_MILLIS);
  }
  yield* box.scanPasses(1);
}, {
  title: "three guests boot from one image, then drift apart: " +
    "sharing grows, breaks page by page, and comes back",
  endless: true,
});

/** Boots a guest after so many others in its place. */
function boot(box: Box, letter: string, boots: number, more: number): void {
  const name = boots === 0 ? `vm-${letter}` : `vm-${letter}${boots + 1}`;
  const process = box.process(name);
  const ram = process.mmap("ram", GUEST_PAGES, { mergeable: true });
  const life = BOOT_TURNS + LIFE_TURNS + more;
  box.sample(`${name} boots`);
  process.every(TURN_MILLIS, "vcpu", (turn) => {
    if (turn.number < BOOT_TURNS) {
      const start = turn.number * BOOT_PAGES;
      ram.fill(start, BOOT_PAGES, bootPattern(start, process.pid));
    } else if (turn.number < life) {
      work(ram, turn);
    } else {
      boot(box, letter, boots + 1, turn.randomInt(LIFE_TURNS));
      box.sample(`${name} exits`);
      process.exit();
    }
  });
  process.every(IO_MILLIS, "disk", ({ number }) => {
    const buffer = process.mmap("buffer", IO_PAGES);
    buffer.fill({ kind: "text", seed: number });
    buffer.unmap();
  });
}

/** What a guest writes to the pages from `start` on when it boots. */
function bootPattern(start: number, pid: number): Pattern {
  if (start < CACHE_START) return { kind: "prng", seed: start };
  if (start < FREE_START) return { kind: "text", seed: start };
  if (start < DATA_START) return { kind: "zero" };
  return { kind: "prng", seed: pid * GUEST_PAGES + start };
}

/** One turn of a guest at work. */
function work(ram: BoxRegion, turn: ThreadTurn): void {
  const hot = HOT_START + turn.randomInt(GUEST_PAGES - HOT_START - 16);
  ram.fill(hot, 16, { kind: "prng", seed: turn.randomInt(2 ** 32) });
  if (turn.random() < 0.3) {
    const page = turn.randomInt(FREE_START);
    ram.write(page, 8 * turn.randomInt(512), randomByte(turn));
  }
  if (turn.random() < 0.1) {
    const page = FREE_START + turn.randomInt(DATA_START - FREE_START);
    ram.fill(page, 1, { kind: "text", seed: turn.randomInt(8) });
  }
  if (turn.random() < 0.05) {
    ram.write(DATA_START + turn.randomInt(64), 0, randomByte(turn));
  }
}

function randomByte(turn: ThreadTurn): Uint8Array {
  return Uint8Array.of(turn.randomInt(256));
}
