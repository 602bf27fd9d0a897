/**
 * The counters that KSM shows to the world: their definitions, and the two
 * figures that are derived from them.
 *
 * The fields of {@linkcode Counters} stand in the order of a recording's
 * columns. sysfs spellings occur in {@linkcode COUNTERS} alone.
 *
 * @module
 */

/** Bytes of one `struct ksm_rmap_item`, the price of remembering one page. */
export const RMAP_ITEM_BYTES = 64;

/** One reading of KSM's global counters. All are page or event counts but the last, which is bytes. */
export interface Counters {
  /** Visits that reached `cmpAndMergePage`, ever. */
  pagesScanned: number;
  /** Full scans (passes over all processes) completed since the last `run` 2. */
  fullScans: number;
  /** KSM pages with at least one rmap item: how many copies are kept. */
  pagesShared: number;
  /** Further rmap items on those pages: how many copies were saved. */
  pagesSharing: number;
  /** Pages in the unstable tree: unchanged, and no twin found. */
  pagesUnshared: number;
  /** Remembered pages in no tree: changing too fast, skipped, or not placed yet. */
  pagesVolatile: number;
  /** Visits that smart scan left out, ever. */
  pagesSkipped: number;
  /** Mappings of the shared zero page that KSM put in place. */
  ksmZeroPages: number;
  /** Chains: stable tree nodes that stand for several equal KSM pages. */
  stableNodeChains: number;
  /** KSM pages that hang on such chains. */
  stableNodeDups: number;
  /** Bytes saved less bytes spent on rmap items; may be negative. */
  generalProfit: number;
}

/** One row of the counter table. */
export interface CounterDefinition {
  /** The field of {@linkcode Counters}. */
  readonly field: keyof Counters;
  /** The file's name in sysfs, which is also the column's name in a recording. */
  readonly sysfs: string;
}

/** All counters, in the order of a recording's columns. */
export const COUNTERS: readonly CounterDefinition[] = [
  { field: "pagesScanned", sysfs: "pages_scanned" },
  { field: "fullScans", sysfs: "full_scans" },
  { field: "pagesShared", sysfs: "pages_shared" },
  { field: "pagesSharing", sysfs: "pages_sharing" },
  { field: "pagesUnshared", sysfs: "pages_unshared" },
  { field: "pagesVolatile", sysfs: "pages_volatile" },
  { field: "pagesSkipped", sysfs: "pages_skipped" },
  { field: "ksmZeroPages", sysfs: "ksm_zero_pages" },
  { field: "stableNodeChains", sysfs: "stable_node_chains" },
  { field: "stableNodeDups", sysfs: "stable_node_dups" },
  { field: "generalProfit", sysfs: "general_profit" },
];

/** One process's reading, as `/proc/PID/ksm_stat` shows it. */
export interface ProcessCounters {
  /** Pages of the process that KSM remembers. */
  rmapItems: number;
  /** Zero page mappings that KSM placed in it. */
  zeroPages: number;
  /** Its rmap items on KSM pages, the shared one included. */
  mergingPages: number;
  /** Bytes saved less bytes spent on rmap items; may be negative. */
  processProfit: number;
  /** Whether prctl made all its memory mergeable. */
  mergeAny: boolean;
  /** Whether any of its areas is mergeable now. */
  mergeable: boolean;
}

/** One line of `ksm_stat`. */
export interface ProcessCounterDefinition {
  /** The field of {@linkcode ProcessCounters}. */
  readonly field: keyof ProcessCounters;
  /** Its name in procfs. */
  readonly procfs: string;
}

/** The lines of `/proc/PID/ksm_stat` in their order, and the file `ksm_merging_pages`, as recordings name it. */
export const PROCESS_COUNTERS: readonly ProcessCounterDefinition[] = [
  { field: "rmapItems", procfs: "ksm_rmap_items" },
  { field: "zeroPages", procfs: "ksm_zero_pages" },
  { field: "mergingPages", procfs: "ksm_merging_pages" },
  { field: "processProfit", procfs: "ksm_process_profit" },
  { field: "mergeAny", procfs: "ksm_merge_any" },
  { field: "mergeable", procfs: "ksm_mergeable" },
  { field: "mergingPages", procfs: "merging_pages_file" },
];

/** Counters as a recording's row, in the order of {@linkcode COUNTERS}. */
export function counterRow(counters: Counters): number[] {
  return COUNTERS.map(({ field }) => counters[field]);
}
