/**
 * Who shares with whom, and whether it pays.
 *
 * @module
 */
import type { ProcessCounters } from "../engine/ksm/mod.ts";

/**
 * Whether it pays for one process that KSM looks at its pages, by what the kernel
 * says of itself.
 *
 * `profit`: bytes saved less bytes of rmap items, `ksm_process_profit`. `ratio`:
 * rmap items for each merged page or zero page; above `breakEven`, bytes of a page
 * over bytes of an rmap item, it costs more than it saves.
 */
export type ProcessVerdict =
  /** Offers no memory to ksmd. */
  | { readonly verdict: "not-offered" }
  /** ksmd remembers nothing of it yet. */
  | { readonly verdict: "not-scanned" }
  /** Saves more than it costs. */
  | {
    readonly verdict: "pays";
    /** Bytes. */
    readonly profit: number;
    /** rmap items for each merged page. */
    readonly ratio: number;
    /** Where it neither costs nor saves. */
    readonly breakEven: number;
  }
  /** Costs more than it saves. */
  | {
    readonly verdict: "costs";
    /** Bytes; negative or 0. */
    readonly profit: number;
    /** rmap items for each merged page. */
    readonly ratio: number;
    /** Where it neither costs nor saves. */
    readonly breakEven: number;
  }
  /** Remembered, and nothing is merged: all cost. */
  | {
    readonly verdict: "nothing-merged";
    /** Bytes; negative. */
    readonly profit: number;
  };

/** What one process shares. */
export interface ProcessSharing {
  /** Its name. */
  readonly name: string;
  /** Its process id. */
  readonly pid: number;
  /** What `/proc/PID/ksm_stat` says. */
  readonly stat: Readonly<ProcessCounters>;
  /** Whether it pays. */
  readonly verdict: ProcessVerdict;
  /** Pages of it that map a KSM page now. */
  readonly mergedPages: number;
  /** KSM pages that it maps. */
  readonly ksmPages: number;
  /** Its part of these KSM pages, each of them divided evenly among its mappings. In pages. */
  readonly proportionalPages: number;
}

/** Processes by processes. */
export interface SharingMatrix {
  /** The processes, in the order of their creation: rows and columns. */
  readonly processes: readonly ProcessSharing[];
  /**
   * `shared[i][j]`: KSM pages that both map. On the diagonal: pages that the process
   * shares within itself, its mappings of KSM pages less the KSM pages.
   */
  readonly shared: readonly (readonly number[])[];
  /** KSM pages in all that somebody maps. */
  readonly ksmPages: number;
  /** KSM pages that only one process maps. */
  readonly withinOne: number;
}
