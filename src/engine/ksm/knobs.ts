/**
 * The knobs' values, and the error numbers with which a write can be refused.
 * {@linkcode "./knob_table.ts"} has one row for each knob.
 *
 * @module
 */

/** The knobs' present values. */
export interface Knobs {
  /** 0 stopped, 1 merging, 2 unmerged. */
  run: 0 | 1 | 2;
  /** Whether memory is going offline: then `run` reads with 4 added, and nobody may work on the trees. */
  offlining: boolean;
  /** Pages of one batch; read when the batch starts. */
  pagesToScan: number;
  /** Milliseconds between two batches. */
  sleepMillisecs: number;
  /** Whether pages of different NUMA nodes may be merged. */
  mergeAcrossNodes: boolean;
  /** Most rmap items of one KSM page, but for forks. */
  maxPageSharing: number;
  /** Milliseconds after which all dups of a chain are looked at again. */
  chainsPruneMillisecs: number;
  /** Whether pages of zeros are merged with the shared zero page. */
  useZeroPages: boolean;
  /** Whether pages that did not merge for long are visited less often. */
  smartScan: boolean;
  /** Who sets `pagesToScan`: the administrator, or the advisor. */
  advisorMode: "none" | "scan-time";
  /** Per cent of a processor that the advisor lets ksmd use. */
  advisorMaxCpu: number;
  /** What the advisor begins with. */
  advisorMinPagesToScan: bigint;
  /** Most pages of a batch that the advisor chooses. */
  advisorMaxPagesToScan: bigint;
  /** Seconds that a pass should take. */
  advisorTargetScanTime: bigint;
}

/** Linux error numbers that a write can come back with; 0 is success. */
export const ERRNO = {
  ok: 0,
  enomem: 12,
  ebusy: 16,
  einval: 22,
  erange: 34,
} as const;

/** The knobs of a machine that has just started. */
export function knobDefaults(): Knobs {
  return {
    run: 0,
    offlining: false,
    pagesToScan: DEFAULT_PAGES_TO_SCAN,
    sleepMillisecs: 20,
    mergeAcrossNodes: true,
    maxPageSharing: 256,
    chainsPruneMillisecs: 2000,
    useZeroPages: false,
    smartScan: true,
    advisorMode: "none",
    advisorMaxCpu: 70,
    advisorMinPagesToScan: 500n,
    advisorMaxPagesToScan: 30000n,
    advisorTargetScanTime: 200n,
  };
}

/** `pagesToScan` of a machine that has just started, and whenever the advisor is switched off. */
export const DEFAULT_PAGES_TO_SCAN = 100;
