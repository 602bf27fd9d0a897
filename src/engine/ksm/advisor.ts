/**
 * The scan-time advisor: sets `pages_to_scan` after each pass, so that a pass
 * takes about as long as wanted and ksmd does not use too much of a processor.
 *
 * All arithmetic is the kernel's: unsigned, 64 bits wide but where a product or a
 * percentage has 32, each division cut off.
 *
 * @module
 */
import { DEFAULT_PAGES_TO_SCAN, type Knobs } from "./knobs.ts";
import type { Ksm } from "./ksm.ts";

/** What the advisor remembers from one pass to the next. All 0 when it is switched on. */
export interface AdvisorContext {
  /** When the present pass began, in milliseconds. */
  startScanMillis: number;
  /** Seconds that the last pass took. */
  scanTime: bigint;
  /** Smoothed change of the scan time, in per cent. */
  change: bigint;
  /** Processor time that ksmd had used at the end of the last pass, in nanoseconds. */
  cpuTime: bigint;
}

/** What one calculation came to. */
export interface AdvisorChoice {
  /** Seconds that the pass took, at least 1. */
  readonly scanTime: bigint;
  /** The new `pages_to_scan`. */
  readonly pagesToScan: number;
  /** Part of one processor that ksmd used, in per cent, at least 1. */
  readonly cpuPercent: bigint;
}

/** Weight of the newest change in the smoothed one, in per cent. */
const NEWEST_WEIGHT = 30n;

/** Per cent of a processor that ksmd may always use. */
const MIN_CPU = 10n;

/** The context of an advisor that has just been switched on. */
export function newAdvisorContext(): AdvisorContext {
  return { startScanMillis: 0, scanTime: 0n, change: 0n, cpuTime: 0n };
}

/**
 * Switches the advisor. Writing the present mode changes nothing.
 *
 * Models: set_advisor_defaults(), mm/ksm.c
 */
export function setAdvisorMode(ksm: Ksm, mode: Knobs["advisorMode"]): void {
  const { knobs } = ksm;
  if (knobs.advisorMode === mode) return;
  knobs.advisorMode = mode;
  if (mode === "none") {
    knobs.pagesToScan = DEFAULT_PAGES_TO_SCAN;
    return;
  }
  ksm.advisor = newAdvisorContext();
  knobs.pagesToScan = Number(u32(knobs.advisorMinPagesToScan));
}

/**
 * Remembers when a pass begins.
 *
 * Models: advisor_start_scan(), mm/ksm.c
 */
export function startAdvisor(ksm: Ksm): void {
  if (ksm.knobs.advisorMode === "none") return;
  ksm.advisor.startScanMillis = ksm.clock.nowMillis();
}

/**
 * Chooses a new `pages_to_scan` at the end of a pass, if the advisor is on.
 *
 * Models: scan_time_advisor(), mm/ksm.c
 * Models: advisor_stop_scan(), mm/ksm.c
 */
export function stopAdvisor(ksm: Ksm): AdvisorChoice | undefined {
  const { advisor, clock, knobs } = ksm;
  if (knobs.advisorMode === "none") return undefined;
  const millis = clock.nowMillis() - advisor.startScanMillis;
  const scanTime = atLeast(1n, BigInt(Math.floor(millis / 1000)));
  const cpuTime = clock.ksmdCpuNanos();
  const cpuMillis = (cpuTime - advisor.cpuTime) / 1_000_000n;
  const cpuPercent = atLeast(1n, cpuMillis * 100n / (scanTime * 1000n));

  const before = BigInt(knobs.pagesToScan);
  const last = advisor.scanTime === 0n ? scanTime : advisor.scanTime;
  const factor = atLeast(
    1n,
    u64(knobs.advisorTargetScanTime * 100n) / scanTime,
  );
  const newest = atLeast(1n, scanTime * 100n / last);
  const change = ((100n - NEWEST_WEIGHT) * advisor.change +
    NEWEST_WEIGHT * newest) / 100n;

  const perPercent = atLeast(1n, before / cpuPercent);
  let pages = u32(before * 100n) / factor * change / 100n;
  pages = atMost(u64(perPercent * BigInt(knobs.advisorMaxCpu)), pages);
  pages = atLeast(perPercent * MIN_CPU, pages);
  pages = atMost(knobs.advisorMaxPagesToScan, pages);

  Object.assign(advisor, { scanTime, change, cpuTime });
  knobs.pagesToScan = Number(u32(pages));
  return { scanTime, pagesToScan: knobs.pagesToScan, cpuPercent };
}

function atLeast(least: bigint, value: bigint): bigint {
  return value < least ? least : value;
}

function atMost(most: bigint, value: bigint): bigint {
  return value > most ? most : value;
}

function u64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function u32(value: bigint): bigint {
  return BigInt.asUintN(32, value);
}
