/**
 * What work costs: nanoseconds of processor time for whatever the engine spends.
 *
 * Two kernels were measured:
 *
 * - **Scans**: Linux 6.18.44 on an AMD EPYC, with five workloads whose passes
 *   differ in what ksmd does. The prices of ksmd's own work are a least-squares
 *   fit to its processor time in the passes over 65 536 pages, drawn slightly to
 *   what one would expect, which decides where the passes cannot tell two prices
 *   apart (a test repeats the fit). Passes over 262 144 pages then check them: the
 *   README says how far off each is.
 * - **Calls**: Linux 6.18.44 on an Intel Xeon, by a program that does one thing
 *   many times; medians of seven runs. Filling new pages takes the same time on
 *   both machines within 3 %, so that these prices are used as they are.
 *
 * All prices hold for a virtual machine with nested page tables, where TLB and
 * cache misses are dear, and for locks that nobody else wants.
 *
 * @module
 */
import type { Cost } from "../engine/lib/step.ts";
import type { Latencies } from "../sim/mod.ts";

/** The price of one kind of work. */
interface Price {
  /** Nanoseconds, however much it is. */
  readonly once: number;
  /** Nanoseconds for each unit of the amount: for each byte, or for each time. */
  readonly each: number;
}

/** The price list; all in nanoseconds. */
export const PRICES: Readonly<Record<Cost, Price>> = {
  /** Passes over 65 536 pages that all map the zero page, where nothing else is done. */
  walk: times(28),
  /** Passes over 1 page in 512, less passes over as many pages side by side (Intel). */
  hole: times(1.5),
  /** Passes over pages that are merged already, less the walk. */
  visit: times(265),
  /** The first pass, in which every page is new, less visit and checksum. */
  "item alloc": times(80),
  /** The pass after all pages went to the zero page, less the walk. */
  "item free": times(81),
  /** First passes and passes in which nothing merges: 13 GB/s. */
  checksum: bytes(0, 0.0772),
  /**
   * Once: the cache miss on the first line of a page that nobody has read for long.
   * Each byte: passes over pages that differ at their end, where every compare
   * reads 4089 bytes: 12 GB/s.
   */
  compare: bytes(61, 0.0805),
  /** Passes that merge: cache misses on the node and on what the frame says of itself. */
  "stable node": times(63),
  /** Passes over pages that all differ: mmap_lock, the walk of areas and tables, and the cache misses on them. */
  "unstable node": times(187),
  /** Passes that merge, the page lock and both ends of a notification included. */
  protect: times(881),
  /** Passes that merge, freeing the page and counting the item included. */
  replace: times(556),
  /** Passes in which every second page merges with one of the first half. */
  "stable insert": times(346),
  /** As each byte of a copy, which is stored too. */
  store: bytes(0, 0.148),
  /** First reads of pages, which map the zero page (Intel, `readFault`). */
  fault: times(520),
  /** First writes after a fork whose child has ended, less the fault (Intel, `reuseFault`). */
  reuse: times(270),
  /** First writes to pages, less the fault (Intel, `writeFault`). */
  "zero fill": times(907),
  /**
   * MADV_UNMERGEABLE of merged pages (Intel, `unmergePage`), of which the copy by
   * itself takes `copyPage`. Writes to pages shared by fork or by KSM fit with it
   * within a tenth: `copyFault` and `ksmCopyFault` are the same and a fault.
   */
  copy: bytes(1342, 0.148),
  /** munmap of touched pages (Intel, `unmapPage`). */
  zap: times(119),
  /** fork with 16 384 pages, less fork with one (Intel, `forkPage`). */
  "fork entry": times(65),
  /** mprotect of touched pages (Intel, `protectPage`). */
  "mprotect entry": times(50),
  /** mremap of touched pages to a place where whole tables cannot be moved (Intel, `movePage`). */
  "move entry": times(13),
  /** mmap and munmap of a page never touched, for each of the two (Intel, `mapCall`). */
  area: times(728),
  /** fork with a page (Intel, `forkCall`). */
  fork: times(54_419),
  /** A byte sent there and back by pipes between two threads on one processor, halved (Intel, `contextSwitch`). */
  schedule: times(1252),
};

/** What else takes time. */
export const LATENCIES: Latencies = {
  /** A byte sent there and back by pipes between two threads on one processor, halved (Intel, `contextSwitch`). */
  wakeNanos: 1252,
  /** What Linux lets timers be late unless told otherwise. */
  timerSlackNanos: 50_000,
  /**
   * As a wake-up. A waiter whose virtual processor went idle takes fifteen times
   * as long (Intel, `wakeOtherCpu`); but mostly it still spins, since mutexes and
   * rwsems let waiters spin while the owner runs.
   */
  sleepingHandoffNanos: 1252,
  /** A cache line that goes from one processor to another: two threads that hand a number to and fro, halved (Intel, `cacheLineTransfer`). */
  spinningHandoffNanos: 59,
  /** The same: a look at a line that another processor writes. */
  relaxNanos: 59,
};

/** What `amount` units of a work cost, in whole nanoseconds. */
export function price(cost: Cost, amount: number): number {
  const { once, each } = PRICES[cost];
  return Math.round(once + each * amount);
}

function times(each: number): Price {
  return { once: 0, each };
}

function bytes(once: number, each: number): Price {
  return { once, each };
}
